"""ClassesView: a filter's mean response to each class of digits, with quartiles."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen

from visualizer.core.network.layer import Array
from visualizer.core.responses import CLASSES, LayerResponses
from visualizer.text.numbers import compact
from visualizer.views.base.constants import CENTRE
from visualizer.views.base.look import Look
from visualizer.views.base.theme import Theme
from visualizer.views.filter.section import RowFormat, row_format
from visualizer.views.widgets.bars import Bars, ends_of

HEIGHT, WORDS = 128, 18


class ClassesView(Bars):
    """A bar per class, the mean of its strongest responses, with a line between quartiles."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.setAccessibleName("Mean strongest response by class")
        self._values = np.zeros(CLASSES, np.float32)
        self._quartiles: Array = np.zeros((CLASSES, 3), np.float32)
        self._written: RowFormat | None = None
        self.hovered.connect(self._on_hovered)

    def show_responses(self, layer: LayerResponses, channel: int) -> None:
        self._values = layer.class_means[channel]
        self._quartiles = layer.class_quartiles[channel]
        self._fit()

    def apply_theme(self, theme: Theme) -> None:
        self.updateGeometry()
        self._fit()

    def resizeEvent(self, event: object) -> None:
        self._fit()

    def _fit(self) -> None:
        room = self.column(0).width() - self.theme.px(2)
        self._written = row_format(self._values, room, self.theme)
        self.update()

    def show_marked(self, label: int | None) -> None:
        """Mark the class whose digits are in the gallery."""
        self.show_selection(-1 if label is None else label, self._hovered)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(200), self.theme.px(HEIGHT))

    # Where things are

    def _area(self) -> QRectF:
        words = self.theme.px(WORDS)
        above = 2 * words if self._unit else words
        return QRectF(self.rect()).adjusted(1, above, -1, -words)

    def _columns(self) -> QRectF:
        return QRectF(self.rect())

    def _inset(self) -> float:
        return self._step() * 0.2

    @property
    def _unit(self) -> str:
        """The unit of the means, such as "in 10⁻³", or nothing."""
        return self._written.unit if self._written else ""

    def _ends(self) -> tuple[float, float]:
        return ends_of(np.concatenate((self._values, self._quartiles.ravel())))

    # Painting

    def paintEvent(self, event: object) -> None:
        theme, painter = self.theme, QPainter(self)
        self._paint_columns(painter, "accent", outlined=False)
        for label, bar in enumerate(self.bars()):
            self._paint_class(painter, label, bar)
        self._paint_level(painter, 0.0)
        if self._unit:
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.color("soft_ink"))
            row = QRectF(self.rect()).adjusted(theme.px(4), 0, 0, 0)
            row.setHeight(theme.px(WORDS))
            painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, self._unit)
        self.paint_focus(painter)

    def _paint_class(self, painter: QPainter, label: int, bar: QRectF) -> None:
        theme, column = self.theme, self.column(label)
        words = theme.px(WORDS)
        below = QRectF(column.left(), self.height() - words, column.width(), words)
        painter.setFont(theme.font("caption", bold=label == self._selected))
        painter.setPen(theme.color("ink"))
        painter.drawText(below, CENTRE, str(label))
        if not np.isfinite(self._values[label]):
            return
        painter.fillRect(bar, theme.color("train", 0.75))
        low, _, high = (float(value) for value in self._quartiles[label])
        painter.setPen(QPen(theme.color("ink"), theme.line_width * 0.75))
        x = column.center().x()
        painter.drawLine(QPointF(x, self.y_of(low)), QPointF(x, self.y_of(high)))
        top = min(self.y_of(high), bar.top())
        above = QRectF(column.left(), top - words, column.width(), words)
        painter.drawText(above, CENTRE, self.value_text(label))

    def value_text(self, label: int) -> str:
        """Return a class's mean as it is written over its bar; nothing where numbers do not fit."""
        return self._written.text(float(self._values[label])) if self._written else ""

    # The pointer and the keys

    def tip_of(self, unit: int) -> str:
        if not np.isfinite(self._values[unit]):
            return ""
        low, median, high = (compact(float(value)) for value in self._quartiles[unit])
        mean = compact(float(self._values[unit]))
        return f"digits {unit}: mean {mean}, quartiles {low} · {median} · {high}"

    def _on_hovered(self, label: int | None) -> None:
        self.show_selection(self._selected, -1 if label is None else label)

    def _beside(self, step: int) -> int:
        start = self._selected if step > 0 else max(self._selected, 0)
        return (start + step) % CLASSES
