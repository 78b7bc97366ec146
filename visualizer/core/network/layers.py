"""The layers of the networks, each computed by its definition in plain numpy."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

import numpy as np

from visualizer.core.network.geometry import Padding, Rect, RowsColumns, Sliding
from visualizer.core.network.layer import (
    Array,
    Layer,
    Place,
    Shape,
    Weights,
    activate,
    check_activation,
    check_count,
    rows_and_columns,
)
from visualizer.core.network.pooling import AveragePool2D, MaxPool2D, Pooling
from visualizer.core.network.reach import Reach
from visualizer.core.network.terms import (
    Activation,
    ConvTerms,
    CopyTerms,
    DenseTerms,
    unbounded,
)
from visualizer.core.network.windowed import Windowed

__all__ = ["LAYERS", "AveragePool2D", "Conv2D", "Dense", "Flatten", "MaxPool2D", "Pooling"]


@dataclass(frozen=True)
class Conv2D(Windowed):
    """Convolution: each output is the patch times the filter's kernel, summed, plus its bias."""

    filters: int
    kernel_size: RowsColumns = (3, 3)
    stride: RowsColumns = (1, 1)
    padding: Padding = "valid"
    activation: Activation = "relu"

    kind: ClassVar[str] = "conv2d"

    @cached_property
    def sliding(self) -> Sliding:
        return Sliding(
            rows_and_columns(self.input_shape), self.kernel_size, self.stride, self.padding
        )

    def check(self) -> None:
        super().check()
        check_count(self.filters, "filter")
        check_activation(self.activation, "linear", "relu")

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

    def backward(self, inputs: Array, weights: Weights, gradient: Array) -> Array:
        kernel = weights[f"{self.name}.kernel"].reshape(-1, self.filters)
        patches = gradient.reshape(-1, self.filters) @ kernel.T
        return self.spread(patches.reshape(self.patches_shape))

    def parameter_gradients(self, inputs: Array, gradient: Array) -> dict[str, Array]:
        at_places = gradient.reshape(-1, self.filters)
        patches = self.patches(inputs).reshape(len(at_places), -1)
        kernel = (patches.T @ at_places).reshape(self.parameters["kernel"])
        return {"kernel": kernel, "bias": at_places.sum(axis=0)}

    def met(self, inputs: Array, parameter: str, index: tuple[int, ...]) -> Array:
        if parameter == "bias":
            return np.ones(self.sliding.places, np.float32)
        row, column, channel, _ = index
        return self.patches(inputs)[:, :, row, column, channel]

    def reach(self, inputs: Array, weights: Weights, place: Place) -> Reach:
        row, column, channel = place
        cells = self.seeing(Rect.cell(row, column))
        rows = [row - self.window(above, 0, 0).top for above in range(cells.top, cells.bottom)]
        columns = [
            column - self.window(0, above, 0).left for above in range(cells.left, cells.right)
        ]
        kernel = weights[f"{self.name}.kernel"][:, :, channel]
        return Reach(cells, 0, kernel[np.ix_(rows, columns)], "kernel")

    @unbounded
    def terms(self, inputs: Array, weights: Weights, place: Place) -> ConvTerms:
        row, column, channel = place
        patch = self.patch(inputs, row, column)
        kernel = np.ascontiguousarray(weights[f"{self.name}.kernel"][..., channel])
        bias = weights[f"{self.name}.bias"][channel]
        on_map = self.on_map(row, column)
        products = patch * kernel
        before = np.asarray(products.sum(dtype=np.float64) + bias, np.float32)
        after = activate(before, self.activation)
        return ConvTerms(
            patch,
            kernel,
            products,
            on_map,
            bias=float(bias),
            pre_activation=float(before),
            output=float(after),
            activation=self.activation,
        )


@dataclass(frozen=True)
class Flatten(Layer):
    """(height, width, channels) as one vector, in [row, column, channel] order."""

    kind: ClassVar[str] = "flatten"

    def check(self) -> None:
        if len(self.input_shape) != 3:
            raise ValueError("what is below it is a vector already")

    @property
    def output_shape(self) -> Shape:
        return (math.prod(self.input_shape),)

    @property
    def sheet(self) -> tuple[int, int, int]:
        """A block for each row of the map below, columns by channels; of one channel the map."""
        height, width, channels = self.input_shape
        return (height, width, channels) if channels > 1 else (1, height, width)

    def pre_activation(self, inputs: Array, weights: Weights) -> Array:
        return inputs.reshape(-1)

    def backward(self, inputs: Array, weights: Weights, gradient: Array) -> Array:
        return gradient.reshape(self.input_shape)

    def reach(self, inputs: Array, weights: Weights, place: Place) -> Reach:
        one = np.ones((1, 1, 1), np.float32)
        return Reach(Rect.cell(0, 0), self.lands_at(*place), one, "copy")

    def source(self, index: int) -> tuple[int, int, int]:
        """Return row, column and channel below of element `index` of the vector."""
        row, column, channel = np.unravel_index(index, self.input_shape)
        return int(row), int(column), int(channel)

    def lands_at(self, row: int, column: int, channel: int) -> int:
        """Return the element that repeats a cell of the layer below."""
        return int(np.ravel_multi_index((row, column, channel), self.input_shape))

    def terms(self, inputs: Array, weights: Weights, place: Place) -> CopyTerms:
        source = self.source(place[2])
        return CopyTerms(place[2], source, float(inputs[source]))

    def window(self, row: int, column: int, channel: int) -> Rect:
        return Rect.cell(*self.source(channel)[:2])


@dataclass(frozen=True)
class Dense(Layer):
    """Each unit sums every input times its weight, plus its bias."""

    units: int
    activation: Activation = "relu"

    kind: ClassVar[str] = "dense"

    def check(self) -> None:
        if len(self.input_shape) != 1:
            raise ValueError("it needs a vector below it: put a Flatten between")
        check_count(self.units, "unit")
        check_activation(self.activation)

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

    def backward(self, inputs: Array, weights: Weights, gradient: Array) -> Array:
        return weights[f"{self.name}.kernel"] @ gradient

    def parameter_gradients(self, inputs: Array, gradient: Array) -> dict[str, Array]:
        return {"kernel": np.outer(inputs, gradient), "bias": gradient}

    def met(self, inputs: Array, parameter: str, index: tuple[int, ...]) -> Array:
        value = 1 if parameter == "bias" else inputs[index[0]]
        return np.full((1, 1), value, np.float32)

    def reach(self, inputs: Array, weights: Weights, place: Place) -> Reach:
        own = weights[f"{self.name}.kernel"][place[2]]
        return Reach(Rect.cell(0, 0), 0, own[None, None], "weight")

    @unbounded
    def terms(self, inputs: Array, weights: Weights, place: Place) -> DenseTerms:
        unit = place[2]
        own = np.ascontiguousarray(weights[f"{self.name}.kernel"][:, unit])
        logits = self.pre_activation(inputs, weights)
        return DenseTerms(
            inputs,
            own,
            inputs * own,
            float(weights[f"{self.name}.bias"][unit]),
            float(logits[unit]),
            float(activate(logits, self.activation)[unit]),
            logits,
            self.activation,
        )


LAYERS: dict[str, type[Layer]] = {
    layer.__name__: layer for layer in (Conv2D, MaxPool2D, AveragePool2D, Flatten, Dense)
}
