"""One frozen snapshot of everything the window draws, and the pure steps to the next one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from visualizer.core.geometry import Rect
from visualizer.core.layer import Layer, Weights
from visualizer.core.network import Network, Trace
from visualizer.core.terms import Terms
from visualizer.data.dataset import Images


@dataclass(frozen=True, slots=True, eq=False)
class Digit:
    """A 28×28 image with what is known of it.

    Attributes
    ----------
    pixels : (28, 28) uint8
        Ink is bright: 0 paper, 255 full ink.
    label : int or None
        Its class, where it is known.
    source : str
        "test digit 12", "drawing", or a file's name: what the window calls it.
    index : int or None
        Position in the test set, for a digit of the test set.
    """

    pixels: npt.NDArray[np.uint8]
    label: int | None
    source: str
    index: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of one layer; a vector's units are the channels of row 0, column 0."""

    layer: int
    row: int
    column: int
    channel: int


INPUT = -1


@dataclass(frozen=True, slots=True)
class Trail:
    """The way from a selected cell down to what it is made of, and where on it one stands.

    Attributes
    ----------
    steps : tuple of Cell
        The first is a cell that was selected, each next one a term of the one before it; a step
        of layer INPUT is a pixel of the digit.
    at : int
        Index of the step that is shown.
    """

    steps: tuple[Cell, ...]
    at: int = 0

    @property
    def current(self) -> Cell:
        return self.steps[self.at]

    @property
    def cell(self) -> Cell:
        """The current step, or the one above it where that is a pixel."""
        return self.steps[self.at - 1] if self.current.layer == INPUT else self.current

    def then(self, cell: Cell) -> Trail:
        """One step further down; what was ahead is forgotten unless it is the same step."""
        if self.at + 1 < len(self.steps) and self.steps[self.at + 1] == cell:
            return Trail(self.steps, self.at + 1)
        return Trail((*self.steps[: self.at + 1], cell), self.at + 1)

    def moved(self, to: int) -> Trail:
        return Trail(self.steps, min(max(to, 0), len(self.steps) - 1))


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """The network at one moment, the digit it looks at, and what is selected.

    Attributes
    ----------
    weights : mapping of "<layer>.kernel" and "<layer>.bias"
    origin : str
        Where the weights come from, in the window's words.
    trace : Trace
        The network's values for the digit under these weights.
    trail : Trail
        The one selection that every panel shows, and the way that led to it.
    hovered : Cell or None
        The cell under the pointer, where there is one.
    pointed : (row, column) or None
        The pixel of the digit under the pointer.
    """

    network: Network
    weights: Weights
    origin: str
    digit: Digit
    trace: Trace
    trail: Trail
    hovered: Cell | None = None
    pointed: tuple[int, int] | None = None

    @property
    def selected(self) -> Cell:
        return self.trail.cell

    @property
    def pixel(self) -> tuple[int, int] | None:
        """The pixel of the digit that the trail has led to."""
        current = self.trail.current
        return (current.row, current.column) if current.layer == INPUT else None

    @property
    def shown(self) -> Cell:
        """The cell that is explained: the one under the pointer, else the selected one."""
        return self.hovered or self.selected

    @property
    def layer(self) -> Layer:
        """The selected layer."""
        return self.network.layers[self.selected.layer]

    @property
    def prediction(self) -> int:
        return int(self.trace.probabilities.argmax())

    def value(self, cell: Cell, pre_activation: bool = False) -> float:
        """The network's own number at a cell."""
        values = self.trace.pre_activations if pre_activation else self.trace.outputs
        shape = self.network.layers[cell.layer].map_shape
        return float(values[cell.layer].reshape(shape)[cell.row, cell.column, cell.channel])

    def terms(self, cell: Cell) -> Terms:
        """Every term of the number at a cell."""
        layer = self.network.layers[cell.layer]
        place = (cell.row, cell.column, cell.channel)
        return layer.terms(self.trace.below(cell.layer), self.weights, place)

    def below(self, cell: Cell, row: int, column: int, channel: int) -> Cell:
        """The cell at this place of the map below; places of a vector are its channels."""
        if cell.layer == 0:
            return Cell(INPUT, row, column, channel)
        return Cell(cell.layer - 1, row, column, channel)

    def field(self, cell: Cell) -> Rect:
        """The pixels of the digit that a cell sees."""
        return self.network.fields(cell.layer, cell.row, cell.column, cell.channel)[0]

    def with_digit(self, digit: Digit) -> Scene:
        return replace(self, digit=digit, trace=_trace(self.network, self.weights, digit.pixels))

    def with_weights(self, weights: Weights, origin: str) -> Scene:
        trace = _trace(self.network, weights, self.digit.pixels)
        return replace(self, weights=weights, origin=origin, trace=trace)

    def with_network(self, network: Network, weights: Weights, origin: str) -> Scene:
        """Another network on the same digit; the selection stays as near as it can."""
        trace = _trace(network, weights, self.digit.pixels)
        moved = replace(
            self, network=network, weights=weights, origin=origin, trace=trace, hovered=None
        )
        return replace(moved, trail=Trail((moved.nearest(self.selected),)))

    def with_selection(self, cell: Cell) -> Scene:
        """Select a cell and begin a new trail; a place that there is not becomes the nearest."""
        trail = Trail((self.nearest(cell),))
        return self if trail == self.trail else replace(self, trail=trail)

    def with_step(self, cell: Cell) -> Scene:
        """Follow the trail down to a term of the selected cell."""
        return replace(self, trail=self.trail.then(cell), hovered=None)

    def with_trail_at(self, at: int) -> Scene:
        """Stand elsewhere on the trail."""
        trail = self.trail.moved(at)
        return self if trail == self.trail else replace(self, trail=trail, hovered=None)

    def nearest(self, cell: Cell) -> Cell:
        """A cell that the network has: the nearest to the one named."""
        layer = min(max(cell.layer, 0), len(self.network.layers) - 1)
        height, width, channels = self.network.layers[layer].map_shape
        return Cell(
            layer,
            min(max(cell.row, 0), height - 1),
            min(max(cell.column, 0), width - 1),
            min(max(cell.channel, 0), channels - 1),
        )

    def with_hover(self, cell: Cell | None) -> Scene:
        return self if cell == self.hovered else replace(self, hovered=cell)

    def with_pointer(self, pixel: tuple[int, int] | None) -> Scene:
        return self if pixel == self.pointed else replace(self, pointed=pixel)

    def strongest(self, layer: int) -> Cell:
        """The cell of a layer that answers most to this digit."""
        shape = self.network.layers[layer].map_shape
        flat = int(self.trace.outputs[layer].argmax())
        row, column, channel = np.unravel_index(flat, shape)
        return Cell(layer, int(row), int(column), int(channel))


def first_scene(network: Network, weights: Weights, origin: str, digit: Digit) -> Scene:
    """A scene with the strongest cell of the first layer selected."""
    trace = _trace(network, weights, digit.pixels)
    scene = Scene(network, weights, origin, digit, trace, Trail((Cell(0, 0, 0, 0),)))
    return scene.with_selection(scene.strongest(0))


def misclassified(
    network: Network, weights: Weights, images: Images, after: int
) -> Iterator[int | None]:
    """Go once around the images from the one after `after`: None, or the index of a wrong one."""
    for index in (*range(after + 1, len(images)), *range(min(after + 1, len(images)))):
        trace = _trace(network, weights, images.pixels[index])
        predicted = int(trace.probabilities.argmax())
        yield index if predicted != images.labels[index] else None


def _trace(network: Network, weights: Weights, pixels: npt.NDArray[np.uint8]) -> Trace:
    image = pixels.reshape(network.input_shape).astype(np.float32)
    return network.forward(image / np.float32(255), weights)
