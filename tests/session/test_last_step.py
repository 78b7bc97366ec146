"""The last step: after a step or a pause it is known why each weight changed."""

from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from tests.session.listening import until
from visualizer.core.backward.learnt import StepGradients
from visualizer.scene.trail import Cell
from visualizer.session.session import Session


def step(session: Session, qtbot: QtBot, times: int = 1) -> StepGradients:
    """Take steps, and wait for the gradients of the last."""
    for _ in range(times):
        before = session.runs.state.step
        session.step()
        qtbot.waitUntil(
            lambda before=before: (
                session.runs.state.phase == "paused" and session.runs.state.step > before
            )
        )
    session.last_step.find()
    qtbot.waitUntil(lambda: session.last_step.gradients is not None)
    found = session.last_step.gradients
    assert found is not None
    return found


def test_before_any_step_there_is_nothing_to_explain(short: Session) -> None:
    model = short.last_step
    assert model.state is None and model.change(short.viewer.scene) is None
    model.find()
    assert not model.found.busy


def test_after_a_step_the_arithmetic_gives_the_runs_own_weight(
    short: Session, qtbot: QtBot
) -> None:
    gradients = step(short, qtbot, 2)
    assert len(gradients.digits) == 20 and gradients.state.step == 2
    for layer in (0, 2, 4, 6, 7):
        short.viewer.select_layer(layer)
        change = short.last_step.change(short.viewer.scene)
        assert change is not None and change.index[-1] == short.viewer.scene.selected.channel
        assert change.step.new_weight == pytest.approx(change.in_run, rel=1e-4, abs=1e-7)
        assert change.of_digits.mean() == pytest.approx(change.step.gradient, rel=1e-3, abs=1e-8)
        assert change.terms.total == pytest.approx(float(change.of_digits[change.digit]), rel=1e-4)
        sizes = np.abs(change.of_digits)
        assert sizes[change.digit] == sizes.max(), "at first the digit with the largest gradient"


def test_a_weight_is_chosen_and_goes_with_the_filter(short: Session, qtbot: QtBot) -> None:
    step(short, qtbot)
    model, viewer = short.last_step, short.viewer
    viewer.select(Cell(2, 3, 3, 7))
    model.choose("conv2d_2.kernel", (0, 1, 5, 7))
    assert model.weight(viewer.scene) == ("conv2d_2.kernel", (0, 1, 5, 7))
    viewer.select(Cell(2, 3, 3, 9))
    assert model.weight(viewer.scene) == ("conv2d_2.kernel", (0, 1, 5, 9))
    viewer.select_layer(0)
    tensor, index = model.weight(viewer.scene) or ("", ())
    assert tensor == "conv2d_1.kernel" and index[-1] == viewer.scene.selected.channel
    viewer.select_layer(1)
    assert model.weight(viewer.scene) is None, "a pooling has no weights"


def test_while_it_trains_on_nothing_old_is_explained(short: Session, qtbot: QtBot) -> None:
    step(short, qtbot)
    told: list[object] = []
    short.last_step.changed.connect(lambda: told.append(short.last_step.state))
    short.train_or_pause()
    until(qtbot, short, "finished")
    assert told
    state = short.last_step.state
    assert state is not None and state.step == short.runs.state.step, "an epoch's last is known"
