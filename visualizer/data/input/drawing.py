"""Bring a drawn or photographed digit into MNIST's form."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from visualizer.data.dataset import IMAGE_SIZE, DataError, UInt8
from visualizer.data.input.centring import BOX, centre

Float32 = npt.NDArray[np.float32]

_FAINT = 0.02  # of full ink; fainter ink is paper
_BLANK = 0.05  # of the range from black to white; less contrast than this is an empty sheet


@dataclass(frozen=True, slots=True, eq=False)
class DrawingSteps:
    """The steps from a sheet with ink on it to the network's input.

    Attributes
    ----------
    ink : (h, w) float32
        The sheet: 0 paper, 1 full ink.
    cropped : (top, left, bottom, right) or None
        The smallest rectangle of the sheet with all its ink, ends exclusive; None without ink.
    box : (20, 20) float32
        The rectangle scaled to a longer side of 20, its strongest ink 1.
    centred : (28, 28) uint8
        The box with its centre of mass at the centre, as MNIST was made.
    """

    ink: Float32
    cropped: tuple[int, int, int, int] | None
    box: Float32
    centred: UInt8

    @classmethod
    def of(cls, ink: Float32) -> DrawingSteps:
        """Take all steps; an empty sheet stays empty in every step."""
        rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
        if not len(rows):
            blank = np.zeros((IMAGE_SIZE, IMAGE_SIZE), dtype=np.uint8)
            return cls(ink, None, np.zeros((BOX, BOX), dtype=np.float32), blank)
        top, left, bottom, right = map(int, (rows[0], columns[0], rows[-1] + 1, columns[-1] + 1))
        box = _fitted(ink[top:bottom, left:right], BOX)
        box /= box.max()
        placed = np.pad(box, (IMAGE_SIZE - BOX) // 2)
        return cls(ink, (top, left, bottom, right), box, _in_bytes(centre(placed[None])[0]))

    @property
    def as_it_lies(self) -> UInt8:
        """(28, 28): the whole sheet averaged, with the ink where it was drawn."""
        return _in_bytes(_fitted(self.ink, IMAGE_SIZE))

    def digit(self, centring: bool = True) -> UInt8:
        """Return the (28, 28) input, with the ink centred or as it lies."""
        return self.centred if centring else self.as_it_lies


def to_digit(
    image: npt.NDArray[np.uint8] | npt.NDArray[np.floating], centring: bool = True
) -> UInt8:
    """Crop the ink, fit it into a 20×20 box and centre its mass, as MNIST was made.

    The median of the border is the paper, bright or dark.

    Parameters
    ----------
    image : (h, w) uint8 or float
        Grey values: bytes, or floats of which 0 is black and 1 white (0–255 if any exceeds 1).
    centring : bool
        If false, nothing is cropped or moved: the whole sheet is averaged as it lies.

    Returns
    -------
    (28, 28) uint8
        Bright ink on 0; all zeros for an empty sheet.

    Raises
    ------
    DataError
        The image has no pixels or not two dimensions, or holds values that are not numbers.
    """
    return DrawingSteps.of(_ink(_unit_grey(image))).digit(centring)


def _fitted(ink: Float32, side: int) -> Float32:
    """Average ink so that its longer side is `side`, in the middle of a square of that side."""
    scale = side / max(ink.shape)
    height, width = (max(1, round(length * scale)) for length in ink.shape)
    small = _area_weights(ink.shape[0], height) @ ink @ _area_weights(ink.shape[1], width).T
    square = np.zeros((side, side), dtype=np.float32)
    top, left = (side - height) // 2, (side - width) // 2
    square[top : top + height, left : left + width] = small
    return square


def _in_bytes(ink: Float32) -> UInt8:
    return np.asarray(np.rint(ink * 255), dtype=np.uint8)


def _unit_grey(image: npt.NDArray[np.uint8] | npt.NDArray[np.floating]) -> Float32:
    """Return grey values as floats, 0 black and 1 white."""
    if image.ndim != 2 or image.size == 0:
        raise DataError(f"The drawing is not a grey image: its shape is {image.shape}.")
    if not np.isfinite(image).all():
        raise DataError("The drawing holds values that are not numbers.")
    in_bytes = image.dtype.kind in "iu" or image.max() > 1
    return np.clip(image.astype(np.float32) / (255 if in_bytes else 1), 0, 1)


def _ink(grey: Float32) -> Float32:
    """Compute ink, 0–1: the distance from the paper's grey, on the side with more contrast."""
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
    """Compute weights (new, old) by which each new pixel averages the old pixels it covers."""
    edges = np.linspace(0, old, new + 1)
    low, high = edges[:-1, None], edges[1:, None]
    pixel = np.arange(old)
    overlap = np.clip(np.minimum(high, pixel + 1) - np.maximum(low, pixel), 0, None)
    return np.asarray(overlap * (new / old), dtype=np.float32)
