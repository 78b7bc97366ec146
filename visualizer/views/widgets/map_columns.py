"""MapColumns: maps side by side, a cell on each, and the window that the next one's cell sees."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QImage, QPainter, QPen

from visualizer.core.network.geometry import Rect, RowsColumns
from visualizer.core.network.layer import Array
from visualizer.views.base.constants import LEFT
from visualizer.views.base.theme import Lut, Theme
from visualizer.views.widgets.cell_layout import CellLayout
from visualizer.views.widgets.cells import FRAME, around, paint_rects, sized
from visualizer.views.widgets.pixels import draw_image, to_image

SHRINK = 0.12  # a small map is drawn a little smaller than a large one
MOST_UNITS = 128  # of a vector, below each other
UNIT = 0.24  # greatest width of a vector's cell, as a share of its column
SHEET = 0.7  # the same of all cells beside each other
THICK = 0.2  # of a frame, over the height of a cell
LINE = 1.2  # height of a label over its font size


@dataclass(frozen=True, slots=True)
class Units:
    """The places of a vector's units on its map: one below the other, in one column or several."""

    count: int

    @property
    def shape(self) -> RowsColumns:
        columns = -(-self.count // MOST_UNITS)
        return -(-self.count // columns), columns

    def place(self, unit: int) -> RowsColumns:
        """Return row and column of a unit."""
        return unit % self.shape[0], unit // self.shape[0]

    def unit(self, row: int, column: int) -> int | None:
        """Return the unit at a place; None at the end of the last column."""
        unit = column * self.shape[0] + row
        return unit if unit < self.count else None

    def laid_out(self, values: Array) -> Array:
        """Return a vector's values as a map (rows, columns), NaN where there is no unit."""
        rows, columns = self.shape
        whole = np.full(rows * columns, np.nan, np.float32)
        whole[: self.count] = values.reshape(-1)
        return np.ascontiguousarray(whole.reshape(columns, rows).T)


@dataclass(frozen=True, slots=True, eq=False)
class ColumnMap:
    """A map, and what is marked on it.

    Attributes
    ----------
    image : QImage
        One pixel a cell.
    cell : (row, column) or None
        The cell of the way, in the colour of the selection.
    window : Rect or None
        What the next column's cell sees of this map; it may reach onto padding.
    winners : tuple of (row, column)
        The cells that win in the window, where the way's cell does not.
    seen : tuple of Rect
        Cells in the colour of the receptive field, to which no lines lead.
    upright : bool
        Whether it is a vector, which is as high as the room.
    labels : tuple of str
        A word beside every row, where there is room.
    """

    image: QImage
    cell: RowsColumns | None = None
    window: Rect | None = None
    winners: tuple[RowsColumns, ...] = ()
    seen: tuple[Rect, ...] = ()
    upright: bool = False
    labels: tuple[str, ...] = ()

    @classmethod
    def of(cls, values: Array, top: float, lut: Lut) -> ColumnMap:
        """Return a map of values (rows, columns) from 0 to `top`, with nothing marked."""
        return cls(to_image(values, 0, top, lut))

    @property
    def shape(self) -> RowsColumns:
        return self.image.height(), self.image.width()


def upright_cells(room: QRectF, shape: RowsColumns) -> CellLayout:
    """Return where a vector's cells lie, as high as there is room."""
    rows, columns = shape
    width = min(UNIT, SHEET / columns) * room.width()
    most = (width, width if rows <= 2 else math.inf)
    return CellLayout.fitting(room, shape, largest=most, square=False)


class MapColumns:
    """Where the maps and their marks lie in columns, and how they are painted."""

    def __init__(
        self,
        maps: Sequence[ColumnMap] = (),
        area: QRectF | None = None,
        rooms: Sequence[QRectF] = (),
    ) -> None:
        """Lay maps out in columns of equal width in an area, or each in a room of its own."""
        self.maps, self.area, self._rooms = tuple(maps), area or QRectF(), tuple(rooms)
        largest = max((max(one.shape) for one in self.maps if not one.upright), default=1)
        self.cells = [self._cells(at, one, largest) for at, one in enumerate(self.maps)]

    def column(self, index: int) -> QRectF:
        """Return the room of a column."""
        if self._rooms:
            return self._rooms[index]
        width = self.area.width() / max(len(self.maps), 1)
        left = self.area.left() + index * width
        return QRectF(left, self.area.top(), width, self.area.height())

    def _cells(self, index: int, one: ColumnMap, largest: int) -> CellLayout:
        column = self.column(index)
        gap = column.width() * 0.06
        room = column.adjusted(gap, 0, -gap, 0)
        if one.upright:
            return upright_cells(room, one.shape)
        side = min(room.width(), room.height()) * (max(one.shape) / largest) ** SHRINK
        around = QRectF(0, 0, side, side)
        around.moveCenter(room.center())
        return CellLayout.fitting(around, one.shape)

    def cell_at(self, point: QPointF) -> tuple[int, int, int] | None:
        """Return column, row and column of the map at a point."""
        for index, cells in enumerate(self.cells):
            place = cells.cell_at(point)
            if place is not None:
                return index, *place
        return None

    def cell_box(self, index: int) -> QRectF | None:
        """Return where the marked cell of a column lies."""
        cell = self.maps[index].cell
        return None if cell is None else self.cells[index].cell(*cell)

    def window_box(self, index: int) -> QRectF | None:
        """Return where the window on a column's map lies, as far as it is on the map."""
        window = self.maps[index].window
        if window is None:
            return None
        return self.cells[index].on_screen(window.clip(*self.maps[index].shape))

    # Painting

    def paint(self, painter: QPainter, theme: Theme, label_pixels: int) -> None:
        """Paint maps, windows, joining lines and cells; labels in a font of so many pixels."""
        self.paint_maps(painter)
        self.paint_marks(painter, theme, label_pixels)

    def show_images(self, images: Sequence[QImage]) -> None:
        """Show other pictures of the same sizes; what is marked stays."""
        pairs = zip(self.maps, images, strict=True)
        self.maps = tuple(replace(one, image=image) for one, image in pairs)

    def paint_maps(self, painter: QPainter) -> None:
        """Paint the maps alone."""
        for one, cells in zip(self.maps, self.cells, strict=True):
            draw_image(painter, cells.whole, one.image)

    def paint_marks(self, painter: QPainter, theme: Theme, label_pixels: int) -> None:
        """Paint what lies over the maps: frames, labels, windows, joining lines, cells."""
        paint_rects(painter, [cells.whole for cells in self.cells], theme.color("line"), 1)
        for one, cells in zip(self.maps, self.cells, strict=True):
            self._paint_labels(painter, theme, one, cells, label_pixels)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("field"), max(theme.px(FRAME) * 0.6, 1.0)))
        painter.drawLines([line for at in range(len(self.maps) - 1) for line in self._joining(at)])
        for color in ("field", "winner", "selection"):
            framed: dict[float, list[QRectF]] = {}
            for index, cells in enumerate(self.cells):
                width = max(FRAME * theme.zoom, 1.5, min(theme.line_width, cells.height * THICK))
                boxes = [around(box, width) for box in self._marked(index, color)]
                framed.setdefault(width, []).extend(boxes)
            for width, boxes in framed.items():
                paint_rects(painter, boxes, theme.color(color), width)
        painter.restore()

    def _marked(self, index: int, color: str) -> list[QRectF]:
        """Return the boxes of a colour on a column's map."""
        one, cells = self.maps[index], self.cells[index]
        if color == "winner":
            return [cells.cell(*winner) for winner in one.winners]
        seen = [cells.on_screen(rect) for rect in one.seen] if color == "field" else []
        box = self.window_box(index) if color == "field" else self.cell_box(index)
        return [*seen] if box is None else [*seen, box]

    def _joining(self, index: int) -> list[QLineF]:
        """Return the lines from the window's corners to those of the next column's cell."""
        window, cell = self.window_box(index), self.cell_box(index + 1)
        if window is None or cell is None:
            return []
        top = QLineF(window.topRight(), cell.topLeft())
        return [top, QLineF(window.bottomRight(), cell.bottomLeft())]

    def _paint_labels(
        self, painter: QPainter, theme: Theme, one: ColumnMap, cells: CellLayout, pixels: int
    ) -> None:
        if cells.height < pixels * LINE:
            return
        for row, text in enumerate(one.labels):
            own = one.cell is not None and one.cell[0] == row
            painter.setFont(sized(theme, pixels, own))
            painter.setPen(theme.color("selection" if own else "soft_ink"))
            box = cells.cell(row, 0).translated(cells.whole.width() + pixels * 0.3, 0)
            box.setWidth(2.0 * pixels)
            painter.drawText(box, LEFT, text)
