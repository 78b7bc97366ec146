"""Sums of products: a convolution's, and a dense layer's, by the channels that they come from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, ClassVar, Self, TypeVar

import numpy as np
import numpy.typing as npt

from visualizer.core.backward.terms import GradientTerms
from visualizer.core.network.layer import Array
from visualizer.core.network.terms import ConvTerms, DenseTerms, unbounded
from visualizer.scene.trail import Cell
from visualizer.text.terms import subtotal
from visualizer.views.position.sum import Sum, SumLine, sum_lines
from visualizer.views.widgets.number_grid import Factor
from visualizer.views.widgets.pixels import positive_top, symmetric_top

Products = TypeVar("Products", ConvTerms, DenseTerms, GradientTerms)
# The largest numbers that are written with three decimals where there is much room.
LARGEST_PRODUCT, LARGEST_CONTRIBUTION = 0.9995, 9.9995


@dataclass(frozen=True, eq=False)
class ChannelSum(Sum[Products]):
    """A sum of products, a grid of them for every channel that they come from.

    Attributes
    ----------
    chosen : int or None
        The channel that the user has opened.
    """

    chosen: int | None = None
    products: ClassVar[str]  # what the products are called
    part: ClassVar[str]  # what the channels are called

    @cached_property
    def maps(self) -> Array:
        """All products, (rows, columns, channels)."""
        raise NotImplementedError

    @cached_property
    @unbounded
    def subtotals(self) -> Array:
        """The sum of each channel's products, (channels,)."""
        return np.asarray(self.maps.sum(axis=(0, 1), dtype=np.float64), np.float32)

    @property
    def several(self) -> bool:
        """Whether there are several channels."""
        return len(self.subtotals) > 1

    @cached_property
    def channel(self) -> int:
        """The open channel: the chosen one, else the first of the largest subtotal."""
        if self.chosen is not None and self.chosen < len(self.subtotals):
            return self.chosen
        return int(_sizes(self.subtotals).argmax())

    @property
    def opened(self) -> Array:
        """The products of the open channel, (rows, columns)."""
        return self.maps[:, :, self.channel]

    @property
    def subtotal(self) -> float:
        """The sum of the open channel's products."""
        return float(self.subtotals[self.channel])

    @property
    def subtotal_line(self) -> SumLine:
        return SumLine((f"Σ of {self.part} {self.channel}", "Σ"), subtotal(self.subtotal))

    def open(self, channel: int) -> Self:
        """Return the sum with another channel open."""
        return replace(self, chosen=channel)

    def like(self, before: Sum[Any] | None) -> Self:
        if isinstance(before, ChannelSum) and before.cell.layer == self.cell.layer:
            return replace(self, chosen=before.chosen)
        return self

    def order(self, by_size: bool) -> npt.NDArray[np.intp]:
        """Return the channels, the largest subtotal first, or in the order of their numbers."""
        if by_size:
            return np.argsort(-np.abs(self.subtotals), kind="stable")
        return np.arange(len(self.subtotals))

    def source(self, row: int, column: int, channel: int) -> Cell | None:
        """Return the cell below that a product comes from; None on padding."""
        raise NotImplementedError

    def largest_in(self, channel: int) -> Cell | None:
        """Return the cell below that the largest product of a channel comes from."""
        sizes = np.where(self._counted, _sizes(self.maps[:, :, channel]), -1)
        row, column = np.unravel_index(int(sizes.argmax()), sizes.shape)
        return self.source(int(row), int(column), channel)

    @property
    def _counted(self) -> npt.NDArray[np.bool_]:
        return np.ones(self.maps.shape[:2], bool)

    def _contributions(self, largest: float, name: str = "", sign: str = "") -> Factor:
        top = symmetric_top(self.maps)
        places = 3 if top < largest else None
        return Factor(self.opened, -top, top, "diverging", name, sign, places=places)


