"""Read any picture file as a digit. A file may be hostile: only its bytes tell its kind.

Its size is checked before memory is taken. Nothing here needs the window's thread.
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
from visualizer.data.input.ground import on_ground
from visualizer.data.input.jpeg import MOST_SCANS, coefficient_bytes, count_scans
from visualizer.data.input.kinds import START_LENGTH, format_of, why_unread
from visualizer.data.input.picture import as_input
from visualizer.data.input.tiff import block_bytes, unread_compression
from visualizer.system.files import open_regular

LARGEST_SIDE = 8192
DECODED_SIDE = 1024  # larger pictures are shrunk at once: a digit has 28 pixels a side
MOST_MEBIBYTES = 256  # of a decoded picture
MOST_PIXELS = 1 << 28  # of a JPEG, which is shrunk line by line while decoding
MOST_UNPACKED = 384  # MiB, with the decoder's own memory
# Qt's messages about broken files are switched off: our sentence says it.
QUIET = "qt.gui.imageio*=false\nqt.imageformats*=false"

# Formats with more than 8 bits a colour.
_DEEP_NAMES = (
    "Grayscale16 RGBX64 RGBA64 RGBA64_Premultiplied RGB30 "
    "A2RGB30_Premultiplied BGR30 A2BGR30_Premultiplied RGBX16FPx4 RGBA16FPx4 RGBX32FPx4 RGBA32FPx4"
)
DEEP = frozenset(QImage.Format[f"Format_{name}"] for name in _DEEP_NAMES.split())
DEPTHS = (8, 10, 12, 14, 16)  # bits of cameras and scanners; each is stored in 16


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
        """Whether the picture already has the size of MNIST's images."""
        return self.grey.shape == (IMAGE_SIZE, IMAGE_SIZE)

    @property
    def digit(self) -> npt.NDArray[np.uint8]:
        """The input made without asking the user, (28, 28) uint8."""
        return as_input(self.grey)


def read_picture(path: Path) -> Picture:
    """Read a picture file.

    Raises
    ------
    ValueError
        It is no picture, too large, or nothing is drawn on it; the sentence names the file and why.
    """
    try:
        with open_regular(path) as file:
            grey = _grey(_decoded(path, file))
    except OSError as error:
        raise ValueError(f"{path} cannot be read: {error.strerror or error}.") from error
    return _drawn_on(Picture(grey, path.name), str(path))


def picture_of(image: QImage, source: str) -> Picture:
    """Read a picture in memory, such as one from the clipboard.

    Raises
    ------
    ValueError
        It is too large, has no pixels, or nothing is drawn on it.
    """
    named = f"The {source}"
    if image.isNull():
        raise ValueError(f"{named} has no pixels.")
    _check_size(named, image.size(), image.format())
    return _drawn_on(Picture(_grey(image), source), named)


def _drawn_on(picture: Picture, named: str) -> Picture:
    if not picture.digit.any():
        raise ValueError(f"{named} is an empty sheet: nothing is drawn on it.")
    return picture


def _decoded(path: Path, file: BinaryIO) -> QImage:
    """Decode the picture within MOST_MEBIBYTES: a large JPEG shrunk, all else whole."""
    start = file.read(START_LENGTH)
    kind = format_of(start)
    if kind is None:
        raise ValueError(f"{path} {why_unread(start)}")
    if kind == "jpeg":
        _check_scans(path, file)
    if kind == "tiff" and (compression := unread_compression(file)):
        what = f"is a TIFF with {compression} inside, which is not read"
        raise ValueError(f"{path} {what}: save it without compression, or as JPEG or PNG.")
    block = block_bytes(file) if kind == "tiff" else 0
    QLoggingCategory.setFilterRules(QUIET)
    os.lseek(file.fileno(), 0, os.SEEK_SET)
    device = QFile()
    device.open(file.fileno(), QIODevice.OpenModeFlag.ReadOnly)
    QImageReader.setAllocationLimit(MOST_MEBIBYTES)
    reader = QImageReader(device, kind.encode())
    try:
        return _read(path, reader, kind, block)
    finally:
        reader.setDevice(None)  # type: ignore[arg-type] # else TIFF's decoder asks a dead one


