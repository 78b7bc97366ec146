"""What the tests of the command line share."""

from __future__ import annotations

from pathlib import Path

import pytest

from visualizer.data.dataset import Dataset
from visualizer.data.idx import write_idx


@pytest.fixture
def folder(tmp_path: Path, small_dataset: Dataset) -> Path:
    """A folder of IDX files with the small data set."""
    folder = tmp_path / "bars"
    folder.mkdir()
    for part, images in (("train", small_dataset.train), ("t10k", small_dataset.test)):
        write_idx(folder / f"{part}-images-idx3-ubyte", images.pixels)
        write_idx(folder / f"{part}-labels-idx1-ubyte", images.labels)
    return folder
