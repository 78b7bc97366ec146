"""In Present mode menus, rail and run bar are one line at the window's edge that hides itself."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from visualizer.session.session import Session
from visualizer.views.window.present_line import PresentLine
from visualizer.views.window.window import MainWindow


@pytest.fixture
def presented(window: MainWindow) -> MainWindow:
    QTest.keyClick(window, Qt.Key.Key_F5)
    QApplication.processEvents()
    return window


def point_at(line: PresentLine) -> None:
    at = QPointF(line.width() / 2, line.height() - 1)
    QApplication.sendEvent(line, QEnterEvent(at, at, QPointF(line.mapToGlobal(at))))


def test_menus_rail_and_run_bar_are_gone_and_come_back(presented: MainWindow) -> None:
    bars = (presented.menuBar(), presented.rail, presented.run_bar)
    assert not any(bar.isVisible() for bar in bars)
    assert presented.line.isVisible()
    QTest.keyClick(presented, Qt.Key.Key_Escape)
    assert all(bar.isVisible() for bar in bars)
    assert not presented.line.isVisible()


@pytest.mark.slow
@pytest.mark.motion
def test_the_line_hides_itself_and_comes_to_the_pointer(
    presented: MainWindow, qtbot: QtBot
) -> None:
    line = presented.line
    assert not line.away and line.y() == 0
    qtbot.waitUntil(lambda: line.away)
    qtbot.waitUntil(lambda: line.geometry().bottom() < line.height() // 4)
    assert line.geometry().bottom() >= 0  # what the pointer finds at the edge
    point_at(line)
    assert not line.away
    qtbot.waitUntil(lambda: line.y() == 0)
    QApplication.sendEvent(line, QEvent(QEvent.Type.Leave))
    qtbot.waitUntil(lambda: line.away)


@pytest.mark.motion
def test_with_reduced_motion_it_is_there_at_once(presented: MainWindow) -> None:
    presented.settle()
    presented.look.set_reduce_motion(True)
    point_at(presented.line)
    assert presented.line.y() == 0


def test_its_buttons_lead_through_stages_and_pages_and_out(presented: MainWindow) -> None:
    line, titles = presented.line, [stage.title for stage in presented.page.stages()]
    assert not line.before.isEnabled()
    for title in titles[1:]:
        line.after.click()
        assert presented.stage.stage is not None and presented.stage.stage.title == title
    assert not line.after.isEnabled()
    line.before.click()
    assert presented.stage.stage.title == titles[-2]
    for page, button in line.pages.items():
        button.click()
        assert presented.page is page and button.isChecked()
        assert presented.on_stage, "in Present mode there are stages only"
    line.leave.click()
    assert not presented.look.theme.present and not presented.on_stage


def test_it_says_where_the_run_is(presented: MainWindow, session: Session) -> None:
    line, state = presented.line, session.runs.state
    running = replace(state, phase="running", epoch=1.25, epochs=5, test_accuracy=0.987)
    line.show_state(running)
    assert line.run.whole == "epoch 1.25 of 5 · test accuracy 98.70\u2009%"
    assert line.train.toolTip() == "Pause (Space)"
    line.show_state(replace(running, phase="paused"))
    assert line.train.toolTip() == "Go on (Space)"


def test_it_is_as_wide_as_the_window(presented: MainWindow) -> None:
    presented.resize(1100, 700)
    QApplication.processEvents()
    assert presented.line.width() == presented.width()
    assert presented.line.geometry().right() < presented.width()
