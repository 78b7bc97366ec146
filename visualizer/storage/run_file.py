"""Saved runs: the curves and the snapshots of a training run in one safetensors file.

The tensors, all float32:

- `curve/epoch`, `curve/loss`, `curve/accuracy` (batches,): epochs done after each batch, and its
  cross-entropy and share of right answers; `curve/test_epoch`, `curve/test_loss` and
  `curve/test_accuracy` (tests,);
- `snapshot/<step>/<layer>.kernel` and `….bias`: the weights after so many batches, in the layout
  of the weights files.

The metadata: `network` and `spec` as in a weights file, and `run`, a JSON object with version,
name, seed, recipe, settings, plan (the choices of the trial), dataset, train_images, seconds,
epochs (the planned ones), snapshots, a list of [step, epoch], and began, if the run went on from a
moment of another run.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from safetensors import SafetensorError, safe_open
from safetensors.numpy import load

from visualizer.core.beginning import Beginning, facts_of
from visualizer.core.history import History
from visualizer.core.network.layer import Array
from visualizer.core.network.network import Network
from visualizer.core.network.spec import shown, to_spec
from visualizer.core.snapshots import Snapshot
from visualizer.storage.run_curves import MOST_EPOCHS, columns_of, history_of
from visualizer.storage.weights import (
    LARGEST_HEADER,
    RUN,
    WeightsError,
    check_dtypes,
    metadata_of,
    network_of,
    packed,
    read_whole,
    shortened,
)
from visualizer.system.atomic import write_atomically
from visualizer.system.files import open_regular

VERSION = 1
MOST_SNAPSHOTS = 1000
MOST_WHOLE = 2**53  # of a seed, of images, of seconds: exact in every reader of JSON


@dataclass(frozen=True, slots=True, eq=False)
class StoredRun:
    """The content of a run's file.

    Attributes
    ----------
    recipe, settings : mapping
        Fields by name.
    train_images : int
        Images an epoch; 0 if not known.
    seconds : float
        Time spent training.
    snapshots : tuple of Snapshot
        In order, at least one.
    """

    network: Network
    name: str
    seed: int
    recipe: Mapping[str, object]
    dataset: str
    train_images: int
    seconds: float
    history: History
    snapshots: tuple[Snapshot, ...]
    settings: Mapping[str, object] = field(default_factory=dict)
    plan: Mapping[str, str] = field(default_factory=dict)
    beginning: Beginning | None = None


def save_run(path: Path | str, run: StoredRun) -> None:
    """Write a run whole or not at all.

    Raises
    ------
    ValueError
        The weights are not this network's, or not finite.
    OSError
        The file cannot be written; an old one stays as it was.
    """
    write_atomically(path, run_bytes(run))


def run_bytes(run: StoredRun) -> bytes:
    """Return the bytes of a run's file; raise a ValueError as `save_run` does."""
    facts = {
        "version": VERSION,
        "name": run.name,
        "seed": run.seed,
        "recipe": dict(run.recipe),
        "settings": dict(run.settings),
        "plan": dict(run.plan),
        **({"began": run.beginning.as_json()} if run.beginning else {}),
        "dataset": run.dataset,
        "train_images": run.train_images,
        "seconds": run.seconds,
        "epochs": run.history.epochs,
        "snapshots": [[each.step, each.epoch] for each in run.snapshots],
    }
    metadata = {
        "network": run.network.name,
        "spec": json.dumps(to_spec(run.network)),
        RUN: json.dumps(facts),
    }
    tensors = {f"curve/{name}": column for name, column in columns_of(run.history).items()}
    for each in run.snapshots:
        run.network.check_weights(each.weights)
        for key in run.network.parameters:
            tensors[_key(each.step, key)] = np.ascontiguousarray(each.weights[key], np.float32)
    return packed(tensors, metadata)


def is_run_file(path: Path | str) -> bool:
    """Return whether a file is a saved run, by its header; False if it cannot be read."""
    try:
        with open_regular(Path(path)) as file:
            return holds_run(file.read(8 + LARGEST_HEADER))
    except OSError:
        return False


def load_run(path: Path | str) -> StoredRun:
    """Read a saved run, and check that all its weights fit its network.

    Raises
    ------
    WeightsError
        The file is missing, not a run, cut short, or contains something unusable.
    """
    with _naming_errors(str(path)):
        data = read_whole(Path(path))
    return run_in(data, str(path))


def run_in(data: bytes, name: str) -> StoredRun:
    """Read the content of a run's file as `load_run` does; errors name it by `name`."""
    with _naming_errors(name):
        metadata = metadata_of(data)
        if RUN not in metadata:
            raise ValueError("it holds no run, but weights of one moment")
        return _run(metadata, load(data))


def holds_run(data: bytes) -> bool:
    """Return whether the content of a file is a saved run, by its header."""
    try:
        return RUN in metadata_of(data)
    except ValueError:
        return False


