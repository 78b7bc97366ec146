"""Which cell of one network is nearest to a cell of another: by what they see of the digit."""

from __future__ import annotations

import numpy as np

from visualizer.core.network.geometry import Rect
from visualizer.core.network.layers import Conv2D
from visualizer.core.network.network import Network
from visualizer.scene.scene import Scene
from visualizer.scene.trail import Cell


def counterpart(scene: Scene, cell: Cell, other: Scene) -> Cell:
    """The cell of another network that a cell is to be compared with.

    Its layer does the same work: the first convolution for the first, or what follows it; the
    layers above the maps are counted from the last. Its place has the field whose middle is
    nearest on the digit (ties: the first in row order). Filters of two networks have nothing in
    common but their number, so its channel is the one that answers most there.
    """
    layer = counterpart_layer(scene.network, cell.layer, other.network)
    height, width, channels = other.network.layers[layer].map_shape
    if not other.network.layers[layer].is_spatial:
        same = other.network.layers[layer].map_shape == scene.network.layers[cell.layer].map_shape
        return Cell(layer, 0, 0, cell.channel) if same else other.strongest(layer)
    middle = _middle(scene.field(cell))
    rows = [_middle(other.field(Cell(layer, row, 0, 0)))[0] for row in range(height)]
    columns = [_middle(other.field(Cell(layer, 0, column, 0)))[1] for column in range(width)]
    row = int(np.abs(np.array(rows) - middle[0]).argmin())
    column = int(np.abs(np.array(columns) - middle[1]).argmin())
    outputs = other.trace.outputs[layer].reshape(height, width, channels)
    return Cell(layer, row, column, int(outputs[row, column].argmax()))


def counterpart_layer(network: Network, layer: int, other: Network) -> int:
    """The layer of another network that does the same work."""
    if network == other:
        return layer
    spatial, others = _spatial(network), _spatial(other)
    if layer >= spatial or not others:
        from_end = len(network.layers) - layer
        return min(max(len(other.layers) - from_end, others), len(other.layers) - 1)
    block, into = _blocks(network)[layer]
    places = {place: at for at, place in enumerate(_blocks(other)[:others])}
    blocks = max(block for block, _ in places)
    wanted = [(min(block, blocks), depth) for depth in range(into, -1, -1)]
    return next((places[place] for place in wanted if place in places), 0)


def _spatial(network: Network) -> int:
    """How many layers have rows and columns; they come first."""
    return sum(layer.is_spatial for layer in network.layers)


def _blocks(network: Network) -> list[tuple[int, int]]:
    """Of each layer, in which convolution's block it stands, and how far behind that."""
    found: list[tuple[int, int]] = []
    for layer in network.layers:
        block, into = found[-1] if found else (-1, -1)
        found.append((block + 1, 0) if isinstance(layer, Conv2D) else (block, into + 1))
    return found


def _middle(field: Rect) -> tuple[float, float]:
    return (field.top + field.bottom) / 2, (field.left + field.right) / 2
