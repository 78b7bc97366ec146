"""Numbers as the window prints them: a true minus, digits that suit the size, bounded width.

Every float has a text here: huge, tiny, infinite and not a number.
"""

from __future__ import annotations

import html
import math
from dataclasses import dataclass

from visualizer.core.network.geometry import Lines, RowsColumns

MINUS = "\u2212"
THIN_SPACE = "\u2009"
FEWEST = 3
MOST_IN_A_TIP = 600
LARGEST_PLAIN = 1e7
LARGEST_COUNT = 1e12
MOST_DAYS = 1000
SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def number(value: float, digits: int = 3) -> str:
    """Write a value with so many decimals, with a true minus; never "−0".

    From ten million on it has three significant digits and a power of ten.
    """
    if not math.isfinite(value):
        return _special(value)
    if abs(value) >= LARGEST_PLAIN:
        return with_power(value, 2)
    return _minus(f"{value:.{digits}f}")


def _special(value: float) -> str:
    """Write a value that is not finite."""
    if math.isnan(value):
        return "not a number"
    return "∞" if value > 0 else f"{MINUS}∞"


def _minus(text: str) -> str:
    """Give a printed number a true minus, and a zero none."""
    if not text.startswith("-"):
        return text
    return MINUS + text[1:] if any(sign in "123456789" for sign in text) else text[1:]


def with_power(value: float, digits: int) -> str:
    """Write a finite value as 3.40 · 10³⁸: a factor from 1 to 10, so many decimals, a power."""
    factor, power = f"{value:.{digits}e}".split("e")
    return f"{_minus(factor)} · {power_of_ten(int(power))}"


def power_of_ten(power: int) -> str:
    """Write a power of ten: 10³⁸."""
    return f"10{str(power).translate(SUPERSCRIPTS)}"


def exact(value: float) -> str:
    """Write a float32 exactly: nine significant digits give it back."""
    if not math.isfinite(value):
        return _special(value)
    factor, has_power, power = f"{value:.9g}".partition("e")
    text = _minus(factor)
    return f"{text} · {power_of_ten(int(power))}" if has_power else text


def ticks(low: float, high: float, about: int = 4) -> list[tuple[float, str]]:
    """List round values from low to high with labels: steps of 1, 2 or 5 times a power of ten.

    The two ends are not added: they are rarely round.
    """
    span = high - low
    if not (math.isfinite(span) and span / about > 0):
        return [(low, number(low, 2))]
    power = 10.0 ** math.floor(math.log10(span / about))
    steps = [m * power for m in (1, 2, 5, 10)]
    wanted = next(step for step in steps if step >= span / about * 0.999)
    several = [step for step in steps if step <= wanted and _fitting(low, high, step) >= FEWEST]
    step = several[-1] if several else steps[0]
    digits = max(-math.floor(math.log10(step) + 1e-9), 0)
    plain = digits <= 5 and max(abs(low), abs(high)) < LARGEST_PLAIN
    first, last = math.ceil(low / step - 1e-6), math.floor(high / step + 1e-6)
    return [
        (n * step, number(n * step, digits) if plain else round_text(n * step))
        for n in range(first, last + 1)
    ]


def spaced(marks: list[tuple[float, str]], apart: float) -> list[tuple[float, str]]:
    """Keep every mark of `ticks`, or every second, third …, at least so far apart; 0 stays."""
    if len(marks) < 2:
        return marks
    step = marks[1][0] - marks[0][0]
    every = max(math.ceil(apart / step - 1e-9), 1)
    return [mark for mark in marks if round(mark[0] / step) % every == 0]


def round_text(value: float) -> str:
    """Write a round value in few signs: 0, 2 · 10³⁷, 2.5 · 10⁻⁷."""
    if value == 0:
        return "0"
    factor, _, power = f"{value:.2e}".partition("e")
    return f"{_minus(f'{float(factor):g}')} · {power_of_ten(int(power))}"


def _fitting(low: float, high: float, step: float) -> int:
    """Count the multiples of a step from low to high."""
    return math.floor(high / step + 1e-6) - math.ceil(low / step - 1e-6) + 1


def significant(value: float, digits: int = 3) -> str:
    """Write a value to so many significant digits; past 10⁷ or 0.0001 with a power of ten."""
    if value == 0 or not math.isfinite(value):
        return number(value, 0)
    if not 1e-4 <= abs(value) < LARGEST_PLAIN:
        return with_power(value, digits - 1)
    return number(value, max(digits - 1 - math.floor(math.log10(abs(value))), 0))


def compact(value: float) -> str:
    """Write a value of any size in a few signs: 86,968, 0.512, 3.4 · 10⁻⁶."""
    size = abs(value)
    if not math.isfinite(value) or value == 0 or 0.001 <= size < 1000:
        return number(value, 3)
    return count(value) if 1000 <= size < LARGEST_PLAIN else with_power(value, 1)


