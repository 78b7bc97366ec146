"""Link: one number of a way through the network, all its terms, and the one that the way takes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from visualizer.core.network.layer import Layer
from visualizer.core.network.terms import ConvTerms, CopyTerms, DenseTerms, PoolTerms, unbounded
from visualizer.scene.scene import Scene
from visualizer.scene.trail import INPUT, Cell

Sizes = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a sum: a value below × its weight."""

    value: float
    weight: float
    product: float


@dataclass(frozen=True, eq=False)
class Link:
    """One number of a way.

    Attributes
    ----------
    cell : Cell
        The number's place; of layer INPUT for a pixel, which has no terms.
    below : Cell or None
        The cell of the layer below that is the term which the way takes; None: the largest.
    """

    scene: Scene
    cell: Cell
    below: Cell | None = None

    @property
    def is_pixel(self) -> bool:
        return self.cell.layer == INPUT

    @property
    def layer(self) -> Layer:
        return self.scene.network.layers[self.cell.layer]

    @property
    def value(self) -> float:
        """The network's own number."""
        return self.scene.value(self.cell)

    @cached_property
    def terms(self) -> ConvTerms | DenseTerms | PoolTerms | CopyTerms:
        return self.scene.terms(self.cell)

    @property
    def sum(self) -> ConvTerms | DenseTerms | None:
        """The terms, where they are added up with a bias."""
        terms = None if self.is_pixel else self.terms
        return terms if isinstance(terms, ConvTerms | DenseTerms) else None

    @property
    def pool(self) -> PoolTerms | None:
        """The terms, where they are the values of a window."""
        terms = None if self.is_pixel else self.terms
        return terms if isinstance(terms, PoolTerms) else None

    # Terms and the cells that they come from

    @property
    def _shape(self) -> tuple[int, ...]:
        match self.terms:
            case ConvTerms() | DenseTerms():
                return self.terms.products.shape
            case PoolTerms():
                return self.terms.window.shape
        return (1,)

    @cached_property
    def largest_below(self) -> Cell:
        """The cell below that contributes most to the number; under a copy the only one."""
        if not self.layer.is_spatial and "kernel" in self.layer.parameters:
            return self.scene.below(self.cell, 0, 0, self._largest_input)
        if isinstance(self.terms, CopyTerms):
            return self.scene.below(self.cell, *self.terms.source)
        place = np.atleast_1d(self.terms.largest)
        return self.cell_of(int(np.ravel_multi_index(tuple(place), self._shape)))

    @property
    @unbounded
    def _largest_input(self) -> int:
        """The term of a dense unit that is largest; its terms would sum up the whole layer."""
        weights = self.scene.weights[f"{self.layer.name}.kernel"][:, self.cell.channel]
        sizes = np.abs(self.scene.trace.below(self.cell.layer) * weights)
        return int(np.where(np.isnan(sizes), 0, sizes).argmax())

    def cell_of(self, index: int) -> Cell:
        """Return the cell below that a term comes from; terms are counted row by row."""
        if isinstance(self.terms, CopyTerms):
            return self.scene.below(self.cell, *self.terms.source)
        if isinstance(self.terms, DenseTerms):
            return self.scene.below(self.cell, 0, 0, index)
        place = tuple(int(at) for at in np.unravel_index(index, self._shape))
        window = self.layer.window(self.cell.row, self.cell.column, self.cell.channel)
        channel = place[2] if len(place) == 3 else self.cell.channel
        return self.scene.below(self.cell, window.top + place[0], window.left + place[1], channel)

    def index_of(self, below: Cell) -> int | None:
        """Return the term that comes from a cell of the layer below; None if there is none."""
        terms, cell = self.terms, self.cell
        if below.layer != cell.layer - 1:
            return None
        if isinstance(terms, CopyTerms):
            return 0 if (below.row, below.column, below.channel) == terms.source else None
        if isinstance(terms, DenseTerms):
            return below.channel
        window = self.layer.window(cell.row, cell.column, cell.channel)
        pooled = isinstance(terms, PoolTerms)
        elsewhere = pooled and below.channel != cell.channel
        if elsewhere or not window.contains(below.row, below.column):
            return None
        place = (below.row - window.top, below.column - window.left)
        whole = place if pooled else (*place, below.channel)
        return int(np.ravel_multi_index(whole, self._shape))

    @property
    def source(self) -> Cell:
        """The cell that is the term which the way takes."""
        return self.largest_below if self.below is None else self.below

    @cached_property
    def index(self) -> int:
        """The term that the way takes."""
        return self.index_of(self.source) or 0

    # Their sizes

    @cached_property
    def sizes(self) -> Sizes:
        """How much each term counts: the size of a product, or a value under a pooling.

        NaN on padding, which does not count.
        """
        match self.terms:
            case ConvTerms() | DenseTerms():
                sizes = np.abs(self.terms.products)
                sizes[np.isnan(sizes)] = 0
            case PoolTerms():
                sizes = np.nan_to_num(self.terms.window, nan=-np.inf, posinf=np.inf, neginf=-np.inf)
            case _:
                sizes = np.ones(1)
        sizes = sizes.astype(np.float64)
        if isinstance(self.terms, ConvTerms | PoolTerms):
            sizes[~self.terms.on_map] = np.nan
        return sizes.reshape(-1)

    @property
    def count(self) -> int:
        """Number of terms that count."""
        return int(np.count_nonzero(self.sizes == self.sizes))  # NaN is not itself

    @property
    def rank(self) -> int:
        """Place of the term that the way takes, by size: 1 is the largest."""
        own = self.sizes[self.index]
        return 1 + int((self.sizes > own).sum())

    def next_to(self, step: int) -> Cell | None:
        """Return the cell of the next smaller (+1) or larger (−1) term; None after the last.

        Terms of size 0 add nothing, and are left out of sums.
        """
        own, index = self.sizes[self.index], self.index
        places = np.arange(len(self.sizes))
        if step > 0:
            beyond = (self.sizes < own) | ((self.sizes == own) & (places > index))
            if self.sum is not None:
                beyond &= self.sizes > 0
        else:
            beyond = (self.sizes > own) | ((self.sizes == own) & (places < index))
        found = np.flatnonzero(beyond)
        if not found.size:
            return None
        sizes = self.sizes[found]
        best = sizes.max() if step > 0 else sizes.min()
        ties = found[sizes == best]
        return self.cell_of(int(ties[0] if step > 0 else ties[-1]))

    def leading(self, many: int) -> list[int]:
        """Return so many terms, the largest first, without those of size 0."""
        sizes = np.where(np.isnan(self.sizes), -1.0, self.sizes)
        many = min(many, len(sizes))
        best = np.argpartition(-sizes, many - 1)[:many]
        ranked = best[np.argsort(-sizes[best], kind="stable")]
        return [int(index) for index in ranked if sizes[index] > 0]

    # The sum in parts

    def term(self, index: int) -> Term:
        """Return a term of a sum."""
        match self.terms:
            case (
                ConvTerms(patch=values, kernel=weights) | DenseTerms(inputs=values, weights=weights)
            ):
                products = self.terms.products
                return Term(*(float(of.flat[index]) for of in (values, weights, products)))
        raise TypeError(f"{self.layer.name} adds up nothing.")

    @cached_property
    @unbounded
    def sides(self) -> tuple[float, float]:
        """The sums of all positive and of all negative products; NaN where a product is."""
        if self.sum is None:
            return 0.0, 0.0
        products = self.sum.products.astype(np.float64)
        return float(np.maximum(products, 0).sum()), float(np.minimum(products, 0).sum())
