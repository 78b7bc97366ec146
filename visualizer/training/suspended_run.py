"""A run that the trainer keeps: its generator, and whether it may be left now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

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
    """A `fit`, suspended or running.

    Attributes
    ----------
    epochs : int
        Number of epochs in all.
    events
        The generator of the run's events.
    may_be_left, may_rest : bool
        Whether the trainer may turn to another run, or pause, after the last event. Both need the
        weights of the last batch to be published; a pause also waits for the result of the test
        at an epoch's end.
    at_end : bool
        Finished, with no more epochs wanted.
    is_over : bool
        Diverged or failed: the run cannot go on.
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
        """Take in an event of this run, or None for the end of its events."""
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


def events_of(*run: Any, **how: Any) -> Iterator[Event]:
    """Yield the events of `fit`, which is imported, with torch, when the first is wanted."""
    from visualizer.training.fit import fit

    yield from fit(*run, **how)
