"""GridRow: patch × kernel = products, side by side while numbers of 12 px fit, else in two rows."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from visualizer.core.network.terms import ConvTerms
from visualizer.scene.scene import Scene
from visualizer.scene.trail import Cell
from visualizer.text.numbers import MINUS
from visualizer.views.base.labels import label
from visualizer.views.base.look import Look, Panel
from visualizer.views.base.theme import FONT_SIZES, Theme, text_width
from visualizer.views.widgets.number_grid import LARGEST_CELL, GridForm, NumberGrid, advance
from visualizer.views.widgets.pixels import positive_top, symmetric_top

OPERATORS = ("×", "=")
WIDEST = f"{MINUS}.000"  # the widest number of a grid in its shortest form
AIR = 3
LARGE_HEIGHT, ROW_HEIGHT, LOW_HEIGHT, TIGHT_HEIGHT = 46, 34, 27, 20


class GridRow(Panel):
    """Three named grids of one shape with × and = between them, all in one font size."""

    def __init__(self, look: Look, grids: Sequence[tuple[str, NumberGrid]], role: str = "") -> None:
        """Make a row; the signs have the font of a role."""
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
        """Make the rows as low as their numbers allow, or of usual height."""
        self._show(tight, large=False)

    def show_large(self, large: bool) -> None:
        """Make the rows large, or of usual height."""
        self._show(tight=False, large=large)

    def _show(self, tight: bool, large: bool) -> None:
        if (tight, large) != (self._tight, self._large):
            self._tight, self._large = tight, large
            self.arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.arrange()

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
        usual = LOW_HEIGHT if rows > 1 else ROW_HEIGHT
        height = LARGE_HEIGHT if self._large else TIGHT_HEIGHT if self._tight else usual
        cell = self.theme.px(height)
        return self._caption_height + self._grids[0].shape[0] * cell + 2

    @property
    def _sign(self) -> int:
        """The width between two grids, for a sign."""
        pixels = self.theme.px(FONT_SIZES[self._role or "body"])
        return ceil(max(text_width(sign, pixels) for sign in OPERATORS)) + 1

    @property
    def _caption_height(self) -> int:
        return QFontMetrics(self.theme.font("caption")).height() + self.theme.px(2)

    # Who gets how much of the width

    def rows_at(self, width: int) -> int:
        """Return in how many rows the grids stand at a width, whatever their numbers are.

        While a network learns, its numbers change their signs and digits; the grids stay.
        """
        form = self._grids[0].forms[-1]
        needed = advance(WIDEST, form.pixels) + self.theme.px(AIR)
        return 1 if self._grids[0].shape[1] * needed + 2 <= self._width_of_grid(width, 1) else 2

    def _width_of_grid(self, width: int, rows: int) -> int:
        """Return the width of each grid; all have the same, three or two in a row."""
        across = 3 if rows == 1 else 2
        widest = self.theme.px(LARGEST_CELL[0]) * self._grids[0].shape[1] + 2
        return min((width - (across - 1) * self._sign) // across, widest)

    def _form(self, width: float) -> GridForm:
        """Return the best form in which the numbers of all grids fit into their cells."""
        cell = (width - 2) / self._grids[0].shape[1]
        for form in self._grids[0].forms:
            if all(grid.width_of_cell(form) <= cell for grid in self._grids):
                return form
        return self._grids[0].forms[-1]

    def arrange(self) -> None:
        """Place everything; to be called when the numbers have changed."""
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
        if needed != self._told_height:  # otherwise every new number would lay out the panel anew
            self._told_height = needed
            self.updateGeometry()

    def _place(self, place: int, x: int, y: int, width: int, height: int) -> None:
        """Place one grid under its name, and the sign before it."""
        head, sign = self._caption_height, self._sign
        grid = self._grids[place]
        unit = f" {grid.digits.unit}" if grid.digits.unit else ""
        self._captions[place].setText(self._names[place] + unit)
        self._captions[place].setGeometry(QRect(x, y, width, head))
        grid.setGeometry(QRect(x, y + head, width, height - head))
        if place:
            self._signs[place - 1].setGeometry(QRect(x - sign, y + head, sign, height - head))


class ChannelGrids(GridRow):
    """The three grids, each on the scale of its whole: map, kernel, and all products."""

    def __init__(self, look: Look, role: str = "") -> None:
        self.patch = NumberGrid(look, "Patch", role)
        self.kernel = NumberGrid(look, "Kernel", role)
        self.products = NumberGrid(look, "Products", role)
        super().__init__(
            look,
            (("patch", self.patch), ("kernel", self.kernel), ("products", self.products)),
            role,
        )

    def show_channel(self, scene: Scene, cell: Cell, terms: ConvTerms, channel: int) -> None:
        """Show an input channel's part of a cell; emits nothing."""
        theme, below = self.theme, scene.trace.below(cell.layer)
        self.patch.show_numbers(
            terms.patch[:, :, channel],
            low=0,
            high=positive_top(below[:, :, channel]),
            lut=theme.sequential,
            on_map=terms.on_map,
        )
        top = symmetric_top(terms.kernel)
        self.kernel.show_numbers(terms.kernel[:, :, channel], -top, top, theme.kernel)
        top = symmetric_top(terms.products)
        self.products.show_numbers(terms.products[:, :, channel], -top, top, theme.diverging)
        self.arrange()
