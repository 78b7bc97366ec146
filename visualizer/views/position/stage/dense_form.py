"""DenseForm: every contribution to a unit at its place on the maps, the largest, and their sum."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtGui import QResizeEvent

from visualizer.text.numbers import count, number
from visualizer.text.terms import product_sentence
from visualizer.views.base.look import Look
from visualizer.views.position.channel_sums import Contribution, DenseSum
from visualizer.views.position.stage.conv_form import ProductsForm
from visualizer.views.position.stage.form import BESIDE
from visualizer.views.position.stage.softmax_table import SoftmaxTable
from visualizer.views.position.sum import SumLine, sum_lines

# Widths at zoom 1: of the column of terms, of that beside a softmax, and of the softmax.
WIDE_ASIDE, ASIDE, SOFTMAX = 280, 204, 280
MOST_OPENED = 0.4  # greatest share of the height for the enlarged map


class DenseForm(ProductsForm[DenseSum]):
    """All contributions on the maps that they come from, one map enlarged, and the sum.

    The sum lists the largest terms first. Where a softmax follows, it stands at the right.
    """

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.softmax = SoftmaxTable(look)
        self.lay_out(self.products, self.opened, self.subtotal, 1, self.lines)
        self.row.add(self.softmax)
        self.softmax.chosen.connect(self._on_class)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.redraw()

    def draw(self, shown: DenseSum) -> None:
        self.opened.setVisible(shown.several)
        aside = self.theme.px(ASIDE if shown.terms.softmax else WIDE_ASIDE)
        for part in (self.opened, self.subtotal, self.lines):
            part.setFixedWidth(aside)
        super().draw(shown)
        if shown.several:
            self._show_map(shown)
        softmax = shown.terms.softmax and not shown.hidden
        self.softmax.setVisible(softmax)
        if softmax:
            self.softmax.setFixedWidth(max(self.theme.px(SOFTMAX), self.softmax.wanted_width))
            self.softmax.show_softmax(shown.terms, shown.cell.channel)
        self._show_lines(shown)

    def _show_map(self, shown: DenseSum) -> None:
        name, unit = f"map {shown.channel}", shown.factors[0].digits.unit
        unit = f", {unit}" if unit else ""
        self.opened.show_title(f"{name}: input × weight{unit}", f"{name}{unit}")
        self.opened.show_factors(*shown.factors)
        wanted = self.opened.sizeHint().height() + self.theme.px(2)
        self.opened.setFixedHeight(min(wanted, round(self.height() * MOST_OPENED)))

    def _show_lines(self, shown: DenseSum) -> None:
        """Show the largest terms, as many as fit, then all others together, and the sum."""
        what = (f"Σ of {count(shown.maps.size)} contributions", "Σ")
        end = sum_lines(shown.terms, what, hidden=shown.hidden)
        end[0] = replace(end[0], adds_up=True)
        room = self._room(end)
        lines = [_line(contribution) for contribution in shown.largest(room)]
        rest, others = shown.others(room)
        if rest:
            words = (f"the other {count(rest)} together", f"the other {count(rest)}", "the others")
            lines.append(SumLine(words, number(others)))
        self.lines.show_lines(*lines, *end)

    def _room(self, end: list[SumLine]) -> int:
        """Return how many terms fit above the line of the others and the end of the sum."""
        room = self.height() - self.lines.height_of(end)
        if self.several:
            taken = self.opened.minimumHeight() + self.subtotal.sizeHint().height()
            room -= taken + 2 * self.aside.spacing() + self.theme.px(BESIDE)
        return max(room // self.lines.height_of([SumLine(("",), "")]) - 1, 1)

    def _on_class(self, unit: int) -> None:
        if self.sum is not None:
            self.selected.emit(replace(self.sum.cell, channel=unit))


def _line(of: Contribution) -> SumLine:
    place = f"[{of.index}]" if of.place is None else f"[{', '.join(map(str, of.place))}]"
    said = product_sentence(of.value, of.weight, of.product)
    factors = said.rpartition(" ")[0]  # the product is the line's own figure
    return SumLine((f"{place}  {factors}", place), number(of.product))
