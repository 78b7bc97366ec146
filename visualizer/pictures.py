"""Any picture file as a digit. It may be hostile: only its bytes say what it is, and it is small.

Nothing here needs the window's thread.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QFile, QIODevice, QLoggingCategory, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from visualizer.data.dataset import IMAGE_SIZE
from visualizer.data.drawing import to_digit
from visualizer.data.jpeg import MOST_SCANS, count_scans
from visualizer.data.picture import PictureSteps
from visualizer.data.regular import open_regular

LARGEST_SIDE = 8192
DECODED_SIDE = 1024  # larger pictures are made smaller at once: a digit has 28 pixels a side
MOST_MEBIBYTES = 256  # of a decoded picture
QUIET = "qt.gui.imageio*=false"  # what Qt thinks of a broken file: our sentence says it

# By first bytes. Never SVG: a few of its lines can draw for ever or read other files.
FORMATS = {
    b"\x89PNG\r\n\x1a\n": b"png",
    b"\xff\xd8\xff": b"jpeg",
    b"BM": b"bmp",
    b"GIF87a": b"gif",
    b"GIF89a": b"gif",
}
LONGEST_START = 12


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A picture as it was read.

    Attributes
    ----------
    grey : (h, w) uint8
        Lightness, 0 black, at most about DECODED_SIDE a side.
    source : str
        What the window calls it: a file's name, or "pasted picture".
    """

    grey: npt.NDArray[np.uint8]
    source: str

    @property
    def is_digit(self) -> bool:
        """Whether it has the size of MNIST's images already."""
        return self.grey.shape == (IMAGE_SIZE, IMAGE_SIZE)


def read_picture(path: Path) -> Picture:
    """Read a picture file.

    Raises
    ------
    ValueError
        No picture, too large a one, or one with nothing drawn on it; names the file and why.
    """
    try:
        with open_regular(path) as file:
            grey = _grey(_decoded(path, file))
    except OSError as error:
        raise ValueError(f"{path} cannot be read: {error.strerror or error}.") from error
    return _drawn_on(Picture(grey, path.name), str(path))


def picture_of(image: QImage, source: str) -> Picture:
    """A picture that is in memory, as one from the clipboard.

    Raises
    ------
    ValueError
        Too large a one, one without pixels, or one with nothing drawn on it.
    """
    named = f"The {source}"
    if image.isNull():
        raise ValueError(f"{named} has no pixels.")
    _check_size(named, image.size(), image.format())
    return _drawn_on(Picture(_grey(image), source), named)


def _drawn_on(picture: Picture, named: str) -> Picture:
    if PictureSteps.of(picture.grey).empty:
        raise ValueError(f"{named} is an empty sheet: nothing is drawn on it.")
    return picture


def read_digit(path: Path) -> npt.NDArray[np.uint8]:
    """Read a picture and bring it into MNIST's form, (28, 28) uint8.

    Raises
    ------
    ValueError
        No picture, too large a one, or one with nothing drawn on it; names the file and why.
    """
    try:
        with open_regular(path) as file:
            digit = to_digit(_grey(_decoded(path, file)))
    except OSError as error:
        raise ValueError(f"{path} cannot be read: {error.strerror or error}.") from error
    if not digit.any():
        raise ValueError(f"{path} is an empty sheet: nothing is drawn on it.")
    return digit


def _decoded(path: Path, file: BinaryIO) -> QImage:
    """The picture: JPEG no larger than need be, all else whole, within MOST_MEBIBYTES."""
    kind = format_of(file.read(LONGEST_START))
    if kind is None:
        raise ValueError(f"{path} is not a picture: PNG, JPEG, GIF, BMP and WebP are read.")
    if kind == b"jpeg":
        _check_scans(path, file)
    QLoggingCategory.setFilterRules(QUIET)
    os.lseek(file.fileno(), 0, os.SEEK_SET)
    device = QFile()
    device.open(file.fileno(), QIODevice.OpenModeFlag.ReadOnly)
    QImageReader.setAllocationLimit(MOST_MEBIBYTES)
    reader = QImageReader(device, kind)
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid():  # then the reader's other answers are uninitialised memory
        raise ValueError(f"{path} cannot be read: the picture is broken.")
    _check_size(path, size, reader.imageFormat())
    if kind == b"jpeg" and max(size.width(), size.height()) > DECODED_SIDE:
        room = QSize(DECODED_SIDE, DECODED_SIDE)
        small = size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        reader.setScaledSize(small.expandedTo(QSize(1, 1)))
    image = reader.read()
    if image.isNull():
        raise ValueError(f"{path} cannot be read: the picture is broken.")
    return image


def _check_scans(path: Path, file: BinaryIO) -> None:
    """Refuse a JPEG that a decoder would go over again and again, perhaps for hours."""
    file.seek(0)
    data = file.read((MOST_MEBIBYTES << 20) + 1)
    if len(data) > MOST_MEBIBYTES << 20:
        raise ValueError(f"{path} is too large: at most {MOST_MEBIBYTES} MiB are read.")
    if count_scans(data) > MOST_SCANS:
        raise ValueError(f"{path} is not read: it has more than {MOST_SCANS} scans.")


def _check_size(path: Path | str, size: QSize, stored: QImage.Format) -> None:
    """Refuse a picture by what its header says, before any memory is taken."""
    width, height = size.width(), size.height()
    if max(width, height) > LARGEST_SIDE:
        raise ValueError(
            f"{path} is too large: {width} × {height} pixels, "
            f"and at most {LARGEST_SIDE} a side are read."
        )
    bits = 32
    if stored != QImage.Format.Format_Invalid:
        bits = max(QImage.toPixelFormat(stored).bitsPerPixel(), 1)
    if width * height * bits > MOST_MEBIBYTES << 23:
        raise ValueError(
            f"{path} is too large: {width} × {height} pixels of {bits} bits, "
            f"and at most {MOST_MEBIBYTES} MiB are read."
        )


def format_of(start: bytes) -> bytes | None:
    """What a file is by its first bytes; None if it is no picture that is read."""
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return b"webp"
    return next((kind for magic, kind in FORMATS.items() if start.startswith(magic)), None)


def _grey(image: QImage) -> npt.NDArray[np.uint8]:
    """Lightness (h, w) uint8, at most about DECODED_SIDE a side; transparency is white paper."""
    width, height = image.width(), image.height()
    step = -(-max(width, height) // DECODED_SIDE)  # so many pixels a side become their mean
    starts = np.arange(0, width, step)
    strips = []
    for top in range(0, height, step):
        light = _lightness(image.copy(0, top, width, min(step, height - top)))
        sums = np.add.reduceat(light.sum(axis=0), starts)
        strips.append(sums / (len(light) * np.diff(starts, append=width)))
    return np.rint(strips).astype(np.uint8)


def _lightness(image: QImage) -> npt.NDArray[np.float32]:
    """Lightness (h, w) of a few rows, 0 to 255, with the weights that Qt gives the colours."""
    plain = image.convertToFormat(QImage.Format.Format_RGBA8888)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.bytesPerLine())
    pixels = rows[:, : 4 * plain.width()].reshape(plain.height(), plain.width(), 4)
    light = pixels[:, :, :3] @ (np.array([11, 16, 5], np.float32) / 32)
    opaque = pixels[:, :, 3] / np.float32(255)
    return np.asarray(light * opaque + 255 * (1 - opaque), np.float32)
