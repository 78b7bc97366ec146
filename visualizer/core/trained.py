"""How far weights were trained, and on what; which networks may be ranked. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from visualizer.core.words import listed

EXACT = 1e-6  # epochs


@dataclass(frozen=True, slots=True)
class Trained:
    """How far some weights were trained, and on what.

    Attributes
    ----------
    epochs : float or None
        Epochs done; None if not known.
    planned : float or None
        Epochs planned; None if not known.
    dataset : str
        Name of the training data; empty if not known.
    """

    epochs: float | None = None
    planned: float | None = None
    dataset: str = ""

    @property
    def finished(self) -> bool:
        """Whether the training is known to have run as long as planned."""
        known = self.epochs is not None and self.planned is not None
        return known and 0 < self.planned <= self.epochs + EXACT  # type: ignore[operator]

    def __str__(self) -> str:
        """Write "5 epochs MNIST", "0.05 of 5 epochs MNIST", or "–" if nothing is known."""
        if self.epochs is None:
            return self.dataset or "–"
        done = _count(self.epochs)
        if self.planned is None or self.finished:
            told, last = done, self.epochs
        else:
            told, last = f"{done} of {_count(self.planned)}", self.planned
        return f"{told} {'epoch' if last == 1 else 'epochs'} {self.dataset}".rstrip()


def _count(epochs: float) -> str:
    """Write epochs with at most two decimals; "less than 0.01" instead of a 0 that is more."""
    text = f"{epochs:.2f}".rstrip("0").rstrip(".")
    return "less than 0.01" if text == "0" and epochs > 0 else text


def comparable(trained: Mapping[str, Trained]) -> tuple[str, ...]:
    """Find the names that may be ranked: those whose training on one data set is finished.

    Of several data sets the one that most were trained on counts; of equal ones, the first. No
    name, or one alone, means that nothing can be ranked.

    Parameters
    ----------
    trained
        By name.
    """
    groups: dict[str, list[str]] = {}
    for name, how in trained.items():
        if how.finished and how.dataset:
            groups.setdefault(how.dataset, []).append(name)
    most = max(map(len, groups.values()), default=0)
    return tuple(next((group for group in groups.values() if len(group) == most), ()))


def not_compared(trained: Mapping[str, Trained]) -> str:
    """Say whose accuracies cannot be ranked among these, and why; empty if all can be."""
    ranked = comparable(trained)
    if len(trained) < 2 or len(ranked) == len(trained):
        return ""
    every = len(ranked) < 2
    apart = [name for name in trained if every or name not in ranked]
    told = listed([f"{name} ({_known(trained[name])})" for name in apart])
    asks = "that takes finished training on the same data set."
    ranked_not = f"{told} cannot be compared" if every else f"Not compared with the others: {told}"
    return f"{ranked_not}; {asks}"


def _known(how: Trained) -> str:
    return "training unknown" if how == Trained() else str(how)
