"""Session: what the trainer tells, put into its queue by hand; what fails, and the end."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.session.listening import Ear, train_long, until
from visualizer.core.network.networks import named
from visualizer.data.dataset import Dataset, Images
from visualizer.session.session import PUMP_MILLISECONDS, Session
from visualizer.system.throttle import (
    LIVELY_LOOKS,
    LOOKS_A_PAINTING,
    LOOKS_OF_PATIENCE,
    POLL_MILLISECONDS,
    PaintRhythm,
)
from visualizer.training import fit as fit_module
from visualizer.training.events import (
    BatchEnded,
    Diverged,
    Failed,
    Finished,
    RunStarted,
    WeightsPublished,
)
from visualizer.training.initial import initial_weights


def started(session: Session) -> RunStarted:
    network, recipe = session.viewer.scene.network, session.runs.recipe
    return RunStarted(network, recipe, 0, "cpu", "float32", 1, "a plan", 1, 10, 200)


@pytest.fixture
def held(short: Session, monkeypatch: pytest.MonkeyPatch) -> Session:
    """A session whose run has begun, and whose trainer says nothing by itself."""
    monkeypatch.setattr(fit_module, "fit", lambda *arguments, **more: iter(()))
    short.train_or_pause()
    return short


def tell(session: Session, run_id: int, *events: object) -> None:
    for event in events:
        session.runs._events.put((run_id, event))


def test_events_of_an_earlier_run_are_dropped(held: Session, ear: Ear) -> None:
    assert held.runs.run is not None
    current = held.runs.run.id
    weights = initial_weights(held.viewer.scene.network, 9)
    tell(held, current - 1, BatchEnded(1, 0.1, 2.3, 0.1), WeightsPublished(1, 0.1, weights))
    held._on_pump()
    assert (ear.scenes, ear.histories, held.runs.state.step) == ([], 0, 0)
    tell(held, current, BatchEnded(1, 0.1, 2.3, 0.1), WeightsPublished(1, 0.1, weights))
    held._on_pump()
    assert (len(ear.scenes), ear.histories, held.runs.state.step) == (1, 1, 1)


def test_the_last_batch_after_stop_still_counts(held: Session) -> None:
    held.stop()
    tell(held, held.runs.run.id, BatchEnded(1, 0.1, 2.3, 0.1))
    held._on_pump()
    assert (held.runs.state.phase, held.runs.state.step) == ("stopped", 1)


def test_a_pump_tells_one_scene_and_one_history(held: Session, ear: Ear) -> None:
    assert held.runs.run is not None
    last = initial_weights(held.viewer.scene.network, 12)
    events: list[object] = [started(held)]
    for step in range(1, 400):
        events.append(BatchEnded(step, step / 400, 1.0, 0.5))
        weights = last if step == 399 else initial_weights(named("book"), 1)
        if step % 133 == 0:
            events.append(WeightsPublished(step, step / 400, weights))
    tell(held, held.runs.run.id, *events)
    held._on_pump()
    assert (len(ear.scenes), ear.histories) == (1, 1)
    assert held.viewer.scene.weights is last
    assert len(held.runs.run.history) == 399
    assert held.runs.state.plan == "a plan"


@pytest.mark.parametrize(
    ("event", "phase"),
    [
        (Finished(1, 1.0, 20.0, {}, 0.5, 0.9), "finished"),
        (Diverged(1, "The loss is no number."), "failed"),
        (Failed("no memory", "traceback"), "failed"),
    ],
    ids=["finished", "diverged", "failed"],
)
def test_the_end_of_a_run_is_told_even_when_it_comes_alone(
    event: object, phase: str, held: Session
) -> None:
    assert held.runs.run is not None
    run_id = held.runs.run.id
    tell(held, run_id, started(held), BatchEnded(1, 0.1, 2.3, 0.1))
    held._on_pump()
    phases: list[str] = []
    held.runs.stateChanged.connect(lambda state: phases.append(state.phase))
    tell(held, run_id, event)
    for _ in range(LOOKS_A_PAINTING + LOOKS_OF_PATIENCE):
        held._on_pump()
    assert phases[-1:] == [phase]
    assert held.runs.state.phase == phase


def test_a_failing_training_is_a_notice_and_train_works_again(
    short: Session, ear: Ear, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*arguments: object, **more: object) -> Iterator[object]:
        yield started(short)
        raise MemoryError("no room for the batch")

    before = short.viewer.scene
    with monkeypatch.context() as patched:
        patched.setattr(fit_module, "fit", broken)
        short.train_or_pause()
        until(qtbot, short, "failed")
    notice = ear.notices[-1]
    assert notice.kind == "error"
    assert "no room for the batch" in notice.text
    assert short.viewer.scene is before
    short.train_or_pause()
    until(qtbot, short, "finished")
    assert short.runs.state.step == 10


def test_a_diverging_run_keeps_the_last_good_weights(
    short: Session, ear: Ear, qtbot: QtBot
) -> None:
    recipe = replace(short.runs.recipe, learning_rate=1e12, epochs=20)
    short.runs.configure(recipe, 0, short.runs.settings)
    short.train_or_pause()
    until(qtbot, short, "failed")
    notice = ear.notices[-1]
    assert "learning rate" in notice.text
    assert all(np.isfinite(tensor).all() for tensor in short.viewer.scene.weights.values())


def test_without_training_digits_train_says_so(
    make_session: Callable[[Dataset], Session], small_dataset: Dataset
) -> None:
    none = Images(np.zeros((0, 28, 28), np.uint8), np.zeros(0, np.uint8))
    session = make_session(Dataset("few", "synthetic", none, small_dataset.test))
    ear = Ear(session)
    session.train_or_pause()
    assert session.runs.state.phase == "stored"
    (notice,) = ear.notices
    assert "training digits" in notice.text


def test_nothing_is_told_after_close(short: Session, ear: Ear, qtbot: QtBot) -> None:
    train_long(short, qtbot)
    told = len(ear.scenes), ear.histories
    short.close()
    assert (len(ear.scenes), ear.histories) == told
    assert "trainer" not in [thread.name for thread in threading.enumerate()]


def test_news_of_a_run_under_way_are_taken_together_and_soon_enough(qapp: QApplication) -> None:
    """Weights are asked for at one look of five; with them all is taken, or two looks later."""
    told: list[str] = []
    come = False
    parent = QObject()
    rhythm = PaintRhythm(
        prepare=lambda: told.append("asked"),
        ready=lambda: come,
        take=lambda: told.append("taken"),
        parent=parent,
    )
    for _ in range(LOOKS_A_PAINTING):
        rhythm.look(busy=True)
    rhythm._on_poll()
    assert told == ["asked"]
    come = True
    rhythm._on_poll()
    assert told == ["asked", "taken"]
    come = False
    for _ in range(LOOKS_A_PAINTING + LOOKS_OF_PATIENCE):  # they do not come: the rest is taken
        rhythm.look(busy=True)
    assert told == ["asked", "taken"] * 2
    rhythm.look(busy=False)
    rhythm.look(busy=False)
    assert told == [*["asked", "taken"] * 2, "taken", "taken"]
    for _ in range(LIVELY_LOOKS):
        rhythm.look(busy=True, lively=True)
    rhythm.look(busy=True, lively=True)  # one look later what there is is taken
    assert told[-2:] == ["asked", "taken"]
    assert LIVELY_LOOKS * PUMP_MILLISECONDS < 100, "ten times a second where something moves"
    # In milliseconds, from a batch until what it has learnt is replaced; a painting takes 15.
    assert LOOKS_A_PAINTING * PUMP_MILLISECONDS + POLL_MILLISECONDS + 15 < 250


def test_all_that_a_batch_changes_is_told_in_one_turn(held: Session) -> None:
    """So that it is painted at once, and all of it is of one moment."""
    run_id = held.runs.run.id
    tell(held, run_id, started(held))
    held._on_pump()
    turns: list[str] = []
    held.runs.stateChanged.connect(lambda state: turns.append("counters"))
    held.runs.historyChanged.connect(lambda: turns.append("curves"))
    held.viewer.sceneChanged.connect(lambda old, new: turns.append("maps"))
    weights = initial_weights(held.viewer.scene.network, 7)
    for step in range(1, 4):
        tell(held, run_id, WeightsPublished(step, 0.1 * step, weights))
        tell(held, run_id, BatchEnded(step, 0.1 * step, 2.3, 0.1))
    told = []
    for _ in range(LOOKS_A_PAINTING + LOOKS_OF_PATIENCE):
        turns.clear()
        held._on_pump()
        told.append(sorted(turns))
    (whole,) = [each for each in told if each]
    assert whole == ["counters", "curves", "maps"]
