"""CopyForm: which number of which map an element of a flattened vector copies."""

from __future__ import annotations

from visualizer.text.numbers import count, number
from visualizer.text.terms import HIDDEN
from visualizer.views.base.layouts import sized
from visualizer.views.base.look import Look
from visualizer.views.position.stage.form import TermsForm
from visualizer.views.position.stage.opened_grid import OpenedGrid
from visualizer.views.position.sum import SumLine
from visualizer.views.position.sum_lines import SumLines
from visualizer.views.position.sums import CopySum

COPY_ASIDE = 280  # width at zoom 1 of the column with the arithmetic


class CopyForm(TermsForm[CopySum]):
    """The map with the number at the left; at the right the arithmetic of its place."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.map = OpenedGrid(look)
        self.place = sized(look, SumLines(look), width=COPY_ASIDE)
        self.value = sized(look, SumLines(look), width=COPY_ASIDE)
        self.lay_out(self.map, 1, self.place, self.value, spacing=12)

    def draw(self, shown: CopySum) -> None:
        row, column, channel = shown.terms.source
        rows, columns, channels = shown.below.shape
        self.map.show_title(f"channel {channel} of the map below", f"channel {channel}")
        self.map.show_factors(*shown.factors)
        sum_ = f"({row} × {columns} + {column}) × {channels} + {channel} ="
        self.place.show_lines(
            SumLine((f"row, of {rows}", "row"), str(row)),
            SumLine((f"column, of {columns}", "column"), str(column)),
            SumLine((f"channel, of {channels}", "channel"), str(channel)),
            SumLine((f"element {sum_}", sum_, "element"), str(shown.terms.index), adds_up=True),
        )
        words = ("copied → output", "output")
        self.value.show_lines(
            SumLine(words, HIDDEN if shown.hidden else number(shown.terms.output), result=True)
        )
        many = count(shown.below.size)
        self.show_note(f"one of {many} numbers, copied in order", "copied in order")
