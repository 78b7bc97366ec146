"""While a key is held, all but what the pointer is at is dimmed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QCursor, QImage, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from visualizer.views.window.window import MainWindow


@pytest.fixture
def lit(window: MainWindow) -> MainWindow:
    """The window on the stage, L held, with the pointer at its middle."""
    window.open_stage(window.page.stages()[0])
    window.settle()
    QCursor.setPos(window.mapToGlobal(window.rect().center()))
    QTest.keyPress(focus(window), Qt.Key.Key_L)
    return window


def focus(window: MainWindow) -> QWidget:
    focused = window.focusWidget()
    assert focused is not None
    return focused


def picture(window: MainWindow) -> QImage:
    return window.grab().toImage()


def light(image: QImage, at: QPoint) -> float:
    """Mean lightness of a small square."""
    places = [(at.x() + dx, at.y() + dy) for dx in range(-8, 9, 4) for dy in range(-8, 9, 4)]
    return sum(image.pixelColor(x, y).lightness() for x, y in places) / len(places)


def test_only_around_the_pointer_it_stays_light(lit: MainWindow, qtbot: QtBot) -> None:
    middle, edge = lit.rect().center(), QPoint(20, lit.height() - 20)
    dimmed = picture(lit)
    QTest.keyRelease(focus(lit), Qt.Key.Key_L)
    assert not lit.spotlight.isVisible()
    whole = picture(lit)
    assert light(dimmed, middle) == light(whole, middle)
    assert light(dimmed, edge) < 0.5 * light(whole, edge)


def test_it_follows_the_pointer(lit: MainWindow, qtbot: QtBot) -> None:
    edge = QPoint(40, lit.height() - 40)
    before = light(picture(lit), edge)
    QCursor.setPos(lit.mapToGlobal(edge))
    qtbot.waitUntil(lambda: light(picture(lit), edge) > 1.5 * before)


def test_what_lies_below_gets_the_pointer_and_the_keys(lit: MainWindow) -> None:
    assert lit.spotlight.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    QTest.keyClick(focus(lit), Qt.Key.Key_PageDown)
    assert lit.spotlight.isVisible()
    assert lit.stage.stage is lit.page.stages()[1]


def test_a_key_that_repeats_is_still_held(lit: MainWindow) -> None:
    for kind in (QEvent.Type.KeyRelease, QEvent.Type.KeyPress):
        repeat = QKeyEvent(kind, Qt.Key.Key_L, Qt.KeyboardModifier.NoModifier, "l", True)
        QApplication.sendEvent(focus(lit), repeat)
    assert lit.spotlight.isVisible()


def test_a_window_that_is_left_is_light_again(lit: MainWindow) -> None:
    QApplication.sendEvent(lit, QEvent(QEvent.Type.WindowDeactivate))
    assert not lit.spotlight.isVisible()


def test_on_the_page_the_key_does_nothing(window: MainWindow) -> None:
    QTest.keyPress(window, Qt.Key.Key_L)
    QTest.keyRelease(window, Qt.Key.Key_L)
    assert not window.spotlight.isVisible()
