"""The layers: their shapes, their parameters, and their forward pass in plain numpy.

Arrays are (height, width, channels), kernels (kernel_height, kernel_width, in_channels,
filters), float32. Weights are a mapping of "<layer>.kernel" and "<layer>.bias".
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, replace
from typing import ClassVar, Literal, Self

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import sliding_window_view

from visualizer.core.geometry import Padding, Pair, Rect, Sliding

Array = npt.NDArray[np.float32]
Shape = tuple[int, ...]
Weights = Mapping[str, Array]
Activation = Literal["linear", "relu", "softmax"]


def activate(pre_activation: Array, activation: Activation) -> Array:
    """Apply an activation; softmax runs over the last axis, shifted by its maximum."""
    if activation == "relu":
        return np.maximum(pre_activation, np.float32(0))
    if activation == "softmax":
        powers = np.exp(pre_activation - pre_activation.max(axis=-1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=-1, keepdims=True), np.float32)
    return pre_activation


@dataclass(frozen=True)
class Layer:
    """One layer, bound to its name and to the shape that it receives.

    `kind` is the stem of its name, as the book prints it: conv2d_1, maxpooling2d_1, …
    """

    kind: ClassVar[str] = "layer"
    _: KW_ONLY
    name: str = ""
    input_shape: Shape = ()

    def bind(self, name: str, input_shape: Shape) -> Self:
        """The same layer with its name, on top of a layer of this output shape."""
        return replace(self, name=name, input_shape=input_shape)

    @property
    def output_shape(self) -> Shape:
        raise NotImplementedError

    @property
    def parameters(self) -> dict[str, Shape]:
        """Shape of each parameter tensor, by "kernel" and "bias" (none: empty)."""
        return {}

    @property
    def parameter_count(self) -> int:
        return sum(math.prod(shape) for shape in self.parameters.values())

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
        """Blocks, rows and columns in which a vector is laid out to be looked at.

        Element i stands at np.unravel_index(i, sheet).
        """
        raise NotImplementedError(f"{self.name} is no vector")

    def source(self, index: int) -> tuple[int, int, int] | None:
        """Row, column and channel below that element `index` only repeats; None if it computes."""
        return None

    def pre_activation(self, inputs: Array, weights: Weights) -> Array:
        """The output before the activation, (height, width, channels) or (units,)."""
        raise NotImplementedError

    def forward(self, inputs: Array, weights: Weights) -> tuple[Array, Array]:
        """Pre-activation and output for one image's inputs."""
        before = self.pre_activation(inputs, weights)
        return before, activate(before, self.activation_name)

    def window(self, row: int, column: int, channel: int) -> Rect:
        """The cells of the layer below that one cell sees; it may reach onto padding."""
        return self.seen_by(Rect.cell(row, column))

    def seen_by(self, cells: Rect) -> Rect:
        """The cells of the layer below that these cells see, clipped to its map."""
        return Rect.whole(*_rows_and_columns(self.input_shape))

    def seeing(self, inputs: Rect) -> Rect:
        """The cells of this layer that see any of these cells of the layer below."""
        return Rect(0, 0, 0, 0) if inputs.empty else Rect.whole(*self.map_shape[:2])


@dataclass(frozen=True)
class Windowed(Layer):
    """A layer that slides a window over rows and columns."""

    @property
    def sliding(self) -> Sliding:
        raise NotImplementedError

    @property
    def output_shape(self) -> Shape:
        return (*self.sliding.places, self.input_shape[2])

    def window(self, row: int, column: int, channel: int) -> Rect:
        return self.sliding.window(row, column)

    def seen_by(self, cells: Rect) -> Rect:
        return self.sliding.seen_by(cells)

    def seeing(self, inputs: Rect) -> Rect:
        return self.sliding.seeing(inputs)

    def patches(self, inputs: Array, fill: float = 0.0) -> Array:
        """Every window's patch, (rows, columns, kernel_height, kernel_width, in_channels)."""
        sliding = self.sliding
        if sliding.padding == "same":
            inputs = np.pad(inputs, (*sliding.margins, (0, 0)), constant_values=fill)
        views = sliding_window_view(inputs, sliding.kernel, axis=(0, 1))
        strided = views[:: sliding.stride[0], :: sliding.stride[1]]
        return strided.transpose(0, 1, 3, 4, 2)


