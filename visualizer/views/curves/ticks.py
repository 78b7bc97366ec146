"""Round values for the axes of a plot, as many as have room, and their labels."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence

from visualizer.text.numbers import number, ticks

Tick = tuple[float, str]

MOST_ACROSS, MOST_DOWN = 8, 10
LINES_APART = 1.7  # from one label of the value axis to the next, in heights of its type


def linear_ticks(low: float, high: float, most: int) -> list[float]:
    """Return the most multiples of 1, 2 or 5 times a power of ten with room for so many labels."""
    apart = (high - low) / most
    power = 10.0 ** math.floor(math.log10(apart))
    step = next(step for step in (power, 2 * power, 5 * power, 10 * power) if step >= apart)
    return [n * step for n in range(math.ceil(low / step), math.floor(high / step) + 1)]


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


def labelled(values: Sequence[float], log: bool = False) -> list[Tick]:
    """Return each value, or exponent of ten, with its number in as many digits as it needs."""
    if log:
        return [(value, number(10**value, decimals(10**value))) for value in values]
    digits = max((decimals(value) for value in values), default=0)
    return [(value, number(value, digits)) for value in values]


def most_down(room: float, type_height: float) -> int:
    """Return how many labels of the value axis stand over each other in a room, in pixels."""
    return min(max(int(room / (LINES_APART * type_height)), 1), MOST_DOWN)


def ticks_across(
    low: float, high: float, room: float, width: Callable[[str], float], apart: float
) -> list[Tick]:
    """Return the most labelled ticks that stand beside each other, so far apart, in a room."""
    for most in range(MOST_ACROSS, 1, -1):
        marks = labelled(linear_ticks(low, high, most))
        widest = max((width(text) for _, text in marks), default=0.0) + apart
        gaps = [(after - before) for (before, _), (after, _) in itertools.pairwise(marks)]
        if min(gaps, default=high - low) / (high - low) * room >= widest:
            return marks
    return labelled(linear_ticks(low, high, 1))


def decimals(value: float) -> int:
    """Return how many digits after the point a round value needs, 7 at most."""
    return next((digits for digits in range(7) if abs(round(value, digits) - value) < 1e-9), 7)
