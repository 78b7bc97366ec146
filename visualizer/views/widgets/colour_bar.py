"""ColourBar: the colours of a map beside the numbers that they stand for."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy

from visualizer.text.numbers import exact, significant, spaced, ticks
from visualizer.views.base.look import Look, Panel
from visualizer.views.base.theme import Lut
from visualizer.views.widgets.pixels import draw_image, to_image

LEAST_WIDTH = 68  # at zoom 1: enough for most labels, so that the width seldom changes
LEAST_GAP = 0.07  # between two labels, as a share of the scale


class ColourBar(Panel):
    """A vertical bar from the low end to the high end of a scale, with numbers beside it."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._low, self._high = 0.0, 1.0
        self._lut: Lut = look.theme.sequential
        self._ends: tuple[str, str] | None = None
        self._told_width = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Colour scale")

    def show_scale(
        self, low: float, high: float, lut: Lut, ends: tuple[str, str] | None = None
    ) -> None:
        """Show a scale; `ends` are words in place of the numbers (low, high)."""
        self._low, self._high, self._lut, self._ends = low, high, lut, ends
        self.setToolTip(f"from {exact(low)} to {exact(high)}" if ends is None else "")
        if self._width() != self._told_width:
            self._told_width = self._width()
            self.updateGeometry()
        self.update()

    @property
    def labels(self) -> list[tuple[float, str]]:
        """Values beside the bar and their labels: both ends in full, round numbers between.

        As many as have room for their type.
        """
        span, type_height = self._high - self._low, self._type_height
        share = type_height / max(self.height() - type_height - 1, type_height)
        return self._labels(span * max(share, LEAST_GAP))

    def _labels(self, apart: float) -> list[tuple[float, str]]:
        """Return labels that are at least `apart` from each other on the scale."""
        if self._ends is not None:
            return [(self._low, self._ends[0]), (self._high, self._ends[1])]
        ends = [(self._low, significant(self._low)), (self._high, significant(self._high))]
        between = [
            (value, label)
            for value, label in spaced(ticks(self._low, self._high), apart)
            if self._low + apart < value < self._high - apart
        ]
        return [ends[0], *between, ends[1]]

    def sizeHint(self) -> QSize:
        return QSize(self._width(), self.theme.px(120))

    def minimumSizeHint(self) -> QSize:
        """Return a size with room for the labels of both ends."""
        return QSize(self._width(), math.ceil(2 * self._type_height) + 1)

    def _width(self) -> int:
        """Return the width of the bar and its widest label, at least LEAST_WIDTH."""
        metrics = QFontMetricsF(self.theme.font("caption"))
        widest = max(metrics.horizontalAdvance(label) for _, label in self._labels(0.0))
        return max(self.theme.px(LEAST_WIDTH), math.ceil(self.theme.px(22) + widest))

    @property
    def _type_height(self) -> float:
        return QFontMetricsF(self.theme.font("caption")).height()

    def paintEvent(self, event: object) -> None:
        theme = self.theme
        painter = QPainter(self)
        painter.setFont(theme.font("caption"))
        text_height = self._type_height
        bar = QRectF(0, text_height / 2, theme.px(14), self.height() - text_height - 1)
        ramp = np.linspace(1, 0, 256, dtype=np.float32)[:, None]
        draw_image(painter, bar, to_image(ramp, 0, 1, self._lut))
        painter.setPen(QPen(theme.color("line"), 1))
        painter.drawRect(bar)
        painter.setPen(theme.color("ink"))
        for value, label in self.labels:
            middle = bar.bottom() - (value - self._low) / (self._high - self._low) * bar.height()
            end = QPointF(bar.right() + theme.px(3), middle)
            painter.drawLine(QPointF(bar.right(), middle), end)
            at = QRectF(
                bar.right() + theme.px(6), middle - text_height / 2, self.width(), text_height
            )
            painter.drawText(at, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, label)
