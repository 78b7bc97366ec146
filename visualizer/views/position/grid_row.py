"""GridRow: patch × kernel = products, side by side while numbers of 12 px fit, else in two rows."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QSizePolicy

from visualizer.text.numbers import MINUS
from visualizer.views.base.look import Look
from visualizer.views.base.theme import FONT_SIZES, text_width
from visualizer.views.widgets.cell_layout import CellLayout
from visualizer.views.widgets.cells import MIDDLE
from visualizer.views.widgets.number_grid import LARGEST_CELL, Factor, NumberGrids, panel_cells

OPERATORS = ("×", "=")
WIDEST = f"{MINUS}.000"  # the widest number of a grid in its shortest form
AIR = 3
LARGE_HEIGHT, ROW_HEIGHT, LOW_HEIGHT, TIGHT_HEIGHT = 46, 34, 27, 20


class GridRow(NumberGrids):
    """Three named grids of one shape with × and = between them, all in one font size."""

    def __init__(self, look: Look, role: str = "") -> None:
        """Make a row; the numbers and the signs have the font of a role."""
        super().__init__(look, "Patch, kernel and products", role)
        self.factors *= 3
        self._height = 0  # of a cell at zoom 1; 0: the usual one
        self._told = 0  # the height asked for
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_tight(self, tight: bool) -> None:
        """Make the rows as low as their numbers allow, or of usual height."""
        self._show_height(TIGHT_HEIGHT if tight else 0)

    def show_large(self, large: bool) -> None:
        """Make the rows large, or of usual height."""
        self._show_height(LARGE_HEIGHT if large else 0)

    def _show_height(self, height: int) -> None:
        if height != self._height:
            self._height = height
            self.updateGeometry()
            self.update()

    def resizeEvent(self, event: object) -> None:
        needed = self.heightForWidth(self.width())
        if needed != self._told:
            self._told = needed
            self.updateGeometry()

    @property
    def rows(self) -> int:
        """The number of rows in which the grids stand."""
        return self.rows_at(self.width())

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(360), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(160), self.heightForWidth(self.width()))

    def heightForWidth(self, width: int) -> int:
        rows = self.rows_at(width)
        return rows * self._row_height(rows)

    def _row_height(self, rows: int) -> int:
        height = self._height or (LOW_HEIGHT if rows > 1 else ROW_HEIGHT)
        return self._caption_height + self.shape[0] * self.theme.px(height) + 2

    @property
    def _sign(self) -> int:
        """The width between two grids, for a sign."""
        pixels = self.theme.px(FONT_SIZES[self.role or "body"])
        return ceil(max(text_width(sign, pixels) for sign in OPERATORS)) + 1

    @property
    def _caption_height(self) -> int:
        return QFontMetrics(self.theme.font("caption")).height() + self.theme.px(2)

    # Who gets how much of the width

    def rows_at(self, width: int) -> int:
        """Return in how many rows the grids stand at a width, whatever their numbers are.

        While a network learns, its numbers change their signs and digits; the grids stay.
        """
        needed = text_width(WIDEST, self.sizes[-1]) + self.theme.px(AIR)
        return 1 if self.shape[1] * needed + 2 <= self._width_of_grid(width, 1) else 2

    def _width_of_grid(self, width: int, rows: int) -> int:
        """Return the width of each grid; all have the same, three or two in a row."""
        across = 3 if rows == 1 else 2
        widest = self.theme.px(LARGEST_CELL[0]) * self.shape[1] + 2
        return min((width - (across - 1) * self._sign) // across, widest)

    @property
    def cells(self) -> list[CellLayout]:
        """Where the cells of each grid lie, under its name."""
        sign, rows, head = self._sign, self.rows, self._caption_height
        width, height = self._width_of_grid(self.width(), rows), self._row_height(rows)
        step = width + sign
        left = max((self.width() - (4 - rows) * step + sign) // 2, 0)
        third = (left + 2 * step, 0) if rows == 1 else (left + step, height)
        rooms = (
            QRectF(x, y + head, width, height - head)
            for x, y in ((left, 0), (left + step, 0), third)
        )
        return [panel_cells(room, self.shape, self.theme) for room in rooms]

    def paint_words(self, painter: QPainter, factor: Factor, grid: QRectF) -> None:
        """Write a grid's name above it, and the sign before it."""
        head, sign = self._caption_height, self._sign
        painter.setFont(self.theme.font("caption"))
        painter.setPen(self.theme.color("soft_ink"))
        name = f"{factor.name} {factor.digits.unit}".strip()
        above = QRectF(grid.left(), grid.top() - 1 - head, grid.width(), head)
        painter.drawText(above, MIDDLE, name)
        painter.setFont(self.theme.font(self.role or "body"))
        painter.setPen(self.theme.color("ink"))
        before = QRectF(grid.left() - 1 - sign, grid.top(), sign, grid.height())
        painter.drawText(before, MIDDLE, factor.sign)
