"""OpenedGrid: patch × kernel = products of one input channel, to be read from afar."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy

from visualizer.views.base.constants import CENTRE
from visualizer.views.base.look import Look
from visualizer.views.base.theme import FONT_SIZES, longest_fitting, text_width
from visualizer.views.position.stage.arrangement import HIGHEST
from visualizer.views.position.sum_lines import AT_LEFT
from visualizer.views.widgets.cell_layout import CellLayout
from visualizer.views.widgets.cells import LINE, NumberForm, fitting_form
from visualizer.views.widgets.number_grid import Factor, NumberGrids

SIGN, GAP = 14, 3
AIR = 4.0  # pixels beside a number, both sides together
LARGEST = 28  # pixels of type at zoom 1, where there is room
WIDEST = 3.5  # greatest width over height of a cell, where a grid stands alone


class OpenedGrid(NumberGrids):
    """Grids one below the other, or beside each other, under a title."""

    large = True

    def __init__(self, look: Look) -> None:
        super().__init__(look, "", "explained")
        self._title: tuple[str, ...] = ("",)
        self.across = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_title(self, *title: str) -> None:
        """Show the longest form of the title that fits above the grids."""
        self._title = title
        self.setAccessibleName(title[0])

    def show_across(self, across: bool) -> None:
        """Place the grids beside each other, or one below the other."""
        self.across = across
        self.updateGeometry()
        self.update()

    @property
    def _rows(self) -> int:
        return 1 if self.across else len(self.factors)

    @property
    def _head(self) -> int:
        return round(self.theme.px(FONT_SIZES["caption"]) * 1.3) if self._title[0] else 0

    @property
    def _sign(self) -> int:
        """The width before a grid, for its sign."""
        pixels = self.theme.px(FONT_SIZES["explained"])
        return max(self.theme.px(SIGN), ceil(max(text_width(sign, pixels) for sign in "×=")))

    def sizeHint(self) -> QSize:
        cell = self.theme.px(FONT_SIZES["explained"]) * LINE
        gaps = self.theme.px(GAP) * (self._rows - 1)
        height = self._head + self._rows * self.shape[0] * cell + gaps
        return QSize(self.theme.px(120), round(height))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(60), self.theme.px(60))

    @property
    def cells(self) -> list[CellLayout]:
        many, sign, gap = len(self.factors), self._sign, self.theme.px(GAP)
        columns = many if self.across else 1
        signs = sign if not self.across and many > 1 else 0
        rows, across = self.shape
        width = (self.width() - 2 - sign * (columns - 1) - signs) / columns / across
        height = (self.height() - 2 - self._head - gap * (self._rows - 1)) / self._rows / rows
        if self.across or many == 1:
            cell_width, cell_height = width, height
            width = min(cell_width, cell_height * WIDEST)
            height = min(cell_height, cell_width * (1 if self.across else HIGHEST))
        right = (width * across + sign) if self.across else 0
        down = 0 if self.across else height * rows + gap
        spare = self.height() - 2 - self._head - height * rows if self.across else 0.0
        left, top = 1 + signs, 1 + self._head + spare / 2
        return [
            CellLayout(left + at * right, top + at * down, width, height, self.shape)
            for at in range(many)
        ]

    # The numbers

    @property
    def sizes(self) -> range:
        return range(self.theme.px(LARGEST), self.theme.px(FONT_SIZES["explained"]) - 1, -1)

    def _written(self, bare: bool) -> set[str]:
        return {text for f in self.factors for row in self.texts_of(f, bare) for text in row}

    @property
    def form(self) -> NumberForm | None:
        """How the numbers are written; None: colours alone are shown."""
        room = self.cells[0]
        return fitting_form(self.sizes, self._written, room.width - AIR, room.height + 0.5)

    # Painting

    def paint_words(self, painter: QPainter, factor: Factor, grid: QRectF) -> None:
        if factor is self.factors[0]:
            self._paint_title(painter, grid.top() - 1 - self._head)
        painter.setFont(self.theme.font("explained"))
        painter.setPen(self.theme.color("ink"))
        before = QRectF(grid.left() - self._sign, grid.top(), self._sign, grid.height())
        painter.drawText(before, CENTRE, factor.sign)

    def _paint_title(self, painter: QPainter, top: float) -> None:
        pixels = self.theme.px(FONT_SIZES["caption"])
        painter.setFont(self.theme.font("caption", bold=True))
        painter.setPen(self.theme.color("selection"))
        title = longest_fitting(self._title, pixels, self.width(), True)
        painter.drawText(QRectF(0, top, self.width(), self._head), AT_LEFT, title)
