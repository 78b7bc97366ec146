"""Any picture file as a digit."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QImage, QImageReader, QPainter

from visualizer.data.drawing import to_digit

LARGEST_SIDE = 8192


def read_digit(path: Path) -> npt.NDArray[np.uint8]:
    """Read a picture and bring it into MNIST's form, (28, 28) uint8.

    Raises
    ------
    ValueError
        No picture, too large a one, or one with nothing drawn on it; names the file and why.
    """
    if not path.is_file():
        raise ValueError(f"{path} is not a file.")
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if not reader.canRead():
        raise ValueError(f"{path} is not a picture: {reader.errorString().lower()}.")
    if max(size.width(), size.height()) > LARGEST_SIDE:
        raise ValueError(
            f"{path} is {size.width()} × {size.height()} pixels; "
            f"at most {LARGEST_SIDE} a side are read."
        )
    image = reader.read()
    if image.isNull():
        raise ValueError(f"{path} cannot be read: {reader.errorString().lower()}.")
    digit = to_digit(_grey(image))
    if not digit.any():
        raise ValueError(f"{path} is an empty sheet: nothing is drawn on it.")
    return digit


def _grey(image: QImage) -> npt.NDArray[np.uint8]:
    """Lightness (h, w) uint8; what is transparent counts as white paper."""
    flat = QImage(image.size(), QImage.Format.Format_RGB32)
    flat.fill(0xFFFFFFFF)
    if image.hasAlphaChannel():
        painter = QPainter(flat)
        painter.drawImage(0, 0, image)
        painter.end()
    else:
        flat = image
    grey = flat.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(grey.constBits(), np.uint8).reshape(grey.height(), grey.bytesPerLine())
    return rows[:, : grey.width()].copy()
