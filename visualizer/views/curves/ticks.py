"""Round values for the axes of a plot, as many as have room, and their labels."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable

from visualizer.text.numbers import LARGEST_PLAIN, number, round_text, spaced, ticks

Tick = tuple[float, str]

MOST_ACROSS, MOST_DOWN = 8, 10
LINES_APART = 1.7  # from one label of the value axis to the next, in heights of its type


def ticks_down(low: float, high: float, most: int, log: bool = False) -> list[Tick]:
    """Return round values with their labels, so many at most; of a log axis, exponents of ten."""
    if not log:
        return spaced(ticks(low, high, most), (high - low) / most)
    values = [(exponent, 10**exponent) for exponent in log_ticks(low, high, most)]
    return [
        (at, number(value, decimals(value)) if value < LARGEST_PLAIN else round_text(value))
        for at, value in values
    ]


def log_ticks(low: float, high: float, most: int) -> list[float]:
    """Return round values between two powers of ten, as exponents, with room for so many labels.

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


def most_down(room: float, type_height: float) -> int:
    """Return how many labels of the value axis stand over each other in a room, in pixels."""
    return min(max(int(room / (LINES_APART * type_height)), 1), MOST_DOWN)


def ticks_across(
    low: float, high: float, room: float, width: Callable[[str], float], apart: float
) -> list[Tick]:
    """Return the most labelled ticks that stand beside each other, so far apart, in a room."""
    for most in range(MOST_ACROSS, 1, -1):
        marks = ticks_down(low, high, most)
        widest = max((width(text) for _, text in marks), default=0.0) + apart
        gaps = [(after - before) for (before, _), (after, _) in itertools.pairwise(marks)]
        if min(gaps, default=high - low) / (high - low) * room >= widest:
            return marks
    return ticks_down(low, high, 1)


def decimals(value: float) -> int:
    """Return how many digits after the point a round value needs, 7 at most."""
    return next((digits for digits in range(7) if abs(round(value, digits) - value) < 1e-9), 7)


def rounded_up(value: float) -> float:
    """Return the next number of two digits: an end of an axis that stays for a while."""
    step = 10.0 ** (math.floor(math.log10(value)) - 1)
    return math.ceil(value / step) * step