class ConvSum(ChannelSum[ConvTerms]):
    """A number of a convolution: patch × kernel, added up, for every input channel."""

    products, part = "products", "channel"

    @cached_property
    def maps(self) -> Array:
        return self.terms.products

    @property
    def _counted(self) -> npt.NDArray[np.bool_]:
        return self.terms.on_map

    def source(self, row: int, column: int, channel: int) -> Cell | None:
        return self._in_window(row, column, channel) if self.terms.on_map[row, column] else None

    @property
    def factors(self) -> tuple[Factor, ...]:
        """Patch × kernel = products of the open channel, each on the scale of its whole."""
        channel, terms = self.channel, self.terms
        top, of_kernel = positive_top(self.below[:, :, channel]), symmetric_top(terms.kernel)
        patch, kernel = terms.patch[:, :, channel], terms.kernel[:, :, channel]
        return (
            Factor(patch, 0, top, "sequential", "patch", on_map=terms.on_map),
            Factor(kernel, -of_kernel, of_kernel, "kernel", "kernel", "×"),
            self._contributions(LARGEST_PRODUCT, "products", "="),
        )

    @property
    @unbounded
    def lines(self) -> list[SumLine]:
        """The open channel, all others together, and the bias, which add up to the output."""
        if not self.several:
            return sum_lines(self.terms, ("Σ of the products", "Σ"), hidden=self.hidden)
        many = len(self.subtotals) - 1
        others = (f"+ the other {many} channels", f"+ the other {many}", "+")
        rest = self.terms.total - float(self.opened.sum(dtype=np.float64))
        parts = (((f"channel {self.channel}", "Σ"), self.subtotal), (others, rest))
        return sum_lines(self.terms, ("Σ",), parts, hidden=self.hidden)

    @property
    def landing(self) -> Cell | None:
        """The element of the layer above that copies the cell, if there is one."""
        above = self.scene.network.layers[self.cell.layer + 1 : self.cell.layer + 2]
        place = self.cell.row, self.cell.column, self.cell.channel
        index = above[0].lands_at(*place) if above else None
        return None if index is None else Cell(self.cell.layer + 1, 0, 0, index)


@dataclass(frozen=True, slots=True)
class Contribution:
    """An input × its weight.

    Attributes
    ----------
    index : int
    place : (row, column, channel) or None
        The cell that a flattened input copies.
    """

    index: int
    place: tuple[int, int, int] | None
    value: float
    weight: float
    product: float


class DenseSum(ChannelSum[DenseTerms]):
    """A number of a dense layer: inputs × weights, on the maps that they come from, added up."""

    products, part = "contributions", "map"

    @property
    def shape(self) -> tuple[int, int, int]:
        """The layout of the inputs: the maps that they came from, else a sheet."""
        below = self.layer_below
        if below is None:
            return self.layer.input_shape[0], 1, 1
        if below.source(0) is not None:
            height, width, channels = below.input_shape
            return height, width, channels
        _, rows, columns = below.sheet
        return rows, columns, 1

    @cached_property
    def maps(self) -> Array:
        return self.terms.products.reshape(self.shape)

    def input(self, index: int) -> Cell:
        """Return the cell below that an input is."""
        return self.scene.below(self.cell, 0, 0, index)

    def source(self, row: int, column: int, channel: int) -> Cell:
        return self.input(int(np.ravel_multi_index((row, column, channel), self.shape)))

    @property
    def factors(self) -> tuple[Factor, ...]:
        """The contributions of the open map."""
        return (self._contributions(LARGEST_CONTRIBUTION),)

    @cached_property
    def ranked(self) -> npt.NDArray[np.intp]:
        """The inputs that contribute, the largest contribution first."""
        order = np.argsort(-_sizes(self.terms.products), kind="stable")
        return np.asarray(order[self.terms.products[order] != 0])

    def largest(self, many: int) -> list[Contribution]:
        """Return so many contributions, the largest first."""
        return [self._contribution(int(index)) for index in self.ranked[:many]]

    @unbounded
    def others(self, many: int) -> tuple[int, float]:
        """Return how many others there are than the largest, and their sum."""
        listed = self.ranked[:many]
        rest = self.terms.total - float(self.terms.products[listed].sum(dtype=np.float64))
        return self.terms.products.size - len(listed), rest

    def _contribution(self, index: int) -> Contribution:
        place = self.layer_below.source(index) if self.layer_below else None
        terms = self.terms
        values = (float(of[index]) for of in (terms.inputs, terms.weights, terms.products))
        return Contribution(index, place, *values)


def _sizes(values: Array) -> Array:
    """Return absolute values to compare; that of NaN is 0."""
    return np.nan_to_num(np.abs(values), nan=0.0, posinf=np.inf)
