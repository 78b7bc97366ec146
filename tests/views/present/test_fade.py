"""One picture fades into the next, quickly, and not at all with "Reduce motion"."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.views.conftest import Show
from visualizer.views.base.look import Look
from visualizer.views.present.fade import MILLISECONDS, Fade
from visualizer.views.window.window import MainWindow

pytestmark = pytest.mark.motion


class Coloured(QWidget):
    """All in one colour."""

    color = QColor("red")

    def paintEvent(self, event: object) -> None:
        from PySide6.QtGui import QPainter

        QPainter(self).fillRect(self.rect(), self.color)


def test_the_old_picture_turns_into_the_new_one(show: Show, look: Look, qtbot: QtBot) -> None:
    widget = Coloured()
    fade = Fade(look, widget)
    show(widget, 60, 40)
    fade.cover()
    widget.color = QColor("blue")
    widget.update()
    reds: list[int] = []

    def gone() -> bool:
        reds.append(widget.grab().toImage().pixelColor(30, 20).red())
        return fade.isHidden()

    qtbot.waitUntil(gone)
    assert reds[0] == 255 and reds[-1] == 0
    assert reds == sorted(reds, reverse=True)
    assert 300 <= MILLISECONDS <= 500


def test_with_reduced_motion_nothing_fades(show: Show, look: Look) -> None:
    widget = Coloured()
    fade = Fade(look, widget)
    show(widget, 60, 40)
    look.set_reduce_motion(True)
    fade.cover()
    assert fade.isHidden()


def test_the_window_shows_its_new_size_at_once(show: Show, look: Look) -> None:
    widget = Coloured()
    fade = Fade(look, widget)
    show(widget, 60, 40)
    fade.cover()
    widget.resize(80, 50)
    QApplication.processEvents()
    assert fade.isHidden()


def test_keys_and_clicks_reach_the_stage_while_it_fades_in(window: MainWindow) -> None:
    window.open_stage(window.page.stages()[0])
    assert not window.fade.isHidden()
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_PageDown)
    stage = window.stage.stage
    assert stage is not None and stage.title == window.page.stages()[1].title
    assert window.fade.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
