"""One frozen snapshot of everything the window draws, and the pure steps to the next one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from visualizer.core.geometry import Rect
from visualizer.core.layer import Layer, Weights
from visualizer.core.network import Network, Trace
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
    selected : Cell
        The one selection that every panel shows.
    hovered : Cell or None
        The cell under the pointer, where there is one.
    """

    network: Network
    weights: Weights
    origin: str
    digit: Digit
    trace: Trace
    selected: Cell
    hovered: Cell | None = None

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
        return moved.with_selection(self.selected)

    def with_selection(self, cell: Cell) -> Scene:
        """Select a cell; a place that the layer does not have becomes the nearest it has."""
        layer = min(max(cell.layer, 0), len(self.network.layers) - 1)
        height, width, channels = self.network.layers[layer].map_shape
        nearest = Cell(
            layer,
            min(max(cell.row, 0), height - 1),
            min(max(cell.column, 0), width - 1),
            min(max(cell.channel, 0), channels - 1),
        )
        return self if nearest == self.selected else replace(self, selected=nearest)

    def with_hover(self, cell: Cell | None) -> Scene:
        return self if cell == self.hovered else replace(self, hovered=cell)

    def strongest(self, layer: int) -> Cell:
        """The cell of a layer that answers most to this digit."""
        shape = self.network.layers[layer].map_shape
        flat = int(self.trace.outputs[layer].argmax())
        row, column, channel = np.unravel_index(flat, shape)
        return Cell(layer, int(row), int(column), int(channel))


def first_scene(network: Network, weights: Weights, origin: str, digit: Digit) -> Scene:
    """A scene with the strongest cell of the first layer selected."""
    trace = _trace(network, weights, digit.pixels)
    scene = Scene(network, weights, origin, digit, trace, Cell(0, 0, 0, 0))
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
