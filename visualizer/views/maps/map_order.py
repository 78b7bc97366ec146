"""The order of a layer's maps, and the place of each cell on them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from visualizer.core.network.layer import Layer
from visualizer.core.responses import LayerResponses
from visualizer.scene.scene import Scene
from visualizer.scene.trail import Cell
from visualizer.views.widgets.viewport import MapCell

Indices = npt.NDArray[np.intp]
SHORT = {"response": "by response", "selectivity": "by selectivity", "likeness": "by likeness"}


@dataclass(frozen=True, slots=True, eq=False)
class MapOrder:
    """The order of a layer's maps: where each cell is drawn.

    Attributes
    ----------
    layer : Layer
    by : str
        Sorting key: "index", "response", "selectivity" or "likeness".
    known : object
        The data that the order was computed from, beside the layer.
    order : (channels,) intp
        The channel of the map at each place.
    """

    layer: Layer
    by: str
    known: object
    order: Indices

    def place(self, cell: Cell) -> MapCell:
        """Return row, column and map of a cell as drawn; a vector's cells lie on its sheet."""
        if self.layer.is_spatial:
            return cell.row, cell.column, int(np.flatnonzero(self.order == cell.channel)[0])
        block, row, column = np.unravel_index(cell.channel, self.layer.sheet)
        return int(row), int(column), int(block)

    def cell(self, place: MapCell, layer: int) -> Cell:
        """Return the cell that is drawn at a place; `layer` is the layer's position."""
        row, column, at = place
        if self.layer.is_spatial:
            return Cell(layer, row, column, int(self.order[at]))
        return Cell(layer, 0, 0, int(np.ravel_multi_index((at, row, column), self.layer.sheet)))

    def moved(self, cell: Cell, rows: int, columns: int, maps: int) -> Cell:
        """Return the cell so many rows, columns and maps further, in the order on the screen."""
        if not self.layer.is_spatial:
            return replace(cell, channel=cell.channel + rows * self.layer.sheet[2] + columns)
        at = min(max(self.place(cell)[2] + maps, 0), len(self.order) - 1)
        row, column = cell.row + rows, cell.column + columns
        return replace(cell, row=row, column=column, channel=int(self.order[at]))


def map_order_of(
    scene: Scene, by: str, responses: LayerResponses | None, last: MapOrder | None = None
) -> MapOrder:
    """Return the order of the selected layer's maps; `last` itself if it still holds.

    A vector keeps its order. So do maps whose sorting key is not known.
    """
    layer = scene.layer
    if not layer.is_spatial or (by in ("selectivity", "likeness") and responses is None):
        by = "index"
    known = {"index": None, "response": scene.trace}.get(by, responses)
    if last and (last.layer, last.by) == (layer, by) and last.known is known:
        return last
    return MapOrder(layer, by, known, _order(scene, by, responses))


def _order(scene: Scene, by: str, responses: LayerResponses | None) -> Indices:
    if by == "response":
        strongest = scene.trace.pre_activations[scene.selected.layer].max(axis=(0, 1))
        return np.argsort(-strongest, kind="stable")
    if by == "selectivity" and responses is not None:
        return np.argsort(-responses.selectivity, kind="stable")
    if by == "likeness" and responses is not None:
        return responses.by_likeness
    return np.arange(scene.layer.map_shape[2])
