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
    """The toolbar's view of a run.

    Attributes
    ----------
    epoch : float
        Epochs done, with the fraction of the one under way.
    epochs : int
        Epochs that it is to take.
    step : int
        Batches done.
    images_per_second : float or None
        Of the last few seconds while it runs, else over all its time; None while not known.
    seconds_left : float or None
        Only while it runs.
    seconds : float
        Time spent training.
    loss, test_accuracy : float or None
        Mean training loss of the last few dozen batches; accuracy on the whole test set at the
        end of the last epoch.
    dataset : str
        What it trains and is tested on.
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
        """Whether it goes on by itself."""
        return self.phase in MOVING
