"""NumberGrids: small matrices of numbers, every number legible on its colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QMouseEvent, QPainter

from visualizer.core.network.geometry import RowsColumns
from visualizer.core.network.layer import Array
from visualizer.core.network.terms import Mask
from visualizer.text.numbers import Digits, digits_for, exact
from visualizer.text.terms import HIDDEN
from visualizer.views.base.look import Look
from visualizer.views.base.theme import FONT_SIZES, Theme
from visualizer.views.base.tips import TipPanel
from visualizer.views.widgets.cell_layout import CellLayout
from visualizer.views.widgets.cells import NumberForm, fitting_form, paint_cells, paint_marks
from visualizer.views.widgets.pixels import ColourScale

Colours: TypeAlias = Literal["sequential", "kernel", "diverging"]
AIR = 4  # pixels at zoom 1 beside a number, both sides together


@dataclass(frozen=True, slots=True, eq=False)
class Factor:
    """A grid of numbers (rows, columns) on a colour scale of the theme.

    Attributes
    ----------
    low, high : float
        The values at the two ends of the colour scale.
    sign : str
        The sign that stands before the grid.
    on_map : (rows, columns) bool or None
        False for padding, which is shown as 0 on hatching.
    marked : (rows, columns) bool or None
        Cells to be framed in the palette's colour `mark`.
    places : int or None
        Digits after the point where there is much room; None: as many as the scale needs.
    hidden : (row, column) or None
        The cell whose number is asked for, and is written as ?.
    """

    values: Array
    low: float
    high: float
    colours: Colours
    name: str = ""
    sign: str = ""
    on_map: Mask | None = None
    marked: Mask | None = None
    mark: str = "winner"
    places: int | None = None
    hidden: RowsColumns | None = None

    @property
    def shape(self) -> RowsColumns:
        return self.values.shape[0], self.values.shape[1]

    @property
    def digits(self) -> Digits:
        """As many digits as the scale needs."""
        return digits_for(max(abs(self.low), abs(self.high)))

    @property
    def more_digits(self) -> Digits:
        """As many digits after the point as `places` says."""
        usual = self.digits
        if self.places is None or usual.power:
            return usual
        return Digits(self.places, below_one=usual.below_one)

    def scale(self, theme: Theme) -> ColourScale:
        return ColourScale(self.low, self.high, getattr(theme, self.colours))

    def known(self, row: int, column: int) -> bool:
        """Return whether a cell is on the map, not on padding."""
        return self.on_map is None or bool(self.on_map[row, column])


class NumberGrids(TipPanel):
    """Grids of numbers of one shape, all written in one form.

    Signals
    -------
    clicked, followed : (row, column)
        A cell of a grid was clicked, or double-clicked.
    """

    clicked = Signal(int, int)
    followed = Signal(int, int)
    large = False

    def __init__(self, look: Look, name: str, role: str = "") -> None:
        """Use the font of a role; without one, the largest that fits from "sum" to "caption"."""
        super().__init__(look)
        self.setAccessibleName(name)
        self.role = role
        empty = Factor(np.zeros((3, 3), np.float32), 0, 1, "sequential")
        self.factors: tuple[Factor, ...] = (empty,)

    def show_factors(self, *factors: Factor) -> None:
        """Show grids of one shape; emits nothing."""
        before, self.factors = self.factors, factors
        if (len(before), before[0].shape) != (len(factors), factors[0].shape):
            self.updateGeometry()
        self.update()

    @property
    def shape(self) -> RowsColumns:
        """Rows and columns of each grid."""
        return self.factors[0].shape

    @property
    def cells(self) -> list[CellLayout]:
        """Where the cells of each grid lie."""
        raise NotImplementedError

    # The numbers

    def digits(self, factor: Factor) -> Digits:
        """Return the digits in which a grid's numbers are written."""
        return factor.more_digits if self.large else factor.digits

    def texts_of(self, factor: Factor, bare: bool) -> list[list[str]]:
        """Return a grid's numbers as texts; padding is 0."""
        values, text = factor.values, self.digits(factor).text
        if factor.on_map is not None:
            values = np.where(factor.on_map, values, np.float32(0))
        texts = [[text(value, bare) for value in row] for row in values.tolist()]
        if factor.hidden is not None:
            texts[factor.hidden[0]][factor.hidden[1]] = HIDDEN
        return texts

    @property
    def texts(self) -> list[list[list[str]]]:
        """The numbers of each grid as they are written."""
        bare = self.form is None or self.form.bare
        return [self.texts_of(factor, bare) for factor in self.factors]

    @property
    def pixels(self) -> int:
        """The font size of the numbers; 0 where they are not written."""
        form = self.form
        return form.pixels if form else 0

    @property
    def sizes(self) -> range:
        """The possible font sizes in pixels, the largest first."""
        roles = (self.role or "sum", self.role or "caption")
        largest, smallest = (self.theme.px(FONT_SIZES[role]) for role in roles)
        return range(largest, smallest - 1, -1)

    def widest(self, bare: bool) -> list[str]:
        """Return texts as long as the longest numbers of each grid's scale."""
        return [self.digits(f).widest(f.low < 0, bare) for f in self.factors]

    @property
    def form(self) -> NumberForm | None:
        """How the numbers are written; None: they are not, for want of room."""
        room = self.cells[0].width - self.theme.px(AIR)
        return fitting_form(self.sizes, self.widest, room) or NumberForm(self.sizes[-1], True)

    # Painting

    def paintEvent(self, event: object) -> None:
        painter, theme, form = QPainter(self), self.theme, self.form
        for factor, cells in zip(self.factors, self.cells, strict=True):
            texts = None if form is None else self.texts_of(factor, form.bare)
            values, scale, hatched = factor.values, factor.scale(theme), None
            if factor.on_map is not None:
                hatched = ~factor.on_map
                values = np.where(hatched, np.float32(np.nan), values)
            paint_cells(
                painter,
                theme,
                cells,
                values,
                scale,
                texts,
                form.pixels if form else 0,
                hatched=hatched,
                bold=self.large,
            )
            if factor.marked is not None:
                chosen = factor.mark == "selection"
                width = theme.line_width * (1 if self.large or chosen else 1.5)
                color = theme.color(factor.mark)
                paint_marks(painter, cells, factor.marked, color, width, inside=not chosen)
            self.paint_words(painter, factor, cells.whole)

    def paint_words(self, painter: QPainter, factor: Factor, grid: QRectF) -> None:
        """Write what stands beside a grid that lies at `grid`."""

    # The pointer

    def _at(self, point: QPointF) -> tuple[Factor, RowsColumns] | None:
        for factor, cells in zip(self.factors, self.cells, strict=True):
            cell = cells.cell_at(point)
            if cell is not None:
                return factor, cell
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self._at(event.position())
        if found is not None:
            self.clicked.emit(*found[1])

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        found = self._at(event.position())
        if found is not None:
            self.followed.emit(*found[1])

    def tip_at(self, point: QPointF) -> str:
        """Return the number under a point with all digits."""
        found = self._at(point)
        if found is None:
            return ""
        factor, cell = found
        if cell == factor.hidden:
            return ""
        return exact(float(factor.values[cell])) if factor.known(*cell) else "padding: 0"
