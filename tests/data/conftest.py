"""A tiny data set in the form of MNIST, and the real one where the machine has it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from visualizer.data.dataset import Dataset, UInt8
from visualizer.data.folder import load_folder
from visualizer.data.idx import write_idx


@pytest.fixture
def tiny_arrays() -> dict[str, UInt8]:
    """The four arrays of a data set of six training and four test images, by file name."""
    numbers = np.random.default_rng(5)
    return {
        "train-images-idx3-ubyte": numbers.integers(0, 256, (6, 28, 28), dtype=np.uint8),
        "train-labels-idx1-ubyte": np.array([0, 1, 2, 3, 9, 5], dtype=np.uint8),
        "t10k-images-idx3-ubyte": numbers.integers(0, 256, (4, 28, 28), dtype=np.uint8),
        "t10k-labels-idx1-ubyte": np.array([4, 6, 7, 8], dtype=np.uint8),
    }


@pytest.fixture
def write_folder() -> Callable[..., Path]:
    """A function that writes arrays as IDX files, compressed with the suffix ".gz"."""

    def write(folder: Path, arrays: dict[str, UInt8], suffix: str = "") -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        for name, array in arrays.items():
            write_idx(folder / (name + suffix), array)
        return folder

    return write


@pytest.fixture(scope="session")
def mnist() -> Dataset:
    folder = os.environ.get("VISUALIZER_DATA")
    if not folder:
        pytest.skip("needs the real MNIST: set VISUALIZER_DATA to its folder")
    return load_folder(folder)
