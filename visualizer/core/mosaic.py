"""Many feature maps in one image: where each cell lies, and which cell lies at a pixel."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from visualizer.core.network.geometry import Rect
from visualizer.core.network.layer import Array


@dataclass(frozen=True, slots=True)
class Mosaic:
    """Layout of maps of one size, row by row, with a gap of cells between them.

    Attributes
    ----------
    height, width, channels : int
        The maps: rows, columns, and how many there are.
    columns : int
        Maps side by side.
    gap : int
        Cells between neighbouring maps, and none around the whole.
    """

    height: int
    width: int
    channels: int
    columns: int
    gap: int = 1

    @classmethod
    @lru_cache(maxsize=64)
    def fitting(
        cls, height: int, width: int, channels: int, aspect: float = 1.0, gap: int | None = None
    ) -> Mosaic:
        """Choose the layout with the largest maps in an area of aspect width ÷ height."""
        gap = max(1, round(max(height, width) / 12)) if gap is None else gap
        best = max(
            (cls(height, width, channels, columns, gap) for columns in range(1, channels + 1)),
            key=lambda layout: min(aspect / layout.shape[1], 1 / layout.shape[0]),
        )
        rows = best.rows
        return cls(height, width, channels, math.ceil(channels / rows), gap)

    @property
    def rows(self) -> int:
        return math.ceil(self.channels / self.columns)

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width of the image in cells."""
        return (
            self.rows * (self.height + self.gap) - self.gap,
            self.columns * (self.width + self.gap) - self.gap,
        )

    def compose(self, maps: Array) -> Array:
        """Lay out maps (height, width, channels); gaps and unused places are NaN."""
        step_y, step_x = self.height + self.gap, self.width + self.gap
        padded = np.full((self.rows * self.columns, step_y, step_x), np.nan, np.float32)
        padded[: self.channels, : self.height, : self.width] = maps.transpose(2, 0, 1)
        image = padded.reshape(self.rows, self.columns, step_y, step_x).swapaxes(1, 2)
        height, width = self.shape
        return np.ascontiguousarray(
            image.reshape(self.rows * step_y, self.columns * step_x)[:height, :width]
        )

    def map_rect(self, channel: int) -> Rect:
        """Return where a map lies in the image."""
        top = channel // self.columns * (self.height + self.gap)
        left = channel % self.columns * (self.width + self.gap)
        return Rect(top, left, top + self.height, left + self.width)

    def cell_rect(self, row: int, column: int, channel: int) -> Rect:
        """Return where one cell of one map lies in the image."""
        at = self.map_rect(channel)
        return Rect.cell(at.top + row, at.left + column)

    def cell_at(self, y: float, x: float) -> tuple[int, int, int] | None:
        """Find row, column and channel at a point of the image; None on a gap or outside."""
        if not (0 <= y < self.shape[0] and 0 <= x < self.shape[1]):
            return None
        map_row, row = divmod(math.floor(y), self.height + self.gap)
        map_column, column = divmod(math.floor(x), self.width + self.gap)
        channel = map_row * self.columns + map_column
        if row >= self.height or column >= self.width or channel >= self.channels:
            return None
        return row, column, channel
