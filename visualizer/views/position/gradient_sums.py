"""Where a gradient comes from: the cells above that a number feeds, and at the top the loss."""

from __future__ import annotations

from functools import cached_property

from visualizer.core.backward.terms import GradientTerms, LossTerms
from visualizer.core.network.layer import Array, Layer
from visualizer.scene.scene import Scene
from visualizer.scene.trail import Cell
from visualizer.text.backward import adding, equals, product_text, slope_words
from visualizer.text.numbers import count, number
from visualizer.views.position.channel_sums import ChannelSum
from visualizer.views.position.sum import Sum, SumLine
from visualizer.views.widgets.number_grid import Factor
from visualizer.views.widgets.pixels import symmetric_top

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

    @property
    def lines(self) -> list[SumLine]:
        """The parts, the gradient by the output, and what the ReLU hands on of it."""
        terms, parts = self.terms, self._parts()
        total = terms.by_output
        numbers = (*(value for _, value in parts), total)
        digits, sign = adding(*numbers), equals(*numbers)
        lines = [SumLine(words, number(value, digits), value=value) for words, value in parts]
        by = "" if terms.slope is None else " by the output"
        ends = (f"{sign} gradient{by}", sign)
        figure = number(total, digits)
        lines.append(SumLine(ends, figure, adds_up=True, result=terms.slope is None))
        if terms.slope is not None:
            words = (slope_words(terms), f"× {terms.slope:.0f}")
            by_sum = number(terms.by_pre_activation, digits)
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
        terms = self.terms
        digits = adding(terms.probability, -terms.target, terms.by_pre_activation)
        target = f"− {number(terms.target, digits)}"
        return [
            SumLine((f"probability of {self.cell.channel}", "probability"),
                    number(terms.probability, digits)),
            SumLine(("its target: 1 for the right class, else 0", "its target"), target),
            SumLine(("= gradient by the logit", "= gradient"),
                    number(terms.by_pre_activation, digits), adds_up=True, result=True),
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
