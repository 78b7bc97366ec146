"""Numbers side by side, over bars or under pictures: with as many digits as fit."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

from visualizer.text.numbers import Digits, digits_for
from visualizer.views.base.theme import FONT_SIZES, Theme, text_width


@dataclass(frozen=True, slots=True)
class Fitting:
    """How all numbers of a row are written; a `bare` one is .04 for 0.04."""

    digits: Digits
    bare: bool = False

    def text(self, value: float) -> str:
        return self.digits.text(value, self.bare)

    @property
    def unit(self) -> str:
        """What is to be said beside them: "in 10⁻³", or nothing."""
        return self.digits.unit


def fitting(values: Iterable[float], room: float, theme: Theme) -> Fitting | None:
    """The longest way to write finite numbers, each in so much room; None where there is none."""
    finite = [float(value) for value in values if math.isfinite(value)]
    whole = digits_for(max(map(abs, finite), default=0.0))
    fewer = [replace(whole, places=places) for places in reversed(range(whole.places))]
    ways = [Fitting(whole), *(Fitting(digits, bare=True) for digits in (whole, *fewer))]
    pixels = theme.px(FONT_SIZES["caption"])
    for way in ways:
        if all(text_width(way.text(value), pixels, bold=True) <= room for value in finite):
            return way
    return None
