"""Where a gradient comes from: the cells above that a number feeds, and at the top the loss."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

import numpy as np

from visualizer.core.backward.terms import GradientTerms, LossTerms
from visualizer.core.network.geometry import Rect
from visualizer.core.network.layer import Array, Layer
from visualizer.core.network.terms import PoolTerms
from visualizer.scene.scene import Scene
from visualizer.scene.trail import Cell
from visualizer.text.backward import Written, logit_written, product_text, slope_words
from visualizer.text.numbers import count, number
from visualizer.views.position.channel_sums import ChannelSum
from visualizer.views.position.sum import Sum, SumLine
from visualizer.views.widgets.number_grid import Factor
from visualizer.views.widgets.pixels import positive_top, symmetric_top

RANKED = 8


class GradientSum(ChannelSum[GradientTerms]):
    """The gradient by a number: weight × gradient above, for every map above that it feeds."""

    products, part = "products", "map"

    @property
    def above(self) -> Layer:
        """The layer that the number feeds."""
        return self.scene.network.layers[self.cell.layer + 1]

    @cached_property
    def maps(self) -> Array:
        return self.terms.products

    @property
    def ranked(self) -> bool:
        """Whether each map above has one product alone, so that they are listed."""
        return self.maps.shape[:2] == (1, 1)

    @property
    def listed(self) -> list[int]:
        """The maps above whose products are listed, the largest product first."""
        return [int(channel) for channel in self.order(by_size=True)[:RANKED]]

    @property
    def feeds(self) -> int:
        """The number of cells above that the number feeds."""
        return int(self.maps.size)

    def source(self, row: int, column: int, channel: int) -> Cell:
        """Return the cell above that a product comes from."""
        cells = self.terms.cells
        place = cells.top + row, cells.left + column, self.terms.first + channel
        return Cell(self.cell.layer + 1, *place)

    def name(self, channel: int) -> str:
        """Return the number of a map above."""
        return str(self.terms.first + channel)

    @property
    def main_term(self) -> Cell:
        """The cell above with the largest product; the number's own where it feeds none."""
        largest = self.terms.largest
        return self.cell if largest is None else Cell(self.cell.layer + 1, *largest)

    @property
    def factors(self) -> tuple[Factor, ...]:
        """Weights × gradients = products of the open map, each on the scale of its whole."""
        terms, channel = self.terms, self.channel
        of_weights, top = symmetric_top(terms.weights), symmetric_top(terms.gradients)
        weights, gradients = terms.weights[:, :, channel], terms.gradients[:, :, channel]
        return (
            Factor(weights, -of_weights, of_weights, "kernel", terms.factor),
            Factor(gradients, -top, top, "diverging", "gradient", "×"),
            self._contributions(0.0, "products", "="),
        )

    @cached_property
    def contest(self) -> Factor | None:
        """The numbers of the only window that takes the largest, this number framed; else None."""
        terms = self.terms
        if terms.factor != "winner" or self.feeds != 1:
            return None
        fed = Cell(self.cell.layer + 1, terms.cells.top, terms.cells.left, terms.first)
        found, window = self.scene.terms(fed), self._window_above(fed)
        if not isinstance(found, PoolTerms):
            return None
        own = np.zeros(found.window.shape, bool)
        own[self.cell.row - window.top, self.cell.column - window.left] = True
        top = positive_top(self.scene.trace.below(fed.layer)[:, :, fed.channel])
        return Factor(
            *(found.window, 0, top, "sequential", "its window"),
            on_map=found.on_map,
            marked=own,
            mark="selection",
        )

    def rival(self, row: int, column: int) -> Cell | None:
        """Return the cell at a place of that window; None on padding, and where there is none."""
        if self.contest is None or not self.contest.known(row, column):
            return None
        cells = self.terms.cells
        window = self._window_above(Cell(self.cell.layer + 1, cells.top, cells.left, 0))
        return replace(self.cell, row=window.top + row, column=window.left + column)

    def _window_above(self, fed: Cell) -> Rect:
        return self.above.window(fed.row, fed.column, fed.channel)

    @property
    def lines(self) -> list[SumLine]:
        """The parts, the gradient by the output, and what the ReLU hands on of it."""
        terms, parts = self.terms, self._parts()
        total = terms.by_output
        numbers = (*(value for _, value in parts), total)
        written = Written.of(*numbers)
        lines = [SumLine(words, written.text(value), value=value) for words, value in parts]
        by = "" if terms.slope is None else " by the output"
        ends = (f"{written.sign} gradient{by}", written.sign)
        figure = written.text(total)
        lines.append(SumLine(ends, figure, adds_up=True, result=terms.slope is None))
        if terms.slope is not None:
            words = (slope_words(terms), f"× {terms.slope:.0f}")
            by_sum = written.text(terms.by_pre_activation)
            lines.append(
                SumLine((f"{words[0]} → gradient by the sum", *words), by_sum, result=True)
            )
        return lines

    def _parts(self) -> list[tuple[tuple[str, ...], float]]:
        """List words and number of each part: products one by one, or those of maps together."""
        many, named = len(self.subtotals), list[tuple[tuple[str, ...], float]]()
        if not self.feeds:
            return named
        if not self.ranked:
            rest = self.terms.total - float(self.opened.sum(dtype="float64"))
            named.append(((f"Σ of map {self.name(self.channel)}", "Σ"), self.subtotal))
            others = f"+ the other {many - 1} maps of {self.above.name}"
            more = (others, f"+ the other {many - 1}", "+")
            return [*named, (more, rest)] if many > 1 else named
        for channel in self.listed:
            of = self.terms.weights[0, 0, channel], self.terms.gradients[0, 0, channel]
            name, factors = f"[{self.name(channel)}]", product_text(*map(float, of))
            named.append(((f"{name}  {factors}", name), float(self.maps[0, 0, channel])))
        rest = self.terms.total - sum(value for _, value in named)
        if many > RANKED:
            named.append(((f"the other {count(many - RANKED)} together",), rest))
        return named


class LogitSum(Sum[LossTerms]):
    """The gradient by a logit: probability − target, where the loss begins."""

    @property
    def lines(self) -> list[SumLine]:
        """The probability, the target, and their difference."""
        terms, back = self.terms, self.scene.backward
        written = logit_written(terms)
        target = "− its target" if back is None else f"− its target: 1 for {back.label}, else 0"
        return [
            SumLine((f"probability of {self.cell.channel}", "probability"),
                    written.text(terms.probability)),
            SumLine((target, "− its target", "− target"), number(terms.target, 0)),
            SumLine(("= gradient by the logit", "= gradient"),
                    written.text(terms.by_pre_activation), adds_up=True, result=True),
        ]  # fmt: skip

    @property
    def main_term(self) -> Cell:
        """The number's own cell: nothing is above it."""
        return self.cell


def gradient_sum_of(scene: Scene, cell: Cell) -> GradientSum | LogitSum | None:
    """Return where the gradient by a cell, or by a pixel, comes from; None in a scene forward."""
    if scene.backward is None:
        return None
    terms = scene.backward.terms(cell)
    if isinstance(terms, LossTerms):
        return LogitSum(scene, cell, terms)
    return GradientSum(scene, cell, terms)
