"""Arrays as pictures: values through a look-up table into a QImage, one pixel per cell."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QBuffer, QIODevice, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPaintEngine, QPainter

from visualizer.core.network.layer import Array, Layer
from visualizer.views.base.theme import Lut, Theme, ink_on

# Between them (values − low) · 255 / span stays within what a float32 can hold.
SMALLEST_SPAN, LARGEST_SPAN = 1e-30, 1e30

VECTORS = (QPaintEngine.Type.SVG, QPaintEngine.Type.Pdf)
CLIPPED = 4  # pixels of what is clipped in such a file, to one on the screen
SHARP = 2  # pixels of a cell in a file of lines and words, to one on the screen


@dataclass(frozen=True, slots=True, eq=False)
class ColourScale:
    """A colour scale: the values at the two ends of a look-up table.

    Attributes
    ----------
    low, high : float
    lut : (256, 3) uint8
    """

    low: float
    high: float
    lut: Lut


def to_image(values: Array | npt.NDArray[np.uint8], low: float, high: float, lut: Lut) -> QImage:
    """Return an array as a picture, one pixel per cell; what is not finite is transparent.

    Parameters
    ----------
    values : (h, w) array
    low, high : float
        The values at the two ends of the look-up table.
    lut : (256, 3) uint8
    """
    places, missing = _places(values, low, high)
    pixels = np.ascontiguousarray(_packed(lut.tobytes())[places])
    if missing.any():
        pixels[missing] = 0
    height, width = values.shape
    image = QImage(pixels.data, width, height, width * 4, QImage.Format.Format_ARGB32_Premultiplied)
    return image.copy()


def inks(values: Array, low: float, high: float, lut: Lut) -> list[list[QColor | None]]:
    """Return black or white for each of (h, w) values, to be read on its colour, or None."""
    places, missing = _places(values, low, high)
    table = _inks(lut.tobytes())
    return [
        [None if no_colour else table[place] for place, no_colour in zip(*row, strict=True)]
        for row in zip(places.tolist(), missing.tolist(), strict=True)
    ]


def _places(
    values: Array | npt.NDArray[np.uint8], low: float, high: float
) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.bool_]]:
    """Return the values' places in a look-up table, and which values are not finite."""
    span = high - low if high > low else 1.0
    ordinary = SMALLEST_SPAN < span < LARGEST_SPAN
    with np.errstate(over="ignore", invalid="ignore"):
        places = np.subtract(values, low, dtype=np.float32 if ordinary else np.float64)
        places *= places.dtype.type(255.0 / span)
    missing = ~np.isfinite(places)
    if missing.any():
        places[missing] = 0
    np.clip(places, 0, 255, out=places)
    return np.rint(places, out=places).astype(np.uint8), missing


@lru_cache(maxsize=32)
def _inks(lut: bytes) -> list[QColor]:
    return [ink_on(QColor(*lut[start : start + 3])) for start in range(0, len(lut), 3)]


@lru_cache(maxsize=32)
def _packed(lut: bytes) -> npt.NDArray[np.uint32]:
    """Return the bytes of a look-up table as opaque 0xAARRGGBB."""
    red, green, blue = np.frombuffer(lut, np.uint8).reshape(-1, 3).astype(np.uint32).T
    return np.asarray(0xFF000000 | red << 16 | green << 8 | blue, np.uint32)


def color_at(value: float, low: float, high: float, lut: Lut) -> QColor:
    """Return the colour that `to_image` gives one finite value."""
    span = high - low if high > low else 1.0
    place = (float(value) - low) * 255.0 / span
    index = round(min(max(place, 0), 255)) if math.isfinite(place) else 0
    return QColor(*lut[index].tolist())


def draw_image(painter: QPainter, target: QRectF, image: QImage) -> None:
    """Draw a picture with sharp cells, never smoothed."""
    if painter.paintEngine().type() in VECTORS and not image.isNull():
        # Whoever shows the file may smooth the picture: many pixels a cell keep it sharp.
        times = math.ceil(SHARP * max(target.width() / image.width(), 1.0))
        image = image.scaled(image.width() * times, image.height() * times)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    painter.drawImage(target, image)


def paint_clipped(painter: QPainter, box: QRect, paint: Callable[[QPainter], None]) -> None:
    """Paint what leaves its box: where a file may clip nothing, into a picture of the box."""
    if painter.paintEngine().type() not in VECTORS:
        paint(painter)
        return
    image = QImage(box.size() * CLIPPED, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    inner = QPainter(image)
    inner.scale(CLIPPED, CLIPPED)
    paint(inner)
    inner.end()
    painter.drawImage(QRectF(box), image)


def hatch(painter: QPainter, box: QRectF, color: QColor) -> None:
    """Hatch what is not seen."""
    painter.fillRect(box, QBrush(color, Qt.BrushStyle.BDiagPattern))


def paint_gaps(painter: QPainter, theme: Theme, target: QRectF) -> None:
    """Hatch the place of a picture: what shows through is not seen."""
    painter.fillRect(target, theme.color("control"))
    hatch(painter, target, theme.color("line"))


def output_top(layer: Layer, values: Array) -> float:
    """Return the upper end for a layer's outputs: 1 for probabilities, else the largest value."""
    return 1.0 if layer.activation_name == "softmax" else positive_top(values)


def positive_top(values: Array) -> float:
    """Return the upper end of a sequential scale: the largest finite value, or 1."""
    finite = values[np.isfinite(values)]
    top = float(finite.max()) if finite.size else 0.0
    return top if top > 0 else 1.0


def symmetric_top(values: Array) -> float:
    """Return the end ± of a diverging scale: the largest finite size, or 1 if all are zero."""
    finite = np.abs(values[np.isfinite(values)])
    top = float(finite.max()) if finite.size else 0.0
    return top if top > 0 else 1.0


def png_of(picture: QImage) -> bytes:
    """Return a picture as the bytes of a PNG file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())
