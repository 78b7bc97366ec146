"""ConvForm: a number of a convolution with all its products, and one channel's enlarged."""

from __future__ import annotations

from typing import Any, TypeVar

from visualizer.text.numbers import count
from visualizer.views.base.layouts import sized
from visualizer.views.base.look import Look
from visualizer.views.position.channel_sums import ChannelSum, ConvSum
from visualizer.views.position.stage.form import TermsForm
from visualizer.views.position.stage.opened_grid import OpenedGrid
from visualizer.views.position.stage.product_grids import ProductGrids
from visualizer.views.position.sum import sum_lines
from visualizer.views.position.sum_lines import SumLines

ASIDE = 224  # width at zoom 1 of the column beside the grids
Channels = TypeVar("Channels", bound=ChannelSum[Any])


class ProductsForm(TermsForm[Channels]):
    """All products at the left; beside them one channel's, enlarged, and the sum to the output."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.products = ProductGrids(look)
        self.opened = OpenedGrid(look)
        self.subtotal = SumLines(look)
        self.lines = SumLines(look)
        self.products.opened.connect(self._on_opened)
        self.products.followed.connect(self._on_followed)
        self.products.rearranged.connect(self.note_unit)

    def draw(self, shown: Channels) -> None:
        self.several = shown.several
        order = shown.order(self.by_size)
        self.products.show_products(shown.maps, shown.subtotals, order, shown.channel)
        self.subtotal.setVisible(shown.several)
        self.subtotal.show_lines(shown.subtotal_line)
        self.note_unit()

    def note_unit(self) -> None:
        """Say in the note what the grids show in their present layout."""
        if self.sum is None:
            return
        many, units = count(self.sum.maps.size), self.products.units
        shorter = (f"{many}, {units[0]}",) if self.sum.part == "map" else ()
        self.show_note(f"{many} {self.sum.products}, {units[0]}", *shorter, *units)

    # The user

    def _on_opened(self, channel: int) -> None:
        if self.sum is not None:
            self.sum = self.sum.open(channel)
            self.redraw()

    def _on_followed(self, channel: int) -> None:
        """Go down to the cell of this channel with the largest product."""
        if self.sum is not None:
            self.follow(self.sum.largest_in(channel))


class ConvForm(ProductsForm[ConvSum]):
    """The products of a convolution; one channel's are patch × kernel = products.

    A single input channel stands alone, across the whole width.
    """

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        sized(look, self.opened, least_width=ASIDE)
        sized(look, self.subtotal, width=ASIDE)
        self.lay_out(self.products, (self.opened, 1), self.subtotal, self.lines)

    def draw(self, shown: ConvSum) -> None:
        several = shown.several
        self.products.setVisible(several)
        for part in (self.opened, self.lines):
            part.show_across(not several)
        self.opened.setMaximumWidth(self.theme.px(ASIDE) if several else 2**20)
        words, channel = "patch × kernel = products", f"channel {shown.channel}"
        named = (f"{channel}: {words}", f"{channel}: patch × kernel", channel)
        self.opened.show_title(*(named if several else (words,)))
        self.opened.show_factors(*shown.factors)
        of = f"{len(shown.subtotals)} subtotals" if several else "the products"
        self.lines.show_lines(*sum_lines(shown.terms, (f"Σ of {of}", "Σ"), hidden=shown.hidden))
        super().draw(shown)

    def note_unit(self) -> None:
        if self.sum is not None and not self.sum.several:
            self.show_note(f"{count(self.sum.maps.size)} products")
        else:
            super().note_unit()
