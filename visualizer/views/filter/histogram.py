"""HistogramView: how often a filter's responses fall into each bin, with zero marked."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from visualizer.core.responses import LayerResponses
from visualizer.text.numbers import compact, count
from visualizer.views.base.look import Look
from visualizer.views.widgets.controls import KeyPanel

HEIGHT, WORDS = 114, 18


class HistogramView(KeyPanel):
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
        self._edges = layer.edges[channel].astype(np.float64)
        self._cuts = cuts
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(360), self.theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(160), self.theme.px(HEIGHT))

    def _area(self) -> QRectF:
        words = self.theme.px(WORDS)
        return QRectF(self.rect()).adjusted(1, words, -1, -words)

    def x_of(self, value: float) -> float:
        """Return the horizontal place of a response."""
        area, low, high = self._area(), self._edges[0], self._edges[-1]
        return float(area.left() + (value - low) / (high - low) * area.width())

    def bars(self) -> list[QRectF]:
        """Return each bin's bar; an empty bin has an empty one."""
        area = self._area()
        heights = np.log1p(self._counts) / max(math.log1p(int(self._counts.max())), 1e-9)
        xs = [self.x_of(edge) for edge in self._edges.tolist()]
        return [
            QRectF(
                left, area.bottom() - height * area.height(), right - left, height * area.height()
            )
            for left, right, height in zip(xs[:-1], xs[1:], heights.tolist(), strict=True)
        ]

    def paintEvent(self, event: object) -> None:
        theme, painter, area = self.theme, QPainter(self), self._area()
        bars = self.bars()
        for part, color in self._parts():
            painter.setClipRect(part)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color)
            painter.drawRects(bars)
        painter.setClipping(False)
        painter.setPen(QPen(theme.color("line"), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        self._paint_words(painter, area)

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

    def _paint_words(self, painter: QPainter, area: QRectF) -> None:
        theme, low, high = self.theme, float(self._edges[0]), float(self._edges[-1])
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("soft_ink"))
        above = QRectF(area.left(), 0, area.width(), theme.px(WORDS) - 1)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(above, left, self._scale_words)
        metrics = painter.fontMetrics()
        row = QRectF(area.left(), area.bottom() + 1, area.width(), theme.px(WORDS) - 1)
        painter.setPen(theme.color("soft_ink"))
        middle, ends = Qt.AlignmentFlag.AlignVCenter, (compact(low), compact(high))
        painter.drawText(row, middle | Qt.AlignmentFlag.AlignLeft, ends[0])
        painter.drawText(row, middle | Qt.AlignmentFlag.AlignRight, ends[1])
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
            painter.drawText(
                QRectF(zero - half, row.top(), 2 * half, row.height()),
                Qt.AlignmentFlag.AlignCenter,
                "0",
            )

    def tip_at(self, point: QPointF) -> str:
        """Return the bin under a point: its range and its number of responses."""
        for at, bar in enumerate(self.bars()):
            if bar.left() <= point.x() < bar.right():
                low, high = (compact(float(edge)) for edge in self._edges[at : at + 2])
                return f"{low} to {high}: {count(int(self._counts[at]))} responses"
        return ""
