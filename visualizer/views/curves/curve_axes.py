"""The axes of a curve: epochs below, with their unit, and values at the left, also logarithmic."""

from __future__ import annotations

import itertools
import math

import pyqtgraph as pg

from visualizer.text.numbers import number, ticks
from visualizer.views.base.guard import Guarded

LINES_APART = 1.7  # from one label of the value axis to the next, in heights of its type

TickLevels = list[tuple[float, list[float]]]


class EpochAxis(Guarded, pg.AxisItem):
    """The axis below: its last number says what it counts."""

    epochs = 1

    def tickValues(self, low: float, high: float, pixels: float) -> TickLevels:
        """The usual ticks, none beyond the run, and the end of the run with room for its unit."""
        levels: TickLevels = super().tickValues(low, high, pixels)
        room = 3 * _type_height(self) * (high - low) / max(pixels, 1)
        ends = low <= self.epochs <= high
        last = self.epochs - room if ends else self.epochs
        kept = [(spacing, [v for v in values if v <= last]) for spacing, values in levels]
        return [(kept[0][0], [*kept[0][1], float(self.epochs)]), *kept[1:]] if ends else kept

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        texts: list[str] = super().tickStrings(values, scale, spacing)
        unit = "epoch" if self.epochs == 1 else "epochs"
        return [
            f"{text} {unit}" if value == self.epochs else text
            for value, text in zip(values, texts, strict=True)
        ]


class ValueAxis(Guarded, pg.AxisItem):
    """The axis at the left: round numbers, never so many that their labels touch."""

    def tickValues(self, low: float, high: float, pixels: float) -> TickLevels:
        most = max(int(pixels / (LINES_APART * _type_height(self))), 1)
        values = (log_ticks if self.logMode else linear_ticks)(low, high, most)
        return [((high - low) / most, values)]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        if not self.logMode:
            digits = max((_decimals(value) for value in values), default=0)
            return [number(value, digits) for value in values]
        return [number(10**value, _decimals(10**value)) for value in values]


def linear_ticks(low: float, high: float, most: int) -> list[float]:
    """The most multiples of 1, 2 or 5 times a power of ten that have room for so many labels."""
    apart = (high - low) / most
    power = 10.0 ** math.floor(math.log10(apart))
    step = next(step for step in (power, 2 * power, 5 * power, 10 * power) if step >= apart)
    return [n * step for n in range(math.ceil(low / step), math.floor(high / step) + 1)]


def log_ticks(low: float, high: float, most: int) -> list[float]:
    """Round values between two powers of ten, as exponents, none nearer than room for a label.

    The richest of: round steps (where the span is small), 1 2 5, and every first, second, third …
    power of ten.
    """
    apart = (high - low) / most
    powers = range(math.floor(low), math.ceil(high) + 1)
    choices = [
        [math.log10(value) for value, _ in ticks(10**low, 10**high, about) if value > 0]
        for about in range(most, 0, -1)
    ]
    choices.append([power + math.log10(digit) for power in powers for digit in (1, 2, 5)])
    choices += [list(range(powers[0], powers[-1] + 1, step)) for step in range(1, len(powers) + 1)]
    best: list[float] = []
    for choice in choices:
        inside = [float(value) for value in choice if low <= value <= high]
        gaps = [after - before for before, after in itertools.pairwise(inside)]
        if len(inside) > len(best) and min(gaps, default=apart) >= apart:
            best = inside
    return best


def _decimals(value: float) -> int:
    """Digits after the point that a round value needs."""
    return next((digits for digits in range(7) if abs(round(value, digits) - value) < 1e-9), 7)


def _type_height(axis: pg.AxisItem) -> float:
    font = axis.style["tickFont"]
    return float(font.pixelSize()) if font else 12.0
