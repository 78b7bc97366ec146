"""Sentences and numbers of the backward pass: gradients of the loss, and where they come from."""

from __future__ import annotations

import math
from dataclasses import dataclass

from visualizer.core.backward.terms import GradientTerms, LossTerms
from visualizer.core.network.reach import Factor
from visualizer.text.numbers import number, power_of_ten, significant
from visualizer.text.terms import adding_digits, adds_up

FACTORS: dict[Factor, tuple[str, str]] = {
    "kernel": ("kernel", "the kernel's cell that joins them"),
    "weight": ("weight", "the weight that joins them"),
    "winner": ("winner", "1 where it is the largest of its window, else 0"),
    "share": ("share", "its share of the window's mean"),
    "copy": ("copy", "1, as it is copied"),
}
MOST_DECIMALS = 9
NEAR_ONE = 0.9
LEAST_PLAIN = 1e-4  # a sum of smaller numbers is written with a power of ten


def effect(gradient: float) -> str:
    """Say what a gradient means: "the loss falls by 0.0123 for each 1 that it rises"."""
    if not math.isfinite(gradient):
        return "the loss has no slope here"
    if gradient == 0:
        return "the loss does not depend on it"
    way = "rises" if gradient > 0 else "falls"
    return f"the loss {way} by {significant(abs(gradient))} for each 1 that it rises"


def loss_words(label: int, loss: float) -> tuple[str, ...]:
    """Say whose loss it is, and how large; then shorter forms."""
    whole = f"gradients of the loss for {label}"
    return f"{whole}, which is {significant(loss)}", whole, f"∂ loss for {label}", "∂ loss"


def decimals_for(*values: float) -> int:
    """Choose decimals at which the largest of some numbers has three figures, from 3 to 9."""
    top = max((abs(value) for value in values if math.isfinite(value)), default=0.0)
    if top == 0:
        return 3
    return min(max(3, 2 - math.floor(math.log10(top))), MOST_DECIMALS)


@dataclass(frozen=True, slots=True)
class Written:
    """How the numbers of one sum are written, all in the same way, so that one sees them add up.

    Attributes
    ----------
    digits : int
        Digits after the point.
    power : int
        Every number is written as a factor of ten to this power; 0: plain.
    sign : str
        What stands before the sum: = where the numbers, as they are written, add up to it; else ≈.
    """

    digits: int
    power: int
    sign: str

    @classmethod
    def of(cls, *numbers: float) -> Written:
        """Choose so for numbers of which the last is the sum of the others."""
        top = max((abs(value) for value in numbers if math.isfinite(value)), default=0.0)
        power = math.floor(math.log10(top)) if 0 < top < LEAST_PLAIN else 0
        scaled = [_scaled(value, power) for value in numbers]
        first = decimals_for(*scaled)
        digits = adding_digits(*scaled, choices=(*range(first, first + 4), first - 1))
        return cls(digits, power, "=" if adds_up(scaled, digits) else "≈")

    def text(self, value: float) -> str:
        """Write one of the numbers: −0.124, or −0.124 · 10⁻⁷."""
        if not (self.power and math.isfinite(value)):
            return number(value, self.digits)
        return f"{number(_scaled(value, self.power), self.digits)} · {power_of_ten(self.power)}"


def _scaled(value: float, power: int) -> float:
    return value / 10.0**power if power else value


def gradient_caption(terms: GradientTerms, above: str, cells: int) -> str:
    """Say what the gradient by a number is the sum of."""
    if not cells:
        return f"No cell of {above} reads this number: the loss does not depend on it."
    name, words = FACTORS[terms.factor]
    many = f"{cells} cells" if cells > 1 else "one cell"
    times = "each time" if cells > 1 else "that is"
    return f"It feeds {many} of {above}: {times} {name} × gradient there; the {name} is {words}."


def slope_words(terms: GradientTerms) -> str:
    """Say what its own ReLU does to a gradient."""
    return "× 1: its ReLU is open" if terms.slope else "× 0: its ReLU is closed"


def logit_sentence(terms: LossTerms) -> str:
    """Write probability − target = gradient, in numbers that add up."""
    written = logit_written(terms)
    left = f"{written.text(terms.probability)} − {number(terms.target, 0)}"
    return f"{left} = {written.text(terms.by_pre_activation)}"


def logit_written(terms: LossTerms) -> Written:
    """Choose how probability, target and gradient are written: with digits for the gradient."""
    result = terms.by_pre_activation
    if terms.target == 0 or result == 0:
        return Written.of(terms.probability, -terms.target, result)
    numbers, first = (terms.probability, -terms.target, result), decimals_for(result)
    digits = adding_digits(*numbers, choices=range(first, MOST_DECIMALS + 1))
    return Written(digits, 0, "=" if adds_up(numbers, digits) else "≈")


def loss_sentence(terms: LossTerms, label: int) -> str:
    """Write the loss as the logarithm that it is."""
    share = math.exp(-terms.loss)
    near_one = number(share, decimals_for(1 - share))
    shown = near_one if share > NEAR_ONE else figures(share)
    return f"loss for {label} = −log {shown} = {significant(terms.loss)}"


def product_text(weight: float, gradient: float) -> str:
    """Write weight × gradient in three figures each; a weight of 1 or 0 as a whole number."""
    first = number(weight, 0) if weight in (0, 1) else figures(weight)
    return f"{first} × {signed_figures(gradient)}"


def figures(value: float) -> str:
    """Write three figures."""
    return number(value, decimals_for(value)) if 1e-4 <= abs(value) < 1e4 else significant(value)


def signed_figures(value: float) -> str:
    """Write three figures; a negative number in parentheses."""
    return f"({figures(value)})" if value < 0 else figures(value)
