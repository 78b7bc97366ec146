"""NudgeView: a digit that the user moves by whole pixels, with the arrow keys or by dragging."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen

from visualizer.scene.scene import Digit
from visualizer.views.base.constants import ARROWS
from visualizer.views.base.look import Look
from visualizer.views.widgets.digit_view import DigitView


class NudgeView(DigitView):
    """A digit with its pixels numbered.

    Signals
    -------
    nudged : (int, int)
        By how many pixels to move the digit down and right.
    put_back
        The key Home: the digit should go back to its place.
    """

    nudged = Signal(int, int)
    put_back = Signal()

    def __init__(self, look: Look, digit: Digit) -> None:
        super().__init__(look, digit)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setToolTip("Drag the digit, or move it with the arrow keys")
        self._held: tuple[float, float] | None = None

    def paintEvent(self, event: object) -> None:
        super().paintEvent(event)
        if self.shows_focus:
            painter = QPainter(self)
            painter.setPen(QPen(self.theme.color("accent"), self.theme.line_width))
            painter.drawRect(self.cells.whole)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._held = self.cells.position(event.position())
        self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is None:
            super().mouseMoveEvent(event)
            return
        row, column = self.cells.position(event.position())
        dy, dx = round(row - self._held[0]), round(column - self._held[1])
        if dy or dx:
            self._held = self._held[0] + dy, self._held[1] + dx
            self.nudged.emit(dy, dx)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._held = None
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if (key := Qt.Key(event.key())) in ARROWS:
            self.nudged.emit(*ARROWS[key])
        elif key == Qt.Key.Key_Home:
            self.put_back.emit()
        else:
            super().keyPressEvent(event)
