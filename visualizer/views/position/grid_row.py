"""GridRow: patch × kernel = products, side by side while numbers of 12 px fit, else in two rows."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from visualizer.text.numbers import MINUS
from visualizer.views.base.labels import label
from visualizer.views.base.look import Look, Panel
from visualizer.views.base.theme import FONT_SIZES, Theme, text_width
from visualizer.views.widgets.number_grid import LARGEST_CELL, GridForm, NumberGrid, advance

OPERATORS = ("×", "=")
WIDEST = f"{MINUS}.000"  # as any number of a grid at most, in its shortest form
AIR = 3
LARGE_HEIGHT, ROW_HEIGHT, LOW_HEIGHT, TIGHT_HEIGHT = 46, 34, 27, 20


class GridRow(Panel):
    """Three named grids of one shape with × and = between them, in one form of type."""

    def __init__(self, look: Look, grids: Sequence[tuple[str, NumberGrid]], role: str = "") -> None:
        """The signs between them are in the type of a role."""
        super().__init__(look)
        self._role = role
        self._told_height = 0
        self._arranged: object = None
        self._names = [name for name, _ in grids]
        self._grids = [grid for _, grid in grids]
        self._captions = [label(name, "caption") for name in self._names]
        self._signs = [label(sign, role) for sign in OPERATORS]
        for child in (*self._grids, *self._captions, *self._signs):
            child.setParent(self)
        for text in (*self._captions, *self._signs):
            text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._tight = self._large = False
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def apply_theme(self, theme: Theme) -> None:
        self.arrange()

    def show_tight(self, tight: bool) -> None:
        """Rows as low as their type allows."""
        self._show(tight, large=False)

    def show_large(self, large: bool) -> None:
        """Rows as high as there is room for beside all else."""
        self._show(tight=False, large=large)

    def _show(self, tight: bool, large: bool) -> None:
        if (tight, large) != (self._tight, self._large):
            self._tight, self._large = tight, large
            self.arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.arrange()

    @property
    def rows(self) -> int:
        """In how many rows the grids stand."""
        return self.rows_at(self.width())

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(360), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(160), self.heightForWidth(self.width()))

    def heightForWidth(self, width: int) -> int:
        rows = self.rows_at(width)
        return rows * self._row_height(rows)

    def _row_height(self, rows: int) -> int:
        usual = LOW_HEIGHT if rows > 1 else ROW_HEIGHT
        height = LARGE_HEIGHT if self._large else TIGHT_HEIGHT if self._tight else usual
        cell = self.theme.px(height)
        return self._caption_height + self._grids[0].shape[0] * cell + 2

    @property
    def _sign(self) -> int:
        """The room between two grids for the sign that stands there."""
        pixels = self.theme.px(FONT_SIZES[self._role or "body"])
        return ceil(max(text_width(sign, pixels) for sign in OPERATORS)) + 1

    @property
    def _caption_height(self) -> int:
        return QFontMetrics(self.theme.font("caption")).height() + self.theme.px(2)

    # Who gets how much of the width

    def rows_at(self, width: int) -> int:
        """In how many rows the grids stand at a width, whatever their numbers are.

        While a network learns, its numbers change their signs and digits; the grids stay.
        """
        form = self._grids[0].forms[-1]
        needed = advance(WIDEST, form.pixels) + self.theme.px(AIR)
        return 1 if self._grids[0].shape[1] * needed + 2 <= self._width_of_grid(width, 1) else 2

    def _width_of_grid(self, width: int, rows: int) -> int:
        """All grids, and so all their cells, are equally wide: three or two in a row."""
        across = 3 if rows == 1 else 2
        widest = self.theme.px(LARGEST_CELL[0]) * self._grids[0].shape[1] + 2
        return min((width - (across - 1) * self._sign) // across, widest)

    def _form(self, width: float) -> GridForm:
        """The best form of type in which the numbers of all grids fit into their cells."""
        cell = (width - 2) / self._grids[0].shape[1]
        for form in self._grids[0].forms:
            if all(grid.width_of_cell(form) <= cell for grid in self._grids):
                return form
        return self._grids[0].forms[-1]

    def arrange(self) -> None:
        """Place everything; called when the numbers have changed."""
        sign, rows = self._sign, self.rows
        width, height = self._width_of_grid(self.width(), rows), self._row_height(rows)
        step = width + sign
        left = max((self.width() - (4 - rows) * step + sign) // 2, 0)
        third = (left + 2 * step, 0) if rows == 1 else (left + step, height)
        places = ((left, 0), (left + step, 0), third)
        form = self._form(width)
        units = [grid.digits.unit for grid in self._grids]
        arranged = (places, width, height, self._caption_height, form, units)
        if arranged != self._arranged:
            self._arranged = arranged
            for place, (x, y) in enumerate(places):
                self._place(place, x, y, width, height)
                self._grids[place].hold(form)
        needed = self.heightForWidth(self.width())
        if needed != self._told_height:  # else every new number would lay the panel out anew
            self._told_height = needed
            self.updateGeometry()

    def _place(self, place: int, x: int, y: int, width: int, height: int) -> None:
        """One grid under its name, and the sign before it."""
        head, sign = self._caption_height, self._sign
        grid = self._grids[place]
        unit = f" {grid.digits.unit}" if grid.digits.unit else ""
        self._captions[place].setText(self._names[place] + unit)
        self._captions[place].setGeometry(QRect(x, y, width, head))
        grid.setGeometry(QRect(x, y + head, width, height - head))
        if place:
            self._signs[place - 1].setGeometry(QRect(x - sign, y + head, sign, height - head))
