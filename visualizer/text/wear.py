"""Words about a digit that wears down: how far it is worn, and where the answer flips."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from visualizer.core.parts.wearing import WearCurve
from visualizer.core.words import a_digit
from visualizer.text.numbers import number, percent

NO_INK = "There is no ink that could wear down."
NO_NUMBER = "No prediction: not a number."


@dataclass(frozen=True, slots=True)
class WearWords:
    """Words about one way to wear a digit down.

    Attributes
    ----------
    title : str
        Its name in a list.
    axis : str
        What is counted along the curves.
    told : callable
        Strength → how far, after the name of the digit.
    short : callable
        The same where there is little room.
    times : float
        Strengths are counted times this.
    """

    title: str
    axis: str
    told: Callable[[float], str]
    short: Callable[[float], str]
    times: float = 1.0


def _strokes(strength: float) -> str:
    how = "thicker" if strength > 0 else "thinner"
    return f"with strokes {number(abs(strength), 1)} pixels {how} at each side"


def _moved(strength: float, to: str, back: str) -> str:
    count = abs(round(strength))
    way = to if strength > 0 else back
    return f"moved {count} pixel{'' if count == 1 else 's'} {way}"


def _plus(strength: float, digits: int) -> str:
    return f"{'+' if strength > 0 else ''}{number(strength, digits)}"


WEAR_WORDS: dict[str, WearWords] = {
    "noise": WearWords(
        "Noise",
        "noise, in % of full ink",
        lambda s: f"with {percent(s, 0)} noise",
        lambda s: f"noise {percent(s, 0)}",
        times=100,
    ),
    "blot": WearWords(
        "Blot",
        "blot, in % of its full size",
        lambda s: f"with a blot of {percent(s, 0)}",
        lambda s: f"blot {percent(s, 0)}",
        times=100,
    ),
    "strokes": WearWords(
        "Thicker or thinner",
        "pixels thicker at each side",
        _strokes,
        lambda s: f"strokes {_plus(s, 1)}",
    ),
    "turn": WearWords(
        "Turn",
        "degrees, clockwise",
        lambda s: f"turned by {number(s, 0)}°",
        lambda s: f"turned {number(s, 0)}°",
    ),
    "right": WearWords(
        "Shift sideways",
        "pixels to the right",
        lambda s: _moved(s, "right", "left"),
        lambda s: f"{abs(round(s))} {'right' if s > 0 else 'left'}",
    ),
    "down": WearWords(
        "Shift up or down",
        "pixels down",
        lambda s: _moved(s, "down", "up"),
        lambda s: f"{abs(round(s))} {'down' if s > 0 else 'up'}",
    ),
}


def worn_words(wear: str, strength: float) -> str:
    """Say how far a digit is worn, such as "turned by 24°"; at 0 "as it was"."""
    return WEAR_WORDS[wear].told(strength) if strength else "as it was"


def answer_forms(wear: str, strength: float, answer: int, chance: float) -> tuple[str, ...]:
    """Say how far a digit is worn, what it then is for the network, and how likely; then shorter.

    Where the chance is not a number, there is no answer.
    """
    words = _capital(worn_words(wear, strength))
    if not math.isfinite(chance):
        return (words,)
    short = _capital(WEAR_WORDS[wear].short(strength)) if strength else words
    it_is = f"{a_digit(answer)} with {percent(chance)}"
    return f"{words}: {it_is}", f"{short}: {it_is}", it_is


def flip_sentence(wear: str, curve: WearCurve) -> str:
    """Say in one sentence where the answer flips: the nearest strength on each side of 0."""
    if not curve.known:
        return NO_NUMBER
    before = _together(curve.answer)
    flips = [flip for flip in (curve.above, curve.below) if flip is not None]
    flips.sort(key=lambda flip: abs(flip.strength))
    if not flips:
        return f"It stays {before} at every strength."
    first, *others = flips
    told = _capital(worn_words(wear, first.strength))
    told = f"{told}, it is {_together(first.answer)} for the network"
    if others:
        (other,) = others
        also = ", too" if other.answer == first.answer else f" {_together(other.answer)}"
        return f"{told}, and {worn_words(wear, other.strength)}{also}: between them {before}."
    rest = f" The other way it stays {before}." if curve.both_ways else ""
    return f"{told}: until then {before}.{rest}"


def _together(label: int) -> str:
    """Name a class with its article on the same line."""
    return a_digit(label).replace(" ", "\u00a0")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
