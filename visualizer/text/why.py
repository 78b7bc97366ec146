"""Words about the parts of an answer: what the pixels and the biases of each layer speak for."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from visualizer.core.words import listed
from visualizer.text.numbers import compact, number, percent, significant
from visualizer.text.terms import adds_up

DIGITS = (2, 3)


def part_text(value: float, digits: int = 2) -> str:
    """Write a part, or a logit, of the table."""
    return number(value, digits)


def parts_texts(parts: Sequence[Sequence[float]]) -> list[list[str]]:
    """Write columns of parts, each with its sum last, in the fewest digits in which all add up.

    Where none do, the sums that do not are marked by ≈.
    """
    adding = (d for d in DIGITS if all(adds_up(column, d) for column in parts))
    digits = next(adding, DIGITS[0])
    written = [[number(value, digits) for value in column] for column in parts]
    for column, texts in zip(parts, written, strict=True):
        if not adds_up(column, digits):
            texts[-1] = f"≈ {texts[-1]}"
    return written


def wiped_words(label: int, now: float, least: float, most: float) -> tuple[str, ...]:
    """Say what becomes of the chance of a class where ink is wiped out."""
    ends = (f"least {percent(least, 0)}", f"now {percent(now, 0)}", f"most {percent(most, 0)}")
    short = f"{percent(least, 0)} to {percent(most, 0)}"
    return (f"chance of {label}: {', '.join(ends)}", ", ".join(ends), f"chance {short}", short)


def pixel_sentence(row: int, column: int, ink: float, part: float) -> str:
    """Say what a pixel adds: its ink times what one more unit of ink there would add."""
    place = f"[{row}, {column}]"
    if not ink:
        return f"{place}: paper adds nothing"
    return f"{place}: {number(ink, 2)} × {number(part / ink, 3)} = {number(part, 3)}"


def times_sentence(first: str, second: str, difference: float) -> str:
    """Say how much likelier one class is than another, by the difference of their logits.

    The power is that of the difference itself, not of the figures printed of it: hence the ≈.
    """
    if not math.isfinite(difference):
        return ""
    times = _times(math.exp(min(difference, 700.0)))
    power = f"e^{part_text(difference)}"
    return f"{power} ≈ {times}: {first} is {times} times as likely as {second}"


def _times(value: float) -> str:
    """Write a factor in three figures, the thousands apart: 1.32, 3,190,000."""
    return significant(value) if value < 1000 else compact(float(f"{value:.2e}"))


def reason_sentence(
    first: str, second: str, pixels: float, biases: Mapping[str, float], total: float
) -> str:
    """Say in one sentence what makes the difference of two logits, first less second.

    Parameters
    ----------
    pixels, biases
        The parts of the difference: of all pixels, and of the biases of each layer.
    total
        The difference.
    """
    wins, other = (first, second) if total >= 0 else (second, first)
    sign = 1.0 if total >= 0 else -1.0
    ahead = f"(difference {part_text(abs(total))})"
    if sign * pixels >= 0:
        others = sign * sum(biases.values())
        told = "add" if others >= 0 else "take away"
        words = f"The pixels speak for the {wins} by {part_text(abs(pixels))}"
        return f"{words}; the biases {told} {part_text(abs(others))} {ahead}."
    turning = _turning(sign, pixels, biases)
    layers = listed(turning)
    of = f"the biases of {layers} turn" if len(turning) > 1 else f"the bias of {layers} turns"
    words = f"The pixels speak for the {other} by {part_text(abs(pixels))}"
    return f"{words}; {of} it into the {wins} {ahead}."


def _turning(sign: float, pixels: float, biases: Mapping[str, float]) -> list[str]:
    """Return the fewest layers whose biases outweigh the pixels, in the order of the network."""
    sizes = sorted(biases, key=lambda name: -sign * biases[name])
    found: list[str] = []
    outweighed = abs(pixels)
    for name in sizes:
        if outweighed <= 0 or sign * biases[name] <= 0:
            break
        found.append(name)
        outweighed -= sign * biases[name]
    return [name for name in biases if name in found]


def number_sentence(name: str, pixels: float, biases: float, total: float) -> str:
    """Say what the pixels and the biases make of one number of the network."""
    parts = f"the pixels make {part_text(pixels)} of it, the biases {part_text(biases)}"
    return f"{name} = {part_text(total)}: {parts}."
