"""Move digits by whole pixels: pixels beyond the edge are lost, and paper comes in."""

from __future__ import annotations

import numpy as np

from visualizer.data.dataset import IMAGE_SIZE, UInt8

MOST = 8  # pixels

Shift = tuple[int, int]


def axes(most: int = MOST) -> list[Shift]:
    """List (dy, dx) along each axis through the middle: sideways, then up to down; (0, 0) once."""
    steps = range(-most, most + 1)
    return [(0, dx) for dx in steps] + [(dy, 0) for dy in steps if dy]


def square(most: int = MOST) -> list[Shift]:
    """List every (dy, dx) of the square, row by row."""
    steps = range(-most, most + 1)
    return [(dy, dx) for dy in steps for dx in steps]


def shifted(pixels: UInt8, dy: int, dx: int) -> UInt8:
    """Move images down by dy and right by dx pixels.

    Parameters
    ----------
    pixels : (n, 28, 28) uint8
    dy, dx
        Negative: up, left.
    """
    moved = np.zeros_like(pixels)
    to_rows, from_rows = _ranges(dy)
    to_columns, from_columns = _ranges(dx)
    moved[:, to_rows, to_columns] = pixels[:, from_rows, from_columns]
    return moved


def _ranges(step: int) -> tuple[slice, slice]:
    """Return the slice of lines that pixels move to, and the slice that they come from."""
    stays = max(IMAGE_SIZE - abs(step), 0)
    to, start = max(step, 0), max(-step, 0)
    return slice(to, to + stays), slice(start, start + stays)
