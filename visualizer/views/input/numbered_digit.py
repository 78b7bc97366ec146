"""NumberedDigit: a digit alone, with the numbers in its pixels where they are wanted and fit."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from visualizer.scene.scene import Digit
from visualizer.views.base.look import Look
from visualizer.views.base.theme import FONT_SIZES
from visualizer.views.widgets.cell_layout import CellLayout
from visualizer.views.widgets.cells import NumberForm, fitting_form, paint_cells
from visualizer.views.widgets.digit_view import DigitView
from visualizer.views.widgets.pixels import ColourScale

WIDER = 1.75  # than high are pixels with numbers, so that three digits are as large as they can be
SMALLEST = 8  # font size in pixels
AIR = 3  # pixels beside a number
WIDEST = "255"


class NumberedDigit(DigitView):
    """A digit as large as its room; with numbers, its pixels are wider than high."""

    def __init__(self, look: Look, digit: Digit) -> None:
        super().__init__(look, digit, ticks=False)
        self._numbered = False

    def show_numbers(self, numbered: bool) -> None:
        """Show the numbers in the pixels, or the pixels alone."""
        if numbered != self._numbered:
            self._numbered = numbered
            self.update()

    @property
    def cells(self) -> CellLayout:
        room, shape = QRectF(self.rect()).adjusted(1, 1, -1, -1), self._digit.pixels.shape
        if not self._numbered:
            return CellLayout.fitting(room, shape, step=1)
        high = room.height() / shape[0]
        return CellLayout.fitting(room, shape, largest=(WIDER * high, high), square=False)

    def number_form(self) -> NumberForm | None:
        """Return how the numbers are written; None where they are not."""
        if not self._numbered:
            return None
        cells, largest = self.cells, self.theme.px(FONT_SIZES["caption"])
        sizes = range(largest, SMALLEST - 1, -1)
        return fitting_form(sizes, lambda bare: (WIDEST,), cells.width - AIR, cells.height)

    def paint_digit(self, painter: QPainter, cells: CellLayout) -> None:
        pixels, form = self._digit.pixels, self.number_form()
        texts = [list(map(str, line)) for line in pixels.tolist()] if form else None
        scale = ColourScale(0, 255, self.theme.digit)
        size = form.pixels if form else 0
        paint_cells(painter, self.theme, cells, pixels.astype(np.float32), scale, texts, size)
