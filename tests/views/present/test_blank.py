"""A presenter's remote blanks the screen; the next key brings it back and does nothing else."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.views.conftest import settled
from visualizer.session.session import Session
from visualizer.views.base.look import Look
from visualizer.views.window.window import MainWindow


@pytest.mark.parametrize("key", [Qt.Key.Key_B, Qt.Key.Key_Period])
def test_b_and_the_dot_blank_the_stage_and_any_key_shows_it_again(
    window: MainWindow, session: Session, qtbot: QtBot, key: Qt.Key
) -> None:
    window.open_stage(window.page.stages()[0])
    focused, scene = window.focusWidget(), session.viewer.scene
    before = settled(window, qtbot)
    QTest.keyClick(focused, key)
    black = window.grab().toImage()
    assert black.size() == before.size()
    places = [(0, 0), (black.width() - 1, black.height() - 1), (400, 300)]
    assert all(black.pixelColor(*place) == QColor("black") for place in places)
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_PageDown)
    assert not window.blank.isVisible() and window.focusWidget() is focused
    assert window.grab().toImage() == before
    assert session.viewer.scene is scene


def test_keys_under_the_blank_screen_reach_nothing(window: MainWindow, look: Look) -> None:
    look.set_present(True)
    QTest.keyClick(window, Qt.Key.Key_B)
    assert window.blank.isVisible()
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert not window.blank.isVisible() and look.theme.present


def test_a_click_shows_the_window_again(window: MainWindow) -> None:
    window.blank.cover()
    QTest.mouseClick(window.blank, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert not window.blank.isVisible()


def test_on_the_page_outside_present_mode_b_does_nothing(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_B)
    assert not window.blank.isVisible()


def test_it_covers_a_window_that_grows(window: MainWindow) -> None:
    window.blank.cover()
    window.resize(1400, 900)
    assert window.blank.size() == window.size()
    window.blank.lift()
