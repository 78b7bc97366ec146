"""Section: a part of the Filter view with a heading and room for controls beside it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

from visualizer.text.numbers import Digits, digits_for
from visualizer.views.base.labels import Elided
from visualizer.views.base.layouts import column, row
from visualizer.views.base.look import Look, Panel
from visualizer.views.base.theme import FONT_SIZES, Theme, text_width


@dataclass(frozen=True, slots=True)
class RowFormat:
    """How all numbers of a row are written; `bare` writes .04 for 0.04."""

    digits: Digits
    bare: bool = False

    def text(self, value: float) -> str:
        return self.digits.text(value, self.bare)

    @property
    def unit(self) -> str:
        """The unit of the numbers, such as "in 10⁻³", or nothing."""
        return self.digits.unit


def row_format(values: Iterable[float], room: float, theme: Theme) -> RowFormat | None:
    """Return the longest format in which finite numbers all fit into `room`; None if none fits."""
    finite = [float(value) for value in values if math.isfinite(value)]
    whole = digits_for(max(map(abs, finite), default=0.0))
    fewer = [replace(whole, places=places) for places in reversed(range(whole.places))]
    ways = [RowFormat(whole), *(RowFormat(digits, bare=True) for digits in (whole, *fewer))]
    pixels = theme.px(FONT_SIZES["caption"])
    for way in ways:
        if all(text_width(way.text(value), pixels, bold=True) <= room for value in finite):
            return way
    return None


class Section(Panel):
    """A heading with controls at its right, a line of explanation, and the content below."""

    def __init__(self, look: Look, *title: str) -> None:
        """Make a section; `title` may have ever shorter forms."""
        super().__init__(look)
        self.title = Elided(name="heading")
        self.title.show_text(*title)
        self.remark = Elided(name="caption")
        self.remark.hide()
        self.head = row(look, (self.title, 1), spacing=6)
        self.column = column(look, self.head, self.remark, spacing=4)
        self.setLayout(self.column)

    def note(self, text: str, *shorter: str) -> None:
        """Show a line under the heading; none if the text is empty."""
        self.remark.show_text(text, *shorter)
        self.remark.setVisible(bool(text))
