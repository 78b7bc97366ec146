"""Kernels by name, at any size: filters known from image editors, as matrices."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from visualizer.core.network.geometry import RowsColumns
from visualizer.core.network.layer import Array


def _offsets(size: RowsColumns) -> tuple[Array, Array]:
    """Return rows below and columns right of the centre; for an even side, of its first middle one.

    There the window's centre lies on the output's own cell under padding "same".
    """
    rows, columns = np.indices(size, np.float32)
    return rows - (size[0] - 1) // 2, columns - (size[1] - 1) // 2


def _identity(size: RowsColumns) -> Array:
    down, right = _offsets(size)
    return np.asarray((down == 0) & (right == 0), np.float32)


def _blur(size: RowsColumns) -> Array:
    return np.full(size, 1 / (size[0] * size[1]), np.float32)


def _sharpen(size: RowsColumns) -> Array:
    """Make a kernel that weighs each cell against its four neighbours; the sum stays 1."""
    down, right = _offsets(size)
    cross = np.where(np.abs(down) + np.abs(right) == 1, -1, 0).astype(np.float32)
    return np.asarray(cross + _identity(size) * (1 - cross.sum()), np.float32)


def _horizontal_edge(size: RowsColumns) -> Array:
    """Make Sobel's kernel: bright below minus bright above."""
    down, right = _offsets(size)
    return np.asarray(np.sign(down) * np.where(right == 0, 2, 1), np.float32)


def _vertical_edge(size: RowsColumns) -> Array:
    """Make Sobel's kernel: bright on the right minus bright on the left."""
    down, right = _offsets(size)
    return np.asarray(np.sign(right) * np.where(down == 0, 2, 1), np.float32)


def _emboss(size: RowsColumns) -> Array:
    """Make light from the bottom right: −2 … 2 along the diagonal, 1 in the centre."""
    down, right = _offsets(size)
    return np.asarray(down + right + _identity(size), np.float32)


KERNELS: dict[str, Callable[[RowsColumns], Array]] = {
    "identity": _identity,
    "blur": _blur,
    "sharpen": _sharpen,
    "horizontal edge": _horizontal_edge,
    "vertical edge": _vertical_edge,
    "emboss": _emboss,
}
