"""ClassesView: a filter's mean response to each class of digits, with quartiles."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen

from visualizer.core.network.layer import Array
from visualizer.core.responses import CLASSES, LayerResponses
from visualizer.text.numbers import compact
from visualizer.views.base.look import Look
from visualizer.views.base.theme import Theme
from visualizer.views.filter.section import RowFormat, row_format
from visualizer.views.widgets.controls import KeyPanel

HEIGHT, WORDS = 128, 18


class ClassesView(KeyPanel):
    """A bar per class: the mean of its digits' strongest responses, and a line between quartiles.

    Signals
    -------
    chosen : int
        The class that was clicked, or chosen by key.
    """

    chosen = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.setAccessibleName("Mean strongest response by class")
        self._means: Array = np.zeros(CLASSES, np.float32)
        self._quartiles: Array = np.zeros((CLASSES, 3), np.float32)
        self._written: RowFormat | None = None
        self._marked: int | None = None
        self._hovered: int | None = None

    def show_responses(self, layer: LayerResponses, channel: int) -> None:
        self._means = layer.class_means[channel]
        self._quartiles = layer.class_quartiles[channel]
        self._fit()

    def apply_theme(self, theme: Theme) -> None:
        self.updateGeometry()
        self._fit()

    def resizeEvent(self, event: object) -> None:
        self._fit()

    def _fit(self) -> None:
        room = self.column(0).width() - self.theme.px(2)
        self._written = row_format(self._means, room, self.theme)
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
        above = 2 * words if self._unit else words
        return QRectF(self.rect()).adjusted(1, above, -1, -words)

    @property
    def _unit(self) -> str:
        """The unit of the means, such as "in 10⁻³", or nothing."""
        return self._written.unit if self._written else ""

    def _ends(self) -> tuple[float, float]:
        shown = np.concatenate((self._means, self._quartiles.ravel())).astype(float)
        finite = shown[np.isfinite(shown)].tolist()
        low, high = min([0.0, *finite]), max([0.0, *finite])
        return (low, high) if low < high else (0.0, 1.0)

    def y_of(self, value: float) -> float:
        area, (low, high) = self._area(), self._ends()
        return area.bottom() - (value - low) / (high - low) * area.height()

    def column(self, label: int) -> QRectF:
        """Return where a class's column lies."""
        step = self.width() / CLASSES
        return QRectF(label * step, 0, step, self.height())

    def label_at(self, point: QPointF) -> int | None:
        found = (label for label in range(CLASSES) if self.column(label).contains(point))
        return next(found, None)

    # Painting

    def paintEvent(self, event: object) -> None:
        theme, painter, area = self.theme, QPainter(self), self._area()
        zero = self.y_of(0.0)
        for label in range(CLASSES):
            self._paint_class(painter, label, zero)
        painter.setPen(QPen(theme.color("soft_ink"), 1))
        painter.drawLine(QPointF(area.left(), zero), QPointF(area.right(), zero))
        if self._unit:
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.color("soft_ink"))
            row = QRectF(self.rect()).adjusted(theme.px(4), 0, 0, 0)
            row.setHeight(theme.px(WORDS))
            painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, self._unit)
        self.paint_focus(painter)

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
        bar = QRectF(column.left() + inset, self.y_of(mean), column.width() - 2 * inset, 0)
        bar.setBottom(zero)
        painter.fillRect(bar.normalized(), theme.color("train", 0.75))
        low, _, high = (float(value) for value in self._quartiles[label])
        painter.setPen(QPen(theme.color("ink"), theme.line_width * 0.75))
        x = column.center().x()
        painter.drawLine(QPointF(x, self.y_of(low)), QPointF(x, self.y_of(high)))
        top = min(self.y_of(high), bar.normalized().top(), zero)
        above = QRectF(column.left(), top - words, column.width(), words)
        painter.drawText(above, Qt.AlignmentFlag.AlignCenter, self.value_text(label))

    def value_text(self, label: int) -> str:
        """Return a class's mean as it is written over its bar; nothing where numbers do not fit."""
        return self._written.text(float(self._means[label])) if self._written else ""

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
