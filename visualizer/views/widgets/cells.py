"""Cells with numbers: what numbers fit into cells, and the painting of colours, lines, numbers."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QLineF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPen

from visualizer.core.network.layer import Array
from visualizer.core.network.terms import Mask
from visualizer.views.base.theme import Theme, text_width
from visualizer.views.widgets.cell_layout import CellLayout
from visualizer.views.widgets.pixels import ColourScale, draw_image, inks, to_image

LINE = 1.17  # height of a line of numbers over its font size
FRAME = 1.2  # width at zoom 1 of the lines that explain: 3 pixels in the lecture hall
SMALLEST_CELL = 8  # pixels; between smaller ones no lines are drawn
MIDDLE = Qt.AlignmentFlag.AlignCenter
Texts = Sequence[Sequence[str]]


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


def mitred(color: QColor, width: float) -> QPen:
    """Return a pen for rectangles with sharp corners."""
    pen = QPen(color, width)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    return pen


def paint_cells(
    painter: QPainter,
    theme: Theme,
    cells: CellLayout,
    values: Array,
    scale: ColourScale,
    texts: Texts | None = None,
    pixels: int = 0,
    *,
    on_map: Mask | None = None,
    bold: bool = False,
) -> None:
    """Paint values (rows, columns) on their colours; without `texts` the colours alone.

    Parameters
    ----------
    pixels : int
        Font size of the texts.
    on_map : (rows, columns) bool
        False for padding, which is hatched.
    bold : bool
        Whether lines between cells are as wide as the frame around them.
    """
    known = np.ones(values.shape, bool) if on_map is None else on_map
    shown = np.where(known, values, np.float32(np.nan))
    hatch = QBrush(theme.color("line"), Qt.BrushStyle.BDiagPattern)
    for row, column in np.argwhere(~known).tolist():
        painter.fillRect(cells.cell(row, column), hatch)
    draw_image(painter, cells.whole, to_image(shown, scale.low, scale.high, scale.lut))
    _paint_lines(painter, theme, cells, bold)
    if texts is None:
        return
    painter.setFont(sized(theme, pixels))
    colors = inks(shown, scale.low, scale.high, scale.lut)
    for row, words in enumerate(texts):
        for column, text in enumerate(words):
            if text:
                uncoloured = "ink" if known[row, column] else "soft_ink"
                painter.setPen(colors[row][column] or theme.color(uncoloured))
                painter.drawText(cells.cell(row, column), MIDDLE, text)


def _paint_lines(painter: QPainter, theme: Theme, cells: CellLayout, bold: bool) -> None:
    whole, frame = cells.whole, theme.px(FRAME)
    across = (whole.top() + row * cells.height for row in range(1, cells.shape[0]))
    down = (whole.left() + column * cells.width for column in range(1, cells.shape[1]))
    lines = [QLineF(whole.left(), y, whole.right(), y) for y in across]
    lines += [QLineF(x, whole.top(), x, whole.bottom()) for x in down]
    painter.setPen(QPen(theme.color("line"), frame if bold else 1))
    if min(cells.width, cells.height) >= SMALLEST_CELL:
        painter.drawLines(lines)
    painter.setPen(mitred(theme.color("soft_ink", 0.5) if bold else theme.color("line"), frame))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(whole)


def paint_marks(
    painter: QPainter, cells: CellLayout, marked: Mask, color: QColor, width: float
) -> None:
    """Frame the cells where `marked` (rows, columns) is True, inside their edges."""
    painter.setPen(mitred(color, width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inner = min(width / 2, cells.width / 4)
    for row, column in np.argwhere(marked).tolist():
        painter.drawRect(cells.cell(row, column).adjusted(inner, inner, -inner, -inner))
