"""The numbers of one step of the whole chain, in decimals at which they read right."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from visualizer.core.network.terms import ConvTerms, DenseTerms, PoolTerms
from visualizer.text.numbers import THIN_SPACE, compact, count, number, significant, with_power
from visualizer.text.terms import TAKEN_OUT, adding_digits, adds_up

FEW = (2, 3, 4, 5, 6)  # decimals, tried in this order
LEAST_PLAIN, MOST_PLAIN = 0.095, 1000.0  # between them two decimals tell enough


def brief(value: float, digits: int = 2) -> str:
    """Write a number in few signs: NaN, ∞, 3.4 · 10³⁸."""
    if math.isnan(value):
        return "NaN"
    large = math.isfinite(value) and abs(value) >= MOST_PLAIN * 100
    return with_power(value, 1) if large else number(value, digits)


def value_text(value: float) -> str:
    """Write a value of the way: two decimals, more for a small number, fewer for a large one."""
    if math.isnan(value):
        return "NaN"
    if value == 0 or not math.isfinite(value) or LEAST_PLAIN <= abs(value) < MOST_PLAIN:
        return number(value, 2)
    return significant(value, 2) if abs(value) < LEAST_PLAIN else compact(value)


def share_text(value: float) -> str:
    """Write a probability in percent; NaN as it is."""
    return "NaN" if math.isnan(value) else f"{number(value * 100, 2)}{THIN_SPACE}%"


def rank_forms(rank: int, many: int) -> tuple[str, ...]:
    """Say which of many terms one is by its size, in ever shorter forms."""
    if many == 1:
        return ("the only one",)
    if rank == 1:
        return (f"the largest of {count(many)}", f"largest of {count(many)}", f"of {count(many)}")
    return (f"no. {count(rank)} of {count(many)}", f"{count(rank)} of {count(many)}")


@dataclass(frozen=True, slots=True)
class ProductText:
    """One product: a value below, its weight with the sign of multiplication, and the result."""

    value: str
    weight: str
    result: str


def product_text(value: float, weight: float, product: float) -> ProductText:
    """Write a product; = if the printed factors give the printed product, else ≈."""
    fitting = (digits for digits in FEW if _reads_right(value, weight, product, digits))
    seen = (digits for digits in FEW if round(product, digits) != 0)
    digits = next(fitting, next(seen, FEW[0]))
    right = _reads_right(value, weight, product, digits) or not math.isfinite(product)
    factor = f"({brief(weight, digits)})" if round(weight, digits) < 0 else brief(weight, digits)
    result = f"{'=' if right else '≈'} {brief(product, digits)}"
    return ProductText(brief(value, digits), f"× {factor}", result)


def _reads_right(value: float, weight: float, product: float, digits: int) -> bool:
    printed = round(value, digits) * round(weight, digits)
    near = abs(printed - round(product, digits)) <= 0.5 * 10.0**-digits
    return near and (round(product, digits) != 0 or product == 0)


@dataclass(frozen=True, slots=True)
class SumText:
    """A sum: what speaks for the number, what against it, the bias, and what becomes of them.

    Attributes
    ----------
    positive, negative, bias : str
    results : tuple of str
        The pre-activation and what the activation makes of it, in ever shorter forms.
    """

    positive: str
    negative: str
    bias: str
    results: tuple[str, ...]


def sum_text(terms: ConvTerms | DenseTerms, positive: float, negative: float) -> SumText:
    """Write a sum in numbers that add up to the digits shown."""
    if isinstance(terms, DenseTerms) and terms.taken_out:
        return SumText(brief(positive), brief(negative), "–", (TAKEN_OUT, "taken out", "out"))
    numbers = (positive, negative, terms.bias, terms.pre_activation)
    digits = adding_digits(*numbers, choices=FEW)
    plain = all(abs(part) < MOST_PLAIN * 100 for part in numbers)
    right = adds_up(numbers, digits) or not plain
    before, about = brief(terms.pre_activation, digits), "" if right else "≈ "
    results = {
        "relu": (f"max(0, {about}{before})", f"max(0,{about}{before})", f"{about}{before}"),
        "linear": (f"sum {about}{before}", f"{about}{before}"),
        "softmax": (f"logit {about}{before}", f"{about}{before}"),
    }
    written = [brief(part, digits) for part in numbers[:3]]
    return SumText(written[0], written[1], written[2], results[terms.activation])


@dataclass(frozen=True, slots=True)
class PoolText:
    """The values of a pooling window, row by row, with a dash on padding, and what is done."""

    values: tuple[tuple[str, ...], ...]
    words: tuple[str, ...]


def pool_text(terms: PoolTerms) -> PoolText:
    """Write a window's values in decimals that tell the winner, or give the mean."""
    digits = next((d for d in FEW if _tells(terms, d)), FEW[0])
    rows = tuple(
        tuple(brief(value, digits) if there else "–" for value, there in zip(*row, strict=True))
        for row in zip(terms.window.tolist(), terms.on_map.tolist(), strict=True)
    )
    words = (
        ("the largest of", "largest of") if terms.reduction == "max" else ("the mean of", "mean of")
    )
    return PoolText(rows, words)


def _tells(terms: PoolTerms, digits: int) -> bool:
    values = [round(float(value), digits) for value in terms.counted]
    if terms.reduction == "max":
        most, several = round(terms.output, digits), int(terms.winners.sum())
        return sum(value == most for value in values) == several
    return abs(sum(values) / len(values) - round(terms.output, digits)) <= 0.5 * 10.0**-digits


def way_sentence(steps: Sequence[tuple[str, str]]) -> str:
    """Say a way in one sentence: from pixel [22, 18] = 0.99 through … to dense_2 [3] = 77.87 %."""
    said = [f"{name} = {value}" for name, value in steps]
    if len(said) < 2:
        return f"From {said[0]}." if said else ""
    through = f" through {', '.join(said[1:-1])}" if len(said) > 2 else ""
    return f"From {said[0]}{through} to {said[-1]}."
