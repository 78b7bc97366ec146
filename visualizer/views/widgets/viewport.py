"""Viewport: where the cells of a mosaic lie on the screen, fitted or zoomed; no widget."""

from __future__ import annotations

import math

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSizeF

from visualizer.core.mosaic import Mosaic
from visualizer.core.network.geometry import Rect
from visualizer.views.widgets.cell_layout import CellLayout

MapCell = tuple[int, int, int]  # row, column, map


class Viewport:
    """The mapping from cells of a mosaic to pixels of an area, and back.

    Attributes
    ----------
    largest : float
        Greatest width and height of a cell in pixels.
    stretch : float
        How many times higher than wide cells may be, to fill the area.
    """

    def __init__(self) -> None:
        self.mosaic = Mosaic(1, 1, 1, 1)
        self.area = QSizeF(1, 1)
        self.largest = 96.0
        self.stretch = 1.0
        self._zoom = 1.0
        self._center = QPointF()

    @property
    def zoomed(self) -> bool:
        return self._zoom > 1.0

    def fit(self) -> None:
        """Show the whole mosaic."""
        self._zoom = 1.0

    @property
    def cell(self) -> QSizeF:
        """Width and height of a cell in pixels."""
        height, width = self.mosaic.shape
        most_x, most_y = (self.area.width() - 4) / width, (self.area.height() - 4) / height
        across = min(most_x, most_y, self.largest)
        down = min(most_y, across * self.stretch, self.largest)
        return QSizeF(_steady(across) * self._zoom, _steady(down) * self._zoom)

    @property
    def target(self) -> QRectF:
        """Where the whole mosaic lies."""
        cell = self.cell
        width, height = self.mosaic.shape[1] * cell.width(), self.mosaic.shape[0] * cell.height()
        middle = QPointF(self.area.width() / 2, self.area.height() / 2)
        if self.zoomed:
            left = middle.x() - self._center.x() * cell.width()
            top = middle.y() - self._center.y() * cell.height()
        else:
            left, top = middle.x() - width / 2, middle.y() - height / 2
        return QRectF(round(left), round(top), width, height)

    @property
    def cells(self) -> CellLayout:
        """Where every cell of the mosaic lies."""
        cell, target = self.cell, self.target
        return CellLayout(
            target.left(), target.top(), cell.width(), cell.height(), self.mosaic.shape
        )

    def on_screen(self, rect: Rect) -> QRectF:
        """Return where cells of the mosaic lie."""
        return self.cells.on_screen(rect)

    def map_box(self, channel: int) -> QRect:
        """Return where a map lies in the area, with its frame."""
        box = self.on_screen(self.mosaic.map_rect(channel)).toAlignedRect().adjusted(-1, -1, 1, 1)
        return box.intersected(QRect(QPoint(0, 0), self.area.toSize()))

    def place_at(self, point: QPointF) -> MapCell | None:
        """Return row, column and map under a point."""
        return self.mosaic.cell_at(*self.cells.position(point))

    def show_map(self, channel: int) -> None:
        """Enlarge one map to fill the area."""
        self._zoom = 1.0
        at, cell = self.mosaic.map_rect(channel), self.cell
        room = min(
            self.area.width() / ((at.width + 1) * cell.width()),
            self.area.height() / ((at.height + 1) * cell.height()),
        )
        self._zoom = max(min(room, self._most()), 1.0)
        self._center = QPointF((at.left + at.right) / 2, (at.top + at.bottom) / 2)

    def zoom_about(self, point: QPointF, factor: float) -> None:
        """Enlarge or shrink; the point stays in place."""
        row, column = self.cells.position(point)
        self._zoom = min(max(self._zoom * factor, 1.0), max(self._most(), 1.0))
        offset = point - QPointF(self.area.width() / 2, self.area.height() / 2)
        cell = self.cell
        self._center = QPointF(column - offset.x() / cell.width(), row - offset.y() / cell.height())

    def shift(self, rows: int, columns: int) -> None:
        """Move the view so many cells down and to the right."""
        self._center += QPointF(columns, rows)

    def reveal(self, rect: Rect) -> None:
        """Move the view by no more than brings a rectangle into it."""
        box, cell = self.on_screen(rect), self.cell
        right, down = box.right() - self.area.width(), box.bottom() - self.area.height()
        x = min(box.left(), 0.0) if box.left() < 0 else max(right, 0.0)
        y = min(box.top(), 0.0) if box.top() < 0 else max(down, 0.0)
        self._center += QPointF(x / cell.width(), y / cell.height())

    def move(self, by: QPointF) -> None:
        """Move the picture by so many pixels."""
        cell = self.cell
        self._center -= QPointF(by.x() / cell.width(), by.y() / cell.height())

    def _most(self) -> float:
        return self.largest * self._zoom / max(self.cell.width(), self.cell.height())


def _steady(pixels: float) -> float:
    """Round a cell's size: to 1/16 pixel from two pixels on, to whole pixels from eight on."""
    if pixels >= 8:
        return float(math.floor(pixels))
    return math.floor(pixels * 16) / 16 if pixels >= 2 else max(pixels, 0.1)
