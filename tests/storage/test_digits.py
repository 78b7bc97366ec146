"""A saved set of digits opens as a data set, or nothing of it is there."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from visualizer.data.dataset import Images
from visualizer.data.folder import load_folder
from visualizer.storage import digits
from visualizer.storage.digits import save_digits


def images(count: int) -> Images:
    numbers = np.random.default_rng(count)
    labels = np.arange(count, dtype=np.uint8) % 10
    return Images(numbers.integers(0, 256, (count, 28, 28), dtype=np.uint8), labels)


def test_what_was_saved_opens_as_it_was(tmp_path: Path) -> None:
    save_digits(tmp_path / "mine", images(3), images(4))
    opened = load_folder(tmp_path / "mine")
    for found, meant in ((opened.train, images(3)), (opened.test, images(4))):
        np.testing.assert_array_equal(found.pixels, meant.pixels)
        np.testing.assert_array_equal(found.labels, meant.labels)
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_a_folder_with_something_in_it_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    with pytest.raises(OSError):
        save_digits(tmp_path / "mine", images(3), images(4))
    assert [path.name for path in tmp_path.rglob("*")] == ["mine", "letter.txt"]


def test_after_an_error_half_way_nothing_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = digits.write_idx

    def fails(path: Path, array: np.ndarray) -> None:
        if "t10k-labels" in path.name:
            raise OSError("the disk is full")
        write(path, array)

    monkeypatch.setattr(digits, "write_idx", fails)
    with pytest.raises(OSError, match="full"):
        save_digits(tmp_path / "mine", images(3), images(4))
    assert list(tmp_path.iterdir()) == []
