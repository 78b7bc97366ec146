"""One step of learning in sentences: what it did to the digit, and to all other digits."""

from __future__ import annotations

from visualizer.core.by_class import ByClass
from visualizer.core.gradient_step import GradientStep
from visualizer.core.words import a_digit
from visualizer.text.numbers import count, percent

HINT = (
    "One step of plain gradient descent: each weight moves by −rate × the gradient of this digit's "
    "loss. Ctrl+Z takes it back."
)
NO_DIGITS = "There are no test digits to ask what it did to the others."


def taught_sentence(step: GradientStep, chances: tuple[float, float]) -> str:
    """Say how likely the class that was taught has become for its digit."""
    return f"Taught: {step.digit} as {a_digit(step.label)}, {_from_to(chances)}."


def effect_sentence(effect: ByClass) -> str:
    """Say what became of the test accuracy, and of the classes that changed most."""
    told = f"Test accuracy {_from_to(effect.accuracies)} ({count(effect.digits)} digits)"
    classes = [("most lost", effect.most_lost), ("most gained", effect.most_gained)]
    changed = [
        f"{what}: {label}, {_of(effect, label)}" for what, label in classes if label is not None
    ]
    if not changed:
        return f"{told}; no class changed."
    return f"{told}; {'; '.join(changed)}."


def class_words(effect: ByClass, label: int) -> str:
    """Say what became of the digits of one class."""
    digits = count(int(effect.counts[label]))
    return f"{label}: {_of(effect, label)} of {digits} digits"


def _of(effect: ByClass, label: int) -> str:
    return _from_to(effect.accuracies_of(label))


def _from_to(shares: tuple[float, float]) -> str:
    before, after = shares
    return f"{percent(before)} → {percent(after)}"
