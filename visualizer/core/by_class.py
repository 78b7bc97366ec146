"""What a change of the weights did to the answers on a test set, class by class."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

UInt8 = npt.NDArray[np.uint8]
Float64 = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class ByClass:
    """Right answers before and after a change.

    Attributes
    ----------
    counts : (classes,) whole numbers
        Digits of each class.
    right_before, right_after : (classes,) whole numbers
        Those of them that were, and are, answered right.
    """

    counts: npt.NDArray[np.intp]
    right_before: npt.NDArray[np.intp]
    right_after: npt.NDArray[np.intp]

    @classmethod
    def of(cls, labels: UInt8, before: UInt8, after: UInt8, classes: int) -> ByClass:
        """Count by the labels (n,) and by what was answered before and after (n,)."""
        return cls(
            np.bincount(labels, minlength=classes),
            np.bincount(labels[before == labels], minlength=classes),
            np.bincount(labels[after == labels], minlength=classes),
        )

    @property
    def digits(self) -> int:
        return int(self.counts.sum())

    @property
    def accuracies(self) -> tuple[float, float]:
        """Shares of right answers among all digits, before and after."""
        return (
            float(self.right_before.sum()) / self.digits,
            float(self.right_after.sum()) / self.digits,
        )

    def accuracies_of(self, label: int) -> tuple[float, float]:
        """Return the shares of right answers among the digits of a class, before and after."""
        count = max(int(self.counts[label]), 1)
        return self.right_before[label] / count, self.right_after[label] / count

    @property
    def changes(self) -> Float64:
        """How much each class's share has risen, (classes,); 0 for a class without digits."""
        changed = self.right_after - self.right_before
        return np.asarray(changed / np.maximum(self.counts, 1), np.float64)

    @property
    def most_lost(self) -> int | None:
        """The class whose share has fallen most; None where none has."""
        least = int(self.changes.argmin())
        return least if self.changes[least] < 0 else None

    @property
    def most_gained(self) -> int | None:
        """The class whose share has risen most; None where none has."""
        most = int(self.changes.argmax())
        return most if self.changes[most] > 0 else None
