"""A drawn or photographed digit brought into MNIST's form."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from visualizer.data.centring import BOX, centre
from visualizer.data.dataset import IMAGE_SIZE, DataError, UInt8

Float32 = npt.NDArray[np.float32]

_FAINT = 0.02  # of full ink; what is fainter is paper
_BLANK = 0.05  # of the range from black to white; less contrast than this is an empty sheet


def to_digit(image: npt.NDArray[np.uint8] | npt.NDArray[np.floating]) -> UInt8:
    """Crop the ink, fit it into a 20×20 box and centre its mass, as MNIST was made.

    The border tells paper from ink: its median is the paper, bright or dark.

    Parameters
    ----------
    image : (h, w) uint8 or float
        Grey values: bytes, or floats of which 0 is black and 1 white (0–255 if any exceeds 1).

    Returns
    -------
    (28, 28) uint8
        Bright ink on 0; all zeros for an empty sheet.

    Raises
    ------
    DataError
        The image has no pixels or not two dimensions, or holds values that are not numbers.
    """
    ink = _ink(_unit_grey(image))
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not len(rows):
        return np.zeros((IMAGE_SIZE, IMAGE_SIZE), dtype=np.uint8)
    ink = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    scale = BOX / max(ink.shape)
    height, width = (max(1, round(side * scale)) for side in ink.shape)
    small = _area_weights(ink.shape[0], height) @ ink @ _area_weights(ink.shape[1], width).T
    placed = np.zeros((1, IMAGE_SIZE, IMAGE_SIZE), dtype=np.float32)
    top, left = (IMAGE_SIZE - height) // 2, (IMAGE_SIZE - width) // 2
    placed[0, top : top + height, left : left + width] = small / small.max()
    return np.asarray(np.rint(centre(placed)[0] * 255), dtype=np.uint8)


def _unit_grey(image: npt.NDArray[np.uint8] | npt.NDArray[np.floating]) -> Float32:
    """Grey values as floats, 0 black and 1 white."""
    if image.ndim != 2 or image.size == 0:
        raise DataError(f"The drawing is not a grey image: its shape is {image.shape}.")
    if not np.isfinite(image).all():
        raise DataError("The drawing holds values that are not numbers.")
    in_bytes = image.dtype.kind in "iu" or image.max() > 1
    return np.clip(image.astype(np.float32) / (255 if in_bytes else 1), 0, 1)


def _ink(grey: Float32) -> Float32:
    """Ink, 0–1: the distance from the paper's grey, on the side that departs further from it."""
    border = np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])
    paper = np.median(border)
    bright, dark = np.maximum(grey - paper, 0), np.maximum(paper - grey, 0)
    ink = bright if bright.max() > dark.max() else dark
    full = ink.max()
    if full < _BLANK:
        return np.zeros_like(ink)
    uneven = 6 * np.median(np.abs(border - paper))  # four standard deviations of a noisy paper
    least = np.clip(uneven, _FAINT * full, full / 2)
    return np.asarray(np.where(ink < least, 0, ink / full), dtype=np.float32)


def _area_weights(old: int, new: int) -> Float32:
    """Weights (new, old) with which each new pixel averages the old ones that it covers."""
    edges = np.linspace(0, old, new + 1)
    low, high = edges[:-1, None], edges[1:, None]
    pixel = np.arange(old)
    overlap = np.clip(np.minimum(high, pixel + 1) - np.maximum(low, pixel), 0, None)
    return np.asarray(overlap * (new / old), dtype=np.float32)
