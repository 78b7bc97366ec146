"""Conversion of a run to the content of a file, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, asdict, fields
from pathlib import Path
from typing import Any, TypeVar

from visualizer.core.history import History
from visualizer.core.network.spec import shown
from visualizer.core.snapshots import Snapshot, Snapshots
from visualizer.runs.run import Run
from visualizer.runs.run_state import RunState
from visualizer.scene.scene import Model
from visualizer.storage.run_file import StoredRun, load_run
from visualizer.storage.weights import WeightsError, shortened
from visualizer.training.recipe import Recipe
from visualizer.training.settings import THREADS_A_CORE, Settings, cores

Made = TypeVar("Made", Recipe, Settings)


def to_stored(run: Run) -> StoredRun:
    """Collect what is to be written: all snapshots, and the last weights.

    Later progress of a running run is not included.

    Raises
    ------
    ValueError
        Nothing was trained in this run.
    """
    if run.recipe is None or not len(run.snapshots):
        raise ValueError("there is no run to save: nothing was trained here")
    snapshots, moment = list(run.snapshots), run.model.moment
    if moment is not None and moment.step > snapshots[-1].step:
        snapshots.append(Snapshot(moment.step, moment.epoch, run.model.weights))
    return StoredRun(
        run.model.network,
        run.name,
        run.seed,
        asdict(run.recipe),
        run.state.dataset,
        run.train_images,
        run.state.seconds,
        _copied(run.history),
        tuple(snapshots),
        asdict(run.settings),
        run.plan,
        run.beginning,
    )


def read_run(path: Path) -> Run:
    """Read a saved run, with 0 as its number.

    Raises
    ------
    WeightsError
        The file cannot be read, or has unusable values; the sentence names the file.
    """
    stored = load_run(path)
    try:
        return to_run(stored, path.name)
    except ValueError as error:
        raise WeightsError(f"{path}: {shortened(str(error))}") from error


def to_run(stored: StoredRun, origin: str) -> Run:
    """Make a run of a file's content; it cannot go on, but a new run can begin from any moment.

    Raises
    ------
    ValueError
        The recipe or the settings are unusable.
    """
    recipe = _made(Recipe, stored.recipe, "recipe")
    settings = _made(Settings, _possible_here(stored.settings), "settings")
    last = stored.snapshots[-1]
    state = RunState(
        "stored",
        epoch=last.epoch,
        epochs=stored.history.epochs,
        step=last.step,
        seconds=stored.seconds,
        dataset=stored.dataset,
        plan=stored.plan.get("plan", ""),
    )
    run = Run(
        id=0,
        model=Model(stored.network, last.weights, origin),
        recipe=recipe,
        seed=stored.seed,
        settings=settings,
        history=stored.history,
        state=state,
        snapshots=Snapshots.of(stored.snapshots),
        name=stored.name,
        kept=False,
        train_images=stored.train_images,
        plan=stored.plan,
        beginning=stored.beginning,
    )
    run.rest_at(last)
    return run


def _made(kind: type[Made], entries: Mapping[str, Any], what: str) -> Made:
    """Make a recipe or settings of the entries in a file."""
    known = {field.name: field for field in fields(kind)}
    for name in entries:
        if name not in known:
            raise ValueError(f"its {what} cannot be used (nothing is known of {shown(name)})")
    for name, field in known.items():
        if field.default is MISSING and name not in entries:
            raise ValueError(f"its {what} cannot be used (it has no {name})")
    try:
        return kind(**entries)
    except ValueError as error:
        raise ValueError(f"its {what} cannot be used ({error})") from error


def _possible_here(settings: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the settings, without a number of threads too large for this machine."""
    threads = settings.get("threads")
    if type(threads) is int and threads > THREADS_A_CORE * cores():
        return {**settings, "threads": None}
    return settings


def _copied(history: History) -> History:
    """Copy the curves as they are now, while the run goes on."""
    copy = History(history.epochs, history.smoothing)
    loss, accuracy = history.loss, history.accuracy
    batches = zip(history.epoch.values, loss.raw.values, accuracy.raw.values, strict=False)
    for epoch, loss_then, accuracy_then in batches:
        copy.add_batch(float(epoch), float(loss_then), float(accuracy_then))
    tests = zip(history.test_epoch.values, loss.test.values, accuracy.test.values, strict=False)
    for row in tests:
        copy.add_test(*map(float, row))
    return copy
