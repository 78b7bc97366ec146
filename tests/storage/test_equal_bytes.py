"""Equal content gives equal bytes: two equal runs, two equal files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from safetensors.numpy import load

from visualizer.core.history import History
from visualizer.core.network.networks import named
from visualizer.core.snapshots import Snapshot
from visualizer.storage.run_file import StoredRun, load_run, save_run
from visualizer.storage.weights import load_weights, metadata_of, packed, save_weights
from visualizer.training.initial import initial_weights

DENSE = named("dense")
KNOWN = {"recipe": "book", "seed": "3", "epochs": "5", "dataset": "MNIST", "version": "1"}


def test_weights_of_equal_runs_are_equal_files(tmp_path: Path) -> None:
    files = set()
    for turn in range(8):
        keys = sorted(KNOWN, key=lambda key: hash((key, turn)))
        path = tmp_path / f"{turn}.safetensors"
        save_weights(path, DENSE, initial_weights(DENSE, 0), {key: KNOWN[key] for key in keys})
        files.add(path.read_bytes())
        stored = load_weights(path)
        assert stored.metadata == {**KNOWN, "network": "dense"}
    assert len(files) == 1
    names = list(metadata_of(files.pop()))
    assert names == sorted(names)


def test_equal_runs_are_equal_files(tmp_path: Path) -> None:
    files = set()
    for turn in range(8):
        history = History(1)
        history.add_batch(0.5, 2.3, 0.1)
        snapshots = tuple(Snapshot(n, n / 2, initial_weights(DENSE, n)) for n in (0, 1))
        run = StoredRun(DENSE, "mine", 3, {"name": "book"}, "bars", 224, 1.5, history, snapshots)
        path = tmp_path / f"{turn}.safetensors"
        save_run(path, run)
        files.add(path.read_bytes())
        assert load_run(path).name == "mine"
    assert len(files) == 1


def test_what_is_packed_is_a_safetensors_file_whatever_its_words() -> None:
    tensors = {"b": np.arange(6, dtype=np.float32).reshape(2, 3), "a": np.float32([[1]])}
    for words in ("", "é", "字" * 5, 'quo"te', "a\nb", "\ud800"):
        data = packed(tensors, {"network": words, "more": "x" * len(words)})
        assert int.from_bytes(data[:8], "little") % 8 == 0
        read = load(data)
        for key, tensor in tensors.items():
            np.testing.assert_array_equal(read[key], tensor, strict=True)
        assert metadata_of(data)["network"] == words.replace("\ud800", "?")
