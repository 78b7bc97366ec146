"""Numbers as the window prints them: a true minus, and digits that suit their size."""

from __future__ import annotations

import math

MINUS = "\u2212"
THIN_SPACE = "\u2009"


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


def scale_digits(top: float) -> int:
    """Digits after the point that tell apart the ticks of a scale up to `top`."""
    if not math.isfinite(top) or top <= 0:
        return 1
    return min(max(2 - math.ceil(math.log10(top)), 0), 6)


def count(value: float) -> str:
    """A whole number with thousands separated by commas, as the book prints them."""
    return f"{value:,.0f}"


def duration(seconds: float) -> str:
    """Minutes and seconds, 1:05; with hours from one hour on."""
    whole = math.ceil(seconds)
    hours, minutes = divmod(whole // 60, 60)
    return (
        f"{hours}:{minutes:02d}:{whole % 60:02d}" if hours else f"{minutes}:{whole % 60:02d}"
    )


def percent(value: float, digits: int = 2) -> str:
    """A share of 1 in percent."""
    return f"{value * 100:.{digits}f}{THIN_SPACE}%"
