"""A picture is one digit, in the window and at the command line, whatever it is stored as."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from tests.digits.test_pictures import picture
from visualizer.cli import main as cli
from visualizer.data.dataset import Dataset, UInt8
from visualizer.data.input.picture import PictureSteps
from visualizer.data.synthetic.synthetic import synthetic_digits
from visualizer.digits.pictures import picture_of, read_picture
from visualizer.scene.scene import Model

DIGITS = synthetic_digits(train=0, test=40).test.pixels


def as_image(grey: UInt8) -> QImage:
    height, width = grey.shape
    rows = np.ascontiguousarray(grey)
    return QImage(rows.data, width, height, width, QImage.Format.Format_Grayscale8).copy()


def through_png(grey: UInt8) -> QImage:
    """What comes back from a PNG in memory."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.ReadWrite)
    assert as_image(grey).save(buffer, "png")
    return QImage.fromData(buffer.data())


def lamp_at_left(digit: UInt8) -> UInt8:
    """Light falls off to the right by more than ink is darker than paper."""
    large = np.pad(np.kron(digit, np.ones((8, 8))), 38)
    light = np.linspace(1, 0.25, large.shape[1])
    return np.asarray((230 - 0.6 * large) * light, np.uint8)


def strokes(paper: str, ink: str) -> QImage:
    """A seven with smooth edges."""
    image = QImage(300, 300, QImage.Format.Format_ARGB32)
    image.fill(QColor(paper))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(ink), 22))
    painter.drawLine(80, 70, 220, 70)
    painter.drawLine(220, 70, 130, 240)
    painter.end()
    return image


def assert_unchanged(digits: UInt8) -> None:
    for digit in digits:
        taken = picture_of(through_png(digit), "pasted picture")
        assert taken.is_digit
        np.testing.assert_array_equal(taken.digit, digit)


