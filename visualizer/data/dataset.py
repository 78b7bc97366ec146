"""Labelled 28×28 images, as every source of digits delivers them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

IMAGE_SIZE = 28
CLASSES = 10

UInt8 = npt.NDArray[np.uint8]


class DataError(ValueError):
    """Data that cannot be used; the message is one plain sentence that says what and why."""


@dataclass(frozen=True, slots=True, eq=False)
class Images:
    """Labelled grey images.

    Attributes
    ----------
    pixels : (n, 28, 28) uint8
        Ink is bright: 0 paper, 255 full ink, as in MNIST.
    labels : (n,) uint8
        Class 0–9 of each image.
    """

    pixels: UInt8
    labels: UInt8

    def __len__(self) -> int:
        return len(self.labels)

    @classmethod
    def none(cls) -> Images:
        """Make a set without an image."""
        return cls(np.zeros((0, IMAGE_SIZE, IMAGE_SIZE), np.uint8), np.zeros(0, np.uint8))


@dataclass(frozen=True, slots=True, eq=False)
class Dataset:
    """A training and a test set, and the name that the window shows for them.

    Either set may be empty when only the other is needed.

    Attributes
    ----------
    name : str
        "MNIST", "synthetic digits", or the folder's name.
    kind : str
        "mnist", "synthetic" or "folder".
    """

    name: str
    kind: str
    train: Images
    test: Images
