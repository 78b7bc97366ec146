"""Which of two networks answers which digits right. Pure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from visualizer.data.dataset import UInt8

Indices = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Outcomes:
    """The test digits by which of two networks answers them right; indices in their order."""

    both: Indices
    only_first: Indices
    only_second: Indices
    neither: Indices

    @property
    def groups(self) -> tuple[Indices, Indices, Indices, Indices]:
        return self.both, self.only_first, self.only_second, self.neither


def outcomes(labels: UInt8, first: UInt8, second: UInt8) -> Outcomes:
    """Sort digits by their labels and two networks' predictions, each (n,)."""
    one, other = first == labels, second == labels
    groups = (one & other, one & ~other, ~one & other, ~one & ~other)
    return Outcomes(*(np.flatnonzero(group) for group in groups))
