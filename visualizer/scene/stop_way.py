"""The way of a stop, from its cells as a talk names them to the cells of a scene. Pure."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from visualizer.core.talk.places import INPUT as PIXEL
from visualizer.core.talk.stop import Stop, StopCell
from visualizer.scene.scene import Scene
from visualizer.scene.trail import INPUT, Cell, Trail


def trail_of(stop: Stop, scene: Scene) -> Trail:
    """Return the trail of a stop on a scene that shows its network and its digit.

    What a cell leaves open is chosen where the answer to the digit is strongest, among what the
    cell above it sees. A stop without a way selects the strongest cell of the first layer.
    """
    steps: list[Cell] = []
    for cell in stop.way or (StopCell(scene.network.layers[0].name),):
        steps.append(_cell(cell, scene, steps[-1] if steps else None))
    return Trail(tuple(steps), min(stop.at, len(steps) - 1))


def _cell(cell: StopCell, scene: Scene, above: Cell | None) -> Cell:
    """Find the cell of a scene that a talk names."""
    layer = INPUT if cell.layer == PIXEL else scene.network.index(cell.layer)
    place = (cell.row, cell.column, cell.channel)
    if above is None and place == (None, None, None):
        return scene.strongest(layer)
    shape = scene.network.input_shape if layer == INPUT else scene.network.layers[layer].map_shape
    values = (scene.trace.inputs if layer == INPUT else scene.trace.outputs[layer]).reshape(shape)
    possible = np.ones(shape, bool) if above is None else _seen(scene, above, shape)
    for at, indices in zip(place, np.indices(shape), strict=True):
        possible &= at is None or indices == at
    best = int(np.where(possible, values, -np.inf).argmax())
    row, column, channel = map(int, np.unravel_index(best, shape))
    return Cell(layer, row, column, channel)


def _seen(scene: Scene, cell: Cell, shape: tuple[int, ...]) -> npt.NDArray[np.bool_]:
    """Return which cells of the map below, of this shape, a cell sees."""
    layer, seen = scene.network.layers[cell.layer], np.zeros(shape, bool)
    if (source := layer.source(cell.channel)) is not None:
        seen[source] = True
        return seen
    window = layer.window(cell.row, cell.column, cell.channel).clip(shape[0], shape[1])
    channels = slice(None) if layer.parameters else cell.channel
    seen[window.top : window.bottom, window.left : window.right, channels] = True
    return seen
