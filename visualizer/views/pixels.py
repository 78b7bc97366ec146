"""Arrays as pictures: values through a look-up table into a QImage, whole pixels a cell."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from visualizer.core.layer import Array, Layer
from visualizer.views.theme import Lut


def to_image(values: Array | npt.NDArray[np.uint8], low: float, high: float, lut: Lut) -> QImage:
    """A (h, w) array as a picture of one pixel a cell; NaN is transparent.

    Parameters
    ----------
    values : (h, w) array
    low, high : float
        The values at the two ends of the look-up table.
    lut : (256, 3) uint8
    """
    span = high - low if high > low else 1.0
    finite = np.isfinite(values)
    places = np.where(finite, (values - low) * (255.0 / span), 0.0)
    indices = np.rint(places.clip(0, 255)).astype(np.uint8)
    pixels = np.empty((*values.shape, 4), np.uint8)
    pixels[..., :3] = lut[indices]
    pixels[..., 3] = finite * np.uint8(255)
    pixels[~finite, :3] = 0
    height, width = values.shape
    image = QImage(
        pixels.data, width, height, width * 4, QImage.Format.Format_RGBA8888_Premultiplied
    )
    return image.copy()


def color_at(value: float, low: float, high: float, lut: Lut) -> QColor:
    """The colour that `to_image` gives one value."""
    span = high - low if high > low else 1.0
    index = round(min(max((value - low) * 255.0 / span, 0), 255))
    return QColor(*(int(channel) for channel in lut[index]))


def draw_image(painter: QPainter, target: QRectF, image: QImage) -> None:
    """Draw a picture with sharp cells, never smoothed."""
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    painter.drawImage(target, image)


def output_top(layer: Layer, values: Array) -> float:
    """Upper end of the scale of a layer's outputs: 1 for probabilities, else the largest value."""
    return 1.0 if layer.activation_name == "softmax" else positive_top(values)


def positive_top(values: Array) -> float:
    """Upper end of a sequential scale: the largest finite value, or 1 where all are zero."""
    finite = values[np.isfinite(values)]
    top = float(finite.max()) if finite.size else 0.0
    return top if top > 0 else 1.0


def symmetric_top(values: Array) -> float:
    """Ends ± of a diverging scale: the largest finite size, or 1 where all are zero."""
    finite = np.abs(values[np.isfinite(values)])
    top = float(finite.max()) if finite.size else 0.0
    return top if top > 0 else 1.0
