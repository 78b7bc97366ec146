"""The whole chain: one way from a pixel to the answer, a cell in every layer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from visualizer.core.network.geometry import Rect
from visualizer.core.network.layer import Array
from visualizer.core.network.network import Network
from visualizer.core.network.terms import Mask, unbounded
from visualizer.core.network.windowed import Windowed
from visualizer.scene.link import Link, Sizes
from visualizer.scene.scene import Scene
from visualizer.scene.trail import INPUT, Cell, Trail


@dataclass(frozen=True, eq=False)
class Chain:
    """A way through the network.

    Attributes
    ----------
    cells : tuple of Cell
        The pixel, then a cell of every layer, each a term of the next. The way ends early at a
        cell that no cell above sees.
    known : mapping of Cell to Link
        Links whose terms are computed already; each takes its largest term.
    """

    scene: Scene
    cells: tuple[Cell, ...]
    known: Mapping[Cell, Link] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        """Whether the way leads to the last layer."""
        return len(self.cells) > len(self.scene.network.layers)

    @property
    def shows_answer(self) -> bool:
        """Whether the last number may be shown: the answer is not hidden, and there is one."""
        scene = self.scene
        return not (scene.hides(scene.last) or scene.digit.undrawn)

    @cached_property
    def layers(self) -> tuple[int, ...]:
        """The layers that have a column, INPUT first: all but those that only copy."""
        return columns_of(self.scene.network)

    @cached_property
    def by_layer(self) -> Mapping[int, Link]:
        """Every number of the way by its layer, that of the pixel by INPUT."""
        below = (None, *self.cells)
        return {cell.layer: self._link(cell, below[at]) for at, cell in enumerate(self.cells)}

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """The numbers of the way that have a column, the pixel first."""
        return tuple(self.by_layer[layer] for layer in self.layers if layer in self.by_layer)

    def _link(self, cell: Cell, below: Cell | None) -> Link:
        known = self.known.get(cell)
        if known is not None and known.source == below:
            return known
        return Link(self.scene, cell, below)

    @property
    def column(self) -> int:
        """The column of the current step: its layer's, or that of the cell which it copies."""
        layer = self.scene.trail.current.layer
        return max(at for at, of in enumerate(self.layers) if of <= layer)

    # Other ways

    def trail_to(self, cell: Cell) -> Trail:
        """Return the trail that leads on to a cell of a column's map.

        The way above stays if the cell is a term of the cell above it; else it is found anew. To
        a pixel that no cell sees leads none.
        """
        if cell in self.cells:
            return self.trail_at(self.layers.index(cell.layer))
        steps = self._landing(cell)
        above = self._above(steps[0])
        if above and Link(self.scene, above[-1]).index_of(steps[0]) is not None:
            steps = (*above, *steps)
        elif steps[0].layer == INPUT:
            seeing = counts_most(self.scene, cell)
            if seeing is None:
                return self.scene.trail
            steps = (seeing, cell)
        return self.scene.trail.lead(steps, len(steps) - 1)

    def trail_through(self, cell: Cell, below: Cell) -> Trail:
        """Return the trail that stands at a cell of the way and takes another of its terms."""
        above = self._above(cell)
        return self.scene.trail.lead((*above, cell, below), len(above))

    def trail_at(self, column: int) -> Trail:
        """Return the trail that stands on this way at a column, or at the nearest there is."""
        cell = self.links[min(max(column, 0), len(self.links) - 1)].cell
        trail = self.scene.trail
        if cell in trail.steps:
            return trail.moved(trail.steps.index(cell))
        known = trail.steps
        top, bottom = known[0].layer, known[-1].layer
        upper = tuple(one for one in self.cells if top < one.layer <= cell.layer)
        lower = tuple(one for one in self.cells if cell.layer <= one.layer < bottom)
        steps = (*reversed(upper), *known, *reversed(lower))
        return trail.walked(steps, steps.index(cell))

    def _landing(self, cell: Cell) -> tuple[Cell, ...]:
        """Return a cell, and before it the cells of the layers above that only copy it."""
        steps, layers = [cell], self.scene.network.layers
        while steps[0].layer + 1 < len(layers):
            top = steps[0]
            index = layers[top.layer + 1].lands_at(top.row, top.column, top.channel)
            if index is None:
                break
            steps.insert(0, Cell(top.layer + 1, 0, 0, index))
        return tuple(steps)

    def _above(self, cell: Cell) -> tuple[Cell, ...]:
        """Return the way's cells of the layers above a cell, from the top."""
        return tuple(one for one in reversed(self.cells) if one.layer > cell.layer)


