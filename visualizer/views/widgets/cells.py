"""Cells with numbers: what numbers fit into cells, and the painting of colours, lines, numbers."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPen

from visualizer.core.network.geometry import RowsColumns
from visualizer.core.network.layer import Array
from visualizer.core.network.terms import Mask
from visualizer.views.base.constants import CENTRE
from visualizer.views.base.theme import Theme, ink_on, text_width
from visualizer.views.widgets.cell_layout import CellLayout
from visualizer.views.widgets.pixels import ColourScale, draw_image, inks, to_image

LINE = 1.17  # height of a line of numbers over its font size
FRAME = 1.2  # width at zoom 1 of the lines that explain: 3 pixels in the lecture hall
SMALLEST_CELL = 5  # pixels; between smaller ones no lines are drawn
Texts = Sequence[Sequence[str]]
NO_TINTS: Mapping[RowsColumns, QColor] = {}


@dataclass(frozen=True, slots=True)
class NumberForm:
    """How the numbers of cells are written: font size in pixels; `bare` writes .04 for 0.04."""

    pixels: int
    bare: bool = False


def fitting_form(
    sizes: Sequence[int],
    texts: Callable[[bool], Iterable[str]],
    width: float,
    height: float = math.inf,
) -> NumberForm | None:
    """Return the best form in which every number fits into a cell; None if there is none.

    No number is ever cut: first the type becomes smaller, then 0.04 becomes .04.

    Parameters
    ----------
    sizes : font sizes in pixels, the largest first
    texts : returns the numbers to be written, or the longest of them; takes `bare`
    width, height : room in a cell in pixels
    """
    for bare in (False, True):
        written = set(texts(bare))
        for pixels in sizes:
            wide = max((text_width(text, pixels) for text in written), default=0.0)
            if wide <= width and pixels * LINE <= height:
                return NumberForm(pixels, bare)
    return None


def sized(theme: Theme, pixels: int, bold: bool = False) -> QFont:
    """Return the window's font in a size of so many pixels."""
    font = theme.font("caption", bold)
    font.setPixelSize(pixels)
    return font


def paint_frame(
    painter: QPainter,
    box: QRectF,
    color: QColor,
    width: float,
    fill: QColor | None = None,
    dashed: bool = False,
) -> None:
    """Paint a rectangle with sharp corners, filled or empty."""
    paint_rects(painter, [box], color, width, fill, dashed)


def paint_rects(
    painter: QPainter,
    boxes: Sequence[QRectF],
    color: QColor,
    width: float,
    fill: QColor | None = None,
    dashed: bool = False,
) -> None:
    """Paint rectangles with sharp corners, all alike."""
    pen = QPen(color, width)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    if dashed:
        pen.setDashPattern([2.0, 2.0])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush if fill is None else fill)
    painter.drawRects(boxes)


def paint_around(
    painter: QPainter, box: QRectF, color: QColor, width: float, fill: QColor | None = None
) -> None:
    """Frame cells from outside; around small cells with air, so that they stay visible."""
    paint_frame(painter, around(box, width), color, width, fill)


def around(box: QRectF, width: float) -> QRectF:
    """Return where a frame of a width lies around cells, with air around small ones."""
    grow = max(width / 2, (3 * width - min(box.width(), box.height())) / 2)
    return box.adjusted(-grow, -grow, grow, grow)


def paint_cells(
    painter: QPainter,
    theme: Theme,
    cells: CellLayout,
    values: Array,
    scale: ColourScale,
    texts: Texts | None = None,
    pixels: int = 0,
    *,
    hatched: Mask | None = None,
    tints: Mapping[RowsColumns, QColor] = NO_TINTS,
    bold: bool = False,
) -> None:
    """Paint values (rows, columns) on their colours; without `texts` the colours alone.

    Parameters
    ----------
    pixels : int
        Font size of the texts.
    hatched : (rows, columns) bool
        True for cells to be hatched, padding for example.
    tints : colours of cells that do not have the colour of their value
    bold : bool
        Whether lines between cells are as wide as the frame around them.
    """
    draw_image(painter, cells.whole, to_image(values, scale.low, scale.high, scale.lut))
    for place, color in tints.items():
        painter.fillRect(cells.cell(*place), color)
    if hatched is not None:
        hatch = QBrush(theme.color("soft_ink", 0.45), Qt.BrushStyle.BDiagPattern)
        for row, column in np.argwhere(hatched).tolist():
            painter.fillRect(cells.cell(row, column), hatch)
    # Between colours alone, lines are faint: they are not to part a stroke into cells.
    line = theme.color("soft_ink", 0.2) if texts is None and not bold else theme.color("line")
    _paint_lines(painter, theme, cells, line, bold)
    if texts is None:
        return
    colors = inks(values, scale.low, scale.high, scale.lut)
    for (row, column), color in tints.items():
        colors[row][column] = ink_on(color)
    soft = np.zeros(values.shape, bool) if hatched is None else hatched
    for row, column in np.argwhere(soft).tolist():
        colors[row][column] = colors[row][column] or theme.color("soft_ink")
    paint_texts(painter, theme, cells, texts, pixels, colors)


def paint_texts(
    painter: QPainter,
    theme: Theme,
    cells: CellLayout,
    texts: Texts,
    pixels: int,
    colors: Sequence[Sequence[QColor | None]],
) -> None:
    """Write a text into the middle of each cell, in ink where it has no colour of its own."""
    painter.setFont(sized(theme, pixels))
    for row, words in enumerate(texts):
        for column, text in enumerate(words):
            if text:
                painter.setPen(colors[row][column] or theme.color("ink"))
                painter.drawText(cells.cell(row, column), CENTRE, text)


def _paint_lines(
    painter: QPainter, theme: Theme, cells: CellLayout, line: QColor, bold: bool
) -> None:
    whole, frame = cells.whole, theme.px(FRAME)
    across = (whole.top() + row * cells.height for row in range(1, cells.shape[0]))
    down = (whole.left() + column * cells.width for column in range(1, cells.shape[1]))
    lines = [QLineF(whole.left(), y, whole.right(), y) for y in across]
    lines += [QLineF(x, whole.top(), x, whole.bottom()) for x in down]
    painter.setPen(QPen(line, frame if bold else 1))
    if min(cells.width, cells.height) >= SMALLEST_CELL:
        painter.drawLines(lines)
    color = theme.color("soft_ink", 0.5) if bold else theme.color("line")
    paint_frame(painter, whole, color, frame)


def paint_marks(
    painter: QPainter,
    cells: CellLayout,
    marked: Mask,
    color: QColor,
    width: float,
    inside: bool = True,
) -> None:
    """Frame the cells where `marked` (rows, columns) is True, `inside` their edges or on them."""
    inner = min(width / 2, cells.width / 4) if inside else 0.0
    for row, column in np.argwhere(marked).tolist():
        box = cells.cell(row, column).adjusted(inner, inner, -inner, -inner)
        paint_frame(painter, box, color, width)
