"""GridRow: patch × kernel = products, side by side where there is room, else in two rows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout

from visualizer.views.widgets.controls import label
from visualizer.views.widgets.look import Look, Panel
from visualizer.views.widgets.number_grid import NumberGrid
from visualizer.views.widgets.theme import Theme

OPERATORS = ("×", "=")


class GridRow(Panel):
    """Three named grids of one size with × and = between them."""

    def __init__(self, look: Look, grids: Sequence[tuple[str, NumberGrid]]) -> None:
        super().__init__(look)
        self._grids = [grid for _, grid in grids]
        self._names = [label(name, "caption") for name, _ in grids]
        self._signs = [label(sign, "sum") for sign in OPERATORS]
        for text in (*self._names, *self._signs):
            text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._in_one_row: bool | None = None

    def apply_theme(self, theme: Theme) -> None:
        self._layout.setHorizontalSpacing(theme.px(4))
        self._layout.setVerticalSpacing(theme.px(2))
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def paintEvent(self, event: object) -> None:
        """All three print their numbers in one size: the one that fits them all."""
        pixels = min(grid.font_pixels() for grid in self._grids)
        for grid in self._grids:
            grid.hold_font(pixels)

    def _arrange(self) -> None:
        """One row where every number has room at the size of the sums."""
        columns = self._grids[0].columns
        roomy = 46 if self.theme.present else 36
        needed = 3 * columns * self.theme.px(roomy) + self.theme.px(40)
        in_one_row = self.width() >= needed
        if in_one_row == self._in_one_row:
            return
        self._in_one_row = in_one_row
        while self._layout.takeAt(0):
            pass
        for column in range(5):
            self._layout.setColumnStretch(column, 0)
        places = ((0, 0), (0, 2), (0, 4)) if in_one_row else ((0, 0), (0, 2), (2, 2))
        signs = ((0, 1), (0, 3)) if in_one_row else ((0, 1), (2, 1))
        for (row, column), name, grid in zip(places, self._names, self._grids, strict=True):
            self._layout.addWidget(name, row, column)
            self._layout.addWidget(grid, row + 1, column)
            self._layout.setColumnStretch(column, 1)
        for (row, column), sign in zip(signs, self._signs, strict=True):
            self._layout.addWidget(sign, row + 1, column)
