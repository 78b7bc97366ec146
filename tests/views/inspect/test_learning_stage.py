"""A network learns, on one stage: the digit, its answer, the curves, and the run in words."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.views.conftest import stage_called
from tests.views.painted import unreadable_in
from visualizer.session.session import Session
from visualizer.views.base.look import Look
from visualizer.views.inspect.learning_stage import LearningStage
from visualizer.views.window.window import MainWindow

TITLE = "A network learns"
SIZES = [QSize(1366, 768), QSize(1024, 700), QSize(1920, 1080)]


@pytest.fixture
def stage(window: MainWindow, short: Session, look: Look) -> LearningStage:
    look.set_present(True)
    window.resize(1366, 768)
    short.reset()
    window.open_stage(stage_called(window, TITLE))
    QApplication.processEvents()
    return cast(LearningStage, window.stage.content)


def trained(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: session.runs.state.phase == "finished")
    session.viewer.settle()


def test_space_trains_and_digit_bars_and_curves_follow(
    window: MainWindow, short: Session, stage: LearningStage, qtbot: QtBot
) -> None:
    before = stage.probabilities.grab().toImage()
    assert stage.run.text() == "untrained, seed 3" and not len(stage.curves.loss.plot.smooth()[0])
    trained(window, short, qtbot)
    qtbot.waitUntil(lambda: len(stage.curves.loss.plot.smooth()[0]) == 10)
    assert len(stage.curves.accuracy.plot.tests()[0]) == 1
    assert stage.scene is short.viewer.scene
    assert stage.probabilities.grab().toImage() != before


def test_it_says_how_far_the_run_is_and_nothing_says_it_twice(
    window: MainWindow, short: Session, stage: LearningStage, qtbot: QtBot
) -> None:
    short.runs.set_gear(5)
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "training accuracy" in stage.run.whole)
    assert stage.run.whole.startswith("epoch ")
    assert window.stage.run.whole == ""
    window.open_stage(stage_called(window, "The network"))
    assert window.stage.run.whole.startswith("epoch ")
    short.stop()


def test_the_gear_is_seen_and_chosen_there(stage: LearningStage, short: Session) -> None:
    assert stage.gear.isVisible() and stage.gear.currentText() == "full speed"
    short.runs.set_gear(5)
    assert stage.gear.currentText() == "5 / s"
    stage.gear.setCurrentIndex(stage.gear.findText("1 / s"))
    stage.gear.activated.emit(stage.gear.currentIndex())
    assert short.runs.gear == 1


def test_the_button_trains_and_pauses_as_space_does(
    stage: LearningStage, short: Session, qtbot: QtBot
) -> None:
    short.runs.set_gear(1)
    assert "(Space)" in stage.train.toolTip()
    stage.train.click()
    qtbot.waitUntil(lambda: short.runs.state.phase == "running")
    assert stage.train.toolTip() == "Pause (Space)"
    stage.train.click()
    qtbot.waitUntil(lambda: stage.train.toolTip() == "Go on (Space)")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: size.width())
def test_everything_is_read_from_the_back_row(
    size: QSize, window: MainWindow, short: Session, stage: LearningStage, qtbot: QtBot
) -> None:
    window.resize(size)
    for _ in range(2):
        QApplication.processEvents()
        stage.curves.refresh()
        assert unreadable_in(window.stage) == []
        for part in (stage.run, stage.verdict, stage.source):
            assert not part.text().endswith("…")
        plots = [plot.plot for plot in stage.curves.plots]
        assert all(plot.isVisible() and plot.height() > size.height() / 7 for plot in plots)
        assert stage.digit.cells.whole.width() > size.width() / 5
        assert stage.probabilities.height() > size.height() / 2
        if short.runs.state.phase != "finished":
            trained(window, short, qtbot)


def test_another_run_brings_no_list_here(
    window: MainWindow, short: Session, stage: LearningStage, qtbot: QtBot
) -> None:
    trained(window, short, qtbot)
    short.runs.configure(short.runs.recipe, 4, short.runs.settings)
    short.reset()
    trained(window, short, qtbot)
    assert len(short.library.runs) == 2
    assert not stage.curves.runs.isVisible() and not stage.curves.list.isVisible()


def test_an_answer_to_be_guessed_stays_hidden(stage: LearningStage, short: Session) -> None:
    short.viewer.predict(True)
    short.viewer.settle()
    assert "Which digit is it?" in stage.verdict.whole
    assert "label" not in stage.source.whole
