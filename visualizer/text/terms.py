"""Terms in words and as a table: a sentence that adds up as shown, and every digit to copy."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import singledispatch
from typing import Any

import numpy as np
import numpy.typing as npt

from visualizer.core.backward.terms import GradientTerms, LossTerms
from visualizer.core.network.layer import Array
from visualizer.core.network.terms import OUT, ConvTerms, CopyTerms, DenseTerms, PoolTerms, Terms
from visualizer.text.numbers import MINUS, compact, count, number

DIGITS = (3, 4, 5, 2, 6, 1)
MOST_LISTED = 9
TAKEN_OUT = "taken out of the softmax"
HIDDEN = "?"  # in the place of what is asked for
LARGEST_EXPONENT = 16.0  # exp of it is near ten million
LARGEST_IN_THOUSANDTHS = 1e6


def adding_digits(*numbers: float, choices: Sequence[int] = DIGITS) -> int:
    """Choose decimals at which the rounded sum reads right: the last number is the sum.

    Where none of the `choices` reads right, the first is taken.
    """
    return next((digits for digits in choices if adds_up(numbers, digits)), choices[0])


def adds_up(numbers: Sequence[float], digits: int) -> bool:
    """Return whether the last of the numbers is the sum of the others, each rounded."""
    *parts, result = (round(number, digits) for number in numbers)
    return abs(sum(parts) - result) < 10.0**-digits / 2


def signed(value: float, digits: int) -> str:
    """Write a number as a summand: a negative one in parentheses."""
    text = number(value, digits)
    return text if value >= 0 or float(round(value, digits)) == 0 else f"({text})"


def thousandths(value: float) -> str:
    """Write a product in whole thousandths: 114, −6, a dot below half of one, nothing for zero."""
    if value == 0:
        return ""
    if not math.isfinite(value) or abs(value) * 1000 >= LARGEST_IN_THOUSANDTHS:
        return number(value)
    if abs(value) * 1000 < 0.5:
        return "·"
    return f"{MINUS if value < 0 else ''}{round(abs(value) * 1000)}"


def subtotal(value: float) -> str:
    """Write a sum of products: 0.108, and 0 for exactly zero."""
    return "0" if value == 0 else number(value)


def sum_sentence(terms: ConvTerms | DenseTerms) -> str:
    """Write Σ + bias = pre-activation, in numbers that add up to the digits shown."""
    digits = adding_digits(terms.total, terms.bias, terms.pre_activation)
    left = f"{number(terms.total, digits)} + {signed(terms.bias, digits)}"
    return f"{left} = {number(terms.pre_activation, digits)}"


def product_sentence(value: float, weight: float, product: float) -> str:
    """Write one product: with = if the printed factors give the printed product, else ≈."""
    exact = abs(round(value, 3) * round(weight, 3) - round(product, 3)) <= 0.0005
    sign = "=" if exact else "≈"
    return f"{number(value)} × {signed(weight, 3)} {sign} {number(product)}"


def output_sentence(terms: ConvTerms | DenseTerms, hidden: bool = False) -> str:
    """Write Σ + bias = pre-activation, and the result of ReLU if the layer has it.

    Of a `hidden` sum only the bias is written.
    """
    if hidden:
        return f"Σ + {signed(terms.bias, DIGITS[0])} = {HIDDEN}"
    if terms.activation != "relu":
        return sum_sentence(terms)
    digits = adding_digits(terms.total, terms.bias, terms.pre_activation)
    before, after = number(terms.pre_activation, digits), number(terms.output, digits)
    return f"{sum_sentence(terms)} → max(0, {before}) = {after}"


def widest_form(sentence: str) -> str:
    """Return a sentence whose numbers all have a sign and two digits more than their decimals.

    While a network learns, hardly a number becomes longer than these.
    """
    wide = re.sub(rf"{MINUS}?\b\d\d?\.\d+", f"{MINUS}00.000", sentence)
    return re.sub(rf"\+ ({MINUS}[\d.]+)", r"+ (\1)", wide)


def formula(terms: ConvTerms | DenseTerms, factors: str) -> str:
    """Write the way from the products to the output in words; `factors` names the products."""
    ends = {
        "linear": "output (linear: no activation)",
        "relu": "pre-activation → max(0, ·) = output",
        "softmax": "logit → softmax",
    }
    return f"Σ of {count(terms.products.size)} {factors} + bias = {ends[terms.activation]}"


@singledispatch
def table(terms: Terms | GradientTerms | LossTerms) -> list[list[str]]:
    """Return every term with all its digits, as rows of text; the first row names the columns."""
    raise TypeError(f"no table of {type(terms).__name__}")


@table.register
def _(terms: ConvTerms) -> list[list[str]]:
    rows = [["row", "column", "channel", "patch", "kernel", "product"]]
    for (row, column, channel), product in np.ndenumerate(terms.products):
        at = (row, column, channel)
        rows.append([*map(str, at), full(terms.patch[at]), full(terms.kernel[at]), full(product)])
    return [*rows, *_ends(terms)]


@table.register
def _(terms: PoolTerms) -> list[list[str]]:
    rows = [["row", "column", "value"]]
    for (row, column), value in np.ndenumerate(terms.window):
        on_map = terms.on_map[row, column]
        rows.append([str(row), str(column), full(value) if on_map else "padding"])
    return [*rows, [terms.reduction, "", full(terms.output)]]


@table.register
def _(terms: CopyTerms) -> list[list[str]]:
    return [
        ["index", "row", "column", "channel", "value"],
        [str(terms.index), *map(str, terms.source), full(terms.output)],
    ]


@table.register
def _(terms: DenseTerms) -> list[list[str]]:
    rows = [["input", "value", "weight", "product"]]
    for index, product in enumerate(terms.products):
        values = full(terms.inputs[index]), full(terms.weights[index]), full(product)
        rows.append([str(index), *values])
    rows += _ends(terms)
    if terms.softmax:
        softmax = softmax_of(terms)
        rows.append(["unit", "logit", softmax.name, "probability"])
        for unit, power in enumerate(softmax.powers):
            values = full(terms.logits[unit]), full(power), full(softmax.shares[unit])
            rows.append([str(unit), *values])
    return rows


@table.register
def _(terms: GradientTerms) -> list[list[str]]:
    rows = [["row above", "column above", "channel above", terms.factor, "gradient", "product"]]
    for at, product in np.ndenumerate(terms.products):
        row, column, channel = at
        place = terms.cells.top + row, terms.cells.left + column, terms.first + channel
        factors = full(terms.weights[at]), full(terms.gradients[at])
        rows.append([*map(str, place), *factors, full(product)])
    by_sum = [] if terms.slope is None else [["by the sum", full(terms.by_pre_activation)]]
    return [*rows, ["by the output", full(terms.by_output)], *by_sum]


@table.register
def _(terms: LossTerms) -> list[list[str]]:
    return [
        ["probability", "target", "gradient", "loss"],
        [*map(full, (terms.probability, terms.target, terms.by_pre_activation, terms.loss))],
    ]


def _ends(terms: ConvTerms | DenseTerms) -> list[list[str]]:
    return [
        ["bias", full(terms.bias)],
        ["pre-activation", full(terms.pre_activation)],
        ["output", full(terms.output)],
    ]


def full(value: float | np.floating[Any] | Array) -> str:
    """Write a float32 with nine significant digits, which give it back exactly; ASCII minus."""
    return f"{float(value):.9g}"


def tsv(terms: Terms | GradientTerms | LossTerms) -> str:
    """Write the table as tab-separated text."""
    return "\n".join("\t".join(row) for row in table(terms))


def pool_sentence(terms: PoolTerms, hidden: bool = False) -> str:
    """Write max(…) = v or mean(…) = v with the values of the window; ? for a `hidden` result."""
    values = [number(float(value)) for value in terms.counted[:MOST_LISTED]]
    if terms.counted.size > MOST_LISTED:
        values.append("…")
    return f"{terms.reduction}({', '.join(values)}) = {HIDDEN if hidden else number(terms.output)}"


def tie_sentence(terms: PoolTerms) -> str:
    """Say how many cells share the largest value, if several do."""
    ties = int(terms.winners.sum())
    return f"a tie: {ties} cells share the largest value" if ties > 1 else ""


@dataclass(frozen=True, slots=True, eq=False)
class Softmax:
    """The parts of a softmax in numbers that can be printed.

    Attributes
    ----------
    shift : float
        Subtracted from every logit first: 0, or the largest logit if its exp has too many digits.
    powers : (units,)
        exp(logit − shift) of every unit.
    """

    shift: float
    powers: npt.NDArray[np.float64]

    @property
    def total(self) -> float:
        return float(self.powers.sum())

    @property
    def shares(self) -> npt.NDArray[np.float64]:
        """Every unit's probability, (units,); NaN if a logit is not finite."""
        return self.powers / self.total

    @property
    def name(self) -> str:
        """The formula that is applied to a logit."""
        return f"exp(logit {MINUS} {number(self.shift, 2)})" if self.shift else "exp(logit)"


def softmax_of(terms: DenseTerms) -> Softmax:
    """Compute the exponentials of the logits, shifted by the largest if they are too long to read.

    The shift changes no probability: it is a factor of both exp(logit) and their sum.
    """
    logits = terms.logits.astype(np.float64)
    if not np.isfinite(logits).all():
        return Softmax(0.0, np.full(logits.shape, np.nan))
    largest = float(logits.max())
    if abs(largest) < LARGEST_EXPONENT:
        return Softmax(0.0, terms.exponentials)
    return Softmax(largest, np.exp(logits - largest))


def logit_text(logit: float) -> str:
    """Write a logit with two decimals; "out" for a class that was taken out of the softmax."""
    return "out" if logit == OUT else number(logit, 2)


def softmax_sentence(terms: DenseTerms) -> str:
    """Write exp(logit) / Σ exp = probability, in numbers."""
    softmax = softmax_of(terms)
    share = number(terms.output, 4)
    if np.isnan(softmax.total):
        return f"exp of logits that are not all finite = {share}"
    if terms.taken_out:
        return f"no part in Σ exp = {share}"
    own = math.exp(terms.pre_activation - softmax.shift)
    return f"{softmax.name} / Σ exp = {compact(own)} / {compact(softmax.total)} = {share}"
