"""The base of every layer: a name, shapes, parameters, both passes, and the terms of a number.

Arrays are (height, width, channels), kernels (kernel_height, kernel_width, in_channels,
filters), float32. Weights are a mapping of "<layer>.kernel" and "<layer>.bias".
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, replace
from functools import cached_property
from typing import ClassVar, Self, get_args

import numpy as np
import numpy.typing as npt

from visualizer.core.network.geometry import Lines, Rect, RowsColumns
from visualizer.core.network.reach import Reach
from visualizer.core.network.terms import Activation, Terms

Array = npt.NDArray[np.float32]
Shape = tuple[int, ...]
Weights = Mapping[str, Array]
Place = tuple[int, int, int]


def activate(pre_activation: Array, activation: Activation) -> Array:
    """Apply an activation; softmax runs over the last axis, shifted by its maximum."""
    if activation == "relu":
        return np.maximum(pre_activation, np.float32(0))
    if activation == "softmax":
        powers = np.exp(pre_activation - pre_activation.max(axis=-1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=-1, keepdims=True), np.float32)
    return pre_activation


def through_activation(pre_activation: Array, gradient: Array, activation: Activation) -> Array:
    """Turn a gradient by the output into one by the pre-activation; at 0 a ReLU is closed.

    The softmax is the last of a network and its loss: its gradient is `core.backward`'s.
    """
    if activation == "relu":
        return np.where(pre_activation > 0, gradient, np.float32(0))
    return gradient


@dataclass(frozen=True)
class Layer:
    """One layer, bound to its name and to the shape that it receives.

    `kind` is the stem of the layer's name, as the book prints it: conv2d_1, maxpooling2d_1, …
    """

    kind: ClassVar[str] = "layer"
    _: KW_ONLY
    name: str = ""
    input_shape: Shape = ()

    def bind(self, name: str, input_shape: Shape) -> Self:
        """Return the layer with this name, on top of a layer of this output shape."""
        if (self.name, self.input_shape) == (name, input_shape):
            return self  # which keeps its cached properties
        return replace(self, name=name, input_shape=input_shape)

    def check(self) -> None:
        """Check that the layer can stand on its input shape.

        Raises
        ------
        ValueError
            The layer does not fit; the reason is given without the layer's name.
        """

    @property
    def output_shape(self) -> Shape:
        raise NotImplementedError

    @property
    def parameters(self) -> dict[str, Shape]:
        """Shape of each parameter tensor, by "kernel" and "bias"; empty if there are none."""
        return {}

    @property
    def parameter_count(self) -> int:
        return sum(math.prod(shape) for shape in self.parameters.values())

    @property
    def window_values(self) -> int:
        """Number of values in all windows on one image; a shared cell counts in each window."""
        return 0

    @cached_property
    def sizes(self) -> tuple[int, int, int, int]:
        """Parameters, values of the output, values in the windows, multiply-adds for one image."""
        values, kernel = math.prod(self.output_shape), self.parameters.get("kernel", (0,))
        products = math.prod(self.map_shape[:2]) * math.prod(kernel)
        return self.parameter_count, values, self.window_values, products

    @property
    def multiply_adds(self) -> int:
        """Products of an input and a weight for one image; each is added to a sum."""
        return self.sizes[3]

    @property
    def activation_name(self) -> Activation:
        return "linear"

    @property
    def is_spatial(self) -> bool:
        """Whether the output has rows and columns."""
        return len(self.output_shape) == 3

    @property
    def map_shape(self) -> tuple[int, int, int]:
        """Rows, columns and channels of the output; a vector is 1 × 1 with n channels."""
        shape = self.output_shape
        return (shape[0], shape[1], shape[2]) if len(shape) == 3 else (1, 1, shape[0])

    @property
    def sheet(self) -> tuple[int, int, int]:
        """Blocks, rows and columns in which a vector is laid out for display.

        Element i stands at np.unravel_index(i, sheet).
        """
        raise NotImplementedError(f"{self.name} is no vector")

    def source(self, index: int) -> tuple[int, int, int] | None:
        """Return the (row, column, channel) below that element `index` repeats, or None."""
        return None

    def pre_activation(self, inputs: Array, weights: Weights) -> Array:
        """Compute the output before the activation, (height, width, channels) or (units,)."""
        raise NotImplementedError

    def forward(self, inputs: Array, weights: Weights) -> tuple[Array, Array]:
        """Compute pre-activation and output for one image's inputs."""
        before = self.pre_activation(inputs, weights)
        return before, activate(before, self.activation_name)

    def backward(self, inputs: Array, weights: Weights, gradient: Array) -> Array:
        """Compute the gradient by the inputs from the gradient by the pre-activation."""
        raise NotImplementedError

    def parameter_gradients(self, inputs: Array, gradient: Array) -> dict[str, Array]:
        """Compute the gradient by each parameter tensor from the one by the pre-activation."""
        return {}

    def met(self, inputs: Array, parameter: str, index: tuple[int, ...]) -> Array:
        """Return the value that one weight multiplies at each place, (rows, columns).

        A bias multiplies 1. The last number of the index is the channel of the pre-activation.
        """
        raise NotImplementedError

    def reach(self, inputs: Array, weights: Weights, place: Place) -> Reach:
        """Return the cells of this layer that one cell of the layer below feeds."""
        raise NotImplementedError

    def lands_at(self, row: int, column: int, channel: int) -> int | None:
        """Return the element that only repeats this cell of the layer below, or None."""
        return None

    def terms(self, inputs: Array, weights: Weights, place: Place) -> Terms:
        """Return every term of the output at (row, column, channel), as `forward` adds them up."""
        raise NotImplementedError

    def window(self, row: int, column: int, channel: int) -> Rect:
        """Return the cells of the layer below that one cell sees; some may lie on padding."""
        return self.seen_by(Rect.cell(row, column))

    def seen_by(self, cells: Rect) -> Rect:
        """Return the cells of the layer below that these cells see, clipped to its map."""
        return Rect.whole(*rows_and_columns(self.input_shape))

    def lines_seen_by(self, cells: Lines) -> Lines:
        """Return the cells of the layer below that these cells see, without the gaps."""
        return Lines.within(self.seen_by(cells.box))

    def seeing(self, inputs: Rect) -> Rect:
        """Return the cells of this layer that see any of these cells of the layer below."""
        return Rect(0, 0, 0, 0) if inputs.empty else Rect.whole(*self.map_shape[:2])


def check_count(count: int, what: str) -> None:
    """Raise a ValueError if a number of filters or units is below 1."""
    if count < 1:
        raise ValueError(f"it needs at least 1 {what}, not {count}")


def check_activation(activation: str, *possible: Activation) -> None:
    """Raise a ValueError if an activation is not a possible one (by default any known)."""
    if activation not in (possible or get_args(Activation)):
        names = " or ".join(possible or get_args(Activation))
        raise ValueError(f"its activation must be {names}, not {activation}")


def rows_and_columns(shape: Shape) -> RowsColumns:
    """Return rows and columns of a map; a vector is 1 × 1."""
    return (shape[0], shape[1]) if len(shape) == 3 else (1, 1)
