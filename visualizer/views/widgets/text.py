"""Numbers as the window prints them: a true minus, and digits that suit their size."""

from __future__ import annotations

import math

MINUS = "\u2212"
THIN_SPACE = "\u2009"
FEWEST = 3
SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def number(value: float, digits: int = 3) -> str:
    """A value to so many digits after the point, with a true minus; never "−0"."""
    if math.isnan(value):
        return "not a number"
    if math.isinf(value):
        return "∞" if value > 0 else f"{MINUS}∞"
    text = f"{value:.{digits}f}"
    if text.startswith("-"):
        text = text[1:] if float(text) == 0 else MINUS + text[1:]
    return text


def exact(value: float) -> str:
    """A float32 in full: the fewest digits that give it back."""
    return f"{value:.9g}".replace("-", MINUS)


def ticks(low: float, high: float, about: int = 4) -> list[tuple[float, str]]:
    """Round values from low to high with their labels: steps of 1, 2 or 5 times a power of ten.

    The two ends are not added: they are rarely round.
    """
    span = high - low
    if not (math.isfinite(span) and span > 0):
        return [(low, number(low, 2))]
    power = 10.0 ** math.floor(math.log10(span / about))
    steps = [m * power for m in (1, 2, 5, 10)]
    wanted = next(step for step in steps if step >= span / about * 0.999)
    several = [step for step in steps if step <= wanted and _fitting(low, high, step) >= FEWEST]
    step = several[-1] if several else steps[0]
    digits = max(-math.floor(math.log10(step) + 1e-9), 0)
    first, last = math.ceil(low / step - 1e-6), math.floor(high / step + 1e-6)
    return [(n * step, number(n * step, digits)) for n in range(first, last + 1)]


def _fitting(low: float, high: float, step: float) -> int:
    """How many multiples of a step lie from low to high."""
    return math.floor(high / step + 1e-6) - math.ceil(low / step - 1e-6) + 1


def significant(value: float, digits: int = 3) -> str:
    """A value to so many significant digits, without exponent down to 0.0001."""
    if value == 0 or not math.isfinite(value):
        return number(value, 0)
    places = digits - 1 - math.floor(math.log10(abs(value)))
    return number(value, min(max(places, 0), 7))


def compact(value: float) -> str:
    """Any positive size in a few signs: 86,968, 0.512, 3.4 · 10⁻⁶."""
    if value == 0 or 0.001 <= value < 1000:
        return number(value, 3)
    if 1000 <= value < 1e7:
        return count(value)
    factor, power = f"{value:.1e}".split("e")
    return f"{factor} · 10{str(int(power)).translate(SUPERSCRIPTS)}"


def count(value: float) -> str:
    """A whole number with thousands separated by commas, as the book prints them."""
    return f"{value:,.0f}"


def duration(seconds: float) -> str:
    """Minutes and seconds, 1:05; with hours from one hour on."""
    whole = math.ceil(seconds)
    hours, minutes = divmod(whole // 60, 60)
    return f"{hours}:{minutes:02d}:{whole % 60:02d}" if hours else f"{minutes}:{whole % 60:02d}"


def percent(value: float, digits: int = 2) -> str:
    """A share of 1 in percent."""
    return f"{value * 100:.{digits}f}{THIN_SPACE}%"
