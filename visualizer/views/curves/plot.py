"""Plot: pyqtgraph's plot with what the curves need of keys, pointer and painting."""

from __future__ import annotations

import math

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPixmap

from visualizer.views.base.guard import Guarded


class Plot(Guarded, pg.PlotWidget):
    """A plot that tells when the pointer goes, and what keys go through time.

    What moves over it meets a picture of it, as long as nothing on it changes.

    Signals
    -------
    left
    stepped : int
        So many moments on (→), or back (←).
    ended : bool
        To the last moment (End), or to the first (Home).
    focused : bool
        Whether it now has the keyboard.
    """

    left = Signal()
    stepped = Signal(int)
    ended = Signal(bool)
    focused = Signal(bool)

    def __init__(self, axes: dict[str, pg.AxisItem]) -> None:
        super().__init__(enableMenu=False, axisItems=axes)
        self._picture: QPixmap | None = None
        self._painted_at: tuple[QSize, float] | None = None
        self.scene().changed.connect(self._on_changed)

    def _on_changed(self) -> None:
        self._picture = self._painted_at = None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what has changed; if nothing has, from a picture that is taken once."""
        view = self.viewport()
        at = view.size(), view.devicePixelRatioF()
        if at != self._painted_at:
            self._picture, self._painted_at = None, at
            super().paintEvent(event)
            return
        if self._picture is None:
            self._picture = self._taken(*at)
        QPainter(view).drawPixmap(0, 0, self._picture)

    def _taken(self, size: QSize, ratio: float) -> QPixmap:
        """A picture of the plot as it is now."""
        picture = QPixmap(math.ceil(size.width() * ratio), math.ceil(size.height() * ratio))
        picture.setDevicePixelRatio(ratio)
        painter = QPainter(picture)
        self.render(painter, QRectF(QPointF(), size.toSizeF()), self.viewport().rect())
        painter.end()
        return picture

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.stepped.emit(1 if key == Qt.Key.Key_Right else -1)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.ended.emit(key == Qt.Key.Key_End)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focused.emit(False)
