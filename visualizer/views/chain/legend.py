"""Legend: the colours of a bar in words, as many as have room."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy

from visualizer.views.base.look import Look, Panel
from visualizer.views.base.theme import FONT_SIZES, text_width
from visualizer.views.chain.paint import AT_LEFT, side_color, write

WORDS = (("", "this term"), ("for", "others for it"), ("against", "against it"))
SQUARE, BESIDE, APART = 0.6, 0.35, 0.9  # over the font size


class Legend(Panel):
    """A square and a word for each colour, in one line."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.setAccessibleName("The bars: this term, the others for the sum, and those against it")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    @property
    def _pixels(self) -> int:
        return self.theme.px(FONT_SIZES["caption"])

    def _width(self, words: str) -> float:
        return self._pixels * (SQUARE + BESIDE) + text_width(words, self._pixels) + 2

    def sizeHint(self) -> QSize:
        gaps = self._pixels * APART * (len(WORDS) - 1)
        return QSize(round(sum(self._width(words) for _, words in WORDS) + gaps), self._pixels)

    def paintEvent(self, event: object) -> None:
        painter, left, side = QPainter(self), 0.0, self._pixels * SQUARE
        for name, words in WORDS:
            color = side_color(self.theme, name) if name else self.theme.color("selection")
            painter.fillRect(QRectF(left, (self.height() - side) / 2, side, side), color)
            start, width = left + side + self._pixels * BESIDE, self._width(words)
            box = QRectF(start, 0, width - side, self.height())
            write(painter, self.theme, words, box, self._pixels, "soft_ink", align=AT_LEFT)
            left += width + self._pixels * APART
