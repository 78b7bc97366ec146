"""RunNews: what is told of a run's events in a notice, each thing once."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial

from visualizer.core.flow import LOOKED_AT, Diagnosis, diagnoses
from visualizer.runs.run import Run
from visualizer.system.notice import Notice
from visualizer.text.flow import diagnosis_sentence
from visualizer.training.events import BatchEnded, Diverged, Failed, UnitsDied

log = logging.getLogger(__name__)

TOLD = ("broken", "exploding", "dead")  # of what gradient flow finds


class RunNews:
    """Makes the notices, each of which stays while its run is in view and it is still true.

    Parameters
    ----------
    in_view
        Returns whether a run is in view.
    """

    def __init__(self, in_view: Callable[[Run], bool]) -> None:
        self._in_view = in_view
        self._told: set[tuple[int, str]] = set()  # the run, and what ails it

    def of(self, run: Run, event: object) -> Notice | None:
        """Return the notice about an event that the run has taken in; most events have none."""
        holds = partial(self._in_view, run)
        if isinstance(event, BatchEnded):
            return None if event.flow is None or event.flow.usual else self._ill(run)
        if isinstance(event, UnitsDied):
            return Notice(event.message, "error", holds=holds) if self._first(run, "dead") else None
        if isinstance(event, Diverged):
            return Notice(event.message, "error", holds=holds)
        if isinstance(event, Failed):
            log.error("training failed: %s\n%s", event.message, event.traceback_text)
            return Notice(f"{event.message}. The log has the details.", "error", holds=holds)
        return None

    def _ill(self, run: Run) -> Notice | None:
        """Tell the first layer that is dead or explodes."""
        for found in _found(run):
            if found.ill in TOLD and self._first(run, found.ill):
                holds = partial(self._still, run, found)
                return Notice(diagnosis_sentence(found), "error", holds=holds)
        return None

    def _first(self, run: Run, what: str) -> bool:
        """Return whether this is told of the run for the first time."""
        first = (run.id, what) not in self._told
        self._told.add((run.id, what))
        return first

    def _still(self, run: Run, told: Diagnosis) -> bool:
        """Return whether the same ails the same layers, among others."""
        return self._in_view(run) and any(
            each.ill == told.ill and set(told.layers) <= {*each.layers, *each.below}
            for each in _found(run)
        )


def _found(run: Run) -> tuple[Diagnosis, ...]:
    return diagnoses(run.model.network, run.history.flow.last(LOOKED_AT))
