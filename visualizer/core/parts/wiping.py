"""The experiment without a theory: ink wiped out at every place, and the probabilities then."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from visualizer.core.network.layer import Array, Weights
from visualizer.core.network.network import Network

SIDES = (1, 3, 5)


def without_patch(
    pixels: npt.NDArray[np.uint8], row: int, column: int, side: int
) -> npt.NDArray[np.uint8]:
    """Return a digit with the ink of a square around a place wiped out, as far as it reaches."""
    half = side // 2
    wiped = pixels.copy()
    wiped[max(row - half, 0) : row + half + 1, max(column - half, 0) : column + half + 1] = 0
    return wiped


def wiping(
    network: Network, weights: Weights, pixels: npt.NDArray[np.uint8], side: int
) -> Iterator[float | Array]:
    """Yield the share that is done, at last the probabilities, (height, width, classes) float32.

    Parameters
    ----------
    pixels : (height, width) uint8
    side
        Of the square that is wiped out around each place. Where there is no ink in it, nothing
        changes.
    """
    height, width = pixels.shape
    now = _probabilities(network, weights, pixels)
    found = np.broadcast_to(now, (height, width, len(now))).copy()
    half = side // 2
    padded = np.pad(pixels > 0, half)
    windows = np.lib.stride_tricks.sliding_window_view(padded, (side, side))
    places = np.argwhere(windows.any(axis=(2, 3))).tolist()
    for at, (row, column) in enumerate(places):
        found[row, column] = _probabilities(
            network, weights, without_patch(pixels, row, column, side)
        )
        yield (at + 1) / len(places)
    yield found


def _probabilities(network: Network, weights: Weights, pixels: npt.NDArray[np.uint8]) -> Array:
    image = pixels.reshape(network.input_shape).astype(np.float32) / np.float32(255)
    return network.forward(image, weights).probabilities
