"""ConvView: patch × kernel, the subtotal of every input channel, the bias, ReLU."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QResizeEvent

from visualizer.session.choices import Choices, SumsShown
from visualizer.text.numbers import number
from visualizer.text.terms import HIDDEN, formula, output_sentence, widest_form
from visualizer.views.base.labels import Elided
from visualizer.views.base.layouts import row
from visualizer.views.base.look import Look
from visualizer.views.position.channel_sums import ConvSum
from visualizer.views.position.terms_views import Growth, TermsView
from visualizer.views.widgets.bars_view import BarsView
from visualizer.views.widgets.buttons import Button
from visualizer.views.widgets.controls import Segments
from visualizer.views.widgets.grid_row import (
    LARGE_HEIGHT,
    LOW_HEIGHT,
    ROW_HEIGHT,
    TIGHT_HEIGHT,
    GridRow,
)
from visualizer.views.widgets.pixels import symmetric_top

SUBTOTALS = ("Subtotal of each input channel", "Subtotal by channel", "Subtotals")
ORDERS = (
    ("size", "By size", "Largest subtotal first"),
    ("channel", "By channel", "In the order of the channels"),
)
# Heights at zoom 1, the least first: of the bars, up to the usual one, and of the grids' cells.
BARS = (34, 44, 54, 64, 74, 84)
CELLS = (TIGHT_HEIGHT, 22, 24, LOW_HEIGHT, 30, ROW_HEIGHT, 38, 42, LARGE_HEIGHT)


class ConvView(TermsView[ConvSum]):
    """A view of one cell of a convolution, down to every product."""

    def __init__(self, look: Look, choices: Choices[SumsShown]) -> None:
        super().__init__(look, lines=2)
        self._choices = choices
        self._tight, self._bars, self._cells = False, BARS[-1], ROW_HEIGHT
        self.order = [0]
        self.orders = Segments(ORDERS, "Order of the subtotals")
        self.subtotals_title = Elided(name="caption")
        self.subtotals_title.show_text(*SUBTOTALS)
        self.subtotals = BarsView(look, compact=True)
        self.subtotals.setAccessibleName("Subtotal of each channel")
        self.channel_title = Elided(name="heading")
        self.grids = GridRow(look, "Patch, kernel and products")
        self.subtotal = Elided(name="sum")
        self.landing = Button()
        header = row(look, (self.subtotals_title, 1), self.orders)
        self._foot = row(look, (self.subtotal, 1), self.landing)
        self.column.add(header, self.subtotals, self.channel_title, self.grids, self._foot)
        self.orders.chosen.connect(lambda order: choices.choose(order=order))
        choices.changed.connect(self.redraw)
        self.subtotals.clicked.connect(self.open_bar)
        self.subtotals.followed.connect(self._on_bar_followed)
        self.landing.clicked.connect(self._on_landing)
        self.grids.followed.connect(self._on_grid_followed)

    def needs(self, width: int) -> tuple[object, ...]:
        several = self.sum is not None and self.sum.several
        rows = self.grids.rows_at(width)
        return (*super().needs(width), several, self.grids.shape, rows, self.landing.isHidden())

    def show_roomy(self, width: int) -> None:
        super().show_roomy(width)
        self._show_bars(BARS[-1])
        self._show_cells(LOW_HEIGHT if self.grids.rows_at(width) > 1 else ROW_HEIGHT)
        self._show_tight(False)

    def ways_to_shrink(self, hide_slide: Callable[[], None]) -> list[Callable[[], None]]:
        bars = [partial(self._show_bars, height) for height in self._bar_heights[-2::-1]]
        lower = [height for height in reversed(CELLS) if height < self._cells]
        cells = [partial(self._show_cells, height) for height in lower]
        words = super().ways_to_shrink(hide_slide)
        return [*bars, *words, partial(self._show_tight, True), *cells]

    def ways_to_grow(self) -> list[Growth]:
        bars = [height for height in self._bar_heights if height >= self._bars]
        cells = [height for height in CELLS if height >= self._cells]
        return [(self._show_bars, bars), (self._show_cells, cells)]

    @property
    def _bar_heights(self) -> tuple[int, ...]:
        """The heights that the bars can have; none where there are no bars."""
        return BARS if self.sum is not None and self.sum.several else ()

    def _show_bars(self, height: int) -> None:
        self._bars = height
        self.subtotals.setFixedHeight(self.theme.px(height))

    def _show_cells(self, height: int) -> None:
        self._cells = height
        self.grids.show_height(height)

    def _show_tight(self, tight: bool) -> None:
        """Move all parts together, with the channel's name over the bars; or show them as usual."""
        self.column.space(2 if tight else 6)
        self.landing.setMaximumHeight(self.theme.px(26 if tight else 34))
        if tight != self._tight:
            self._tight = tight
            self.redraw()

    def hold_channel(self) -> None:
        """Keep the channel on show while the window slides."""
        if self.sum is not None:
            self.sum = self.sum.open(self.sum.channel)

    def draw(self, shown: ConvSum) -> None:
        self.caption.setText(formula(shown.terms, "products"))
        said = output_sentence(shown.terms, shown.hidden)
        wide = self.mark_result(widest_form(said))
        self.sentence.show_text(self.mark_result(said), shown.cell, wide)
        for widget in (self.subtotals_title, self.orders, self.subtotals):
            widget.setVisible(shown.several)
        subtotals = shown.subtotals
        self.orders.show_choice(self._choices.now.order)
        self.order = shown.order(self._choices.now.order == "size").tolist()
        names = [str(channel) for channel in self.order]
        self.subtotals.show_values(subtotals[self.order], symmetric_top(subtotals), names)
        self.subtotals.show_selection(self.order.index(shown.channel), -1)
        self._name_channel(shown)
        self.grids.show_factors(*shown.factors)
        whole = shown.hidden and not shown.several  # it would be the sum itself
        size, total = shown.opened.size, HIDDEN if whole else number(shown.subtotal)
        self.subtotal.show_text(f"Σ of these {size} = {total}", f"Σ = {total}")
        self.landing.setVisible(shown.landing is not None)
        self._fit_landing()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_landing()

    def _fit_landing(self) -> None:
        """Name the place where the number lands as far as it leaves room for the subtotal."""
        landing = None if self.sum is None else self.sum.landing
        if self.sum is None or landing is None:
            return
        at = f"[{landing.channel}]"
        lands = f"{self.sum.scene.network.layers[landing.layer].name} {at}"
        self.landing.setToolTip(f"Lands in {lands}")
        self.subtotal.ensurePolished()
        short = (self.subtotal.shortest, widest_form(self.subtotal.shortest))
        needed = max(map(self.subtotal.fontMetrics().horizontalAdvance, short))
        forms = (f"Lands in {lands}", f"→ {lands}", f"→ {at}")[self._tight :]
        self.landing.fit_text(forms, self.width() - self._foot.spacing() - needed)

    def _name_channel(self, shown: ConvSum) -> None:
        below, several, channel = shown.below_name, shown.several, f"channel {shown.channel}"
        words = (f"Input {channel} of {below}", f"Channel {shown.channel} of {below}")
        names = (*words, f"Input {channel}", f"Channel {shown.channel}")
        self.channel_title.show_text(*(names if several else (f"Patch of {below}",)))
        self.channel_title.setVisible(not (several and self._tight))
        self.subtotals_title.show_text(*(names if self._tight else SUBTOTALS))

    # The user

    def _on_landing(self) -> None:
        if self.sum is not None:
            self.selected.emit(self.sum.landing)

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
