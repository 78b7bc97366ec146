"""ProductsView: the base of views of products: a bar for each channel, and grids of one of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from visualizer.session.choices import Choices, SumsShown
from visualizer.views.base.labels import Elided
from visualizer.views.base.look import Look
from visualizer.views.position.channel_sums import ChannelSum
from visualizer.views.position.terms_views import Growth, TermsView
from visualizer.views.widgets.bars_view import BarsView
from visualizer.views.widgets.controls import Segments
from visualizer.views.widgets.grid_row import (
    LARGE_HEIGHT,
    LOW_HEIGHT,
    ROW_HEIGHT,
    TIGHT_HEIGHT,
    GridRow,
)
from visualizer.views.widgets.pixels import symmetric_top

Grouped = TypeVar("Grouped", bound=ChannelSum[Any])

ORDERS = (
    ("size", "By size", "Largest subtotal first"),
    ("channel", "By channel", "In the order of the channels"),
)
# Heights at zoom 1, the least first: of the bars, up to the usual one, and of the grids' cells.
BARS = (34, 44, 54, 64, 74, 84)
CELLS = (TIGHT_HEIGHT, 22, 24, LOW_HEIGHT, 30, ROW_HEIGHT, 38, 42, LARGE_HEIGHT)


class ProductsView(TermsView[Grouped]):
    """A bar for the sum of each channel, and the products of the channel that is open."""

    def __init__(self, look: Look, choices: Choices[SumsShown], bars: str, lines: int = 1) -> None:
        """Make the view; screen readers call its bars `bars`."""
        super().__init__(look, lines)
        self._choices = choices
        self._bars, self._cells = BARS[-1], ROW_HEIGHT
        self.order = [0]
        self.orders = Segments(ORDERS, "Order of the subtotals")
        self.subtotals_title = Elided(name="caption")
        self.subtotals = BarsView(look, compact=True)
        self.subtotals.setAccessibleName(bars)
        self.channel_title = Elided(name="heading")
        self.grids = GridRow(look, "Patch, kernel and products")
        self.orders.chosen.connect(lambda order: choices.choose(order=order))
        choices.changed.connect(self.redraw)
        self.subtotals.clicked.connect(self.open_bar)
        self.subtotals.followed.connect(self._on_bar_followed)
        self.grids.followed.connect(self._on_grid_followed)

    @property
    def _has_bars(self) -> bool:
        """Whether there are bars."""
        return self.sum is not None and self.sum.several

    def needs(self, width: int) -> tuple[object, ...]:
        rows = self.grids.rows_at(width)
        return (*super().needs(width), self._has_bars, self.grids.shape, rows)

    def show_roomy(self, width: int) -> None:
        super().show_roomy(width)
        self._show_bars(BARS[-1])
        self._show_cells(LOW_HEIGHT if self.grids.rows_at(width) > 1 else ROW_HEIGHT)

    def ways_to_shrink(self, hide_slide: Callable[[], None]) -> list[Callable[[], None]]:
        bars = [partial(self._show_bars, height) for height in self._bar_heights[-2::-1]]
        lower = [height for height in reversed(CELLS) if height < self._cells]
        cells = [partial(self._show_cells, height) for height in lower]
        return [*bars, *super().ways_to_shrink(hide_slide), *self._tighter(), *cells]

    def _tighter(self) -> list[Callable[[], None]]:
        """Return what makes room before the grids become lower."""
        return []

    def ways_to_grow(self) -> list[Growth]:
        bars = [height for height in self._bar_heights if height >= self._bars]
        cells = [height for height in CELLS if height >= self._cells]
        return [(self._show_bars, bars), (self._show_cells, cells)]

    @property
    def _bar_heights(self) -> tuple[int, ...]:
        """The heights that the bars can have; none where there are no bars."""
        return BARS if self._has_bars else ()

    def _show_bars(self, height: int) -> None:
        self._bars = height
        self.subtotals.setFixedHeight(self.theme.px(height))

    def _show_cells(self, height: int) -> None:
        self._cells = height
        self.grids.show_height(height)

    def draw_subtotals(self, shown: Grouped, first: int = 0) -> None:
        """Draw the bars in the order that is chosen; their channels are counted from `first`."""
        for widget in (self.subtotals_title, self.orders, self.subtotals):
            widget.setVisible(self._has_bars)
        self.orders.show_choice(self._choices.now.order)
        self.order = shown.order(self._choices.now.order == "size").tolist()
        names = [str(first + channel) for channel in self.order]
        subtotals = shown.subtotals
        self.subtotals.show_values(subtotals[self.order], symmetric_top(subtotals), names)
        self.subtotals.show_selection(self.order.index(shown.channel), -1)

    # The user

    def open_bar(self, position: int) -> None:
        """Show the products of a bar's channel."""
        if self.sum is not None:
            self.sum = self.sum.open(self.order[position])
            self.redraw()

    def _on_bar_followed(self, position: int) -> None:
        if self.sum is not None:
            self.follow(self.sum.largest_in(self.order[position]))

    def _on_grid_followed(self, down: int, across: int) -> None:
        if self.sum is not None:
            self.follow(self.sum.source(down, across, self.sum.channel))