@dataclass(frozen=True)
class Conv2D(Windowed):
    """Convolution: each output is the patch times the filter's kernel, summed, plus its bias."""

    filters: int
    kernel_size: Pair = (3, 3)
    stride: Pair = (1, 1)
    padding: Padding = "valid"
    activation: Activation = "relu"

    kind: ClassVar[str] = "conv2d"

    @property
    def sliding(self) -> Sliding:
        return Sliding(
            _rows_and_columns(self.input_shape), self.kernel_size, self.stride, self.padding
        )

    @property
    def output_shape(self) -> Shape:
        return (*self.sliding.places, self.filters)

    @property
    def parameters(self) -> dict[str, Shape]:
        return {
            "kernel": (*self.kernel_size, self.input_shape[2], self.filters),
            "bias": (self.filters,),
        }

    @property
    def activation_name(self) -> Activation:
        return self.activation

    def pre_activation(self, inputs: Array, weights: Weights) -> Array:
        patches = self.patches(inputs)
        kernel = weights[f"{self.name}.kernel"].reshape(-1, self.filters)
        places = self.sliding.places
        sums = patches.reshape(places[0] * places[1], -1) @ kernel
        return (sums + weights[f"{self.name}.bias"]).reshape(self.output_shape)


@dataclass(frozen=True)
class Pooling(Windowed):
    """What max and average pooling share: a window, by default as far apart as it is wide."""

    window_size: Pair = (2, 2)
    stride: Pair | None = None
    padding: Padding = "valid"

    @property
    def sliding(self) -> Sliding:
        stride = self.stride or self.window_size
        return Sliding(_rows_and_columns(self.input_shape), self.window_size, stride, self.padding)


@dataclass(frozen=True)
class MaxPool2D(Pooling):
    """The largest value of each window, each channel by itself; padding never wins."""

    kind: ClassVar[str] = "maxpooling2d"

    def pre_activation(self, inputs: Array, weights: Weights) -> Array:
        patches = self.patches(inputs, fill=-math.inf)
        kernel_rows, kernel_columns = self.window_size
        largest = patches[:, :, 0, 0].copy()
        for row in range(kernel_rows):
            for column in range(kernel_columns):
                np.maximum(largest, patches[:, :, row, column], out=largest)
        return largest


@dataclass(frozen=True)
class AveragePool2D(Pooling):
    """The mean of each window, each channel by itself; padded cells are not counted."""

    kind: ClassVar[str] = "averagepooling2d"

    def pre_activation(self, inputs: Array, weights: Weights) -> Array:
        sums = self.patches(inputs).sum(axis=(2, 3), dtype=np.float32)
        return np.asarray(sums / self.window_counts()[..., None], np.float32)

    def window_counts(self) -> Array:
        """How many cells of each window lie on the map, (rows, columns)."""
        ones = np.ones((*_rows_and_columns(self.input_shape), 1), np.float32)
        return np.asarray(self.patches(ones).sum(axis=(2, 3, 4)), np.float32)


@dataclass(frozen=True)
class Flatten(Layer):
    """(height, width, channels) as one vector, in [row, column, channel] order."""

    kind: ClassVar[str] = "flatten"

    @property
    def output_shape(self) -> Shape:
        return (math.prod(self.input_shape),)

    @property
    def sheet(self) -> tuple[int, int, int]:
        """A block for each row of the map below, its columns by its channels; or the map itself."""
        height, width, channels = self.input_shape
        return (height, width, channels) if channels > 1 else (1, height, width)

    def pre_activation(self, inputs: Array, weights: Weights) -> Array:
        return inputs.reshape(-1)

    def source(self, index: int) -> tuple[int, int, int]:
        """Row, column and channel below of element `index` of the vector."""
        row, column, channel = np.unravel_index(index, self.input_shape)
        return int(row), int(column), int(channel)

    def index(self, row: int, column: int, channel: int) -> int:
        """Where a cell of the layer below lands in the vector."""
        return int(np.ravel_multi_index((row, column, channel), self.input_shape))

    def window(self, row: int, column: int, channel: int) -> Rect:
        return Rect.cell(*self.source(channel)[:2])


@dataclass(frozen=True)
class Dense(Layer):
    """Each unit sums every input times its weight, plus its bias."""

    units: int
    activation: Activation = "relu"

    kind: ClassVar[str] = "dense"

    @property
    def output_shape(self) -> Shape:
        return (self.units,)

    @property
    def sheet(self) -> tuple[int, int, int]:
        """One block, as near to a square as the number of units divides."""
        rows = max(n for n in range(1, math.isqrt(self.units) + 1) if self.units % n == 0)
        return (1, rows, self.units // rows)

    @property
    def parameters(self) -> dict[str, Shape]:
        return {"kernel": (self.input_shape[0], self.units), "bias": (self.units,)}

    @property
    def activation_name(self) -> Activation:
        return self.activation

    def pre_activation(self, inputs: Array, weights: Weights) -> Array:
        return inputs @ weights[f"{self.name}.kernel"] + weights[f"{self.name}.bias"]


def _rows_and_columns(shape: Shape) -> Pair:
    return (shape[0], shape[1]) if len(shape) == 3 else (1, 1)
