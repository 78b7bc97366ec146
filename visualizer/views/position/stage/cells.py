"""Painting of a grid of numbers on the colours of a scale."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QBrush, QFont, QPainter, QPen

from visualizer.core.network.layer import Array
from visualizer.core.network.terms import Mask
from visualizer.text.numbers import MINUS, number
from visualizer.views.base.theme import Theme
from visualizer.views.widgets.pixels import ColourScale, draw_image, inks, to_image

READABLE = 12  # pixels; smaller numbers are left out
AIR = 4.0  # pixels beside a number, both sides together
LINE = 1.2  # height of a line over its font size
MIDDLE = Qt.AlignmentFlag.AlignCenter
FRAME = 1.2  # width at zoom 1 of the lines that explain: 3 pixels in the lecture hall
SMALLEST_CELL = 8  # pixels; between smaller ones no lines are drawn
LARGEST_WHOLE = 1e6
Texts = Sequence[Sequence[str]]


def sized(theme: Theme, pixels: int, bold: bool = False) -> QFont:
    """Return the window's font in a size of so many pixels."""
    font = theme.font("caption", bold)
    font.setPixelSize(pixels)
    return font


def thousandths(value: float) -> str:
    """Return a product in whole thousandths: 114, −6, a dot below half of one, nothing for zero."""
    if value == 0:
        return ""
    if not np.isfinite(value) or abs(value) * 1000 >= LARGEST_WHOLE:
        return number(value)
    if abs(value) * 1000 < 0.5:
        return "·"
    return f"{MINUS if value < 0 else ''}{round(abs(value) * 1000)}"


def subtotal(value: float) -> str:
    """Return a sum of products as text: 0.108, and 0 for exactly zero."""
    return "0" if value == 0 else number(value)


def cell_of(grid: QRectF, shape: tuple[int, ...], row: int, column: int) -> QRectF:
    """Return where a cell of a grid of (rows, columns) lies."""
    width, height = grid.width() / shape[1], grid.height() / shape[0]
    return QRectF(grid.left() + column * width, grid.top() + row * height, width, height)


def paint_cells(
    painter: QPainter,
    theme: Theme,
    grid: QRectF,
    values: Array,
    scale: ColourScale,
    texts: Texts | None,
    pixels: int,
    on_map: Mask | None = None,
    bold: bool = False,
) -> None:
    """Paint values (rows, columns) on their colours; without `texts` the colours alone.

    Parameters
    ----------
    on_map : (rows, columns) bool
        False for padding, which is hatched.
    bold : bool
        Whether lines between cells are as wide as the frame around them.
    """
    known = np.ones(values.shape, bool) if on_map is None else on_map
    shown = np.where(known, values, np.float32(np.nan))
    hatch = QBrush(theme.color("line"), Qt.BrushStyle.BDiagPattern)
    for row, column in np.argwhere(~known).tolist():
        painter.fillRect(cell_of(grid, values.shape, row, column), hatch)
    draw_image(painter, grid, to_image(shown, scale.low, scale.high, scale.lut))
    _paint_lines(painter, theme, grid, values.shape, bold)
    if texts is None:
        return
    painter.setFont(sized(theme, pixels))
    colors = inks(shown, scale.low, scale.high, scale.lut)
    for row, words in enumerate(texts):
        for column, text in enumerate(words):
            if text:
                painter.setPen(colors[row][column] or theme.color("soft_ink"))
                painter.drawText(cell_of(grid, values.shape, row, column), MIDDLE, text)


def _paint_lines(
    painter: QPainter, theme: Theme, grid: QRectF, shape: tuple[int, ...], bold: bool
) -> None:
    lines, frame = [], theme.px(FRAME)
    for row in range(1, shape[0]):
        y = grid.top() + grid.height() * row / shape[0]
        lines.append(QLineF(grid.left(), y, grid.right(), y))
    for column in range(1, shape[1]):
        x = grid.left() + grid.width() * column / shape[1]
        lines.append(QLineF(x, grid.top(), x, grid.bottom()))
    painter.setPen(QPen(theme.color("line"), frame if bold else 1))
    if min(grid.width() / shape[1], grid.height() / shape[0]) >= SMALLEST_CELL:
        painter.drawLines(lines)
    pen = QPen(theme.color("soft_ink", 0.5) if bold else theme.color("line"), frame)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(grid)
