"""CellLayout: the mapping between the cells of a map and the pixels of a widget."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from visualizer.core.network.geometry import Rect, RowsColumns

Margins = tuple[RowsColumns, RowsColumns]
NO_MARGINS: Margins = ((0, 0), (0, 0))


@dataclass(frozen=True, slots=True)
class CellLayout:
    """The places of a map's cells on a widget.

    Attributes
    ----------
    left, top : float
        Left and top edge of cell [0, 0] in pixels.
    width, height : float
        Size of a cell in pixels.
    shape : (rows, columns)
        Size of the map in cells, without its padding.
    margins : ((above, below), (left, right))
        Cells of padding around the map.
    """

    left: float
    top: float
    width: float
    height: float
    shape: RowsColumns
    margins: Margins = NO_MARGINS

    @classmethod
    def fitting(
        cls,
        area: QRectF,
        shape: RowsColumns,
        margins: Margins = NO_MARGINS,
        *,
        largest: tuple[float, float] = (math.inf, math.inf),
        square: bool = True,
        step: float = 0.0,
    ) -> CellLayout:
        """Return the layout of the largest cells that fit into an area, centred.

        Parameters
        ----------
        largest : greatest (width, height) of a cell
        step : a cell's size is a whole multiple of this, at least one; 0 allows any size
        """
        rows, columns = _extent(shape, margins)
        width = min(area.width() / columns, largest[0])
        height = min(area.height() / rows, largest[1])
        if square:
            width = height = min(width, height)
        if step:
            width, height = (max(math.floor(n / step), 1) * step for n in (width, height))
        left = round(area.left() + max((area.width() - width * columns) / 2, 0))
        top = round(area.top() + max((area.height() - height * rows) / 2, 0))
        (above, _), (before, _) = margins
        return cls(left + before * width, top + above * height, width, height, shape, margins)

    @classmethod
    def filling(cls, area: QRectF, shape: RowsColumns) -> CellLayout:
        """Return the layout of cells that fill an area."""
        rows, columns = shape
        return cls(area.left(), area.top(), area.width() / columns, area.height() / rows, shape)

    @property
    def extent(self) -> RowsColumns:
        """Rows and columns with padding."""
        return _extent(self.shape, self.margins)

    @property
    def whole(self) -> QRectF:
        """Where the map lies."""
        return self.on_screen(Rect.whole(*self.shape))

    @property
    def padded(self) -> QRectF:
        """Where the map with its padding lies."""
        (above, below), (before, after) = self.margins
        rows, columns = self.shape
        return self.on_screen(Rect(-above, -before, rows + below, columns + after))

    def on_screen(self, rect: Rect) -> QRectF:
        """Return where a rectangle of cells lies; padding has places below 0 or beyond the map."""
        return QRectF(
            self.left + rect.left * self.width,
            self.top + rect.top * self.height,
            rect.width * self.width,
            rect.height * self.height,
        )

    def cell(self, row: int, column: int) -> QRectF:
        """Return where one cell lies."""
        return self.on_screen(Rect.cell(row, column))

    def position(self, point: QPointF) -> tuple[float, float]:
        """Return row and column of a point, counted in cells and parts of a cell."""
        return (point.y() - self.top) / self.height, (point.x() - self.left) / self.width

    def cell_at(self, point: QPointF) -> RowsColumns | None:
        """Return the cell under a point; None on padding and beside the map."""
        row, column = (math.floor(at) for at in self.position(point))
        return (row, column) if self.has(row, column) else None

    def has(self, row: int, column: int) -> bool:
        """Return whether a row and column are on the map."""
        return 0 <= row < self.shape[0] and 0 <= column < self.shape[1]

    def places(self) -> Iterator[RowsColumns]:
        """Yield every row and column, those of padding too."""
        (above, below), (before, after) = self.margins
        for row in range(-above, self.shape[0] + below):
            for column in range(-before, self.shape[1] + after):
                yield row, column


def _extent(shape: RowsColumns, margins: Margins) -> RowsColumns:
    return shape[0] + sum(margins[0]), shape[1] + sum(margins[1])
