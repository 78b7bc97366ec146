"""The common part of layers that slide a window over rows and columns."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.lib.stride_tricks import as_strided

from visualizer.core.network.geometry import Lines, Rect, Sliding
from visualizer.core.network.layer import Array, Layer, Place, Shape, Weights
from visualizer.core.network.terms import ConvTerms, Mask, PoolTerms


@dataclass(frozen=True)
class Windowed(Layer):
    """A layer that slides a window over rows and columns."""

    @cached_property
    def sliding(self) -> Sliding:
        raise NotImplementedError

    def check(self) -> None:
        if len(self.input_shape) != 3:
            raise ValueError("its window needs rows and columns, and below it is a vector")
        (height, width), (kh, kw) = self.sliding.size, self.sliding.kernel
        if kh >= 2 * height or kw >= 2 * width:  # then part of it lies on padding at every place
            raise ValueError(f"a {kh} × {kw} window is too large for a {height} × {width} map")

    @property
    def output_shape(self) -> Shape:
        return (*self.sliding.places, self.input_shape[2])

    @property
    def patches_shape(self) -> Shape:
        """(rows, columns, kernel_height, kernel_width, in_channels)."""
        return (*self.sliding.places, *self.sliding.kernel, self.input_shape[2])

    @property
    def window_values(self) -> int:
        return math.prod(self.patches_shape)

    def terms(self, inputs: Array, weights: Weights, place: Place) -> ConvTerms | PoolTerms:
        raise NotImplementedError

    def window(self, row: int, column: int, channel: int) -> Rect:
        return self.sliding.window(row, column)

    def seen_by(self, cells: Rect) -> Rect:
        return self.sliding.seen_by(cells)

    def lines_seen_by(self, cells: Lines) -> Lines:
        return self.sliding.lines_seen_by(cells)

    def seeing(self, inputs: Rect) -> Rect:
        return self.sliding.seeing(inputs)

    def patches(self, inputs: Array, fill: float = 0.0) -> Array:
        """Return all patches, in `patches_shape`."""
        sliding = self.sliding
        if sliding.padding == "same":
            inputs = np.pad(inputs, (*sliding.margins, (0, 0)), constant_values=fill)
        if inputs.shape[:2] != sliding.padded_size:  # the view below would read past their end
            raise ValueError(f"a map of {inputs.shape} has no such windows")
        row, column, channel = inputs.strides
        steps = (row * sliding.stride[0], column * sliding.stride[1], row, column, channel)
        shape = (*sliding.places, *sliding.kernel, inputs.shape[2])
        return as_strided(inputs, shape, steps, writeable=False)

    def spread(self, patches: Array) -> Array:
        """Add up patches where their windows lie, (height, width, in_channels): `patches` undone.

        What lies on padding is lost; cells that no window sees are 0.
        """
        (rows, columns), (down, right) = self.sliding.places, self.sliding.stride
        margins, (height, width, channels) = self.sliding.margins, self.input_shape
        top, left = margins[0][0], margins[1][0]
        size = height + sum(margins[0]), width + sum(margins[1])
        sums = np.zeros((*size, channels), np.float32)
        for row, column in np.ndindex(self.sliding.kernel):
            to_rows = slice(row, row + down * (rows - 1) + 1, down)
            to_columns = slice(column, column + right * (columns - 1) + 1, right)
            sums[to_rows, to_columns] += patches[:, :, row, column]
        return sums[top : top + height, left : left + width]

    def patch(self, inputs: Array, row: int, column: int, fill: float = 0.0) -> Array:
        """Return one window's patch, (kernel_height, kernel_width, in_channels)."""
        window = self.sliding.window(row, column)
        on_map = window.clip(*self.sliding.size)
        values = np.full((window.height, window.width, inputs.shape[2]), fill, np.float32)
        top, left = on_map.top - window.top, on_map.left - window.left
        values[top : top + on_map.height, left : left + on_map.width] = inputs[
            on_map.top : on_map.bottom, on_map.left : on_map.right
        ]
        return values

    def on_map(self, row: int, column: int) -> Mask:
        """Return which cells of a window lie on the map: (kernel_height, kernel_width) bool."""
        window, (height, width) = self.sliding.window(row, column), self.sliding.size
        rows = np.arange(window.top, window.bottom)
        columns = np.arange(window.left, window.right)
        inside = np.ix_((rows >= 0) & (rows < height), (columns >= 0) & (columns < width))
        mask = np.zeros((window.height, window.width), bool)
        mask[inside] = True
        return mask
