"""Section: a named part of the Filter view, with room for its controls beside the name."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from visualizer.text.numbers import Digits, digits_for
from visualizer.views.base.labels import Elided
from visualizer.views.base.look import Look, Panel
from visualizer.views.base.theme import FONT_SIZES, Theme, text_width


@dataclass(frozen=True, slots=True)
class RowFormat:
    """How all numbers of a row are written; a `bare` one is .04 for 0.04."""

    digits: Digits
    bare: bool = False

    def text(self, value: float) -> str:
        return self.digits.text(value, self.bare)

    @property
    def unit(self) -> str:
        """What is to be said beside them: "in 10⁻³", or nothing."""
        return self.digits.unit


def row_format(values: Iterable[float], room: float, theme: Theme) -> RowFormat | None:
    """The longest way to write finite numbers, each in so much room; None where there is none."""
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
    """A heading, controls at its right, a line of explanation, and what stands below them."""

    def __init__(self, look: Look, *title: str) -> None:
        """`title` may have ever shorter forms."""
        super().__init__(look)
        self.title = Elided(name="heading")
        self.title.show_text(*title)
        self.remark = Elided(name="caption")
        self.remark.hide()
        self.head = QHBoxLayout()
        self.head.addWidget(self.title, 1)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.addLayout(self.head)
        self.column.addWidget(self.remark)

    def apply_theme(self, theme: Theme) -> None:
        self.column.setSpacing(theme.px(4))
        self.head.setSpacing(theme.px(6))

    def note(self, text: str, *shorter: str) -> None:
        """A line under the heading; none where it is empty."""
        self.remark.show_text(text, *shorter)
        self.remark.setVisible(bool(text))
