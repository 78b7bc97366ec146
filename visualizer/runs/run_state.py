"""The state of a run, as the toolbar shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Phase = Literal[
    "ready",
    "stored",
    "starting",
    "running",
    "stepping",
    "paused",
    "finished",
    "stopped",
    "failed",
]

ACTIVE: tuple[Phase, ...] = ("starting", "running", "stepping", "paused")
MOVING: tuple[Phase, ...] = ("starting", "running", "stepping")


@dataclass(frozen=True, slots=True)
class RunState:
    """A run as the toolbar shows it.

    Attributes
    ----------
    epoch : float
        Epochs done, with the fraction of the epoch under way.
    epochs : int
        Epochs planned.
    step : int
        Batches done.
    images_per_second : float or None
        Speed of the last few seconds while the run trains, else of all its time; None if unknown.
    seconds_left : float or None
        Only while the run trains.
    seconds : float
        Time spent training.
    loss, test_accuracy : float or None
        Mean training loss of the last few dozen batches; accuracy on the whole test set at the
        end of the last epoch.
    dataset : str
        Name of the data set of training and tests.
    plan : str
        Device, precision and threads in words.
    """

    phase: Phase = "ready"
    epoch: float = 0.0
    epochs: int = 0
    step: int = 0
    images_per_second: float | None = None
    seconds_left: float | None = None
    seconds: float = 0.0
    loss: float | None = None
    test_accuracy: float | None = None
    dataset: str = ""
    plan: str = ""

    @property
    def active(self) -> bool:
        return self.phase in ACTIVE

    @property
    def moving(self) -> bool:
        """Whether the run goes on by itself."""
        return self.phase in MOVING


def fact_number(text: str | None) -> float | None:
    """Read a number from a weights file's metadata; None if it is not a sensible one."""
    try:
        value = float(text or "nan")
    except ValueError:
        return None
    return value if 0 <= value < 1e6 else None
