"""PartsView: what each pixel of the digit adds to a number, with the ink's outline."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QLineF, QPointF
from PySide6.QtGui import QPainter, QPen

from visualizer.core.network.layer import Array
from visualizer.scene.scene import Digit
from visualizer.views.base.look import Look
from visualizer.views.base.theme import Lut
from visualizer.views.widgets.cell_layout import CellLayout
from visualizer.views.widgets.digit_view import DigitView
from visualizer.views.widgets.pixels import draw_image, to_image


class PartsView(DigitView):
    """A picture over the pixels of a digit, whose ink is outlined."""

    def __init__(self, look: Look, digit: Digit, name: str, ticks: bool = True) -> None:
        super().__init__(look, digit, ticks)
        self.setAccessibleName(name)
        self._values: Array | None = None
        self._low, self._high, self._lut = 0.0, 1.0, look.theme.diverging

    def show_values(self, values: Array | None, low: float, high: float, lut: Lut) -> None:
        """Show a value for each pixel, (28, 28), on a scale; None: none are known."""
        self._values, self._low, self._high, self._lut = values, low, high, lut
        self.update()

    def paint_digit(self, painter: QPainter, cells: CellLayout) -> None:
        theme, target = self.theme, cells.whole
        if self._values is not None:
            image = to_image(self._values, self._low, self._high, self._lut)
            draw_image(painter, target, image)
        painter.setPen(QPen(theme.color("line"), 1))
        painter.drawRect(target.adjusted(-0.5, -0.5, 0.5, 0.5))
        painter.setPen(QPen(theme.color("soft_ink"), max(theme.line_width / 3, 1)))
        for line in outline_of(self._digit.pixels > 0, cells):
            painter.drawLine(line)


def outline_of(ink: npt.NDArray[np.bool_], cells: CellLayout) -> list[QLineF]:
    """Return the lines between pixels with ink and pixels without."""
    around = np.pad(ink, 1)
    lines: list[QLineF] = []
    for row, column in np.argwhere(around[1:, 1:-1] != around[:-1, 1:-1]).tolist():
        left, right = _corner(cells, row, column), _corner(cells, row, column + 1)
        lines.append(QLineF(left, right))
    for row, column in np.argwhere(around[1:-1, 1:] != around[1:-1, :-1]).tolist():
        top, bottom = _corner(cells, row, column), _corner(cells, row + 1, column)
        lines.append(QLineF(top, bottom))
    return lines


def _corner(cells: CellLayout, row: int, column: int) -> QPointF:
    """Return the upper left corner of a pixel, which may be one beyond the last."""
    target, (rows, columns) = cells.whole, cells.shape
    across, down = target.width() / columns, target.height() / rows
    return QPointF(target.left() + column * across, target.top() + row * down)
