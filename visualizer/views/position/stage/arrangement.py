"""Layout of the grids of all channels: as many in a row as give the numbers most room."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

WIDEST, HIGHEST = 1.8, 1.25  # greatest width over height of a cell, and height over width


@dataclass(frozen=True, slots=True)
class GridNeeds:
    """The sizes of the grids to be laid out, in pixels.

    Attributes
    ----------
    count : int
        Number of grids.
    shape : (rows, columns)
        Cells of each grid.
    head, widest_head : float
        Height of the line above each grid, and the width of the longest such line.
    gap : float
        Space between grids.
    text : float
        Width of the longest number over the height of its line.
    """

    count: int
    shape: tuple[int, int]
    head: float
    widest_head: float
    gap: float
    text: float


@dataclass(frozen=True, slots=True)
class GridArrangement:
    """A layout with so many grids in a row; each has a column's width, head included."""

    across: int
    width: float
    height: float
    grid_width: float
    grid_height: float
    gap: float

    @property
    def steps(self) -> tuple[int, int]:
        """How many grids further the next one to the right is, and the next one below."""
        return 1, self.across

    def place(self, position: int) -> QRectF:
        """Return a grid's share of the room, the head above it included."""
        row, column = divmod(position, self.across)
        left, top = column * (self.width + self.gap), row * (self.height + self.gap)
        return QRectF(1 + left, 1 + top, self.width, self.height)

    def grid(self, position: int, head: float) -> QRectF:
        """Return where a grid's cells lie: at the left of its place, under its head."""
        place = self.place(position)
        return QRectF(place.left(), place.top() + head, self.grid_width, self.grid_height)

    def position_at(self, point: QPointF, count: int) -> int | None:
        """Return the grid at a point."""
        places = (at for at in range(count) if self.place(at).contains(point))
        return next(places, None)


def arrange_grids(width: float, height: float, needs: GridNeeds) -> GridArrangement:
    """Return the layout with most room for numbers, in which every head fits above its grid."""
    made = [_with(across, width, height, needs) for across in range(1, needs.count + 1)]
    fitting = [one for one in made if one.width >= needs.widest_head]
    return max(fitting or made[:1], key=lambda one: _room(one, needs))


def _room(one: GridArrangement, needs: GridNeeds) -> float:
    """Rate a layout: the height of a line at which every number fits, less where room is wasted."""
    rows, columns = needs.shape
    down = -(-needs.count // one.across)
    full = needs.count / (one.across * down)  # a last row with few grids wastes room
    spread = one.grid_width / one.width  # and so do narrow grids far apart
    line = min(one.grid_width / columns / needs.text, one.grid_height / rows)
    return full**4 * math.sqrt(spread) * line


def _with(across: int, width: float, height: float, needs: GridNeeds) -> GridArrangement:
    down = -(-needs.count // across)
    wide = (width - 2 - needs.gap * (across - 1)) / across
    high = (height - 2 - needs.gap * (down - 1)) / down
    rows, columns = needs.shape
    cell_width, cell_height = wide / columns, max(high - needs.head, 1.0) / rows
    grid_width = min(cell_width, cell_height * WIDEST) * columns
    grid_height = min(cell_height, cell_width * HIGHEST) * rows
    return GridArrangement(across, wide, high, grid_width, grid_height, needs.gap)
