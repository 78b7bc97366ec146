"""The terms of one number: every part of its sum, ready to be shown and added up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]
Activation = Literal["linear", "relu", "softmax"]

OUT = -10_000.0  # a logit that takes a class out of the softmax, whatever the others are

# A network with huge weights computes infinities and NaN, which are shown as they are.
unbounded = np.errstate(over="ignore", invalid="ignore")


@dataclass(frozen=True, slots=True, eq=False)
class ConvTerms:
    """One cell of a convolution: patch × kernel, summed, plus the bias.

    Attributes
    ----------
    patch, kernel, products : (kernel_height, kernel_width, in_channels)
        The part of the map in the window, the filter, and their product; padding is 0.
    on_map : (kernel_height, kernel_width) bool
        Where the window lies on the map, not on padding.
    bias, pre_activation, output : float
    activation : "linear" or "relu"
        Turns the pre-activation into the output.
    """

    patch: Array
    kernel: Array
    products: Array
    on_map: Mask
    bias: float
    pre_activation: float
    output: float
    activation: Activation

    @property
    @unbounded
    def subtotals(self) -> Array:
        """Sum of the products of each input channel, (in_channels,)."""
        return np.asarray(self.products.sum(axis=(0, 1), dtype=np.float64), np.float32)

    @property
    def largest(self) -> tuple[int, int, int]:
        """Row, column and channel in the window of the product of largest size.

        Only cells on the map count; of equal ones the first.
        """
        sizes = np.where(self.on_map[:, :, None], _sizes(self.products), -1)
        row, column, channel = np.unravel_index(int(sizes.argmax()), sizes.shape)
        return int(row), int(column), int(channel)

    @property
    @unbounded
    def total(self) -> float:
        """Sum of all products, added up in double precision."""
        return float(self.products.sum(dtype=np.float64))


@dataclass(frozen=True, slots=True, eq=False)
class PoolTerms:
    """One cell of a pooling: the values of its window and the result.

    Attributes
    ----------
    window : (window_height, window_width)
        The values of the channel; NaN on padding, which does not count.
    winners : (window_height, window_width) bool
        The cells of the largest value (several at a tie) for "max"; none for "mean".
    on_map : (window_height, window_width) bool
        Where the window lies on the map, not on padding.
    reduction : "max" or "mean"
    output : float
    """

    window: Array
    winners: Mask
    on_map: Mask
    reduction: Literal["max", "mean"]
    output: float

    @property
    def counted(self) -> Array:
        """The values on the map, row by row."""
        return self.window[self.on_map]

    @property
    def largest(self) -> tuple[int, int]:
        """Row and column in the window of the largest value; for "max" the (first) winner."""
        places = np.argwhere(self.on_map)
        row, column = places[int(np.nan_to_num(self.counted, nan=-np.inf).argmax())]
        return int(row), int(column)


@dataclass(frozen=True, slots=True, eq=False)
class CopyTerms:
    """One element that only repeats a cell of the layer below.

    Attributes
    ----------
    index : int
        Place of the element in the vector.
    source : (row, column, channel)
        The cell below.
    output : float
    """

    index: int
    source: tuple[int, int, int]
    output: float

    @property
    def largest(self) -> tuple[int, int, int]:
        """The only term: the source."""
        return self.source


@dataclass(frozen=True, slots=True, eq=False)
class DenseTerms:
    """One unit of a dense layer: inputs × weights, summed, plus the bias, then the activation.

    Attributes
    ----------
    inputs, weights, products : (n,)
    bias, pre_activation, output : float
    logits : (units,)
        The pre-activations of all units of the layer.
    activation : "linear", "relu" or "softmax"
        Turns the pre-activation into the output.
    """

    inputs: Array
    weights: Array
    products: Array
    bias: float
    pre_activation: float
    output: float
    logits: Array
    activation: Activation

    @property
    def softmax(self) -> bool:
        """Whether the output is exp(own logit) / Σ exp(logits)."""
        return self.activation == "softmax"

    @property
    def taken_out(self) -> bool:
        """Whether the unit is a class that was taken out of the softmax."""
        return self.softmax and self.pre_activation == OUT

    @property
    def largest(self) -> int:
        """Index of the input whose product has the largest size; of equal ones the first."""
        return int(_sizes(self.products).argmax())

    @property
    @unbounded
    def total(self) -> float:
        """Sum of all products, added up in double precision."""
        return float(self.products.sum(dtype=np.float64))

    @property
    def exponentials(self) -> npt.NDArray[np.float64]:
        """exp(logit) of every unit, (units,)."""
        return np.exp(self.logits.astype(np.float64))


def as_logits(values: Array) -> Array:
    """Replace the logit of a class that was taken out of the softmax by minus infinity."""
    return np.where(values == OUT, np.float32(-np.inf), values)


def _sizes(products: Array) -> Array:
    """Return sizes to compare; the size of NaN is 0."""
    return np.nan_to_num(np.abs(products), nan=0.0, posinf=np.inf)


Terms = ConvTerms | PoolTerms | CopyTerms | DenseTerms
