"""Any picture becomes a digit in MNIST's form, or one sentence says why not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage

from visualizer.pictures import LARGEST_SIDE, read_digit


def picture(path: Path, paper: str, ink: str, size: tuple[int, int] = (120, 160)) -> Path:
    """A thick stroke from top to bottom, off the middle."""
    image = QImage(*size, QImage.Format.Format_ARGB32)
    image.fill(QColor(paper))
    for y in range(size[1] // 8, size[1] // 2):
        for x in range(size[0] // 8, size[0] // 8 + 10):
            image.setPixelColor(x, y, QColor(ink))
    assert image.save(str(path))
    return path


@pytest.mark.parametrize("suffix", ["png", "bmp", "jpg"])
@pytest.mark.parametrize(("paper", "ink"), [("white", "black"), ("black", "white")])
def test_ink_is_bright_and_in_the_middle(suffix: str, paper: str, ink: str, tmp_path: Path) -> None:
    digit = read_digit(picture(tmp_path / f"one.{suffix}", paper, ink))
    assert (digit.shape, digit.dtype) == ((28, 28), np.uint8)
    assert digit.max() > 200
    assert digit[0].max() == digit[:, 0].max() == 0
    rows, columns = np.indices(digit.shape)
    weight = digit.sum()
    assert (rows * digit).sum() / weight == pytest.approx(13.5, abs=1)
    assert (columns * digit).sum() / weight == pytest.approx(13.5, abs=1)


def test_transparent_paper_is_white(tmp_path: Path) -> None:
    clear = read_digit(picture(tmp_path / "clear.png", "transparent", "black"))
    white = read_digit(picture(tmp_path / "white.png", "white", "black"))
    np.testing.assert_array_equal(clear, white)


@pytest.mark.parametrize("size", [(1, 200), (333, 17), (28, 28), (1000, 900)])
def test_pictures_of_any_size(size: tuple[int, int], tmp_path: Path) -> None:
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    for y in range(size[1] // 3, size[1] // 3 + max(size[1] // 3, 1)):
        for x in range(max(size[0] // 3, 1)):
            image.setPixelColor(x, y, QColor("black"))
    assert image.save(str(tmp_path / "a.png"))
    digit = read_digit(tmp_path / "a.png")
    assert digit.max() > 100


def no_picture(folder: Path) -> Path:
    (folder / "notes.png").write_text("no picture")
    return folder / "notes.png"


def cut_picture(folder: Path) -> Path:
    path = picture(folder / "cut.png", "white", "black")
    path.write_bytes(path.read_bytes()[:60])
    return path


def blank(folder: Path) -> Path:
    image = QImage(50, 50, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    assert image.save(str(folder / "blank.png"))
    return folder / "blank.png"


def huge(folder: Path) -> Path:
    """A header that promises more pixels than we read."""
    image = QImage(LARGEST_SIDE + 1, 1, QImage.Format.Format_Grayscale8)
    image.fill(0)
    assert image.save(str(folder / "huge.png"))
    return folder / "huge.png"


def missing(folder: Path) -> Path:
    return folder / "none.png"


@pytest.mark.parametrize("make", [no_picture, cut_picture, blank, huge, missing])
def test_what_is_no_digit_is_one_sentence(make: object, tmp_path: Path) -> None:
    path = make(tmp_path)  # type: ignore[operator]
    with pytest.raises(ValueError, match=r"^[^\n]+$"):
        read_digit(path)
