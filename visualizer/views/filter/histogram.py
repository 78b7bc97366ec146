"""HistogramView: how often a filter's responses fall into each bin, with zero marked."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from visualizer.core.responses import LayerResponses
from visualizer.text.numbers import compact, count
from visualizer.views.base.constants import CENTRE, LEFT, RIGHT
from visualizer.views.base.look import Look
from visualizer.views.widgets.bars import Bars

HEIGHT, WORDS = 114, 18


class HistogramView(Bars):
    """Sixty-four bins on a logarithmic count; the part that ReLU sets to 0 is grey."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Histogram of the responses")
        self._counts = np.zeros(1, np.int64)
        self._edges = np.array([0.0, 1.0])
        self._cuts = False

    def show_responses(self, layer: LayerResponses, channel: int, cuts: bool) -> None:
        """Show a channel's responses; `cuts` says that a ReLU sets negative ones to 0."""
        self._counts = layer.counts[channel]
        self._values = np.log1p(self._counts).astype(np.float32)
        self._edges = layer.edges[channel].astype(np.float64)
        self._cuts = cuts
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(160), self.theme.px(HEIGHT))

    def _area(self) -> QRectF:
        words = self.theme.px(WORDS)
        return QRectF(self.rect()).adjusted(1, words, -1, -words)

    def _spans(self) -> list[tuple[float, float]]:
        edges = map(self.x_of, self._edges.tolist())
        return [(left, right - left) for left, right in pairwise(edges)]

    def x_of(self, value: float) -> float:
        """Return the horizontal place of a response."""
        area, low, high = self._area(), self._edges[0], self._edges[-1]
        return float(area.left() + (value - low) / (high - low) * area.width())

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        for part, color in self._parts():
            painter.setClipRect(part)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color)
            painter.drawRects(self.bars())
        painter.setClipping(False)
        self._paint_level(painter, 0.0, "line")
        self._paint_words(painter)

    def _parts(self) -> tuple[tuple[QRectF, QColor], ...]:
        """Return the parts below and above 0, with their colours; the bin of 0 is in both."""
        whole, theme = QRectF(self.rect()), self.theme
        if not self._cuts:
            return ((whole, theme.color("train")),)
        cut, left = QRectF(whole), QRectF(whole)
        zero = min(max(self.x_of(0.0), whole.left()), whole.right())
        cut.setRight(zero)
        left.setLeft(zero)
        return (cut, theme.color("soft_ink", 0.45)), (left, theme.color("train"))

    @property
    def _scale_words(self) -> str:
        """The meaning of the heights, in the longest form that fits."""
        metrics, most = QFontMetricsF(self.theme.font("caption")), count(int(self._counts.max()))
        forms = (f"responses, log scale, up to {most}", f"log scale, up to {most}")
        fitting = (form for form in forms if metrics.horizontalAdvance(form) <= self.width() - 2)
        return next(fitting, "log scale")

    def _paint_words(self, painter: QPainter) -> None:
        theme, area = self.theme, self._area()
        low, high = float(self._edges[0]), float(self._edges[-1])
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("soft_ink"))
        above = QRectF(area.left(), 0, area.width(), theme.px(WORDS) - 1)
        painter.drawText(above, LEFT, self._scale_words)
        metrics = painter.fontMetrics()
        row = QRectF(area.left(), area.bottom() + 1, area.width(), theme.px(WORDS) - 1)
        ends = compact(low), compact(high)
        painter.drawText(row, LEFT, ends[0])
        painter.drawText(row, RIGHT, ends[1])
        if not low < 0 < high:
            return
        zero = self.x_of(0.0)
        painter.setPen(QPen(theme.color("ink"), theme.line_width * 0.75))
        painter.drawLine(QPointF(zero, area.top()), QPointF(zero, area.bottom() + theme.px(3)))
        half = metrics.horizontalAdvance("0")
        clear = theme.px(4) + half
        taken = [metrics.horizontalAdvance(text) for text in ends]
        if area.left() + taken[0] + clear < zero < area.right() - taken[1] - clear:
            painter.setPen(theme.color("ink"))
            box = QRectF(zero - half, row.top(), 2 * half, row.height())
            painter.drawText(box, CENTRE, "0")

    def tip_of(self, unit: int) -> str:
        """Return the range of a bin and its number of responses."""
        low, high = (compact(float(edge)) for edge in self._edges[unit : unit + 2])
        return f"{low} to {high}: {count(int(self._counts[unit]))} responses"