def _read(path: Path, reader: QImageReader, kind: str, block: int) -> QImage:
    """Decode the picture; the decoder needs `block` bytes beside it."""
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid():  # then the reader's other answers are uninitialised memory
        raise ValueError(f"{path} cannot be read: the picture is broken.")
    if kind == "jpeg":
        _check_pixels(path, size)
    else:
        _check_size(path, size, reader.imageFormat(), block)
    if kind == "jpeg" and max(size.width(), size.height()) > DECODED_SIDE:
        room = QSize(DECODED_SIDE, DECODED_SIDE)
        small = size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        reader.setScaledSize(small.expandedTo(QSize(1, 1)))
    image = reader.read()
    if image.isNull():
        raise ValueError(f"{path} cannot be read: the picture is broken.")
    return image


def _check_scans(path: Path, file: BinaryIO) -> None:
    """Reject a JPEG that takes a decoder many passes, perhaps hours, or too much memory."""
    file.seek(0)
    data = file.read((MOST_MEBIBYTES << 20) + 1)
    if len(data) > MOST_MEBIBYTES << 20:
        raise ValueError(f"{path} is too large: at most {MOST_MEBIBYTES} MiB are read.")
    if count_scans(data) > MOST_SCANS:
        raise ValueError(f"{path} is not read: it has more than {MOST_SCANS} scans.")
    if coefficient_bytes(data) > MOST_UNPACKED << 20:
        raise ValueError(
            f"{path} is too large: a progressive JPEG of this size is not read. "
            "Save it as an ordinary one."
        )


def _check_pixels(path: Path, size: QSize) -> None:
    """Reject a JPEG that takes too long to decode; the decoder shrinks it line by line."""
    width, height = size.width(), size.height()
    if width * height > MOST_PIXELS:
        raise ValueError(
            f"{path} is too large: {width} × {height} pixels, "
            f"and at most {MOST_PIXELS / 1e6:.0f} million are read."
        )


def _check_size(path: Path | str, size: QSize, stored: QImage.Format, block: int = 0) -> None:
    """Reject a picture by its header, before any memory is taken.

    The decoder needs `block` bytes beside the picture.
    """
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
    unpacked = (width * height * bits // 8 * 2 + block) >> 20  # a TIFF is held twice for a while
    if block and unpacked > MOST_UNPACKED:
        raise ValueError(
            f"{path} is too large: it takes {unpacked} MiB to unpack, "
            f"and at most {MOST_UNPACKED} are taken."
        )


def _grey(image: QImage) -> npt.NDArray[np.uint8]:
    """Compute lightness (h, w) uint8, at most about DECODED_SIDE a side."""
    width, height = image.width(), image.height()
    step = -(-max(width, height) // DECODED_SIDE)  # so many pixels a side become their mean
    starts = np.arange(0, width, step)
    deep, largest, strips = image.format() in DEEP, 0, []
    for top in range(0, height, step):
        pixels = _pixels(image.copy(0, top, width, min(step, height - top)))
        opaque = pixels[:, :, 3] / np.float32(np.iinfo(pixels.dtype).max)
        light = pixels[:, :, :3] @ (np.array([11, 16, 5], np.float32) / 32) * opaque
        if deep:
            seen = opaque[:, :, None] > 0
            largest = max(largest, int(pixels[:, :, :3].max(where=seen, initial=0)))
        sums = np.add.reduceat([light.sum(axis=0), opaque.sum(axis=0)], starts, axis=1)
        strips.append(sums / (len(light) * np.diff(starts, append=width)))
    light, opaque = np.stack(strips, axis=1).astype(np.float32)
    bits = next(bits for bits in DEPTHS if largest < 1 << bits)
    return on_ground(light * np.float32(255 / ((1 << bits) - 1)), opaque)


def _pixels(image: QImage) -> npt.NDArray[np.unsignedinteger]:
    """Return red, green, blue and opacity of a few rows, (h, w, 4), uint8 or uint16."""
    deep = image.format() in DEEP
    form = QImage.Format.Format_RGBA64 if deep else QImage.Format.Format_RGBA8888
    plain = image.convertToFormat(form)
    depth = np.uint16 if deep else np.uint8
    rows = np.frombuffer(plain.constBits(), depth).reshape(plain.height(), -1)
    pixels = rows[:, : 4 * plain.width()].reshape(plain.height(), plain.width(), 4)
    return np.array(pixels, depth)
