"""Pooling layers: one number for each window of each channel."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

import numpy as np

from visualizer.core.network.geometry import Padding, Rect, RowsColumns, Sliding
from visualizer.core.network.layer import Array, Place, Weights, rows_and_columns
from visualizer.core.network.reach import Reach
from visualizer.core.network.terms import PoolTerms
from visualizer.core.network.windowed import Windowed


@dataclass(frozen=True)
class Pooling(Windowed):
    """The common part of max and average pooling: a window, whose stride is its size by default."""

    window_size: RowsColumns = (2, 2)
    stride: RowsColumns | None = None
    padding: Padding = "valid"

    @cached_property
    def sliding(self) -> Sliding:
        stride = self.stride or self.window_size
        return Sliding(rows_and_columns(self.input_shape), self.window_size, stride, self.padding)

    def _window_values(self, inputs: Array, place: Place) -> Array:
        """Return the values of one channel in a window; NaN on padding."""
        return self.patch(inputs, place[0], place[1], fill=np.nan)[:, :, place[2]]


@dataclass(frozen=True)
class MaxPool2D(Pooling):
    """The largest value of each window, channel by channel; padding never wins."""

    kind: ClassVar[str] = "maxpooling2d"

    def pre_activation(self, inputs: Array, weights: Weights) -> Array:
        patches = self.patches(inputs, fill=-math.inf)
        kernel_rows, kernel_columns = self.window_size
        largest = patches[:, :, 0, 0].copy()
        for row in range(kernel_rows):
            for column in range(kernel_columns):
                np.maximum(largest, patches[:, :, row, column], out=largest)
        return largest

    def backward(self, inputs: Array, weights: Weights, gradient: Array) -> Array:
        """Hand each window's gradient to its winner: of equal cells the first in row order."""
        rows, columns, _, _, channels = self.patches_shape
        flat = self.patches(inputs, fill=-math.inf).reshape(rows, columns, -1, channels)
        won = np.arange(flat.shape[2])[:, None] == flat.argmax(axis=2)[:, :, None]
        handed = np.where(won, gradient[:, :, None], np.float32(0))
        return self.spread(handed.reshape(self.patches_shape))

    def reach(self, inputs: Array, weights: Weights, place: Place) -> Reach:
        row, column, channel = place
        cells = self.seeing(Rect.cell(row, column))
        own = np.zeros((cells.height, cells.width, 1), np.float32)
        for down, right in np.ndindex(cells.height, cells.width):
            above = (cells.top + down, cells.left + right, channel)
            window = self.window(*above)
            at = (row - window.top, column - window.left)
            own[down, right] = self.terms(inputs, weights, above).largest == at
        return Reach(cells, channel, own, "winner")

    def terms(self, inputs: Array, weights: Weights, place: Place) -> PoolTerms:
        window = self._window_values(inputs, place)
        largest = self.patch(inputs, place[0], place[1], fill=-np.inf)[:, :, place[2]].max()
        on_map = self.on_map(place[0], place[1])
        return PoolTerms(window, window == largest, on_map, "max", float(largest))


@dataclass(frozen=True)
class AveragePool2D(Pooling):
    """The mean of each window, channel by channel; padded cells are not counted."""

    kind: ClassVar[str] = "averagepooling2d"

    def pre_activation(self, inputs: Array, weights: Weights) -> Array:
        sums = self.patches(inputs).sum(axis=(2, 3), dtype=np.float32)
        return np.asarray(sums / self.window_counts()[..., None], np.float32)

    def backward(self, inputs: Array, weights: Weights, gradient: Array) -> Array:
        shares = (gradient / self.window_counts()[..., None])[:, :, None, None]
        return self.spread(np.broadcast_to(shares, self.patches_shape))

    def reach(self, inputs: Array, weights: Weights, place: Place) -> Reach:
        cells = self.seeing(Rect.cell(*place[:2]))
        counts = self.window_counts()[cells.top : cells.bottom, cells.left : cells.right]
        return Reach(cells, place[2], np.asarray(1 / counts[..., None], np.float32), "share")

    def window_counts(self) -> Array:
        """Count the cells of each window that lie on the map, (rows, columns)."""
        ones = np.ones((*rows_and_columns(self.input_shape), 1), np.float32)
        return np.asarray(self.patches(ones).sum(axis=(2, 3, 4)), np.float32)

    def terms(self, inputs: Array, weights: Weights, place: Place) -> PoolTerms:
        window = self._window_values(inputs, place)
        total = self.patch(inputs, place[0], place[1])[:, :, place[2]].sum(dtype=np.float64)
        on_map = self.on_map(place[0], place[1])
        mean = total / on_map.sum()
        return PoolTerms(window, np.zeros(window.shape, bool), on_map, "mean", float(mean))
