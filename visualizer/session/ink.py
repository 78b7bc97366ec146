"""Ink: a square picture of a drawing, painted stroke by stroke; opacity stands for ink."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from visualizer.data.dataset import IMAGE_SIZE
from visualizer.data.input.sketch import Drawing, Point, Stroke

FAINTEST = 5  # of 255; an eraser's soft edge leaves less behind
THINNEST = 0.25  # share of the width without pressure


class Ink:
    """A drawing in pixels; a new part of a stroke is painted over the rest."""

    def __init__(self, side: int, color: QColor) -> None:
        self._color = color
        self.picture = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
        self.picture.fill(Qt.GlobalColor.transparent)

    @property
    def side(self) -> int:
        return self.picture.width()

    def paint(self, drawing: Drawing) -> None:
        """Paint the whole drawing anew."""
        self.picture.fill(Qt.GlobalColor.transparent)
        if drawing.ground:
            painter = QPainter(self.picture)
            painter.drawImage(QRectF(self.picture.rect()), self._ground(drawing.ground))
            painter.end()
        for stroke in drawing.strokes:
            self.add(stroke)

    def add(self, stroke: Stroke, start: int = 0) -> None:
        """Paint a stroke from its point `start` on, with the line that leads there."""
        painter = QPainter(self.picture)
        if stroke.erases:
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationOut)
        for at in range(start, len(stroke.points)):
            one, other = stroke.points[max(at - 1, 0)], stroke.points[at]
            if stroke.pixels:
                for row, column in pixels_between(one, other):
                    painter.fillRect(self._pixel(row, column), self._color)
            else:
                self._line(painter, one, other, stroke.size)
        painter.end()

    def values(self) -> npt.NDArray[np.float32]:
        """Return the drawing as values (side, side): 0 paper, 1 full ink."""
        packed = np.frombuffer(self.picture.constBits(), np.uint32).reshape(self.side, self.side)
        return np.asarray((packed >> 24) / np.float32(255), dtype=np.float32)

    def clear_values(self) -> npt.NDArray[np.float32]:
        """Return the values without faint remains of erased ink."""
        values = self.values()
        values[values < FAINTEST / 255] = 0
        return values

    def _line(self, painter: QPainter, one: Point, other: Point, size: float) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self._color, self.side * width_of(size, (one[2] + other[2]) / 2))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        if one is other:
            painter.drawPoint(self._place(other))
        else:
            painter.drawLine(self._place(one), self._place(other))

    def _place(self, point: Point) -> QPointF:
        return QPointF(point[0] * self.side, point[1] * self.side)

    def _pixel(self, row: int, column: int) -> QRect:
        """Return where one pixel of the input lies, edge to edge with its neighbours."""
        top, bottom, left, right = (
            round(edge * self.side / IMAGE_SIZE) for edge in (row, row + 1, column, column + 1)
        )
        return QRect(left, top, right - left, bottom - top)

    def _ground(self, ground: bytes) -> QImage:
        """Return a digit's grey values as opacity of this ink."""
        grey = QImage(ground, IMAGE_SIZE, IMAGE_SIZE, IMAGE_SIZE, QImage.Format.Format_Alpha8)
        inked = grey.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
        painter = QPainter(inked)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
        painter.fillRect(inked.rect(), self._color)
        painter.end()
        return inked


def width_of(size: float, pressure: float) -> float:
    """Return the width of a stroke under a pressure, both as shares."""
    return size * (THINNEST + (1 - THINNEST) * pressure)


def pixel_at(point: Point) -> tuple[int, int]:
    """Return row and column, of 28 × 28, of a point on the pad; beyond the pad also beyond 28."""
    return math.floor(point[1] * IMAGE_SIZE), math.floor(point[0] * IMAGE_SIZE)


def pixels_between(one: Point, other: Point) -> list[tuple[int, int]]:
    """Return the pixels from one point to another, without a gap."""
    (top, left), (bottom, right) = pixel_at(one), pixel_at(other)
    steps = max(abs(bottom - top), abs(right - left), 1)
    places = {
        (round(top + (bottom - top) * at / steps), round(left + (right - left) * at / steps))
        for at in range(steps + 1)
    }
    return sorted(
        (row, column)
        for row, column in places
        if 0 <= row < IMAGE_SIZE and 0 <= column < IMAGE_SIZE
    )
