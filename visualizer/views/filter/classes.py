"""ClassesView: how strongly each class of digits is answered to, with quartiles."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen

from visualizer.core.layer import Array
from visualizer.core.responses import CLASSES, LayerResponses
from visualizer.views.widgets.controls import KeyPanel
from visualizer.views.widgets.look import Look
from visualizer.views.widgets.text import compact, number

HEIGHT, WORDS = 128, 18


class ClassesView(KeyPanel):
    """A bar a class: the mean of its digits' strongest responses; a line from quartile to quartile.

    Signals
    -------
    chosen : int
        The class that was clicked, or entered by key.
    """

    chosen = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.setAccessibleName("Mean strongest response by class")
        self._means: Array = np.zeros(CLASSES, np.float32)
        self._quartiles: Array = np.zeros((CLASSES, 3), np.float32)
        self._marked: int | None = None
        self._hovered: int | None = None

    def show_responses(self, layer: LayerResponses, channel: int) -> None:
        self._means = layer.class_means[channel]
        self._quartiles = layer.class_quartiles[channel]
        self.update()

    def show_marked(self, label: int | None) -> None:
        """Mark the class whose digits are in the gallery."""
        self._marked = label
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(360), self.theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(200), self.theme.px(HEIGHT))

    # Where things are

    def _area(self) -> QRectF:
        words = self.theme.px(WORDS)
        return QRectF(self.rect()).adjusted(1, words, -1, -words)

    def _ends(self) -> tuple[float, float]:
        shown = np.concatenate((self._means, self._quartiles.ravel())).astype(float)
        finite = shown[np.isfinite(shown)].tolist()
        low, high = min([0.0, *finite]), max([0.0, *finite])
        return (low, high) if low < high else (0.0, 1.0)

    def _y(self, value: float) -> float:
        area, (low, high) = self._area(), self._ends()
        return area.bottom() - (value - low) / (high - low) * area.height()

    def column(self, label: int) -> QRectF:
        """Where a class stands on the widget."""
        step = self.width() / CLASSES
        return QRectF(label * step, 0, step, self.height())

    def label_at(self, point: QPointF) -> int | None:
        found = (label for label in range(CLASSES) if self.column(label).contains(point))
        return next(found, None)

    # Painting

    def paintEvent(self, event: object) -> None:
        theme, painter, area = self.theme, QPainter(self), self._area()
        zero = self._y(0.0)
        for label in range(CLASSES):
            self._paint_class(painter, label, zero)
        painter.setPen(QPen(theme.color("soft_ink"), 1))
        painter.drawLine(QPointF(area.left(), zero), QPointF(area.right(), zero))
        if self.hasFocus():
            painter.setPen(QPen(theme.color("accent"), theme.px(1)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))

    def _paint_class(self, painter: QPainter, label: int, zero: float) -> None:
        theme, column, mean = self.theme, self.column(label), float(self._means[label])
        marked, hovered = label == self._marked, label == self._hovered
        if marked or hovered:
            painter.fillRect(column, theme.color("accent" if marked else "soft_ink", 0.14))
        words = theme.px(WORDS)
        below = QRectF(column.left(), self.height() - words, column.width(), words)
        painter.setFont(theme.font("caption", bold=marked))
        painter.setPen(theme.color("ink"))
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, str(label))
        if not np.isfinite(mean):
            return
        inset = column.width() * 0.2
        bar = QRectF(column.left() + inset, self._y(mean), column.width() - 2 * inset, 0)
        bar.setBottom(zero)
        painter.fillRect(bar.normalized(), theme.color("train", 0.75))
        low, _, high = (float(value) for value in self._quartiles[label])
        painter.setPen(QPen(theme.color("ink"), theme.line_width * 0.75))
        x = column.center().x()
        painter.drawLine(QPointF(x, self._y(low)), QPointF(x, self._y(high)))
        top = min(self._y(high), bar.normalized().top(), zero)
        above = QRectF(column.left(), top - words, column.width(), words)
        painter.drawText(above, Qt.AlignmentFlag.AlignCenter, self.value_text(label))

    def value_text(self, label: int) -> str:
        """A class's mean in what fits over its bar."""
        mean = float(self._means[label])
        return number(mean, 1) if 0.95 <= abs(mean) < 1000 or mean == 0 else compact_short(mean)

    # The pointer and the keys

    def tip_at(self, point: QPointF) -> str:
        label = self.label_at(point)
        if label is None or not np.isfinite(self._means[label]):
            return ""
        low, median, high = (compact(float(value)) for value in self._quartiles[label])
        mean = compact(float(self._means[label]))
        return f"digits {label}: mean {mean}, quartiles {low} · {median} · {high}"

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.label_at(event.position()))

    def leaveEvent(self, event: object) -> None:
        self._hover(None)

    def _hover(self, label: int | None) -> None:
        if label != self._hovered:
            self._hovered = label
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        label = self.label_at(event.position())
        if label is not None:
            self.chosen.emit(label)

    def press_key(self, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        key = Qt.Key(event.key())
        if key not in steps:
            return False
        start = -1 if self._marked is None and steps[key] > 0 else self._marked or 0
        self.chosen.emit((start + steps[key]) % CLASSES)
        return True


def compact_short(value: float) -> str:
    """A small or a huge mean in few signs: 0.53, 2.1 · 10⁻⁷."""
    return number(value, 2) if 0.005 <= abs(value) < 1 else compact(value)
