"""What the window shows beyond the scene: choices that a page and its stages follow alike."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar, cast

from PySide6.QtCore import QObject, Signal

from visualizer.core.history import DEFAULT_SMOOTHING

Chosen = TypeVar("Chosen")
MOST_SEED = 999


@dataclass(frozen=True, slots=True)
class MapsShown:
    """How feature maps are drawn.

    Attributes
    ----------
    values : "output" or "pre-activation"
    scale : "layer", "map" or "network"
        What a colour scale covers.
    order : "index", "response", "selectivity" or "likeness"
    """

    values: str = "output"
    scale: str = "layer"
    order: str = "index"


@dataclass(frozen=True, slots=True)
class CurvesShown:
    """How curves are drawn.

    Attributes
    ----------
    smoothing : float
        From 0, none, to 1.
    log : frozenset of "loss" and "accuracy"
        Which plots have a logarithmic axis.
    """

    smoothing: float = DEFAULT_SMOOTHING
    log: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SumsShown:
    """How sums over several channels are drawn.

    Attributes
    ----------
    order : "size" or "channel"
        Of the channels: that with the largest subtotal first, or their own.
    """

    order: str = "size"


@dataclass(frozen=True, slots=True)
class DigitShown:
    """How the digit is drawn where it stands alone: with its numbers in the pixels, or without."""

    numbers: bool = False


@dataclass(frozen=True, slots=True)
class ExperimentShown:
    """Which experiment with the digit is shown.

    Attributes
    ----------
    kind : "wiped", "worn" or "taught"
        Ink wiped out at each place, the digit worn down, or one step of learning from it.
    wear : str
        What wears it down.
    seed : int
        Of noise and blots, 0 to MOST_SEED.
    """

    kind: str = "wiped"
    wear: str = "turn"
    seed: int = 0


class Choices(QObject, Generic[Chosen]):
    """Choices that outlive the widgets which show them.

    Attributes
    ----------
    now : frozen dataclass

    Signals
    -------
    changed
    """

    changed = Signal()

    def __init__(self, first: Chosen, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.now = first

    def choose(self, **changes: Any) -> None:
        """Change some of the choices."""
        self.show(replace(cast(Any, self.now), **changes))

    def show(self, now: Chosen) -> None:
        """Change all of them at once."""
        if now != self.now:
            self.now = now
            self.changed.emit()