def columns_of(network: Network) -> tuple[int, ...]:
    """Return the layers that have a column, INPUT first: all but those that only copy."""
    layers = network.layers
    last = len(layers) - 1
    return (INPUT, *(at for at, of in enumerate(layers) if of.source(0) is None or at == last))


def chain_of(scene: Scene, before: Chain | None = None) -> Chain:
    """Return the way through the scene's selection.

    It takes the steps of the trail. Below them it goes to the largest term of each sum, above
    them to the cell in which the cell counts most, and of the classes to the answer. What is
    known of a chain `before` of the same numbers is not computed again.
    """
    known: dict[Cell, Link] = {}
    if before is not None and before.scene.trace is scene.trace:
        known = {link.cell: link for link in before.links if link.below is None}
    cells = list(reversed(scene.trail.steps))
    while cells[0].layer > INPUT:
        link = known.setdefault(cells[0], Link(scene, cells[0]))
        cells.insert(0, link.largest_below)
    while cells[-1].layer + 1 < len(scene.network.layers):
        above = counts_most(scene, cells[-1])
        if above is None:
            break
        cells.append(above)
    return Chain(scene, tuple(cells), known)


def counts_most(scene: Scene, cell: Cell) -> Cell | None:
    """Return the cell of the layer above in which a cell counts most; None if none sees it.

    It is that of the largest product, among those whose sum passes the activation and which have
    a way to the last layer, if there are such. Under a softmax it is the answer, or the first
    class while the answer is hidden. Of several pooling windows it is one in which the cell wins.
    """
    above = cell.layer + 1
    layer = scene.network.layers[above]
    if layer.activation_name == "softmax":
        return scene.strongest(above)
    index = layer.lands_at(cell.row, cell.column, cell.channel)
    if index is not None:
        return Cell(above, 0, 0, index)
    seeing = layer.seeing(Rect.cell(cell.row, cell.column))
    if seeing.empty:
        return None
    outputs = scene.trace.outputs[above].reshape(layer.map_shape)
    own = outputs[seeing.top : seeing.bottom, seeing.left : seeing.right]
    if "kernel" in layer.parameters:
        sizes = np.abs(_products(scene, cell, seeing)).astype(np.float64)
        sizes[np.isnan(sizes)] = 0
        passing = own != 0 if layer.activation_name == "relu" else np.ones(own.shape, bool)
    else:
        sizes, passing = np.full(own.shape, -1.0), np.ones(own.shape, bool)
        sizes[:, :, cell.channel] = own[:, :, cell.channel] == scene.value(cell)
    row, column, channel = _best(scene, above, seeing, sizes, passing)
    return Cell(above, seeing.top + row, seeing.left + column, channel)


def _best(
    scene: Scene, layer: int, seeing: Rect, sizes: Sizes, passing: Mask
) -> tuple[int, int, int]:
    """Return the place of the largest size that passes and leads on, or else of the next best."""
    for allowed in (passing, np.ones(sizes.shape, bool)):
        left = np.where(allowed, sizes, -1.0)
        while left.max() >= 0:
            row, column, channel = np.unravel_index(int(left.argmax()), sizes.shape)
            if leads_on(scene, layer, seeing.top + int(row), seeing.left + int(column)):
                return int(row), int(column), int(channel)
            left[row, column] = -1.0
    row, column, channel = np.unravel_index(int(sizes.argmax()), sizes.shape)
    return int(row), int(column), int(channel)


def leads_on(scene: Scene, layer: int, row: int, column: int) -> bool:
    """Return whether a cell of a layer has a way to the last layer."""
    seen = Rect.cell(row, column)
    for above in scene.network.layers[layer + 1 :]:
        seen = above.seeing(seen)
        if seen.empty or not isinstance(above, Windowed):
            break
    return not seen.empty


@unbounded
def _products(scene: Scene, cell: Cell, seeing: Rect) -> Array:
    """Return the cell's product in each cell above that sees it, (rows, columns, channels)."""
    layer = scene.network.layers[cell.layer + 1]
    value, kernel = np.float32(scene.value(cell)), scene.weights[f"{layer.name}.kernel"]
    shape = (seeing.height, seeing.width, layer.map_shape[2])
    if not isinstance(layer, Windowed):
        return np.asarray(value * kernel[cell.channel], np.float32).reshape(shape)
    made = np.empty(shape, np.float32)
    for at in np.ndindex(*shape[:2]):
        window = layer.sliding.window(seeing.top + at[0], seeing.left + at[1])
        place = cell.row - window.top, cell.column - window.left
        made[at] = value * kernel[place][cell.channel]
    return made
