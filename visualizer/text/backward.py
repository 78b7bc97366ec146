"""Sentences and numbers of the backward pass: gradients of the loss, and where they come from."""

from __future__ import annotations

import math

from visualizer.core.backward.terms import GradientTerms, LossTerms
from visualizer.core.network.reach import Factor
from visualizer.text.numbers import number, percent, significant
from visualizer.text.terms import adding_digits, adds_up

FACTORS: dict[Factor, tuple[str, str]] = {
    "kernel": ("kernel", "the kernel's cell that joins them"),
    "weight": ("weight", "the weight that joins them"),
    "winner": ("winner", "1 where it is the largest of its window, else 0"),
    "share": ("share", "its share of the window's mean"),
    "copy": ("copy", "1, as it is copied"),
}
MOST_DECIMALS = 9


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


def adding(*numbers: float) -> int:
    """Choose decimals at which small rounded numbers add up to the last of them."""
    first = decimals_for(*numbers)
    return adding_digits(*numbers, choices=(*range(first, first + 4), first - 1))


def equals(*numbers: float) -> str:
    """Return = where the numbers, as `adding` has them printed, add up to the last; else ≈."""
    return "=" if adds_up(numbers, adding(*numbers)) else "≈"


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
    target, result = -terms.target, terms.by_pre_activation
    digits = adding(terms.probability, target, result)
    left = f"{number(terms.probability, digits)} − {number(terms.target, 0)}"
    return f"{left} = {number(result, digits)}"


def loss_sentence(terms: LossTerms, label: int) -> str:
    """Write the loss as the logarithm that it is."""
    share = math.exp(-terms.loss)
    return f"loss for {label} = −log {percent(share)} = {significant(terms.loss)}"


def product_text(weight: float, gradient: float) -> str:
    """Write weight × gradient in three figures each."""
    return f"{figures(weight)} × {signed_figures(gradient)}"


def figures(value: float) -> str:
    """Write three figures."""
    return number(value, decimals_for(value)) if 1e-4 <= abs(value) < 1e4 else significant(value)


def signed_figures(value: float) -> str:
    """Write three figures; a negative number in parentheses."""
    return f"({figures(value)})" if value < 0 else figures(value)
