"""Painting of a map of the lab: numbers on colours if they fit, else colours alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QImage, QPainter, QPen

from visualizer.core.network.geometry import Rect, RowsColumns
from visualizer.core.network.layer import Array
from visualizer.views.base.theme import Theme, ink_on
from visualizer.views.widgets.cell_layout import CellLayout
from visualizer.views.widgets.pixels import ColourScale, color_at, draw_image, to_image

FAINTEST_LINES = 5
NUMBER_SHARE = 0.55
MOST_RINGS = 49
WASH = 150  # of 255
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class GridMarks:
    """The marks over a map.

    Attributes
    ----------
    tints : colour of cells by place; places on padding are negative or beyond the map
    outlines : rectangles of cells, each with a palette colour
    unseen : (rows, columns) bool or None
        Cells that no window sees; they are hatched.
    shown : int or None
        Number of cells drawn, row by row, while the map fills in; None draws all.
    """

    tints: Mapping[RowsColumns, QColor] = field(default_factory=dict)
    outlines: Sequence[tuple[Rect, str]] = ()
    unseen: Mask | None = None
    shown: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class GridPicture:
    """Everything that is painted of a map.

    Attributes
    ----------
    values : (rows, columns)
    texts : the numbers as texts
    scale : ColourScale
    font : font of the numbers; None paints colours alone
    cursor : the keyboard's cell, if the map has the keyboard
    """

    values: Array
    texts: Sequence[Sequence[str]]
    scale: ColourScale
    cells: CellLayout
    marks: GridMarks
    theme: Theme
    font: QFont | None
    cursor: RowsColumns | None

    def paint(self, painter: QPainter) -> None:
        """Paint the map with everything over it."""
        if self.font is None:
            _paint_colours(painter, self)
        else:
            painter.setFont(self.font)
            for row, column in self.cells.places():
                _paint_cell(painter, self, row, column)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for rect, name in self.marks.outlines:
            _outline(painter, self, rect, self.theme.color(name))
        if self.cursor is not None:
            cell = Rect.cell(*self.cursor)
            _outline(painter, self, cell, self.theme.color("accent"), dashed=True)

    def drawn(self, row: int, column: int) -> bool:
        """Return whether a cell of a map that fills in is filled in yet."""
        shown = self.marks.shown
        return shown is None or row * self.values.shape[1] + column < shown

    def text(self, row: int, column: int) -> str:
        """Return the text of a cell's number; 0 on padding."""
        return self.texts[row][column] if self.cells.has(row, column) else "0"


def _hatch(painter: QPainter, picture: GridPicture, box: QRectF) -> None:
    color = picture.theme.color("soft_ink", 0.45)
    painter.fillRect(box, QBrush(color, Qt.BrushStyle.BDiagPattern))


def _outline(
    painter: QPainter, picture: GridPicture, rect: Rect, color: QColor, dashed: bool = False
) -> None:
    pen = QPen(color, picture.theme.line_width * (0.75 if dashed else 1.25))
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    if dashed:
        pen.setDashPattern([2.0, 2.0])
    painter.setPen(pen)
    painter.drawRect(picture.cells.on_screen(rect))


def _paint_cell(painter: QPainter, picture: GridPicture, row: int, column: int) -> None:
    theme, marks = picture.theme, picture.marks
    box = picture.cells.cell(row, column)
    painter.setPen(QPen(theme.color("line"), 1))
    on_map = picture.cells.has(row, column)
    tint = marks.tints.get((row, column))
    if on_map and not picture.drawn(row, column):
        painter.setBrush(theme.color("panel"))
        painter.drawRect(box)
        return
    unseen = on_map and marks.unseen is not None and bool(marks.unseen[row, column])
    if tint is not None:
        color = tint
    elif on_map and not unseen:
        color = _ground(picture, float(picture.values[row, column]))
    else:
        color = theme.color("panel")
    painter.setBrush(color)
    painter.drawRect(box)
    if not on_map or unseen:
        _hatch(painter, picture, box)
    soft = tint is None and (not on_map or unseen)
    painter.setPen(theme.color("soft_ink") if soft else ink_on(color))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, picture.text(row, column))


def _ground(picture: GridPicture, value: float) -> QColor:
    """Return the colour behind a number: a paler part of the scale, so that marks stand out.

    Ink stays ink; a value without a number has the kernel's hue alone.
    """
    share = 1.0 if picture.scale.lut is picture.theme.digit else NUMBER_SHARE
    return color_at(value * share, picture.scale.low, picture.scale.high, picture.scale.lut)


def _paint_colours(painter: QPainter, picture: GridPicture) -> None:
    theme, marks = picture.theme, picture.marks
    cells = picture.cells
    if cells.extent != cells.shape:
        padded = cells.padded
        painter.fillRect(padded, theme.color("panel"))
        _hatch(painter, picture, padded)
    frame = cells.whole
    painter.fillRect(frame, theme.color("panel"))
    values = picture.values
    if marks.shown is not None:
        values = values.copy()
        values.reshape(-1)[marks.shown :] = np.nan
    draw_image(
        painter, frame, to_image(values, picture.scale.low, picture.scale.high, picture.scale.lut)
    )
    if marks.unseen is not None and marks.unseen.any():
        for row, column in np.argwhere(marks.unseen):
            _hatch(painter, picture, cells.cell(int(row), int(column)))
    _paint_lines(painter, picture)
    if len(marks.tints) > MOST_RINGS:
        _paint_wash(painter, picture)
        return
    for (row, column), color in marks.tints.items():
        _paint_ring(painter, picture, row, column, color)


def _paint_lines(painter: QPainter, picture: GridPicture) -> None:
    cells, theme = picture.cells, picture.theme
    painter.setPen(QPen(theme.color("line"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(cells.padded)
    if cells.width < theme.px(FAINTEST_LINES):
        return
    whole, color, side = cells.padded.toRect(), theme.color("soft_ink", 0.2), round(cells.width)
    for row in range(1, cells.extent[0]):
        painter.fillRect(whole.left(), whole.top() + row * side, whole.width(), 1, color)
    for column in range(1, cells.extent[1]):
        painter.fillRect(whole.left() + column * side, whole.top(), 1, whole.height(), color)


def _paint_wash(painter: QPainter, picture: GridPicture) -> None:
    """Paint hues over many cells, for which rings around each would be too slow and too much."""
    (top, _), (left, _) = picture.cells.margins
    rows, columns = picture.cells.extent
    pixels = np.zeros((rows, columns, 4), np.uint8)
    for (row, column), color in picture.marks.tints.items():
        if 0 <= row + top < rows and 0 <= column + left < columns:
            pixels[row + top, column + left] = (color.red(), color.green(), color.blue(), WASH)
    image = QImage(pixels.data, columns, rows, columns * 4, QImage.Format.Format_RGBA8888)
    draw_image(painter, picture.cells.padded, image)


def _paint_ring(
    painter: QPainter, picture: GridPicture, row: int, column: int, color: QColor
) -> None:
    """Paint a ring around a cell whose own colour stays visible in the middle."""
    box = picture.cells.cell(row, column)
    width = max(picture.cells.width * 0.24, 2.0)
    inner = box.adjusted(width, width, -width, -width)
    shown = picture.theme.color("panel")
    if picture.cells.has(row, column) and picture.drawn(row, column):
        value = float(picture.values[row, column])
        shown = color_at(value, picture.scale.low, picture.scale.high, picture.scale.lut)
    painter.fillRect(box, color)
    painter.fillRect(inner, shown)
