"""How a LabGrid is painted: numbers on colours where there is room, else colours alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen

from visualizer.core.geometry import Rect
from visualizer.views.widgets.pixels import color_at, draw_image, to_image
from visualizer.views.widgets.theme import ink_on

if TYPE_CHECKING:
    from visualizer.views.lab.grid import LabGrid

FAINTEST_LINES = 5
NUMBER_SHARE = 0.55
MOST_RINGS = 49
WASH = 150  # of 255


def paint_grid(grid: LabGrid) -> None:
    """Paint a grid on itself."""
    painter = QPainter(grid)
    font = grid.number_font()
    if font is None:
        _paint_colours(painter, grid)
    else:
        painter.setFont(font)
        _paint_numbers(painter, grid)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for rect, name in grid.marks.outlines:
        _outline(painter, grid, rect, grid.theme.color(name))
    if grid.hasFocus():
        _outline(painter, grid, Rect.cell(*grid.place), grid.theme.color("accent"), dashed=True)
    painter.end()


def _hatch(painter: QPainter, grid: LabGrid, box: QRectF) -> None:
    color = grid.theme.color("soft_ink", 0.45)
    painter.fillRect(box, QBrush(color, Qt.BrushStyle.BDiagPattern))


def _outline(
    painter: QPainter, grid: LabGrid, rect: Rect, color: QColor, dashed: bool = False
) -> None:
    pen = QPen(color, grid.theme.line_width * (0.75 if dashed else 1.25))
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    if dashed:
        pen.setDashPattern([2.0, 2.0])
    painter.setPen(pen)
    painter.drawRect(grid.on_screen(rect))


def _drawn(grid: LabGrid, row: int, column: int) -> bool:
    """Whether the map has filled in so far."""
    shown = grid.marks.shown
    return shown is None or row * grid.values.shape[1] + column < shown


def _paint_numbers(painter: QPainter, grid: LabGrid) -> None:
    (top, bottom), (left, right) = grid.margins
    rows, columns = grid.values.shape
    for row in range(-top, rows + bottom):
        for column in range(-left, columns + right):
            _paint_cell(painter, grid, row, column)


def _paint_cell(painter: QPainter, grid: LabGrid, row: int, column: int) -> None:
    theme, marks = grid.theme, grid.marks
    box = grid.cell_rect(row, column)
    painter.setPen(QPen(theme.color("line"), 1))
    on_map = grid.on_map(row, column)
    tint = marks.tints.get((row, column))
    if on_map and not _drawn(grid, row, column):
        painter.setBrush(theme.color("panel"))
        painter.drawRect(box)
        return
    unseen = on_map and marks.unseen is not None and bool(marks.unseen[row, column])
    if tint is not None:
        color = tint
    elif on_map and not unseen:
        color = _ground(grid, float(grid.values[row, column]))
    else:
        color = theme.color("panel")
    painter.setBrush(color)
    painter.drawRect(box)
    if not on_map or unseen:
        _hatch(painter, grid, box)
    soft = tint is None and (not on_map or unseen)
    painter.setPen(theme.color("soft_ink") if soft else ink_on(color))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, grid.text_of(row, column))


def _ground(grid: LabGrid, value: float) -> QColor:
    """The colour behind a number: the scale's paler part, so that the window's hues stand out.

    Ink stays ink; a value without a number is the kernel's hue alone.
    """
    share = 1.0 if grid.lut is grid.theme.digit else NUMBER_SHARE
    return color_at(value * share, grid.low, grid.high, grid.lut)


def _paint_colours(painter: QPainter, grid: LabGrid) -> None:
    theme, marks = grid.theme, grid.marks
    (top, bottom), (left, right) = grid.margins
    rows, columns = grid.values.shape
    if any((top, bottom, left, right)):
        padded = grid.on_screen(Rect(-top, -left, rows + bottom, columns + right))
        painter.fillRect(padded, theme.color("panel"))
        _hatch(painter, grid, padded)
    frame = grid.on_screen(Rect.whole(rows, columns))
    painter.fillRect(frame, theme.color("panel"))
    values = grid.values
    if marks.shown is not None:
        values = values.copy()
        values.reshape(-1)[marks.shown :] = np.nan
    draw_image(painter, frame, to_image(values, grid.low, grid.high, grid.lut))
    if marks.unseen is not None and marks.unseen.any():
        for row, column in np.argwhere(marks.unseen):
            _hatch(painter, grid, grid.cell_rect(int(row), int(column)))
    _paint_lines(painter, grid)
    if len(marks.tints) > MOST_RINGS:
        _paint_wash(painter, grid)
        return
    for (row, column), color in marks.tints.items():
        _paint_ring(painter, grid, row, column, color)


def _paint_lines(painter: QPainter, grid: LabGrid) -> None:
    painter.setPen(QPen(grid.theme.color("line"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    rows, columns = grid.values.shape
    (top, bottom), (left, right) = grid.margins
    painter.drawRect(grid.on_screen(Rect(-top, -left, rows + bottom, columns + right)))
    if grid.cell < grid.theme.px(FAINTEST_LINES):
        return
    whole = grid.on_screen(Rect(-top, -left, rows + bottom, columns + right)).toRect()
    color, cell = grid.theme.color("soft_ink", 0.2), grid.cell
    for row in range(1, rows + top + bottom):
        painter.fillRect(whole.left(), whole.top() + row * cell, whole.width(), 1, color)
    for column in range(1, columns + left + right):
        painter.fillRect(whole.left() + column * cell, whole.top(), 1, whole.height(), color)


def _paint_wash(painter: QPainter, grid: LabGrid) -> None:
    """Hues over so many cells that rings around each would be too slow, and too much."""
    (top, _), (left, _) = grid.margins
    rows, columns = grid.extent
    pixels = np.zeros((rows, columns, 4), np.uint8)
    for (row, column), color in grid.marks.tints.items():
        if 0 <= row + top < rows and 0 <= column + left < columns:
            pixels[row + top, column + left] = (color.red(), color.green(), color.blue(), WASH)
    image = QImage(pixels.data, columns, rows, columns * 4, QImage.Format.Format_RGBA8888)
    draw_image(painter, grid.on_screen(Rect(-top, -left, rows - top, columns - left)), image)


def _paint_ring(painter: QPainter, grid: LabGrid, row: int, column: int, color: QColor) -> None:
    """A hue around a cell whose own colour stays to be seen in its middle."""
    box = grid.cell_rect(row, column)
    width = max(grid.cell * 0.24, 2.0)
    inner = box.adjusted(width, width, -width, -width)
    shown = grid.theme.color("panel")
    if grid.on_map(row, column) and _drawn(grid, row, column):
        value = float(grid.values[row, column])
        shown = color_at(value, grid.low, grid.high, grid.lut)
    painter.fillRect(box, color)
    painter.fillRect(inner, shown)
