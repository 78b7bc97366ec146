"""The experiment that needs no theory: what is answered when some ink is wiped out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from visualizer.core.network.layer import Array, Weights
from visualizer.core.network.network import Network

Pixels = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Wiped:
    """What is answered when a patch of ink is wiped out, for a patch around each pixel.

    Attributes
    ----------
    side : int
        Pixels of the patch, down and across.
    probabilities : (height, width, classes)
        Of each class, by the pixel in the middle of the patch.
    untouched : (classes,)
        Of each class, with all ink.
    """

    side: int
    probabilities: Array
    untouched: Array

    def least(self, label: int) -> tuple[int, int]:
        """Find the patch without which a class is least likely; of equal ones the first."""
        row, column = np.unravel_index(self.probabilities[..., label].argmin(), self._size)
        return int(row), int(column)

    def most(self, label: int) -> tuple[int, int]:
        """Find the patch without which a class is most likely; of equal ones the first."""
        row, column = np.unravel_index(self.probabilities[..., label].argmax(), self._size)
        return int(row), int(column)

    @property
    def _size(self) -> tuple[int, ...]:
        return self.probabilities.shape[:2]


def wipe(pixels: Pixels, side: int, row: int, column: int) -> Pixels:
    """Return the digit (height, width) without the ink of the patch around a pixel.

    Raises
    ------
    ValueError
        The side is even, so that no pixel is in the middle, or below 1.
    """
    if side < 1 or side % 2 == 0:
        raise ValueError(f"the side of the patch must be an odd number of pixels, not {side}")
    reach = side // 2
    without = pixels.copy()
    rows, columns = (slice(max(at - reach, 0), at + reach + 1) for at in (row, column))
    without[rows, columns] = 0
    return without


def wiping(
    network: Network, weights: Weights, pixels: Pixels, side: int
) -> Iterator[float | Wiped]:
    """Wipe a patch around each pixel of a digit: yield the share done, and finally the answers.

    Where there is no ink to wipe out, the answer is the one with all ink.

    Raises
    ------
    ValueError
        The side is even or below 1.
    """
    height, width = pixels.shape
    untouched = answer_to(network, weights, pixels)
    probabilities = np.tile(untouched, (height, width, 1))
    for row in range(height):
        for column in range(width):
            without = wipe(pixels, side, row, column)
            if (without != pixels).any():
                probabilities[row, column] = answer_to(network, weights, without)
        yield (row + 1) / height
    yield Wiped(side, probabilities, untouched)


def answer_to(network: Network, weights: Weights, pixels: Pixels) -> Array:
    """Return the probability of each class, (classes,), for a digit (height, width)."""
    image = pixels.reshape(network.input_shape).astype(np.float32) / np.float32(255)
    return network.forward(image, weights).probabilities
