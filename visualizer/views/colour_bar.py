"""ColourBar: the numbers that a map's colours stand for."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy

from visualizer.views.look import Look, Panel
from visualizer.views.pixels import draw_image, to_image
from visualizer.views.text import number, scale_digits
from visualizer.views.theme import Lut

TICKS = 5


class ColourBar(Panel):
    """A vertical bar from the low end to the high end of a scale, with numbers beside it."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._low, self._high = 0.0, 1.0
        self._lut: Lut = look.theme.sequential
        self._ends: tuple[str, str] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Colour scale")

    def show_scale(
        self, low: float, high: float, lut: Lut, ends: tuple[str, str] | None = None
    ) -> None:
        """Show a scale; `ends` are words in place of its numbers (low, high)."""
        self._low, self._high, self._lut, self._ends = low, high, lut, ends
        self.setToolTip(f"from {number(low, 4)} to {number(high, 4)}" if ends is None else "")
        self.update()

    @property
    def labels(self) -> list[str]:
        """The numbers beside the bar, from the high end down."""
        if self._ends is not None:
            return [self._ends[1], *[""] * (TICKS - 2), self._ends[0]]
        digits = scale_digits(max(abs(self._low), abs(self._high)))
        return [number(float(v), digits) for v in np.linspace(self._high, self._low, TICKS)]

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(72), self.theme.px(120))

    def paintEvent(self, event: object) -> None:
        theme = self.theme
        painter = QPainter(self)
        painter.setFont(theme.font("caption"))
        text_height = painter.fontMetrics().height()
        bar = QRectF(0, text_height / 2, theme.px(14), self.height() - text_height - 1)
        ramp = np.linspace(1, 0, 256, dtype=np.float32)[:, None]
        draw_image(painter, bar, to_image(ramp, 0, 1, self._lut))
        painter.setPen(QPen(theme.color("line"), 1))
        painter.drawRect(bar)
        painter.setPen(theme.color("ink"))
        for label, share in zip(self.labels, np.linspace(0, 1, TICKS), strict=True):
            middle = bar.top() + share * bar.height()
            at = QRectF(
                bar.right() + theme.px(6), middle - text_height / 2, self.width(), text_height
            )
            painter.drawText(at, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, label)
