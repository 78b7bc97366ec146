"""Built-in handwritten digits: our own strokes, varied as hands vary, placed as in MNIST."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
import numpy.typing as npt

from visualizer.data.dataset import CLASSES, IMAGE_SIZE, Dataset, Images, UInt8
from visualizer.data.synthetic.handwriting import Handwriting, Index
from visualizer.data.synthetic.strokes import FORMS

Progress = Callable[[int, int], None]

_CHUNK = 250  # images drawn at once: small enough that no other thread waits long
_SPLITS = (0, 1)  # the training and the test set draw from separate random streams


def synthetic_digits(
    train: int = 12_000, test: int = 2_000, seed: int = 0, progress: Progress | None = None
) -> Dataset:
    """Draw a data set of handwritten digits.

    The same seed gives the same digits, and image i does not depend on the number of images.

    Parameters
    ----------
    train, test : int
        Number of images; every 250 of them hold each digit 25 times, in random order.
    seed : int
        Seed of the whole data set.
    progress : callable, optional
        Called with (done, total) images after every few hundred; may raise to stop.

    Returns
    -------
    Dataset
        Named "synthetic digits", of kind "synthetic".
    """
    done = 0
    parts = []
    for split, count in zip(_SPLITS, (train, test), strict=True):
        pixels = np.zeros((count, IMAGE_SIZE, IMAGE_SIZE), dtype=np.uint8)
        labels = np.zeros(count, dtype=np.uint8)
        for start in range(0, count, _CHUNK):
            stop = min(start + _CHUNK, count)
            pixels[start:stop], labels[start:stop] = _draw_chunk(
                seed, split, start // _CHUNK, stop - start
            )
            done += stop - start
            if progress is not None:
                progress(done, train + test)
        parts.append(Images(pixels, labels))
    return Dataset("synthetic digits", "synthetic", *parts)


def _draw_chunk(seed: int, split: int, number: int, count: int) -> tuple[UInt8, UInt8]:
    """Draw the first images of a chunk: (count, 28, 28) pixels and (count,) labels."""
    random = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(split, number)))
    labels = random.permutation(np.arange(_CHUNK) % CLASSES)
    forms = _choose_forms(random, labels)
    writing = Handwriting.vary(random, _CHUNK)
    drawn = np.argsort(forms[:count], kind="stable")  # digits of one form lie together
    pixels = np.empty((count, IMAGE_SIZE, IMAGE_SIZE), dtype=np.uint8)
    pixels[drawn] = writing.take(drawn).write(forms[drawn])
    return pixels, labels[:count].astype(np.uint8)


def _choose_forms(random: np.random.Generator, labels: Index) -> Index:
    """Choose one of the ways to write each digit, by their weights."""
    limits, first = _form_limits()
    chosen = (random.random(len(labels))[:, None] >= limits[labels]).sum(axis=1)
    return np.asarray(first[labels] + chosen)


@cache
def _form_limits() -> tuple[npt.NDArray[np.float64], Index]:
    """Return each digit's cumulated weights of its forms (padded by 1), and its first form."""
    digits = np.array([form.digit for form in FORMS])
    limits = np.ones((CLASSES, int(np.bincount(digits).max())))
    for digit in range(CLASSES):
        weights = np.cumsum([form.weight for form in FORMS if form.digit == digit])
        limits[digit, : len(weights) - 1] = weights[:-1] / weights[-1]
    return limits, np.searchsorted(digits, np.arange(CLASSES))
