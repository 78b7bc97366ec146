"""Registry: which runs there are, each with a number and a name, within a budget. Pure; no Qt."""

from __future__ import annotations

import re
from collections.abc import Sequence

from visualizer.core.network.network import Network
from visualizer.core.snapshots import BUDGET
from visualizer.runs.run import Run

OTHERS_BUDGET = 256 << 20  # bytes that the snapshots of all runs out of view may take together


class Registry:
    """The run that each network had last, the one replaced last, and all that have curves.

    Attributes
    ----------
    all : list of Run
        Those that have curves, or are about to, in the order that they came.
    """

    def __init__(self, first: Run) -> None:
        self.all: list[Run] = []
        self._last: dict[Network, Run] = {first.model.network: first}
        self._aside: Run | None = None
        self._numbered = self._begun = self._last_id = 0

    def next_id(self) -> int:
        """A number for a run that no other here has."""
        self._last_id += 1
        return self._last_id

    def of(self, network: Network) -> Run | None:
        """What a network had when it was last in view."""
        return self._last.get(network)

    def by_id(self) -> dict[int, Run]:
        """Those that the trainer may tell of."""
        return {run.id: run for run in (*self._last.values(), self._aside) if run and run.begun}

    def replace(self, run: Run) -> Run | None:
        """Have a run in the place of its network's, which is kept aside, so that it can come back.

        It returns the one that was aside and is now forgotten.
        """
        network, forgotten = run.model.network, None
        old = self._last.get(network)
        if old is not None and old is not run:
            if self._aside is not None and self._aside is not run:
                forgotten = self._aside
                forgotten.kept = False
            self._aside = old if old.begun else None
        self._last[network] = run
        return forgotten

    def add(self, run: Run) -> None:
        """Have a run among all, with a name of its own; those out of view may keep less."""
        if (run.begun or len(run.history)) and run not in self.all:
            self._numbered, self._begun = self._numbered + 1, self._begun + run.begun
            run.number = run.number or self._numbered
            own = f"run {self._begun}" if run.begun else run.model.origin.removeprefix("the ")
            run.name = run.name or own
            self.all.append(run)
        others = [each for each in self.all if each is not run and len(each.snapshots) > 1]
        for each in others:
            each.snapshots.shrink(min(OTHERS_BUDGET // len(others), BUDGET))

    def add_earlier(self, runs: Sequence[Run]) -> None:
        """Have runs of earlier starts before those of this one; the names go on after theirs."""
        for run in runs:
            self._numbered += 1
            run.number = self._numbered
            numbered = re.fullmatch(r"run (\d{1,6})", run.name)
            self._begun = max(self._begun, int(numbered[1]) if numbered else 0)
        self.all[:0] = runs

    def remove(self, run: Run) -> int:
        """Take a run that is not in view out of the list; returns its place in it."""
        at = self.all.index(run)
        del self.all[at]
        if self._last.get(run.model.network) is run:
            del self._last[run.model.network]
        return at

    def put_back(self, run: Run, at: int) -> None:
        """Have a run in the list again that was taken out."""
        self.all.insert(at, run)
        self._last.setdefault(run.model.network, run)