def count(value: float) -> str:
    """Write a whole number with thousands separated by commas, as the book prints them."""
    if not math.isfinite(value):
        return _special(value)
    return _minus(f"{value:,.0f}") if abs(value) < LARGEST_COUNT else with_power(value, 2)


def apart(jump: RowsColumns) -> str:
    """Write how far neighbouring fields are from each other: one number, or rows and columns."""
    return str(jump[0]) if jump[0] == jump[1] else f"{jump[0]} and {jump[1]}"


def sees_text(pixels: Lines) -> tuple[str, str]:
    """Say how much of the digit a cell sees, 5 × 5 pixels or 16 within 5 × 5; then shorter."""
    size = f"{pixels.box.height} × {pixels.box.width}"
    if pixels.has_gaps:
        return f"sees {count(pixels.count)} pixels within {size}", f"sees {pixels.count} in {size}"
    return f"sees {size} pixels", f"sees {size}"


def duration(seconds: float) -> str:
    """Write minutes and seconds, 1:05; from one hour on with hours; from four days on in days."""
    if not math.isfinite(seconds):
        return _special(seconds)
    seconds = max(seconds, 0.0)
    days = seconds / 86400
    if days >= MOST_DAYS:
        return f"over {count(MOST_DAYS)} days"
    if days >= 4:
        return f"{days:.0f} days"
    whole = math.ceil(seconds)
    hours, minutes = divmod(whole // 60, 60)
    return f"{hours}:{minutes:02d}:{whole % 60:02d}" if hours else f"{minutes}:{whole % 60:02d}"


def percent(value: float, digits: int = 2) -> str:
    """Write a share of 1 in percent."""
    shown = number(value * 100, digits)
    return shown if math.isnan(value) else f"{shown}{THIN_SPACE}%"


@dataclass(frozen=True, slots=True)
class Digits:
    """How all numbers of one grid are printed, in about five signs at most.

    Attributes
    ----------
    places : int
        Digits after the point.
    power : int
        The numbers are printed in units of ten to this power.
    below_one : bool
        No number of the grid reaches 1.
    """

    places: int = 2
    power: int = 0
    below_one: bool = True

    def text(self, value: float, bare: bool = False) -> str:
        """Write one number; an exact 0 as 0; with `bare`, 0.04 as .04."""
        if value == 0 or not math.isfinite(value):
            return "NaN" if math.isnan(value) else "0" if value == 0 else _special(value)
        text = number(value / 10.0**self.power if self.power else value, self.places)
        return text.replace("0.", ".", 1) if bare and text.lstrip(MINUS)[0] == "0" else text

    def widest(self, signed: bool, bare: bool = False) -> str:
        """Return a text of as many signs as a number of the grid may have."""
        whole = "" if bare and self.below_one else "0" * max(3 - self.places, 1)
        part = "." + "0" * self.places if self.places else ""
        return f"{MINUS if signed else ''}{whole}{part}"

    @property
    def unit(self) -> str:
        """Words beside the grid: "in 10⁻³", or nothing."""
        return f"in {power_of_ten(self.power)}" if self.power else ""


# Decimals for numbers below each bound: five signs with a minus.
PLACES = ((0.125, 3), (9.995, 2), (99.95, 1), (math.inf, 0))
SMALLEST_TOP, LARGEST_TOP = 0.0125, 999.5


def digits_for(top: float) -> Digits:
    """Choose digits so that nothing from 4 % of `top` on, which has a colour, is printed as 0.

    Parameters
    ----------
    top : float
        The largest size in the grid: the end of its colour scale.
    """
    top = abs(top)
    if not (math.isfinite(top) and top > 0):
        return Digits()
    if not SMALLEST_TOP <= top < LARGEST_TOP:
        return Digits(2, math.floor(math.log10(top)), below_one=False)
    places = next(places for bound, places in PLACES if top < bound)
    return Digits(places, below_one=top < 0.995)


def as_tip(text: str) -> str:
    """Write text for a tool tip; what looks like markup, as in a file's name, is shown as it is."""
    text = text[:MOST_IN_A_TIP]
    if not set(text) & {"<", "&"}:
        return text
    escaped = html.escape(text, quote=False).replace("\n", "<br>")
    return f"<span>{escaped}</span>"


def shortened(text: str, letters: int = 24, keep_end: bool = False) -> str:
    """Shorten foreign text to one line of so many letters: a name, a path, words of a file."""
    plain = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if len(plain) <= letters:
        return plain
    return f"…{plain[1 - letters :]}" if keep_end else f"{plain[: letters - 1]}…"
