"""Where a pooled and a copied number come from, and the kind of sum of each layer."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from visualizer.core.network.geometry import Rect
from visualizer.core.network.layer import Array
from visualizer.core.network.terms import ConvTerms, CopyTerms, DenseTerms, PoolTerms, unbounded
from visualizer.core.network.windowed import Windowed
from visualizer.scene.scene import Scene
from visualizer.scene.trail import Cell
from visualizer.text.numbers import number
from visualizer.text.terms import HIDDEN, tie_sentence
from visualizer.views.position.channel_sums import ConvSum, DenseSum
from visualizer.views.position.sum import Sum, SumLine
from visualizer.views.widgets.number_grid import Factor
from visualizer.views.widgets.pixels import positive_top

LARGEST_OUTPUT = 99.9995  # up to it numbers have three decimals where there is much room


class PoolSum(Sum[PoolTerms]):
    """A number of a pooling: the values of its window, and the largest or their mean."""

    @property
    def wins(self) -> bool:
        """Whether the largest value is taken, not the mean."""
        return self.terms.reduction == "max"

    @property
    def tells_winner(self) -> bool:
        """Whether the winners are marked: not while the largest value is asked for."""
        return self.wins and not self.hidden

    @cached_property
    def map(self) -> Array:
        """The channel of the map below, (rows, columns)."""
        return self.below[:, :, self.channel]

    @cached_property
    def top(self) -> float:
        return positive_top(self.map)

    @property
    def factors(self) -> tuple[Factor, ...]:
        """The values of the window."""
        on_map = self.windowed.on_map(self.cell.row, self.cell.column)
        marked = self.terms.winners if self.tells_winner else None
        window, top, places = self.terms.window, self.top, 3 if self.top < LARGEST_OUTPUT else None
        return (Factor(window, 0, top, "sequential", on_map=on_map, marked=marked, places=places),)

    @property
    def winners(self) -> npt.NDArray[np.intp]:
        """Rows and columns of the winners of all windows, (n, 2); none for a mean."""
        none = np.zeros((0, 2), np.intp)
        return winners(self.windowed, self.map) if self.tells_winner else none

    def source(self, row: int, column: int) -> Cell | None:
        """Return the cell below at a place of the window; None on padding."""
        return (
            self._in_window(row, column, self.channel) if self.terms.on_map[row, column] else None
        )

    def over(self, row: int, column: int) -> Cell | None:
        """Return the first cell whose window covers a cell of the map below."""
        cells = self.layer.seeing(Rect.cell(row, column))
        return None if cells.empty else replace(self.cell, row=cells.top, column=cells.left)

    @property
    @unbounded
    def lines(self) -> list[SumLine]:
        """The way from the values of the window to the output."""
        many, hidden = self.terms.counted.size, self.hidden
        output = HIDDEN if hidden else number(self.terms.output)
        if self.wins:
            tie = "" if hidden else tie_sentence(self.terms)
            words = (f"largest of {many} values → output", f"largest of {many}", "max")
            ties = [SumLine((tie, "a tie"), "")] if tie else []
            return [*ties, SumLine(words, output, result=True)]
        total = float(self.terms.counted.sum(dtype=np.float64))
        divided = (f"÷ {many} → output", f"÷ {many}")
        return [
            SumLine((f"Σ of {many} values", "Σ"), HIDDEN if hidden else number(total)),
            SumLine(divided, output, adds_up=True, result=True),
        ]


class CopySum(Sum[CopyTerms]):
    """An element of a flattened vector, and the cell that it copies."""

    @property
    def channel(self) -> int:
        return self.terms.source[2]

    @property
    def factors(self) -> tuple[Factor, ...]:
        """The map with the cell, which is marked."""
        row, column, channel = self.terms.source
        values, top = self.below[:, :, channel], positive_top(self.below)
        hidden = (row, column) if self.hidden else None
        marked, mark = np.zeros(values.shape, bool), "selection"
        marked[row, column] = True
        places = 3 if top < LARGEST_OUTPUT else None
        factor = Factor(values, 0, top, "sequential", marked=marked, mark=mark, places=places)
        return (replace(factor, hidden=hidden),)


KINDS: dict[type, type[Sum[Any]]] = {
    ConvTerms: ConvSum,
    PoolTerms: PoolSum,
    CopyTerms: CopySum,
    DenseTerms: DenseSum,
}


def sum_of(scene: Scene, cell: Cell) -> Sum[Any]:
    """Return where the number of a cell comes from."""
    terms = scene.terms(cell)
    return KINDS[type(terms)](scene, cell, terms)


def winners(layer: Windowed, below: Array) -> npt.NDArray[np.intp]:
    """Return rows and columns of the largest cells of every window of one channel, (n, 2).

    A window whose values are all equal has no largest cell.
    """
    patches = layer.patches(below[:, :, None], fill=-np.inf)[..., 0]
    best = patches.max(axis=(2, 3), keepdims=True)
    decided = best > patches.min(axis=(2, 3), keepdims=True)
    row, column, i, j = np.nonzero((patches == best) & decided)
    (top, _), (left, _) = layer.sliding.margins
    stride = layer.sliding.stride
    places = np.stack([row * stride[0] + i - top, column * stride[1] + j - left], axis=1)
    return np.unique(places, axis=0)
