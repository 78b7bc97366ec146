"""PoolForm: every window of a pooling with its largest cell, and the selected window enlarged."""

from __future__ import annotations

from visualizer.text.numbers import count
from visualizer.views.base.layouts import sized
from visualizer.views.base.look import Look
from visualizer.views.position.pool_view import PoolMap
from visualizer.views.position.stage.form import TermsForm
from visualizer.views.position.stage.opened_grid import OpenedGrid
from visualizer.views.position.sum_lines import SumLines
from visualizer.views.position.sums import PoolSum

POOL_ASIDE = 320  # width at zoom 1 of the column with the selected window


class PoolForm(TermsForm[PoolSum]):
    """The map below with all windows at the left; at the right the window in numbers."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.map = PoolMap(look, "selection")
        self.opened = sized(look, OpenedGrid(look), width=POOL_ASIDE)
        self.lines = sized(look, SumLines(look), width=POOL_ASIDE)
        self.lay_out(self.map, (self.opened, 1), self.lines, spacing=6)
        self.map.selected.connect(self.selected)

    def draw(self, shown: PoolSum) -> None:
        self.map.show_sum(shown)
        rows, columns = shown.terms.window.shape
        title = f"window of {rows} × {columns} on channel {shown.channel}"
        self.opened.show_title(title, "window")
        self.opened.show_factors(*shown.factors)
        self.lines.show_lines(*shown.lines)
        places = shown.windowed.sliding.places
        each = f"{count(places[0] * places[1])} windows"
        mean = "each becomes its largest" if shown.wins else "each becomes its mean"
        what = "a dot on every winner" if shown.tells_winner else mean
        self.show_note(f"{each}, {what}", each)
