"""GridRow: one grid of numbers, or three side by side while numbers of 12 px fit, else in rows."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QSizePolicy

from visualizer.text.numbers import MINUS
from visualizer.views.base.constants import CENTRE
from visualizer.views.base.look import Look
from visualizer.views.base.theme import FONT_SIZES, text_width
from visualizer.views.widgets.cell_layout import CellLayout
from visualizer.views.widgets.number_grid import Factor, NumberGrids

OPERATORS = ("×", "=")
WIDEST = f"{MINUS}.000"  # the widest number of a grid in its shortest form
AIR = 3
LARGEST_CELL = (72, 44)
# Heights of cells: large, usual, in two rows, as low as numbers allow.
LARGE_HEIGHT, ROW_HEIGHT, LOW_HEIGHT, TIGHT_HEIGHT = 46, 34, 27, 20


class GridRow(NumberGrids):
    """Grids of one shape in the middle of their room, with signs between them and names above.

    A row of three becomes two rows where it is too narrow.
    """

    def __init__(self, look: Look, name: str, role: str = "") -> None:
        super().__init__(look, name, role)
        self._cell_height = 0
        self._told = 0  # the height asked for
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_height(self, height: int = 0) -> None:
        """Make cells of so many pixels at zoom 1, or of usual height."""
        if height != self._cell_height:
            self._cell_height = height
            self.updateGeometry()
            self.update()

    def resizeEvent(self, event: object) -> None:
        needed = self.heightForWidth(self.width())
        if needed != self._told:
            self._told = needed
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(360), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(160), self.heightForWidth(self.width()))

    def heightForWidth(self, width: int) -> int:
        rows = self.rows_at(width)
        return rows * self._row_height(rows)

    def _row_height(self, rows: int) -> int:
        height = self._cell_height or (LOW_HEIGHT if rows > 1 else ROW_HEIGHT)
        return self._head + self.shape[0] * self.theme.px(height) + 2

    @property
    def _sign(self) -> int:
        """The width between two grids, for a sign."""
        pixels = self.theme.px(FONT_SIZES[self.role or "body"])
        return ceil(max(text_width(sign, pixels) for sign in OPERATORS)) + 1

    @property
    def _head(self) -> int:
        """The height above a grid, for its name."""
        named = any(factor.name for factor in self.factors)
        high = QFontMetrics(self.theme.font("caption")).height() + self.theme.px(2)
        return high if named else 0

    # Who gets how much of the width

    def rows_at(self, width: int) -> int:
        """Return in how many rows the grids stand at a width, whatever their numbers are.

        While a network learns, its numbers change their signs and digits; the grids stay.
        """
        needed = text_width(WIDEST, self.sizes[-1]) + self.theme.px(AIR)
        fits = self.shape[1] * needed + 2 <= self._width_of_grid(width, len(self.factors))
        return 1 if fits or len(self.factors) == 1 else 2

    def _width_of_grid(self, width: int, across: int) -> int:
        """Return the width of each grid; all have the same."""
        widest = self.theme.px(LARGEST_CELL[0]) * self.shape[1] + 2
        return min((width - (across - 1) * self._sign) // across, widest)

    @property
    def cells(self) -> list[CellLayout]:
        many, rows, head = len(self.factors), self.rows_at(self.width()), self._head
        across = many if rows == 1 else 2
        width, height = self._width_of_grid(self.width(), across), self.height() // rows
        step = width + self._sign
        left = max((self.width() - across * step + self._sign) // 2, 0)
        largest = (self.theme.px(LARGEST_CELL[0]), self.theme.px(LARGEST_CELL[1]))
        made = []
        for at in range(many):
            x, y = (left + at * step, 0) if at < across else (left + step, height)
            room = QRectF(x, y + head, width, height - head).adjusted(1, 1, -1, -1)
            made.append(CellLayout.fitting(room, self.shape, largest=largest, square=False))
        return made

    def paint_words(self, painter: QPainter, factor: Factor, grid: QRectF) -> None:
        head, sign = self._head, self._sign
        painter.setFont(self.theme.font("caption"))
        painter.setPen(self.theme.color("soft_ink"))
        above = QRectF(grid.left(), grid.top() - 1 - head, grid.width(), head)
        painter.drawText(above, CENTRE, f"{factor.name} {factor.digits.unit}".strip())
        painter.setFont(self.theme.font(self.role or "body"))
        painter.setPen(self.theme.color("ink"))
        before = QRectF(grid.left() - 1 - sign, grid.top(), sign, grid.height())
        painter.drawText(before, CENTRE, factor.sign)
