"""RunListing: all runs in the order that they came, each with a number and a name. Pure; no Qt."""

from __future__ import annotations

import re
from collections.abc import Sequence

from visualizer.runs.run import Run


class RunListing:
    """The runs that have curves, or are about to.

    Attributes
    ----------
    all : list of Run
    """

    def __init__(self) -> None:
        self.all: list[Run] = []
        self._numbered = self._begun = 0

    def add(self, run: Run) -> None:
        """Have a run among all, with a name of its own."""
        if (run.begun or len(run.history)) and run not in self.all:
            self._numbered, self._begun = self._numbered + 1, self._begun + run.begun
            run.number = run.number or self._numbered
            own = f"run {self._begun}" if run.begun else run.model.origin.removeprefix("the ")
            run.name = run.name or own
            self.all.append(run)

    def add_earlier(self, runs: Sequence[Run]) -> None:
        """Have runs of earlier starts before those of this one; the names go on after theirs."""
        for run in runs:
            self._numbered += 1
            run.number = self._numbered
            numbered = re.fullmatch(r"run (\d{1,6})", run.name)
            self._begun = max(self._begun, int(numbered[1]) if numbered else 0)
        self.all[:0] = runs
