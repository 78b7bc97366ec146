"""Exact histograms of millions of numbers of unknown range, in one pass.

Each channel counts on a grid whose lines are the multiples of a power of two. Scaling by that
power and rounding up are exact in float32, so the slot of a number is certain. When a number lies
outside the grid, lines are removed until it fits: two slots become one, which is as exact. At the
end the histogram's bounds are laid on the grid lines nearest to an even division.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from visualizer.core.network.layer import Array
from visualizer.core.responses import BINS, Counts

# Slots of each channel's grid, at least a third of which the range takes up. Not a power of two:
# else the zeros of all channels would fall into the same few lines of a core's cache.
SLOTS = 2056
BLOCK = 1 << 17  # numbers that are counted at a time, within a core's cache
LARGEST_SLOT = 2.0**22  # with 2,048 channels of slots on top, float32 still holds it exactly
FINEST = 2.0**100
SLACK = 0.25  # of the range, left free on both sides

ONE = torch.ones(1, dtype=torch.int64)

Doubles = npt.NDArray[np.float64]


class ChannelHistograms:
    """Histogram, range and count above 0 of each channel's numbers."""

    def __init__(self, channels: int) -> None:
        self.least = np.full(channels, np.inf)
        self.most = np.full(channels, -np.inf)
        self._first = np.arange(channels) * SLOTS
        self._counts: Counts = np.zeros((channels, SLOTS), np.int64)
        self._scale: Doubles = np.full(channels, FINEST)  # slots in a unit: powers of two
        self._base: Doubles = np.zeros(channels)  # slot i holds (base + i − 1, base + i] / scale
        self._from, self._to = self.least.copy(), self.most.copy()  # the range of the grid
        self._scaled, self._slots = torch.empty(BLOCK), torch.empty(BLOCK, dtype=torch.int32)

    def add(self, rows: Tensor, largest: Tensor) -> None:
        """Count numbers (n, channels) float32, whose maxima `largest` (channels,) are known.

        Raises
        ------
        ValueError
            A number is infinite or NaN.
        """
        if not len(rows):
            return
        self._reach(rows.amin(0).double().numpy(), largest.double().numpy())
        scale = torch.from_numpy(self._scale.astype(np.float32))
        offset = torch.from_numpy((self._first - self._base).astype(np.float32))
        counts = torch.from_numpy(self._counts.reshape(-1))
        for block in torch.split(rows, max(BLOCK // rows.shape[1], 1)):
            scaled = self._scaled[: block.numel()].view(block.shape)
            torch.mul(block, scale, out=scaled).ceil_().add_(offset)
            slots = self._slots[: block.numel()].copy_(scaled.view(-1))
            counts.index_add_(0, slots, ONE.expand(len(slots)))

    def add_constant(self, row: Array, times: int) -> None:
        """Count the same numbers (channels,) so many times."""
        values = row.astype(np.float64)
        self._reach(values, values)
        slots = np.ceil(values * self._scale) - self._base
        self._counts.reshape(-1)[self._first + slots.astype(np.int64)] += times

    def above_zero(self) -> Counts:
        """Count the numbers of each channel that are above 0."""
        above = self._base[:, None] + np.arange(SLOTS) >= 1
        return np.asarray((self._counts * above).sum(axis=1), np.int64)

    def histogram(self) -> tuple[Counts, Array]:
        """Return counts (channels, 64) and their bounds (channels, 65) float32.

        As in np.histogram, a bin contains its lower bound, and the last bin both bounds.
        """
        least, most = self.least[:, None], self.most[:, None]
        scale, base = self._scale[:, None], self._base[:, None]
        even = least + (most - least) * np.arange(1, BINS) / BINS
        lines = np.minimum(np.round(even * scale), np.ceil(most * scale) - 1)
        above = np.nextafter((lines / scale).astype(np.float32), np.float32(np.inf))
        edges = np.hstack((least, np.maximum(above, least), most)).astype(np.float32)
        below = np.hstack((np.zeros_like(least, np.int64), self._counts.cumsum(axis=1)))
        slot = np.clip(lines - base + 1, 0, SLOTS).astype(np.int64)
        until = np.take_along_axis(below, slot, axis=1)
        counts = np.diff(until, axis=1, prepend=0, append=below[:, -1:])
        for channel in np.flatnonzero(self.least == self.most):
            counts[channel], edges[channel] = _constant(self.least[channel], below[channel, -1])
        return counts, edges

    def _reach(self, low: Doubles, high: Doubles) -> None:
        """Widen the grid so that it holds numbers from `low` to `high` of each channel."""
        if not (np.isfinite(low).all() and np.isfinite(high).all()):
            raise ValueError("there are responses that are not finite")
        self.least, self.most = np.minimum(self.least, low), np.maximum(self.most, high)
        if (self.least >= self._from).all() and (self.most <= self._to).all():
            return
        slack = SLACK * (self.most - self.least)
        self._from, self._to = self.least - slack, self.most + slack
        width = _or_tiny(self._to - self._from)
        scale = np.minimum(self._scale, _power_of_two((SLOTS - 3) / width))
        largest = np.maximum(np.abs(self._from), np.abs(self._to))
        scale = np.minimum(scale, _power_of_two(LARGEST_SLOT / _or_tiny(largest)))
        self._thin(scale, np.floor(self._from * scale))

    def _thin(self, scale: Doubles, base: Doubles) -> None:
        """Move the counts to a grid that is no finer."""
        old = self._base[:, None] + np.arange(SLOTS)
        new = np.ceil(old * (scale / self._scale)[:, None]) - base[:, None]
        slots = self._first[:, None] + np.clip(new, 0, SLOTS - 1).astype(np.int64)
        counts = np.bincount(
            slots.reshape(-1), self._counts.reshape(-1), minlength=self._counts.size
        )
        self._counts = counts.astype(np.int64).reshape(self._counts.shape)
        self._scale, self._base = scale, base


def _power_of_two(number: Doubles) -> Doubles:
    """Return the largest power of two that is not larger."""
    return np.asarray(np.ldexp(1.0, np.frexp(number)[1] - 1), np.float64)


def _or_tiny(number: Doubles) -> Doubles:
    return np.maximum(number, 1 / FINEST)


def _constant(value: float, count: int) -> tuple[Counts, Array]:
    """Make a histogram around one value, half a unit to both sides, or more for float32."""
    reach = max(0.5, abs(value) * 2.0**-16)
    edges = np.linspace(value - reach, value + reach, BINS + 1).astype(np.float32)
    return np.histogram(np.full(1, value, np.float32), edges)[0] * count, edges
