"""A class that is switched off answers to nothing: the logit that says so is shown nowhere."""

from __future__ import annotations

from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from tests.views.painted import words_of
from visualizer.core.edits import SwitchOff
from visualizer.scene.trail import Cell
from visualizer.session.session import Session
from visualizer.views.base.look import Look
from visualizer.views.filter.panel import FilterPanel
from visualizer.views.filter.stage import FilterStage


@pytest.mark.parametrize("form", [FilterPanel, FilterStage])
def test_a_class_that_is_off_has_no_responses(
    form: Any, look: Look, session: Session, show: Any, qtbot: QtBot
) -> None:
    last = len(session.viewer.scene.network.layers) - 1
    session.viewer.select(Cell(last, 0, 0, 7))
    session.what_if.add(SwitchOff("dense_2", 7))
    view = form(look, session.viewer, session)
    show(view, 420, 900)
    told = view.sentence if isinstance(view, FilterPanel) else view.says
    off = "Class 7 is taken out of the softmax: it answers to nothing."
    qtbot.waitUntil(lambda: session.study.fresh and told.text() == off)
    painted = " ".join(word.text for word in words_of(view)[0])
    assert "10000" not in painted and "10,000." not in painted
    session.viewer.select(Cell(last, 0, 0, 3))
    qtbot.waitUntil(lambda: "nswers" in told.text() and told.text() != off)
