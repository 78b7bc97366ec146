"""LayerColumn: the maps of a layer in a column, as many as fit, and where their cells lie."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage

from visualizer.core.mosaic import Mosaic
from visualizer.core.network.geometry import Rect
from visualizer.core.network.layer import Array, Shape
from visualizer.core.network.terms import unbounded
from visualizer.scene.scene import Scene
from visualizer.scene.trail import INPUT, Cell
from visualizer.views.base.theme import Theme
from visualizer.views.widgets.cell_layout import CellLayout
from visualizer.views.widgets.map_columns import Units, upright_cells
from visualizer.views.widgets.pixels import output_top, to_image

BESIDE = 0.06  # of a column's width, free at each of its sides
ACROSS, DOWN = 2.0, 6.0  # of the largest maps so many have room in a column, or more
SMALLER = 0.5  # power: maps of a quarter of the cells are half as large
LEAST_CELL = 2.0  # pixels
ENOUGH = 0.7  # of that size, if all maps then have room
GAP = 7  # sides of a gap between two maps in the side of a map


@dataclass(frozen=True, slots=True, eq=False)
class LayerColumn:
    """Where the values of a layer are drawn.

    Attributes
    ----------
    layer : int
        The layer's position; INPUT for the digit.
    room : QRectF
        The column from edge to edge, without the words.
    mosaic : Mosaic or None
        The maps that have room; None: the layer's output is a vector.
    cells : CellLayout
        The cells of the picture: those of the mosaic, or the units of a vector.
    more : int
        Number of maps that have no room.
    """

    layer: int
    room: QRectF
    mosaic: Mosaic | None
    cells: CellLayout
    more: int = 0

    @classmethod
    def of(cls, layer: int, shape: Shape, room: QRectF, largest: int) -> LayerColumn:
        """Lay out a layer of an output shape; `largest` is the side of the network's largest map.

        Small maps are drawn smaller than large ones, so that more of them have room.
        """
        beside = BESIDE * room.width()
        inner = room.adjusted(beside, 0, -beside, 0)
        if len(shape) == 1:
            return cls(layer, room, None, upright_cells(inner, Units(shape[0]).shape))
        mosaic = fitting_maps(shape, inner, largest)
        cells = CellLayout.fitting(inner, mosaic.shape)
        cells = replace(cells, top=float(round(inner.top())))  # the strongest stand in a line
        return cls(layer, room, mosaic, cells, shape[2] - mosaic.channels)

    def place_at(self, point: QPointF) -> tuple[int, int, int] | None:
        """Return row, column and place of the map at a point; of a vector 0, 0 and the unit."""
        if self.cells.cell_at(point) is None:
            return None
        row, column = self.cells.position(point)
        if self.mosaic is not None:
            return self.mosaic.cell_at(row, column)
        shape = self.cells.shape
        unit = int(column) * shape[0] + int(row)
        return 0, 0, unit

    def box(self, rect: Rect, at: int) -> QRectF:
        """Return where cells of the map at a place lie."""
        assert self.mosaic is not None
        whole = self.mosaic.map_rect(at)
        top, left = whole.top, whole.left
        return self.cells.on_screen(
            Rect(top + rect.top, left + rect.left, top + rect.bottom, left + rect.right)
        )


def fitting_maps(shape: Shape, room: QRectF, largest: int) -> Mosaic:
    """Return the layout of as many maps of a shape as a room has place for at a readable size."""
    height, width, channels = shape
    size = max(height, width)
    gap = max(1, round(size / GAP))
    side = min(room.width() / ACROSS, room.height() / DOWN) * (size / largest) ** SMALLER
    side = max(side, LEAST_CELL * size)
    aspect = room.width() / max(room.height(), 1.0)
    whole = Mosaic.fitting(height, width, channels, aspect, gap)
    cell = min(room.width() / whole.shape[1], room.height() / whole.shape[0])
    if cell * size >= ENOUGH * side:
        return whole
    columns = max(round(room.width() / side), 1)
    cell = min(room.width() / (columns * (width + gap) - gap), room.height() / height)
    rows = max(int((room.height() / cell + gap) / (height + gap)), 1)
    shown = min(rows * columns, channels)
    return Mosaic(height, width, shown, min(columns, shown), gap)


@unbounded
def strongest_first(output: Array) -> list[int]:
    """Return the maps of an output (h, w, channels) in the order of their sums."""
    sums = np.nansum(output, axis=(0, 1), dtype=np.float64)
    return [int(channel) for channel in np.argsort(-sums, kind="stable")]


def own_channels(scene: Scene, cell: Cell) -> dict[int, int]:
    """Return by layer, from a cell's down, the one channel that it sees; none where it sees all."""
    own, layers = {cell.layer: cell.channel}, scene.network.layers
    at = cell.layer
    while at > 0 and layers[at].is_spatial and "kernel" not in layers[at].parameters:
        at -= 1
        own[at] = cell.channel
    return own


def picture_of(
    scene: Scene, column: LayerColumn, channels: tuple[int, ...], theme: Theme
) -> QImage:
    """Return the values of a column as one picture, a pixel a cell."""
    if column.layer == INPUT:
        return to_image(scene.trace.inputs[:, :, 0], 0.0, 1.0, theme.digit)
    layer, output = scene.network.layers[column.layer], scene.trace.outputs[column.layer]
    top = output_top(layer, output)
    if column.mosaic is None:
        return to_image(Units(len(output)).laid_out(output), 0.0, top, theme.sequential)
    return to_image(column.mosaic.compose(output[:, :, channels]), 0.0, top, theme.sequential)
