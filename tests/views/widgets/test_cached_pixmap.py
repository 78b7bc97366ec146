"""What does not change is drawn once, and anew as soon as anything of it does."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from visualizer.views.widgets.cached_pixmap import CachedPixmap


def test_a_picture_is_painted_once_for_a_state_and_a_size(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(40, 20)
    drawn, painted = CachedPixmap(), []

    def paint(painter: QPainter) -> None:
        painted.append(painter.device().width())
        painter.fillRect(QRect(0, 0, 5, 5), QColor("red"))

    for _ in range(3):
        drawn.painted(widget, "one", paint)
    assert painted == [40]
    assert drawn.pixmap.toImage().pixelColor(2, 2) == QColor("red")
    assert drawn.pixmap.toImage().pixelColor(9, 9).alpha() == 0
    drawn.painted(widget, "another", paint)
    widget.resize(60, 20)
    drawn.painted(widget, "another", paint)
    assert painted == [40, 40, 60]


def test_a_picture_may_lie_on_another(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(40, 20)
    ground = CachedPixmap().painted(
        widget, 0, lambda painter: painter.fillRect(widget.rect(), QColor("blue"))
    )
    top = CachedPixmap().painted(
        widget, 0, lambda painter: painter.fillRect(QRect(0, 0, 5, 5), QColor("red")), ground
    )
    assert top.toImage().pixelColor(2, 2) == QColor("red")
    assert top.toImage().pixelColor(9, 9) == QColor("blue")
    assert ground.toImage().pixelColor(2, 2) == QColor("blue")
