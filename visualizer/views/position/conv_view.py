"""ConvView: patch × kernel, the subtotal of every input channel, the bias, ReLU."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from PySide6.QtWidgets import QHBoxLayout

from visualizer.core.network.layer import Array
from visualizer.core.network.terms import ConvTerms
from visualizer.scene.scene import Scene
from visualizer.scene.trail import Cell
from visualizer.text.numbers import number
from visualizer.text.terms import formula, output_sentence
from visualizer.views.base.labels import Elided
from visualizer.views.base.look import Look
from visualizer.views.base.theme import Theme
from visualizer.views.position.grid_row import ChannelGrids
from visualizer.views.position.terms_views import TermsView, below_name
from visualizer.views.widgets.bars_view import BarsView
from visualizer.views.widgets.buttons import Button
from visualizer.views.widgets.controls import Segments
from visualizer.views.widgets.pixels import symmetric_top

SUBTOTALS = ("Subtotal of each input channel", "Subtotal by channel", "Subtotals")
ORDERS = (
    ("size", "By size", "Largest subtotal first"),
    ("channel", "By channel", "In the order of the channels"),
)


class ConvView(TermsView[ConvTerms]):
    """A view of one cell of a convolution, down to every product."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, lines=2)
        self._terms: ConvTerms | None = None
        self._scene: Scene | None = None
        self._chosen: int | None = None
        self._tight = False
        self._order = np.zeros(1, np.intp)
        self.orders = Segments(ORDERS, "Order of the subtotals")
        self.subtotals_title = Elided(name="caption")
        self.subtotals_title.show_text(*SUBTOTALS)
        self.subtotals = BarsView(look, compact=True)
        self.subtotals.setAccessibleName("Subtotal of each channel")
        self.channel_title = Elided(name="heading")
        self.grids = ChannelGrids(look)
        self.patch, self.kernel = self.grids.patch, self.grids.kernel
        self.products = self.grids.products
        self.subtotal = Elided(name="sum")
        self.landing = Button()
        header = QHBoxLayout()
        header.addWidget(self.subtotals_title, 1)
        header.addWidget(self.orders)
        self.column.addLayout(header)
        for widget in (self.subtotals, self.channel_title, self.grids):
            self.column.addWidget(widget)
        footer = QHBoxLayout()
        footer.addWidget(self.subtotal, 1)
        footer.addWidget(self.landing)
        self.column.addLayout(footer)
        self.orders.chosen.connect(self._redraw)
        self.subtotals.clicked.connect(self._on_bar)
        self.subtotals.followed.connect(self._on_bar_followed)
        self.subtotals.moved.connect(self._on_bar_moved)
        self.landing.clicked.connect(self._on_landing)
        for grid in (self.patch, self.kernel, self.products):
            grid.followed.connect(self._on_grid_followed)

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        self._show_tight(self._tight)

    def needs(self, width: int) -> tuple[object, ...]:
        several = self._terms is not None and len(self._terms.subtotals) > 1
        rows = self.grids.rows_at(width)
        return (*super().needs(width), several, rows, self.landing.isHidden())

    def show_roomy(self) -> None:
        super().show_roomy()
        self.grids.show_large(False)
        if self._tight:
            self._show_tight(False)

    def ways_to_shrink(self, hide_slide: Callable[[], None]) -> list[Callable[[], None]]:
        return [*super().ways_to_shrink(hide_slide), partial(self._show_tight, True)]

    def ways_to_grow(self) -> list[tuple[Callable[[], None], Callable[[], None]]]:
        large = self.grids.show_large
        return [(partial(large, True), partial(large, False))]

    def _show_tight(self, tight: bool) -> None:
        """Make bars and grids lower, with the channel's name over the bars; or as usual."""
        self._tight = tight
        self.column.setSpacing(self.theme.px(2 if tight else 6))
        self.subtotals.setFixedHeight(self.theme.px(34 if tight else 84))
        self.grids.show_tight(tight)
        self.landing.setMaximumHeight(self.theme.px(26 if tight else 34))
        self._redraw()

    @property
    def channel(self) -> int:
        """The input channel whose products are shown: the chosen one, else the largest."""
        assert self._terms is not None
        if self._chosen is not None and self._chosen < len(self._terms.subtotals):
            return self._chosen
        return int(np.abs(self._terms.subtotals).argmax())

    def hold_channel(self) -> None:
        """Keep the channel on show while the window slides."""
        if self._terms is not None:
            self._chosen = self.channel

    def show_terms(self, scene: Scene, cell: Cell, terms: ConvTerms) -> None:
        if cell.layer != self.cell.layer:
            self._chosen = None
        self.cell, self._scene, self._terms = cell, scene, terms
        self._redraw()

    def _redraw(self) -> None:
        if self._terms is None or self._scene is None:
            return
        scene, terms = self._scene, self._terms
        self.caption.setText(formula(terms, "products"))
        self.sentence.show_text(self.mark_result(output_sentence(terms)), self.cell)
        channels = len(terms.subtotals)
        for widget in (self.subtotals_title, self.orders, self.subtotals):
            widget.setVisible(channels > 1)
        self._draw_subtotals(terms.subtotals)
        self._draw_channel(scene, terms)
        landing = self._landing()
        self.landing.setVisible(landing is not None)
        if landing is not None:
            above = scene.network.layers[landing.layer]
            lands = f"{above.name} [{landing.channel}]"
            self.landing.setText(f"→ {lands}" if self._tight else f"Lands in {lands}")
            self.landing.setToolTip(f"Lands in {lands}")

    def _draw_subtotals(self, subtotals: Array) -> None:
        by_size = self.orders.choice == "size"
        every = np.arange(len(subtotals))
        self._order = np.argsort(-np.abs(subtotals), kind="stable") if by_size else every
        self.subtotals.show_values(
            subtotals[self._order], symmetric_top(subtotals), [str(c) for c in self._order]
        )
        self.subtotals.show_selection(int(np.flatnonzero(self._order == self.channel)[0]), -1)

    def _draw_channel(self, scene: Scene, terms: ConvTerms) -> None:
        channel = self.channel
        self._name_channel(terms)
        self.grids.show_channel(scene, self.cell, terms, channel)
        size = terms.products[:, :, channel].size
        total = number(float(terms.subtotals[channel]))
        self.subtotal.show_text(f"Σ of these {size} = {total}", f"Σ = {total}")

    def _name_channel(self, terms: ConvTerms) -> None:
        assert self._scene is not None
        below, several = below_name(self._scene, self.cell), len(terms.subtotals) > 1
        channel = f"channel {self.channel}"
        words = (f"Input {channel} of {below}", f"Channel {self.channel} of {below}")
        names = (*words, f"Input {channel}", f"Channel {self.channel}")
        self.channel_title.show_text(*(names if several else (f"Patch of {below}",)))
        self.channel_title.setVisible(not (several and self._tight))
        self.subtotals_title.show_text(*(names if self._tight else SUBTOTALS))

    # Terms and cells

    def _source(self, row: int, column: int, channel: int) -> Cell | None:
        """Return the cell below at a place of the window; None on padding."""
        assert self._scene is not None and self._terms is not None
        if not self._terms.on_map[row, column]:
            return None
        layer = self._scene.network.layers[self.cell.layer]
        window = layer.window(self.cell.row, self.cell.column, self.cell.channel)
        return self._scene.below(self.cell, window.top + row, window.left + column, channel)

    def _largest_in(self, channel: int) -> Cell | None:
        assert self._terms is not None
        sizes = np.where(self._terms.on_map, np.abs(self._terms.products[:, :, channel]), -1)
        row, column = np.unravel_index(int(sizes.argmax()), sizes.shape)
        return self._source(int(row), int(column), channel)

    def main_term(self, scene: Scene) -> Cell | None:
        assert self._terms is not None
        return self._source(*self._terms.largest)

    def _landing(self) -> Cell | None:
        """Return the element of the layer above that copies this cell, if there is one."""
        assert self._scene is not None
        above = self._scene.network.layers[self.cell.layer + 1 : self.cell.layer + 2]
        index = (
            above[0].lands_at(self.cell.row, self.cell.column, self.cell.channel) if above else None
        )
        return None if index is None else Cell(self.cell.layer + 1, 0, 0, index)

    def _on_landing(self) -> None:
        self.selected.emit(self._landing())

    def _on_bar(self, position: int) -> None:
        self._chosen = int(self._order[position])
        self._redraw()

    def _on_bar_moved(self, steps: int) -> None:
        at = int(np.flatnonzero(self._order == self.channel)[0])
        self._on_bar(min(max(at + steps, 0), len(self._order) - 1))

    def _on_bar_followed(self, position: int) -> None:
        self._follow(self._largest_in(int(self._order[position])))

    def _on_grid_followed(self, row: int, column: int) -> None:
        self._follow(self._source(row, column, self.channel))

    def _follow(self, cell: Cell | None) -> None:
        if cell is not None:
            self.followed.emit(cell)
