"""A run that the trainer keeps: its generator, and where it may be left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from visualizer.training.events import (
    BatchEnded,
    Diverged,
    EpochEnded,
    Evaluating,
    Event,
    Failed,
    Finished,
    RunStarted,
    WeightsPublished,
)


@dataclass(slots=True, eq=False)
class SuspendedRun:
    """A `fit`, suspended or under way.

    Attributes
    ----------
    epochs : int
        How many there are to be in all.
    events
        The generator.
    may_be_left, may_rest : bool
        Whether its last event is one to turn to another run after, and one to pause after. Both
        ask that the weights which were told last are those of the last batch; a pause also lets
        the test at an epoch's end come to its result.
    at_end : bool
        Finished, with no more epochs wanted.
    is_over : bool
        Diverged or failed: it cannot go on.
    """

    run_id: int
    epochs: int
    events: Iterator[Event]
    may_be_left: bool = False
    may_rest: bool = False
    is_over: bool = False
    _finished: bool = False
    _epochs_done: int = 0
    _step_shown: int = 0

    @property
    def at_end(self) -> bool:
        return self._finished and self.epochs <= self._epochs_done

    def note(self, event: Event | None) -> None:
        """Take in an event of its own, or that none will come."""
        self._finished = isinstance(event, Finished)
        self.is_over = event is None or isinstance(event, Diverged | Failed)
        match event:
            case WeightsPublished():
                self._step_shown = event.step
                self.may_be_left = self.may_rest = False
            case BatchEnded():
                self.may_be_left = self.may_rest = event.step == self._step_shown
            case Evaluating():
                self.may_be_left, self.may_rest = True, False
            case EpochEnded():
                self._epochs_done = event.epoch
                self.may_be_left = self.may_rest = event.epoch < self.epochs
            case RunStarted() | Finished():
                self.may_be_left = self.may_rest = True
