"""The lab in words: sizes as formulas, padding, dropped lines, and every sum in numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from visualizer.core.lab.lab import NETWORK, OWN, LabState
from visualizer.core.lab.response import Response, Surroundings
from visualizer.core.network.geometry import RowsColumns, Sliding
from visualizer.core.network.layer import Array
from visualizer.core.network.terms import ConvTerms, PoolTerms
from visualizer.text.numbers import number
from visualizer.text.terms import HIDDEN, signed

NAMES = {"max": "Max pooling", "average": "Average pooling", "convolution": "Convolution"}


def times(size: RowsColumns) -> str:
    """Write a size as 5 × 3."""
    return f"{size[0]} × {size[1]}"


def value_text(value: float, whole: bool) -> str:
    """Write a cell's number: no decimals on whole maps, or for an exact zero."""
    return number(value, 0 if whole or value == 0 else 2)


def all_whole(values: Array) -> bool:
    """Return whether every value of a map is a whole number."""
    return bool(np.all(values == np.rint(values)))


def formula(sliding: Sliding, axis: int) -> str:
    """Write the number of places along an axis (0 rows, 1 columns) with the numbers in it."""
    size, kernel = sliding.size[axis], sliding.kernel[axis]
    stride, places = sliding.stride[axis], sliding.places[axis]
    if sliding.padding == "same":
        return f"⌈{size} / {stride}⌉ = {places}"
    share = f"({size} − {kernel}) / {stride}"
    return (
        f"{share} + 1 = {places}" if (size - kernel) % stride == 0 else f"⌊{share}⌋ + 1 = {places}"
    )


def formulas(sliding: Sliding) -> list[str]:
    """Write one line for both axes if they are alike, else one for rows and one for columns."""
    rows, columns = formula(sliding, 0), formula(sliding, 1)
    return [rows] if rows == columns else [f"rows {rows}", f"columns {columns}"]


def padding_sentence(sliding: Sliding) -> str:
    """Say how much padding there is on each side."""
    (top, bottom), (left, right) = sliding.margins
    if sliding.padding == "valid":
        return "No padding: the window stays on the input."
    if not any((top, bottom, left, right)):
        return "Padding “same” adds nothing here."
    if top == bottom == left == right:
        return f"Padding “same” adds {_lines(top, 'row', 'and column')} of zeros on each side."
    parts = {"above": top, "below": bottom, "left": left, "right": right}
    sides = ", ".join(f"{amount} {side}" for side, amount in parts.items() if amount)
    return f"Padding “same” adds rows and columns of zeros: {sides}."


def _lines(amount: int, first: str, second: str) -> str:
    plural = "" if amount == 1 else "s"
    words = second.split()
    return f"{amount} {first}{plural} {words[0]} {words[1]}{plural}"


def dropped_sentence(response: Response) -> str:
    """Say why cells at the end, or between windows, are in no window; empty if none are."""
    unseen, sliding = response.unseen(), response.sliding
    last = sliding.window(*(places - 1 for places in sliding.places))
    names, steps = [], []
    for axis, what, end in ((0, "row", last.bottom), (1, "column", last.right)):
        missed = np.flatnonzero(unseen.all(axis=1 - axis))
        tail = missed[missed >= end]
        if tail.size:
            names.append(f"{what} {tail[0]}" if tail.size == 1 else f"{what}s {tail[0]}–{tail[-1]}")
        if missed.size > tail.size:
            steps.append(f"{what}s")
    said = []
    if names:
        run = " and ".join(names)
        are = "is" if len(names) == 1 and "–" not in run else "are"
        said.append(
            f"{run[0].upper()}{run[1:]} {are} dropped: "
            "one more step would take the window past the edge."
        )
    if steps:
        said.append(f"The stride is larger than the window and steps over {' and '.join(steps)}.")
    return " ".join(said)


def problem_sentence(response: Response) -> str:
    """Say why there is no output, and what would help."""
    said = response.problem
    return (
        f"{said[:1].upper()}{said[1:]}. Choose a smaller window, a larger input, or padding “same”."
    )


def kernel_name(state: LabState, surroundings: Surroundings) -> str:
    """Return the window's name of the kernel."""
    if state.kernel_name == NETWORK:
        return f"{surroundings.filters_name or 'conv2d_1'} filter {state.filter}"
    return "your own values" if state.kernel_name == OWN else state.kernel_name


def input_name(state: LabState, surroundings: Surroundings) -> str:
    """Return the window's name of the input."""
    names = {"grid": "your grid", "digit": surroundings.digit_name, "map": surroundings.map_name}
    return names[state.source] or "a made-up map"


@dataclass(frozen=True, slots=True)
class Term:
    """One part of a sum: its text, its kernel cell, whether it counts, and whether it wins."""

    text: str
    cell: RowsColumns | None = None
    counts: bool = True
    wins: bool = False


def sum_terms(terms: ConvTerms | PoolTerms, hidden: bool = False) -> tuple[str, list[Term], str]:
    """Return the text before the terms, the terms in order, and the text after them.

    Of a `hidden` result nothing is told, not even which term wins.
    """
    made = _conv_terms(terms) if isinstance(terms, ConvTerms) else _pool_terms(terms)
    if not hidden:
        return made
    before, parts, _ = made
    by = f"divided by {len(parts)} " if before == "sum of" else ""
    return before, [replace(part, wins=False) for part in parts], f"{by}= {HIDDEN}"


def _conv_terms(terms: ConvTerms) -> tuple[str, list[Term], str]:
    patch, kernel = terms.patch[:, :, 0], terms.kernel[:, :, 0]
    exact = all_whole(patch) and all_whole(kernel)
    parts = []
    for cell in np.ndindex(*kernel.shape):
        value, weight = float(patch[cell]), float(kernel[cell])
        text = f"{_short(value)} × {signed(weight, _digits(weight))}"
        parts.append(Term(text, (cell[0], cell[1]), value * weight != 0))
    if terms.bias:
        parts.append(Term(f"bias {number(terms.bias, 3)}"))
    digits = 0 if exact and not terms.bias else 3
    return "", parts, f"{'=' if digits == 0 else '≈'} {number(terms.pre_activation, digits)}"


def _pool_terms(terms: PoolTerms) -> tuple[str, list[Term], str]:
    exact = all_whole(terms.counted)
    parts = []
    for cell in np.ndindex(*terms.window.shape):
        value = float(terms.window[cell])
        if np.isfinite(value):
            place = (cell[0], cell[1])
            parts.append(Term(_short(value), place, wins=bool(terms.winners[cell])))
    if terms.reduction == "max":
        return "max of", parts, f"= {number(terms.output, 0 if exact else 2)}"
    digits = next((n for n in (0, 1, 2) if round(terms.output, n) == terms.output), 3)
    sign = "=" if exact and digits < 3 else "≈"
    return "sum of", parts, f"divided by {len(parts)} {sign} {number(terms.output, digits)}"


def _digits(value: float) -> int:
    return 0 if value.is_integer() else 2


def _short(value: float) -> str:
    return number(value, _digits(value))
