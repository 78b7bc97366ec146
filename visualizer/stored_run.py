"""A run as a file holds it, and back."""

from __future__ import annotations

from dataclasses import asdict

from visualizer.core.history import History
from visualizer.core.snapshots import Snapshot, Snapshots
from visualizer.run import Run, RunState
from visualizer.scene import Model
from visualizer.storage.run_file import StoredRun
from visualizer.training.recipe import Recipe
from visualizer.training.settings import Settings


def to_stored(run: Run) -> StoredRun:
    """What is to be written: all snapshots, and the last weights there are.

    What a run under way gains afterwards is not in it.

    Raises
    ------
    ValueError
        Nothing was trained here.
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
    )


def to_run(run_id: int, stored: StoredRun, origin: str) -> Run:
    """A run whose moments can be looked at; it cannot go on, but from any of them a new one can.

    Raises
    ------
    ValueError
        A recipe or settings that no run could use.
    """
    try:
        recipe = Recipe(**stored.recipe)  # type: ignore[arg-type]
        settings = Settings(**stored.settings)  # type: ignore[arg-type]
    except TypeError as error:
        raise ValueError(f"its recipe cannot be used ({error})") from error
    last = stored.snapshots[-1]
    state = RunState(
        "stored",
        epoch=last.epoch,
        epochs=stored.history.epochs,
        step=last.step,
        seconds=stored.seconds,
        dataset=stored.dataset,
    )
    model = Model(stored.network, last.weights, origin)
    run = Run(run_id, model, recipe, stored.seed, settings, stored.history, state)
    run.snapshots, run.name, run.kept = Snapshots(), stored.name, False
    run.train_images = stored.train_images
    for snapshot in stored.snapshots:
        run.snapshots.keep(snapshot)
    run.model = run.model_at(last)
    run.state = run.state_at(last)
    run.tick(0.0)
    return run


def _copied(history: History) -> History:
    """The curves as they are now, while the run goes on."""
    copy = History(history.epochs, history.smoothing)
    loss, accuracy = history.loss, history.accuracy
    for row in zip(history.epoch.values, loss.raw.values, accuracy.raw.values, strict=False):
        copy.add_batch(*map(float, row))
    tests = zip(history.test_epoch.values, loss.test.values, accuracy.test.values, strict=False)
    for row in tests:
        copy.add_test(*map(float, row))
    return copy
