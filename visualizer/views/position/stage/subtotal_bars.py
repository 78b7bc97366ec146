"""Subtotals as bars: a line a channel, where the numbers of all products have no room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from visualizer.core.network.layer import Array
from visualizer.text.terms import subtotal
from visualizer.views.base.theme import Theme, text_width
from visualizer.views.position.sum_lines import AT_RIGHT
from visualizer.views.widgets.cell_layout import CellLayout
from visualizer.views.widgets.cells import paint_cells, sized
from visualizer.views.widgets.pixels import ColourScale

ROW = 1.3  # least height of a line over its font size
APART, BESIDE, INSIDE = 14, 4, 1.2  # at zoom 1: between columns, between parts, around colours
LEAST_BAR, LEAST_CELL = 24, 6  # at zoom 1: width of the longest bar, side of a cell
POSITIVE, NEGATIVE = 222, 40  # places on the diverging colours


@dataclass(frozen=True, slots=True)
class BarArrangement:
    """Lines in columns, filled from the top; each has a number, colours, a bar and a subtotal.

    Attributes
    ----------
    pixels : int
        Font size of the numbers.
    side : float
        Height of the small grid of colours; 0 where its cells would be too small.
    channel, figure : float
        Widths of a channel's number and of a subtotal.
    """

    rows: int
    width: float
    height: float
    apart: float
    beside: float
    pixels: int
    channel: float
    figure: float
    side: float
    shape: tuple[int, int]

    @property
    def steps(self) -> tuple[int, int]:
        """How many lines further the next one to the right is, and the next one below."""
        return self.rows, 1

    def place(self, position: int) -> QRectF:
        """Return where a line lies."""
        column, row = divmod(position, self.rows)
        left, top = column * (self.width + self.apart), row * self.height
        return QRectF(1 + left, 1 + top, self.width, self.height)

    def position_at(self, point: QPointF, count: int) -> int | None:
        """Return the line at a point."""
        return next((at for at in range(count) if self.place(at).contains(point)), None)

    def number(self, position: int) -> QRectF:
        """Return where a channel's number stands."""
        place = self.place(position).adjusted(self.beside, 0, 0, 0)
        place.setWidth(self.channel)
        return place

    def cells(self, position: int) -> CellLayout:
        """Return where the colours of a channel's products lie."""
        rows, columns = self.shape
        cell, place = self.side / rows, self.place(position)
        left = self.number(position).right() + self.beside
        top = place.top() + (place.height() - self.side) / 2
        return CellLayout.filling(QRectF(left, top, cell * columns, self.side), self.shape)

    def bar(self, position: int) -> QRectF:
        """Return where a bar may lie."""
        place = self.place(position)
        before = self.cells(position).whole.right() if self.side else self.number(position).right()
        high, right = place.height() * 0.55, place.right() - self.figure - 2 * self.beside
        left = before + self.beside
        return QRectF(left, place.center().y() - high / 2, right - left, high)


def arrange_bars(
    theme: Theme, room: tuple[int, int], shape: tuple[int, int], subtotals: Array, sizes: range
) -> BarArrangement | None:
    """Return the fewest columns in which all lines fit, in the largest type; None: none fits."""
    count = len(subtotals)
    apart, beside = theme.px(APART), theme.px(BESIDE)
    for pixels in sizes:
        channel = text_width(str(count - 1), pixels, True)
        figure = max(text_width(subtotal(value), pixels, True) for value in subtotals.tolist())
        rows = int((room[1] - 2) / (pixels * ROW))
        if rows < 1:
            continue
        rows = -(-count // -(-count // rows))  # as many in each column
        columns = -(-count // rows)
        height = (room[1] - 2) / rows
        width = (room[0] - 2 - apart * (columns - 1)) / columns
        side = height - 2 * theme.px(INSIDE)
        if side / max(shape) < theme.px(LEAST_CELL):
            side = 0.0
        colours = side * shape[1] / shape[0] + beside if side else 0.0
        if width - channel - figure - colours - 4 * beside >= theme.px(LEAST_BAR):
            parts = (rows, width, height, apart, beside, pixels, channel, figure, side, shape)
            return BarArrangement(*parts)
    return None


def paint_bars(
    painter: QPainter,
    theme: Theme,
    arrangement: BarArrangement,
    order: Sequence[int],
    products: Array,
    subtotals: Array,
    scale: ColourScale,
    opened: int,
) -> None:
    """Paint the channels in an order, all bars on one scale, the opened channel marked."""
    sizes = np.where(np.isfinite(subtotals), subtotals, 0.0).astype(np.float64)
    low, top = min(float(sizes.min()), 0.0), max(float(sizes.max()), 0.0)
    span = (top - low) or 1.0
    for position, channel in enumerate(order):
        own = channel == opened
        if arrangement.side:
            cells = arrangement.cells(position)
            paint_cells(painter, theme, cells, products[:, :, channel], scale)
        room, value = arrangement.bar(position), float(sizes[channel])
        zero = room.left() - low / span * room.width()
        end = zero + value / span * room.width()
        shade = theme.diverging[POSITIVE if value >= 0 else NEGATIVE]
        bar = QRectF(min(zero, end), room.top(), abs(end - zero), room.height())
        painter.fillRect(bar, QColor(*shade.tolist()))
        place = arrangement.place(position)
        painter.setPen(QPen(theme.color("soft_ink"), 1))
        painter.drawLine(QPointF(zero, place.top()), QPointF(zero, place.bottom()))
        painter.setFont(sized(theme, arrangement.pixels, own))
        painter.setPen(theme.color("selection" if own else "soft_ink"))
        painter.drawText(arrangement.number(position).adjusted(-1, 0, 0, 0), AT_RIGHT, str(channel))
        painter.setFont(sized(theme, arrangement.pixels, True))
        painter.setPen(theme.color("selection" if own else "ink"))
        figure = place.adjusted(0, 0, -arrangement.beside, 0)
        painter.drawText(figure, AT_RIGHT, subtotal(float(subtotals[channel])))
