"""CopyForm: which number of which map an element of a flattened vector copies."""

from __future__ import annotations

from visualizer.text.numbers import count, number
from visualizer.views.base.look import Look
from visualizer.views.base.theme import Theme
from visualizer.views.position.stage.form import TermsForm
from visualizer.views.position.stage.opened_grid import OpenedGrid
from visualizer.views.position.sum import SumLine
from visualizer.views.position.sum_lines import SumLines
from visualizer.views.position.sums import CopySum

COPY_ASIDE = 280  # width at zoom 1 of the column with the arithmetic


class CopyForm(TermsForm[CopySum]):
    """The map with the number at the left; at the right the arithmetic of its place."""

    spacing = 12

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.map = OpenedGrid(look)
        self.place = SumLines(look)
        self.value = SumLines(look)
        self.lay_out(self.map)
        self.aside.addStretch(1)
        self.aside.addWidget(self.place)
        self.aside.addWidget(self.value)

    def apply_theme(self, theme: Theme) -> None:
        for part in (self.place, self.value):
            part.setFixedWidth(theme.px(COPY_ASIDE))
        super().apply_theme(theme)

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
        self.value.show_lines(SumLine(words, number(shown.terms.output), result=True))
        many = count(shown.below.size)
        self.show_note(f"one of {many} numbers, copied in order", "copied in order")
