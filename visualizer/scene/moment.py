"""Moment: a point in a training run."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in a training run.

    Attributes
    ----------
    run : int
        The run's id.
    step : int
        Batches done.
    epoch : float
        Epochs done, with the fraction of the epoch under way.
    """

    run: int
    step: int
    epoch: float
