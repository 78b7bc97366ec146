"""The curves of a run: growing columns, smoothing, and decimation that keeps the peaks."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from visualizer.core.layer import Array

SMOOTHING = 0.98


class Column:
    """A float32 column that grows by doubling; `values` is a view of what is filled."""

    def __init__(self) -> None:
        self._buffer = np.empty(1024, np.float32)
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def append(self, value: float) -> None:
        if self._length == len(self._buffer):
            self._buffer = np.concatenate([self._buffer, np.empty_like(self._buffer)])
        self._buffer[self._length] = value
        self._length += 1

    @property
    def values(self) -> Array:
        return self._buffer[: self._length]


class Smoother:
    """Exponential moving average, debiased so that the first values are not pulled to zero.

    After n finite values x_i it is Σ β^(n−i) x_i / Σ β^(n−i); values that are not finite pass
    by without touching the average.
    """

    def __init__(self, beta: float = SMOOTHING) -> None:
        self._beta = beta
        self._sum = 0.0
        self._weight = 0.0

    def add(self, value: float) -> float:
        """Take in one value and return the average so far (NaN before the first)."""
        if math.isfinite(value):
            self._sum = self._beta * self._sum + (1 - self._beta) * value
            self._weight = self._beta * self._weight + (1 - self._beta)
        return self._sum / self._weight if self._weight else math.nan


class History:
    """Training losses and accuracies a batch, test losses and accuracies an epoch.

    Attributes
    ----------
    epoch, loss, accuracy, smooth_loss, smooth_accuracy : Column
        One entry a batch; `epoch` is the time axis, in epochs done after that batch.
    test_epoch, test_loss, test_accuracy : Column
        One entry an epoch.
    epochs : int
        Epochs that the run is to take: the length of the time axis.
    """

    def __init__(self, epochs: int = 0) -> None:
        self.epochs = epochs
        self.epoch, self.loss, self.accuracy = Column(), Column(), Column()
        self.smooth_loss, self.smooth_accuracy = Column(), Column()
        self.test_epoch, self.test_loss, self.test_accuracy = Column(), Column(), Column()
        self._loss_smoother, self._accuracy_smoother = Smoother(), Smoother()

    def __len__(self) -> int:
        return len(self.epoch)

    def add_batch(self, epoch: float, loss: float, accuracy: float) -> None:
        self.epoch.append(epoch)
        self.loss.append(loss)
        self.accuracy.append(accuracy)
        self.smooth_loss.append(self._loss_smoother.add(loss))
        self.smooth_accuracy.append(self._accuracy_smoother.add(accuracy))

    def add_test(self, epoch: float, loss: float, accuracy: float) -> None:
        self.test_epoch.append(epoch)
        self.test_loss.append(loss)
        self.test_accuracy.append(accuracy)


def decimate(
    x: npt.NDArray[np.float32], y: npt.NDArray[np.float32], points: int = 2000
) -> tuple[Array, Array]:
    """At most `points` points that keep the smallest and largest y of every stretch.

    The x come back in order; the first and last points are kept. NaN never hides a peak.
    """
    if len(x) <= points or points < 4:
        return x, y
    bins = points // 2 - 1
    length = -(-len(y) // bins)
    starts = np.arange(0, len(y), length)
    rows = (len(starts), length)
    low = np.full(rows[0] * length, np.inf, np.float32)
    high = np.full(rows[0] * length, -np.inf, np.float32)
    finite = ~np.isnan(y)
    low[: len(y)][finite] = y[finite]
    high[: len(y)][finite] = y[finite]
    lowest = starts + low.reshape(rows).argmin(axis=1)
    highest = starts + high.reshape(rows).argmax(axis=1)
    kept = np.unique(np.concatenate([lowest, highest, [0, len(y) - 1]]))
    return x[kept], y[kept]
