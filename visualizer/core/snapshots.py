"""The weights of a run at many moments: many early ones, when weights change most, then fewer."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from visualizer.core.network.layer import Weights

MOST = 200
BUDGET = 128 << 20  # bytes
TESTED = 4.0  # the end of an epoch counts so many times as much
DENSE = 32  # every batch up to here is kept; then each next one is later by 1 part in 32
EARLY_SHARE = 3  # the first DENSE stay as long as there is room for so many times as many


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """The weights of a run after so many batches.

    Attributes
    ----------
    step : int
        Batches done; 0 for the weights that the run began with.
    epoch : float
        Epochs done, with the fraction of the epoch under way.
    weights : mapping of "<layer>.kernel" and "<layer>.bias"
        float32, kernels (kh, kw, in, out) or (in, out).
    """

    step: int
    epoch: float
    weights: Weights

    @property
    def size(self) -> int:
        """Bytes of the weights."""
        return sum(array.nbytes for array in self.weights.values())

    @property
    def ends_epoch(self) -> bool:
        return self.step > 0 and abs(self.epoch - round(self.epoch)) < 1e-9


def is_due(step: int) -> bool:
    """Return whether to keep the weights after so many batches: each, then at equal factors.

    Up to DENSE every batch; after it, those where DENSE · ln(step) passes a whole number. In T
    batches that makes DENSE · (1 + ln(T / DENSE)) snapshots: 191 in the 4,690 of five epochs.
    """
    if step <= DENSE:
        return True
    return math.floor(DENSE * math.log(step)) > math.floor(DENSE * math.log(step - 1))


class Snapshots:
    """A run's snapshots in order, at most MOST of them and at most `budget` bytes.

    When there are too many, the snapshot is dropped whose neighbours lie nearest to each other, in
    the logarithm of the batches: so they stay spread as they came. The first and the last are kept,
    and the first DENSE batches unless the bytes are few; the end of an epoch, where a test was
    made, counts as much as several others.
    """

    def __init__(self, budget: int = BUDGET) -> None:
        self._budget = budget
        self._kept: list[Snapshot] = []
        self.size = 0

    @classmethod
    def of(cls, snapshots: Iterable[Snapshot]) -> Snapshots:
        """Keep snapshots that are in order."""
        made = cls()
        for snapshot in snapshots:
            made.keep(snapshot)
        return made

    def __len__(self) -> int:
        return len(self._kept)

    def __iter__(self) -> Iterator[Snapshot]:
        return iter(self._kept)

    def __getitem__(self, index: int) -> Snapshot:
        return self._kept[index]

    def keep(self, snapshot: Snapshot) -> None:
        """Append a snapshot; one that is not later than the last is ignored."""
        if self._kept and snapshot.step <= self._kept[-1].step:
            return
        self._kept.append(snapshot)
        self.size += snapshot.size
        self._thin()

    def shrink(self, budget: int) -> None:
        """Lower the bound of bytes; the first and last snapshots stay in any case."""
        self._budget = budget
        self._thin()

    def nearest(self, epoch: float) -> int:
        """Return the index of the snapshot nearest to a moment, in epochs.

        Raises
        ------
        ValueError
            There is no snapshot.
        """
        return min(range(len(self)), key=lambda index: abs(self._kept[index].epoch - epoch))

    def index_of(self, step: int) -> int:
        """Return the index of the last snapshot not past so many batches; 0 if all are."""
        return max(bisect_right(self._kept, step, key=lambda kept: kept.step) - 1, 0)

    def _thin(self) -> None:
        while len(self._kept) > 2 and (len(self._kept) > MOST or self.size > self._budget):
            gone = self._kept.pop(self._superfluous())
            self.size -= gone.size

    def _superfluous(self) -> int:
        """Return the index of the snapshot whose neighbours are nearest to each other."""
        room = min(MOST, self._budget // max(self._kept[-1].size, 1))
        early = self.index_of(DENSE) if room >= EARLY_SHARE * DENSE else 0
        return min(range(early + 1, len(self._kept) - 1), key=self._need)

    def _need(self, index: int) -> float:
        before, after = self._kept[index - 1].step, self._kept[index + 1].step
        apart = math.log((after + DENSE) / (before + DENSE))
        return apart * TESTED if self._kept[index].ends_epoch else apart
