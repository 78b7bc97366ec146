"""Loss and accuracy on the stage: two wide plots, and the runs where there are several."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect
from pytestqt.qtbot import QtBot

from tests.views.painted import unreadable_in
from visualizer.session.session import Session
from visualizer.views.base.look import Look
from visualizer.views.curves.curves import CurvesPanel

SIZES = [(1874, 957, 2.5), (1366, 660, 1.78), (1024, 640, 1.0)]


@pytest.mark.parametrize(("width", "height", "zoom"), SIZES)
def test_on_the_stage_two_wide_plots_lie_one_above_the_other(
    look: Look, trained: Session, show: Any, width: int, height: int, zoom: float
) -> None:
    look._change(replace(look.theme, zoom=zoom))
    stage = CurvesPanel(look, trained, on_stage=True)
    show(stage, width, height)
    loss, accuracy = (
        QRect(plot.plot.mapTo(stage, QPoint()), plot.plot.size()) for plot in stage.plots
    )
    assert loss.bottom() < accuracy.top() and loss.left() == accuracy.left()
    for plot in (loss, accuracy):
        assert plot.width() > 0.9 * width and plot.width() > 3 * plot.height()
        assert stage.rect().contains(plot)
    assert abs(loss.height() - accuracy.height()) <= 1 and loss.height() > 0.25 * height
    assert stage.runs.isHidden()  # there is one run
    assert unreadable_in(stage) == []


def test_on_the_stage_the_list_opens_with_the_second_run(
    look: Look, trained: Session, show: Any, qtbot: QtBot
) -> None:
    stage = CurvesPanel(look, trained, on_stage=True)
    show(stage, 1366, 660)
    assert stage.runs.isHidden()
    trained.runs.configure(trained.runs.recipe, 4, trained.runs.settings)
    trained.train_or_pause()
    qtbot.waitUntil(lambda: trained.runs.state.phase == "finished")
    assert len(trained.library.runs) == 2 and stage.runs.isVisible()
    assert stage.loss.isVisible() and stage.accuracy.isVisible()
    assert stage.loss.width() > 600
    stage.list.click()
    assert stage.runs.isHidden()