def load_last_moment(path: Path | str) -> StoredRun:
    """Read a saved run with all its curves, but only its last moment: a small part of the file.

    Raises
    ------
    WeightsError
        As `load_run`; the other moments are not checked.
    """
    with _naming_errors(str(path)):
        with open_regular(Path(path)) as file:
            metadata = metadata_of(file.read(8 + LARGEST_HEADER))
        if RUN not in metadata:
            raise ValueError("it holds no run, but weights of one moment")
        steps = [_moment(entry)[0] for entry in _fact(_facts(metadata[RUN]), "snapshots", list)]
        wanted = ("curve/", *(_key(step, "") for step in steps[-1:]))
        with safe_open(path, framework="numpy") as opened:
            names = [name for name in opened.keys() if name.startswith(wanted)]  # noqa: SIM118
            tensors = {name: opened.get_tensor(name) for name in names}
        return _run(metadata, tensors, last_only=True)


@contextmanager
def _naming_errors(name: str) -> Iterator[None]:
    """Turn every error about a file into a WeightsError that names it."""
    try:
        yield
    except OSError as error:
        raise WeightsError(f"{name}: {error.strerror or error}") from error
    except SafetensorError as error:
        raise WeightsError(f"{name} is not a whole safetensors file") from error
    except ValueError as error:
        raise WeightsError(f"{name}: {shortened(str(error))}") from error


def _run(
    metadata: Mapping[str, str], tensors: Mapping[str, Array], last_only: bool = False
) -> StoredRun:
    network = network_of(metadata)
    check_dtypes(tensors)
    facts = _facts(metadata[RUN])
    steps = [_moment(entry) for entry in _fact(facts, "snapshots", list)]
    steps = steps[-1:] if last_only else steps
    epochs = _fact(facts, "epochs", int)
    try:
        return StoredRun(
            network,
            shortened(_fact(facts, "name", str)),
            _whole(facts, "seed"),
            _fact(facts, "recipe", dict),
            shortened(_fact(facts, "dataset", str)),
            _whole(facts, "train_images"),
            _seconds(facts),
            history_of(tensors, epochs),
            _snapshots(network, tensors, steps),
            _fact({"settings": {}, **facts}, "settings", dict),
            facts_of(facts.get("plan")),
            Beginning.from_json(facts["began"]) if "began" in facts else None,
        )
    except KeyError as error:
        raise ValueError(f"it has no tensor {error}") from error


def _fact(facts: Mapping[str, Any], name: str, kind: type) -> Any:
    """Return a fact of the run by its name; it must be of this kind."""
    if name not in facts or type(facts[name]) is not kind:
        raise _useless(name, facts.get(name, "missing"))
    return facts[name]


def _whole(facts: Mapping[str, Any], name: str) -> int:
    value: int = _fact(facts, name, int)
    if not 0 <= value <= MOST_WHOLE:
        raise _useless(name, value)
    return value


def _seconds(facts: Mapping[str, Any]) -> float:
    value = facts.get("seconds", "missing")
    if type(value) not in (int, float) or not 0 <= value <= MOST_WHOLE:
        raise _useless("seconds", value)
    return float(value)


def _moment(entry: object) -> tuple[int, float]:
    """Read the step and the epoch of a snapshot."""
    if not isinstance(entry, list) or len(entry) != 2:
        raise _useless("one of its snapshots", entry)
    step, epoch = entry
    if type(step) is not int or type(epoch) not in (int, float) or not -1e9 < epoch < 1e9:
        raise _useless("one of its snapshots", f"{shown(step)}, {shown(epoch)}")
    return step, float(epoch)


def _useless(name: str, value: object) -> ValueError:
    return ValueError(f"what it says of the run cannot be used ({name}: {shown(value)})")


def _facts(text: str) -> dict[str, Any]:
    try:
        facts = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError("what it says of the run cannot be read") from error
    if not isinstance(facts, dict):
        raise ValueError("what it says of the run cannot be read")
    if facts.get("version") != VERSION:
        raise ValueError(f"it is of version {facts.get('version')}; this program reads {VERSION}")
    return facts


def _snapshots(
    network: Network, tensors: Mapping[str, Array], steps: list[tuple[int, float]]
) -> tuple[Snapshot, ...]:
    numbers = [step for step, _ in steps]
    if not 1 <= len(steps) <= MOST_SNAPSHOTS or numbers != sorted(set(numbers)) or numbers[0] < 0:
        raise ValueError("its moments are none, too many, or not in order")
    if not all(0 <= epoch < MOST_EPOCHS for _, epoch in steps):
        raise ValueError("one of its moments has no sensible epoch")
    made = []
    for step, epoch in steps:
        keys = {key: _key(step, key) for key in network.parameters}
        weights = {key: tensors[name] for key, name in keys.items() if name in tensors}
        try:
            network.check_weights(weights)
        except ValueError as error:
            raise ValueError(f"after batch {step}, {error}") from error
        made.append(Snapshot(step, epoch, weights))
    return tuple(made)


def _key(step: int, parameter: str) -> str:
    return f"snapshot/{step}/{parameter}"
