"""What a training has made is kept, also where it can no longer be written where it should be."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import numpy as np
import pytest

from visualizer.cli import main as cli
from visualizer.cli import train as training
from visualizer.storage import run_file, weights
from visualizer.storage.run_file import load_run
from visualizer.storage.weights import load_weights
from visualizer.system.atomic import write_atomically


def test_a_training_whose_disk_is_full_is_kept_in_the_cache_and_says_where(
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    cache, out = tmp_path / "cache", tmp_path / "full"
    out.mkdir()
    monkeypatch.setattr("platformdirs.user_cache_path", lambda name: cache / name)

    def write(path: Path | str, data: bytes) -> None:
        if Path(path).parent == out:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        write_atomically(path, data)

    for module in (weights, run_file, training):
        monkeypatch.setattr(module, "write_atomically", write)
    command = [
        *("train", "--network", "dense", "--data", str(folder), "--epochs", "1", "--threads", "1"),
        *("--precision", "float32", "--out", str(out / "w.safetensors")),
        *("--history", str(out / "h.csv"), "--save-run", str(out / "r.safetensors")),
    ]
    assert cli.main(command) == 1
    told = capsys.readouterr()
    assert told.out == ""
    kept = cache / "convnet-visualizer" / "kept"
    sentences = [
        f"{out / name}: No space left on device. It is kept as {kept / name}."
        for name in ("w.safetensors", "h.csv", "r.safetensors")
    ]
    assert told.err.splitlines()[-1] == f"convnet-visualizer: {' '.join(sentences)}"
    last = load_run(kept / "r.safetensors").snapshots[-1].weights
    for key, values in load_weights(kept / "w.safetensors").weights.items():
        np.testing.assert_array_equal(values, last[key])
    assert len((kept / "h.csv").read_text().splitlines()) == 1 + 4
    assert list(out.iterdir()) == []
