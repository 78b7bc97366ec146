"""Registry: the runs there are, each with a number and a name, within a budget. Pure; no Qt."""

from __future__ import annotations

import re
from collections.abc import Sequence

from visualizer.core.network.network import Network
from visualizer.core.snapshots import BUDGET
from visualizer.runs.run import Run

OTHERS_BUDGET = 256 << 20  # bytes for the snapshots of all runs out of view together


class Registry:
    """The last run of each network, the run replaced last, and all runs with curves.

    Attributes
    ----------
    all : list of Run
        The runs with curves, or about to have some, in the order that they came.
    awaited : Run or None
        A run that is to come back, whatever begins in the meantime.
    """

    def __init__(self, first: Run) -> None:
        self.all: list[Run] = []
        self._last: dict[Network, Run] = {first.model.network: first}
        self._aside: Run | None = None
        self.awaited: Run | None = None
        self._numbered = self._begun = self._last_id = 0

    def next_id(self) -> int:
        """Return a number that no other run here has."""
        self._last_id += 1
        return self._last_id

    def of(self, network: Network) -> Run | None:
        """Return the run that a network had when it was last in view."""
        return self._last.get(network)

    def by_id(self) -> dict[int, Run]:
        """Return the runs whose events the trainer may send, by number."""
        known = (*self._last.values(), self._aside, self.awaited)
        return {run.id: run for run in known if run and run.begun}

    def replace(self, run: Run) -> Run | None:
        """Make a run its network's last one; the replaced run is kept aside and can come back.

        Return the run that was aside before and is now forgotten, if any.

        """
        network, forgotten = run.model.network, None
        old = self._last.get(network)
        if old is not None and old is not run:
            if self._aside is not None and self._aside not in (run, self.awaited):
                forgotten = self._aside
                forgotten.kept = False
            self._aside = old if old.begun else None
        self._last[network] = run
        return forgotten

    def add(self, run: Run) -> None:
        """Add a run to `all` and give it a name; runs out of view may keep fewer snapshots."""
        if (run.begun or len(run.history)) and run not in self.all:
            self._numbered, self._begun = self._numbered + 1, self._begun + run.begun
            own = f"run {self._begun}" if run.begun else run.model.origin.removeprefix("the ")
            run.list_as(run.number or self._numbered, own)
            self.all.append(run)
        others = [each for each in self.all if each is not run and len(each.snapshots) > 1]
        for each in others:
            each.snapshots.shrink(min(OTHERS_BUDGET // len(others), BUDGET))

    def add_earlier(self, runs: Sequence[Run]) -> None:
        """Put runs of earlier starts before those of this one; new names count on from theirs."""
        for run in runs:
            self._numbered += 1
            run.list_as(self._numbered, run.name)
            numbered = re.fullmatch(r"run (\d{1,6})", run.name)
            self._begun = max(self._begun, int(numbered[1]) if numbered else 0)
        self.all[:0] = runs

    def remove(self, run: Run) -> int:
        """Remove a run that is not in view from the list; return its place in the list."""
        at = self.all.index(run)
        del self.all[at]
        if self._last.get(run.model.network) is run:
            del self._last[run.model.network]
        return at

    def put_back(self, run: Run, at: int) -> None:
        """Put a removed run back into the list."""
        self.all.insert(at, run)
        self._last.setdefault(run.model.network, run)
