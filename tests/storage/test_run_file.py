"""A run in one file: to the bit, whole or not at all, and never something else taken for one."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from visualizer.core.history import History
from visualizer.core.network.networks import named
from visualizer.core.snapshots import Snapshot
from visualizer.storage.run_file import StoredRun, is_run_file, load_run, save_run
from visualizer.storage.weights import WeightsError, load_weights, save_weights
from visualizer.training.initial import initial_weights

DENSE = named("dense")


@pytest.fixture
def stored() -> StoredRun:
    history = History(2)
    for step in range(1, 8):
        history.add_batch(step / 3.5, 2.3 / step, step / 10)
    history.add_test(1.0, 0.31, 0.9)
    history.add_test(2.0, 0.21, 0.93)
    steps = (0, 1, 3, 7)
    snapshots = tuple(Snapshot(n, n / 3.5, initial_weights(DENSE, n)) for n in steps)
    recipe = {"name": "book", "optimizer": "rmsprop", "learning_rate": 0.001, "batch_size": 64}
    return StoredRun(
        DENSE, "mine", 3, {**recipe, "epochs": 2}, "bars", 224, 12.5, history, snapshots
    )


@pytest.fixture
def path(stored: StoredRun, tmp_path: Path) -> Path:
    made = tmp_path / "run.safetensors"
    save_run(made, stored)
    return made


def changed(path: Path, **facts: object) -> Path:
    """The same file with other words about the run."""
    tensors = load_file(path)
    length = int.from_bytes(path.read_bytes()[:8], "little")
    metadata = json.loads(path.read_bytes()[8 : 8 + length])["__metadata__"]
    run = {**json.loads(metadata["run"]), **facts}
    save_file(tensors, path, {**metadata, "run": json.dumps(run)})
    return path


def test_a_run_comes_back_to_the_bit(path: Path, stored: StoredRun) -> None:
    again = load_run(path)
    for name in ("name", "seed", "recipe", "dataset", "train_images", "seconds"):
        assert getattr(again, name) == getattr(stored, name)
    assert [(s.step, s.epoch) for s in again.snapshots] == [
        (s.step, s.epoch) for s in stored.snapshots
    ]
    for one, other in zip(again.snapshots, stored.snapshots, strict=True):
        for key in DENSE.parameters:
            np.testing.assert_array_equal(one.weights[key], other.weights[key], strict=True)
    for curve in ("loss", "accuracy"):
        came, went = getattr(again.history, curve), getattr(stored.history, curve)
        np.testing.assert_array_equal(came.raw.values, went.raw.values, strict=True)
        np.testing.assert_array_equal(came.test.values, went.test.values, strict=True)
        np.testing.assert_allclose(came.smooth.values, went.smooth.values, rtol=1e-6)
    np.testing.assert_array_equal(again.history.epoch.values, stored.history.epoch.values)
    assert again.history.epochs == 2
    assert again.network.layers == DENSE.layers


def test_a_run_and_weights_are_told_apart(path: Path, tmp_path: Path) -> None:
    assert is_run_file(path)
    weights = tmp_path / "weights.safetensors"
    save_weights(weights, DENSE, initial_weights(DENSE, 0), {})
    assert not is_run_file(weights)
    assert not is_run_file(tmp_path / "none")
    with pytest.raises(WeightsError, match="saved run"):
        load_weights(path)
    with pytest.raises(WeightsError, match="holds no run"):
        load_run(weights)


def test_a_file_cut_short_is_refused(path: Path) -> None:
    data = path.read_bytes()
    for share in (0.001, 0.5, 0.999):
        path.write_bytes(data[: int(len(data) * share)])
        with pytest.raises(WeightsError, match=path.name):
            load_run(path)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"version": 9}, "version 9"),
        ({"snapshots": []}, "moments"),
        ({"snapshots": [[3, 0.1], [1, 0.2]]}, "not in order"),
        ({"snapshots": [[0, 0.0], [5, 1.0]]}, r"after batch 5, .*missing"),
        ({"snapshots": [[0, -1.0]]}, "sensible epoch"),
        ({"snapshots": 3}, "cannot be used"),
        ({"epochs": 1e400}, "cannot be used"),
        ({"epochs": -2}, "sensible"),
        ({"seed": None}, "cannot be used"),
    ],
)
def test_what_cannot_be_is_one_sentence(facts: dict[str, object], reason: str, path: Path) -> None:
    with pytest.raises(WeightsError, match=reason):
        load_run(changed(path, **facts))


def test_a_snapshot_that_is_not_finite_is_refused(path: Path) -> None:
    tensors = load_file(path)
    length = int.from_bytes(path.read_bytes()[:8], "little")
    metadata = json.loads(path.read_bytes()[8 : 8 + length])["__metadata__"]
    tensors["snapshot/3/dense_1.bias"][5] = np.nan
    save_file(tensors, path, metadata)
    with pytest.raises(WeightsError, match=r"after batch 3, dense_1\.bias"):
        load_run(path)


def test_curves_of_two_lengths_are_refused(path: Path) -> None:
    tensors = load_file(path)
    length = int.from_bytes(path.read_bytes()[:8], "little")
    metadata = json.loads(path.read_bytes()[8 : 8 + length])["__metadata__"]
    tensors["curve/loss"] = tensors["curve/loss"][:-1].copy()
    save_file(tensors, path, metadata)
    with pytest.raises(WeightsError, match="one length"):
        load_run(path)


def test_a_file_that_cannot_be_written_stays_as_it_was(path: Path, stored: StoredRun) -> None:
    before = path.read_bytes()
    first = stored.snapshots[0]
    wrong = {**first.weights, "dense_1.bias": np.zeros(3, np.float32)}
    with pytest.raises(ValueError, match=r"dense_1\.bias"):
        save_run(path, replace(stored, snapshots=(replace(first, weights=wrong),)))
    with pytest.raises(OSError):
        save_run(path.parent / "none" / "run.safetensors", stored)
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == [path.name]
