"""Where one number comes from: every term of its sum, ready to be shown and added up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]

# What a network with huge weights computes is infinite or not a number, and is shown as that.
unbounded = np.errstate(over="ignore", invalid="ignore")


@dataclass(frozen=True, slots=True, eq=False)
class ConvTerms:
    """One cell of a convolution: patch × kernel, summed, plus the bias.

    Attributes
    ----------
    patch, kernel, products : (kernel_height, kernel_width, in_channels)
        What the window cuts out, the filter, and their product; padding is 0.
    on_map : (kernel_height, kernel_width) bool
        Where the window lies on the map, not on padding.
    bias, pre_activation, output : float
    """

    patch: Array
    kernel: Array
    products: Array
    on_map: Mask
    bias: float
    pre_activation: float
    output: float

    @property
    @unbounded
    def subtotals(self) -> Array:
        """Sum of the products of each input channel, (in_channels,)."""
        return np.asarray(self.products.sum(axis=(0, 1), dtype=np.float64), np.float32)

    @property
    @unbounded
    def total(self) -> float:
        """Sum of all products, added up in double precision."""
        return float(self.products.sum(dtype=np.float64))


@dataclass(frozen=True, slots=True, eq=False)
class PoolTerms:
    """One cell of a pooling: the values of its window and what became of them.

    Attributes
    ----------
    window : (window_height, window_width)
        The values of the channel; NaN on padding, which is not looked at.
    winners : (window_height, window_width) bool
        The largest values (several at a tie) for "max"; none for "mean".
    reduction : "max" or "mean"
    output : float
    """

    window: Array
    winners: Mask
    reduction: Literal["max", "mean"]
    output: float

    @property
    def counted(self) -> Array:
        """The values on the map, row by row."""
        return self.window[~np.isnan(self.window)]


@dataclass(frozen=True, slots=True, eq=False)
class CopyTerms:
    """One element that only repeats a cell of the layer below.

    Attributes
    ----------
    index : int
        Its place in the vector.
    source : (row, column, channel)
        The cell below.
    output : float
    """

    index: int
    source: tuple[int, int, int]
    output: float


@dataclass(frozen=True, slots=True, eq=False)
class DenseTerms:
    """One unit of a dense layer: inputs × weights, summed, plus the bias, then the activation.

    Attributes
    ----------
    inputs, weights, products : (n,)
    bias, pre_activation, output : float
    logits : (units,)
        The pre-activations of all units of the layer.
    softmax : bool
        Whether the output is exp(own logit) / Σ exp(logits).
    """

    inputs: Array
    weights: Array
    products: Array
    bias: float
    pre_activation: float
    output: float
    logits: Array
    softmax: bool

    @property
    @unbounded
    def total(self) -> float:
        """Sum of all products, added up in double precision."""
        return float(self.products.sum(dtype=np.float64))

    @property
    def exponentials(self) -> npt.NDArray[np.float64]:
        """exp(logit) of every unit, (units,)."""
        return np.exp(self.logits.astype(np.float64))


Terms = ConvTerms | PoolTerms | CopyTerms | DenseTerms
