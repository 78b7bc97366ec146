"""Digits for all tests: a tiny data set of our own, and the real MNIST where there is one."""

from __future__ import annotations

import os

from visualizer.training.environment import prepare_environment

prepare_environment()

import numpy as np  # noqa: E402 - after the environment is prepared
import pytest  # noqa: E402

from visualizer.data.dataset import Dataset, Images  # noqa: E402


@pytest.fixture(scope="session")
def mnist() -> Dataset:
    """The real MNIST from the folder in $VISUALIZER_DATA."""
    folder = os.environ.get("VISUALIZER_DATA")
    if not folder:
        pytest.skip("needs the real MNIST: set VISUALIZER_DATA to its folder")
    from visualizer.data.folder import load_folder

    return load_folder(folder)


def _bars(count: int, seed: int) -> Images:
    """Images whose class is the place of a bright bar, with noise: learnt in a few batches."""
    numbers = np.random.default_rng(seed)
    labels = numbers.integers(0, 10, count, dtype=np.uint8)
    pixels = numbers.integers(0, 60, (count, 28, 28), dtype=np.uint8)
    for image, label in zip(pixels, labels, strict=True):
        top = 2 * int(label) + 3
        image[top : top + 3, 6:22] = 255
    return Images(pixels, labels)


@pytest.fixture(scope="session")
def small_dataset() -> Dataset:
    """200 + 60 noisy bars, in ten classes."""
    return Dataset("bars", "synthetic", _bars(200, seed=1), _bars(60, seed=2))