def test_a_digit_of_28_by_28_comes_in_bit_by_bit() -> None:
    """In the middle and moved, bright and faint: nothing is centred, nothing brightened."""
    moved = np.roll(DIGITS, (3, 5), (1, 2))
    for digits in (DIGITS, moved, DIGITS // 2, moved // 16):
        assert_unchanged(digits)


@pytest.mark.slow
def test_all_test_digits_of_mnist_come_in_bit_by_bit(mnist: Dataset) -> None:
    assert_unchanged(mnist.test.pixels)


def test_ink_and_paper_of_28_by_28_are_turned_where_the_paper_is_light() -> None:
    for digit in DIGITS:
        taken = picture_of(through_png(255 - digit), "pasted picture")
        np.testing.assert_array_equal(taken.digit, digit)


def test_an_even_sheet_of_28_by_28_is_empty() -> None:
    for grey in (0, 7, 200, 255):
        with pytest.raises(ValueError, match="empty sheet"):
            picture_of(as_image(np.full((28, 28), grey, np.uint8)), "pasted picture")


def test_the_command_line_reads_the_digit_that_the_window_reads(
    tmp_path: Path, bundled: Model
) -> None:
    for number, grey in enumerate((lamp_at_left(DIGITS[0]), np.roll(DIGITS[1], 4, 0))):
        path, out = tmp_path / f"{number}.png", tmp_path / "out.npz"
        assert as_image(grey).save(str(path))
        window = read_picture(path)
        expected = window.grey if window.is_digit else PictureSteps.of(window.grey).digit
        assert cli.main(["activations", "--image", str(path), "--out", str(out)]) == 0
        with np.load(out) as written:
            for layer, output in zip(
                bundled.network.layers, bundled.trace(expected).outputs, strict=True
            ):
                np.testing.assert_array_equal(written[layer.name], output)


def test_strokes_on_a_transparent_ground_are_ink_dark_and_white_ones_alike() -> None:
    expected = picture_of(strokes("white", "black"), "seven").digit.astype(int)
    for ink in ("black", "white", "#fff0a0", "#203050"):
        digit = picture_of(strokes("transparent", ink), "seven").digit
        assert np.abs(digit - expected).max() <= 12


def test_a_sheet_with_transparent_corners_has_ink_only_where_it_is_drawn_on() -> None:
    for paper, ink in (("white", "black"), ("black", "white")):
        sheet = strokes(paper, ink)
        expected = picture_of(sheet, "seven").digit.astype(int)
        for x in range(40):
            for y in range(40 - x):
                for corner in ((x, y), (299 - x, y), (x, 299 - y), (299 - x, 299 - y)):
                    sheet.setPixelColor(*corner, QColor("transparent"))
        assert np.abs(picture_of(sheet, "seven").digit - expected).max() <= 12


def sixteen_bits(values: npt.NDArray[np.uint16]) -> QImage:
    height, width = values.shape
    form = QImage.Format.Format_Grayscale16
    return QImage(np.ascontiguousarray(values).data, width, height, 2 * width, form).copy()


def test_a_picture_of_16_bits_uses_as_many_as_its_camera_gave(tmp_path: Path) -> None:
    eight = lamp_at_left(DIGITS[2])
    expected = picture_of(as_image(eight), "seven").digit.astype(int)
    for bits in (8, 10, 12, 14, 16):
        full = (1 << bits) - 1
        deep = np.rint(eight / 255 * full).astype(np.uint16)
        for suffix in ("png", "tif"):
            path = tmp_path / f"{bits}.{suffix}"
            assert sixteen_bits(deep).save(str(path))
            assert np.abs(read_picture(path).digit - expected).max() <= 3


def test_a_digit_of_28_by_28_in_16_bits_is_the_one_in_8() -> None:
    for digit in DIGITS[:4]:
        assert digit.max() == 255
        for factor in (1, 257):
            deep = sixteen_bits(digit.astype(np.uint16) * np.uint16(factor))
            np.testing.assert_array_equal(picture_of(deep, "digit").digit, digit)


def test_a_tiff_is_read_as_the_png_is(tmp_path: Path) -> None:
    for paper, ink in (("white", "black"), ("black", "white"), ("transparent", "black")):
        one, other = (picture(tmp_path / f"one.{kind}", paper, ink) for kind in ("png", "tif"))
        np.testing.assert_array_equal(read_picture(one).digit, read_picture(other).digit)


def tiled(path: Path, side: int, compression: int = 1) -> Path:
    """A TIFF of 16 × 16 grey pixels that promises one tile of many more a side."""
    tags = [(256, 16), (257, 16), (258, 8), (259, compression), (262, 1), (277, 1)]
    tags += [(322, side), (323, side), (324, 256), (325, 256)]
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
    directory = struct.pack("<H", len(tags)) + entries + bytes(4)
    path.write_bytes(b"II*\0" + struct.pack("<I", 8) + directory + bytes(512))
    return path


def test_a_tiff_whose_tile_would_fill_the_memory_is_refused_before_it_is_decoded(
    tmp_path: Path,
) -> None:
    with pytest.raises(ValueError, match="empty sheet"):
        read_picture(tiled(tmp_path / "small.tif", 16))
    with pytest.raises(ValueError, match="is too large: it takes 858 MiB to unpack"):
        read_picture(tiled(tmp_path / "large.tif", 30_000))


def test_a_tiff_that_the_decoder_cannot_unpack_is_not_called_broken(tmp_path: Path) -> None:
    for number, name in ((7, "JPEG"), (34925, "LZMA"), (50000, "Zstandard")):
        path = tiled(tmp_path / "scan.tif", 16, number)
        with pytest.raises(ValueError) as caught:
            read_picture(path)
        said = f"{path} is a TIFF with {name} inside, which is not read: "
        assert str(caught.value) == f"{said}save it without compression, or as JPEG or PNG."


def test_what_starts_as_a_tiff_and_breaks_off_is_one_sentence(tmp_path: Path) -> None:
    whole = picture(tmp_path / "one.tif", "white", "black").read_bytes()
    for length in (4, 6, 8, 9, 20, 60, len(whole) // 2, len(whole) - 20):
        path = tmp_path / "cut.tif"
        path.write_bytes(whole[:length])
        with pytest.raises(ValueError) as caught:
            read_picture(path)
        assert str(caught.value) == f"{path} cannot be read: the picture is broken."


def box(brand: bytes, *others: bytes) -> bytes:
    brands = brand + bytes(4) + b"".join(others)
    return struct.pack(">I", 8 + len(brands)) + b"ftyp" + brands + bytes(40)


def test_kinds_that_are_not_read_are_called_what_they_are_with_what_to_do(tmp_path: Path) -> None:
    kinds = {
        box(b"heic", b"mif1", b"heic"): "a HEIC",
        box(b"mif1", b"mif1", b"heic"): "a HEIC",
        box(b"avif", b"avif", b"mif1"): "an AVIF",
        box(b"mif1", b"avif", b"miaf"): "an AVIF",
        b"\xff\x0a" + bytes(40): "a JPEG XL",
        b"%PDF-1.7\n": "a PDF",
    }
    for start, called in kinds.items():
        path = tmp_path / "IMG_0001.HEIC"
        path.write_bytes(start)
        with pytest.raises(ValueError) as caught:
            read_picture(path)
        said = f"{path} is {called} file, which is not read: save it as JPEG or PNG."
        assert str(caught.value) == said
    film = tmp_path / "film.mp4"
    film.write_bytes(box(b"isom", b"mp41"))
    with pytest.raises(ValueError, match="is not a picture: PNG"):
        read_picture(film)
