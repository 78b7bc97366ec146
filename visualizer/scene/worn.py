"""WornDigit: a digit that was worn down, which still knows the one that it was."""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.scene.scene import Digit


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class WornDigit(Digit):
    """A digit that was worn down on purpose; at strength 0 there is its original instead.

    Attributes
    ----------
    original : Digit
    wear : str
        The name of what wore it down.
    strength : float
        How far, in that wear's own unit.
    seed : int
        By which it was worn, where that is by chance.
    """

    original: Digit
    wear: str
    strength: float
    seed: int


def original_of(digit: Digit) -> Digit:
    """Return the digit that was worn down; a digit that was not is its own original."""
    return digit.original if isinstance(digit, WornDigit) else digit
