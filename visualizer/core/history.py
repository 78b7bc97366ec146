"""The curves of a run: growing columns, smoothing, and decimation that keeps the peaks."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from visualizer.core.flow import Flow, LayerFlow
from visualizer.core.network.layer import Array

Float64 = npt.NDArray[np.float64]

RECENT_BATCHES = 32  # the mean over so many is "the loss" of a run
DEFAULT_SMOOTHING = 0.4
WIDEST = 3.0  # width of the strongest smoothing, in square roots of a run's batches


class Column:
    """A float32 column that grows by doubling; `values` is a view of the filled part."""

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


def smoothing_width(strength: float, batches: float) -> float:
    """Compute over how many batches to smooth, in a run of so many batches.

    The width grows with the root of the run's length: at strength 0.4, 5 of 94 batches and 33 of
    4,690. So the curve of a short run does not lag, and that of a long run is calm.
    """
    return max(1.0, WIDEST * strength**2 * math.sqrt(batches))


def smoothed(values: Array, width: float) -> tuple[Float64, Float64]:
    """Compute the sums of an exponential mean at every position: of values and of weights.

    With β = 1 − 1/width, after n finite values x_i they are Σ β^(n−i) x_i and Σ β^(n−i), and
    their quotient is not pulled to zero at the start; values that are not finite are skipped. Each
    pass doubles how far back the sums reach.

    Parameters
    ----------
    values : (n,)
    width : float
        At least 1, which leaves the values as they are.
    """
    finite = np.isfinite(values)
    decays = np.where(finite, 1 - 1 / width, 1.0)
    sums = np.where(finite, values, 0).astype(np.float64)
    weights = finite.astype(np.float64)
    reach = 1
    while reach < len(values) and decays.any():
        for column in (sums, weights):
            column[reach:] = column[reach:] + decays[reach:] * column[:-reach]
        decays[reach:] = decays[reach:] * decays[:-reach]
        decays[:reach] = 0
        reach *= 2
    return sums, weights


class Curve:
    """One quantity of a run.

    Attributes
    ----------
    raw, smooth : Column
        One entry a batch.
    test : Column
        One entry an epoch, over the whole test set.
    """

    def __init__(self) -> None:
        self.raw, self.smooth, self.test = Column(), Column(), Column()
        self._sum, self._weight, self._width = 0.0, 0.0, 1.0

    def add(self, value: float) -> None:
        """Append the value of one batch."""
        self.raw.append(value)
        if math.isfinite(value):
            decay = 1 - 1 / self._width
            self._sum = decay * self._sum + value
            self._weight = decay * self._weight + 1
        self.smooth.append(self._sum / self._weight if self._weight else math.nan)

    def smooth_anew(self, width: float) -> None:
        """Smooth all values, and later ones, over so many batches."""
        self._width = width
        if len(self.raw):
            sums, weights = smoothed(self.raw.values, width)
            self._sum, self._weight = float(sums[-1]), float(weights[-1])
            empty = np.full(len(sums), np.nan)
            self.smooth.values[:] = np.divide(sums, weights, out=empty, where=weights > 0)

    def recent(self, batches: int | None = None) -> float | None:
        """Return the mean of the last 32 of the first `batches` values; skip non-finite ones."""
        last = self.raw.values[:batches][-RECENT_BATCHES:]
        finite = last[np.isfinite(last)]
        return float(finite.mean(dtype=np.float64)) if finite.size else None


class History:
    """Training losses and accuracies a batch, test losses and accuracies an epoch.

    Attributes
    ----------
    epoch : Column
        One entry a batch: epochs done after that batch, the time axis.
    test_epoch : Column
        One entry a test.
    loss, accuracy : Curve
    flow : Flow
        The gradient and the update of every layer, at some of the batches.
    """

    def __init__(self, epochs: int = 0, smoothing: float = DEFAULT_SMOOTHING) -> None:
        self.epoch, self.test_epoch = Column(), Column()
        self.loss, self.accuracy = Curve(), Curve()
        self.flow = Flow()
        self._epochs, self._smoothing = epochs, smoothing

    def __len__(self) -> int:
        return len(self.epoch)

    @property
    def epochs(self) -> int:
        """Epochs planned for the run: the length of the time axis."""
        return self._epochs

    @epochs.setter
    def epochs(self, epochs: int) -> None:
        if epochs != self._epochs:
            self._epochs = epochs
            self._smooth_anew()

    @property
    def smoothing(self) -> float:
        """Strength of the smoothing, from 0 (none) to 1 (strong)."""
        return self._smoothing

    @smoothing.setter
    def smoothing(self, strength: float) -> None:
        if strength != self._smoothing:
            self._smoothing = strength
            self._smooth_anew()

    def add_batch(
        self, epoch: float, loss: float, accuracy: float, flow: LayerFlow | None = None
    ) -> None:
        """Append a batch, with what it did to every layer where that was measured."""
        self.epoch.append(epoch)
        if len(self.epoch) == 1:
            self._smooth_anew()
        self.loss.add(loss)
        self.accuracy.add(accuracy)
        if flow is not None:
            self.flow.add(epoch, flow)

    def add_test(self, epoch: float, loss: float, accuracy: float) -> None:
        self.test_epoch.append(epoch)
        self.loss.test.append(loss)
        self.accuracy.test.append(accuracy)

    def _smooth_anew(self) -> None:
        """Fit the smoothing to the planned length of the run, as far as it is known."""
        if len(self.epoch):
            done, batches = float(self.epoch.values[-1]), float(len(self.epoch))
            if done > 0:
                batches *= max(self._epochs / done, 1)
            width = smoothing_width(self._smoothing, batches)
            self.loss.smooth_anew(width)
            self.accuracy.smooth_anew(width)


def decimate(
    x: npt.NDArray[np.float32], y: npt.NDArray[np.float32], points: int = 2000
) -> tuple[Array, Array]:
    """Pick at most `points` points that keep the smallest and largest y of every stretch.

    The x stay in order; the first and last points are kept. NaN never hides a peak.
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


def envelope(x: Array, y: Array, stretches: int = 240) -> tuple[Array, Array, Array]:
    """Compute a band that holds every finite y: places in order, with the least and largest y.

    Each place is a stretch of neighbours; its band takes in the stretches beside it, so that no
    y lies outside even where the band runs straight from one place to the next.
    """
    length = max(-(-len(y) // stretches), 1)
    rows = -(-len(y) // length)
    low = np.full(rows * length, np.inf, np.float32)
    high = np.full(rows * length, -np.inf, np.float32)
    finite = np.isfinite(y)
    low[: len(y)][finite] = y[finite]
    high[: len(y)][finite] = y[finite]
    lows, highs = low.reshape(rows, length).min(axis=1), high.reshape(rows, length).max(axis=1)
    lows, highs = _with_neighbours(lows, np.minimum), _with_neighbours(highs, np.maximum)
    places = x[np.minimum(np.arange(rows) * length + length // 2, len(y) - 1)].copy()
    if rows:
        places[0], places[-1] = x[0], x[-1]
    known = np.isfinite(lows)
    return places[known], lows[known], highs[known]


def _with_neighbours(values: Array, pick: np.ufunc) -> Array:
    """Replace each value by the smallest or largest of itself and its two neighbours."""
    edged = np.pad(values, 1, mode="edge") if len(values) else np.zeros(2, np.float32)
    picked: Array = pick(pick(edged[:-2], edged[1:-1]), edged[2:])
    return picked
