"""MNIST's way to place ink: in a 20×20 box, its centre of mass at the centre of the image."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from visualizer.data.dataset import IMAGE_SIZE

BOX = 20  # pixels; the longer side of the ink
CENTRE = IMAGE_SIZE / 2  # MNIST's centres of mass lie at index 14.0, rows and columns

Float32 = npt.NDArray[np.float32]


def centre(images: Float32) -> Float32:
    """Shift each image by whole pixels so that its centre of mass comes to the centre.

    Parameters
    ----------
    images : (n, 28, 28) float32
        Ink is positive, paper 0.

    Returns
    -------
    (n, 28, 28) float32
        Ink shifted beyond an edge is lost; an empty image stays as it is.
    """
    size = images.shape[1]
    index = np.arange(size)
    shift_down = _shifts(images.sum(axis=2), index)
    shift_right = _shifts(images.sum(axis=1), index)
    rows = index - shift_down[:, None]
    columns = index - shift_right[:, None]
    inside = ((rows >= 0) & (rows < size))[:, :, None] & ((columns >= 0) & (columns < size))[
        :, None
    ]
    number = np.arange(len(images))[:, None, None]
    moved = images[number, rows[:, :, None] % size, columns[:, None, :] % size]
    return np.where(inside, moved, np.float32(0))


def _shifts(mass: Float32, index: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    """Compute the whole pixels from each profile's centre of mass to the centre."""
    total = mass.sum(axis=1)
    mean = np.divide(mass @ index, total, out=np.full(len(mass), CENTRE), where=total > 0)
    return np.asarray(np.rint(CENTRE - mean), dtype=np.intp)
