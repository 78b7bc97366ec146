"""ProductGrids: all products of a number by input channel: a grid, or a bar, for each."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter

from visualizer.core.network.layer import Array
from visualizer.text.numbers import MINUS, significant
from visualizer.text.terms import subtotal, thousandths
from visualizer.views.base.constants import ENTER
from visualizer.views.base.look import Look
from visualizer.views.base.theme import FONT_SIZES, text_width
from visualizer.views.position.stage.arrangement import GridArrangement, GridNeeds, arrange_grids
from visualizer.views.position.stage.subtotal_bars import (
    BarArrangement,
    arrange_bars,
    paint_bars,
)
from visualizer.views.widgets.cell_layout import CellLayout
from visualizer.views.widgets.cells import LINE, paint_cells, paint_frame, sized
from visualizer.views.widgets.controls import KeyPanel
from visualizer.views.widgets.pixels import ColourScale, symmetric_top

Arrangement: TypeAlias = GridArrangement | BarArrangement
# Type in pixels at zoom 1 of the stage, which is 2.5 on a screen of 1080 lines in Present mode.
PRODUCT, SUBTOTAL = 10.4, 10.4
GAP = 4.0
AIR = 4.0  # pixels beside a number, both sides together
READABLE = 12  # pixels; smaller numbers are left out
SAMPLE = 100  # font size in which texts are measured
USUAL = f"{MINUS}888"  # what several channels have room for, so that all cells look alike


class ProductGrids(KeyPanel):
    """One grid of products per channel, in whole thousandths, under its number and subtotal.

    Exact zeros are blank, and products below half a thousandth are dots. Where the cells are too
    small for numbers, subtotals stand as bars beside small grids of colours; where these have no
    room either, grids of colours alone. The arrow keys, Home, End and the pointer open
    another channel's grid.

    Signals
    -------
    opened : int
        The input channel that is pointed at or chosen.
    followed : int
        A channel's grid was double-clicked, or Enter was pressed on it.
    rearranged
        The grids have another size: numbers may have come or gone.
    """

    opened = Signal(int)
    followed = Signal(int)
    rearranged = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.setAccessibleName("Products of every input channel")
        self._products: Array = np.zeros((1, 1, 1), np.float32)
        self._subtotals: Array = np.zeros(1, np.float32)
        self._order: list[int] = [0]
        self._open = 0
        self._arranged: tuple[object, Arrangement, int | None] | None = None

    def show_products(
        self, products: Array, subtotals: Array, order: npt.NDArray[np.intp], opened: int
    ) -> None:
        """Show products (rows, columns, channels), the channels in this order; emits nothing."""
        self._products, self._subtotals = products, subtotals
        self._order, self._open = order.tolist(), opened
        self._arranged = None
        told = f"channel {opened}: {subtotal(float(subtotals[opened]))}"
        self.setAccessibleDescription(told if len(order) > 1 else "")
        self.update()

    # Room

    def resizeEvent(self, event: object) -> None:
        self.rearranged.emit()

    @property
    def units(self) -> tuple[str, ...]:
        """The unit of the products, or, without numbers, the meaning of the colours.

        In ever shorter forms.
        """
        if self.product_pixels is not None:
            return ("in thousandths",)
        if isinstance(self.arrangement, BarArrangement) and not self.arrangement.side:
            return (f"in {len(self._order)} subtotals",)
        top = symmetric_top(self._products)
        low, high = significant(-top), significant(top)
        return f"from {low} (brown) to {high} (blue)", f"brown {low}, blue {high}"

    @property
    def head(self) -> float:
        """Height of the line with a channel's number and subtotal; 0 for a single channel."""
        return round(self.subtotal_pixels * 1.35) if len(self._order) > 1 else 0.0

    @property
    def subtotal_pixels(self) -> int:
        """The font size of the subtotals."""
        bars = self._arranged and self._arranged[1]
        least = max(self.theme.px(SUBTOTAL), READABLE)
        return bars.pixels if isinstance(bars, BarArrangement) else least

    @property
    def arrangement(self) -> Arrangement:
        """The layout of the grids, or of the bars."""
        return self._arrange()[0]

    @property
    def product_pixels(self) -> int | None:
        """The font size of the products; None if they do not fit."""
        return self._arrange()[1]

    def _arrange(self) -> tuple[Arrangement, int | None]:
        state = (self.size(), self.theme)
        if self._arranged is None or self._arranged[0] != state:
            texts = {thousandths(value) for value in self._products.ravel().tolist()}
            if len(self._order) > 1:
                texts.add(USUAL)
            width = max(text_width(text, SAMPLE) for text in texts) / SAMPLE
            rows, columns, count = self._products.shape
            gap = self.theme.px(GAP)
            needs = GridNeeds(
                count,
                (rows, columns),
                head=self.head,
                widest_head=self._widest_head,
                gap=gap,
                text=max(width / LINE, 0.5),
            )
            made = arrange_grids(self.width(), self.height(), needs)
            cell = made.grid_width / columns - AIR, made.grid_height / rows
            fits = int(min(cell[0] / width if width else cell[0], cell[1] / LINE))
            least = max(self.theme.px(PRODUCT), READABLE)
            largest = max(self.theme.px(FONT_SIZES["explained"]), least)
            pixels = min(fits, largest) if fits >= least else None
            bars = self._bars() if pixels is None and count > 1 else None
            self._arranged = (state, bars or made, pixels)
        return self._arranged[1:]

    def _bars(self) -> BarArrangement | None:
        """Return the layout of the subtotals as bars, in type as large as labels where it fits."""
        least = max(self.theme.px(SUBTOTAL), READABLE)
        sizes = range(max(self.theme.px(FONT_SIZES["caption"]), least), least - 1, -1)
        rows, columns = self._products.shape[:2]
        room = self.width(), self.height()
        return arrange_bars(self.theme, room, (rows, columns), self._subtotals, sizes)

    @property
    def _widest_head(self) -> float:
        if not self.head:
            return 0.0
        pixels = self.subtotal_pixels
        channel = text_width(str(len(self._order) - 1), pixels, True)
        subtotals = (text_width(subtotal(s), pixels, True) for s in self._subtotals.tolist())
        return channel + max(subtotals) + pixels * 0.5

    def place(self, channel: int) -> QRectF:
        """Return where a channel's grid lies, the head above it included."""
        return self.arrangement.place(self._order.index(channel))

    # Painting

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        top, pixels = symmetric_top(self._products), self.product_pixels
        scale, arrangement = ColourScale(-top, top, self.theme.diverging), self.arrangement
        if isinstance(arrangement, BarArrangement):
            shown = self._order, self._products, self._subtotals
            paint_bars(painter, self.theme, arrangement, *shown, scale, self._open)
            self._paint_opened(painter, arrangement.place(self._order.index(self._open)))
            return
        for position, channel in enumerate(self._order):
            grid = arrangement.grid(position, self.head)
            values = self._products[:, :, channel]
            texts = [[thousandths(value) for value in row] for row in values.tolist()]
            if self.head:
                place = arrangement.place(position)
                self._paint_head(painter, place, channel, arrangement.grid_width)
            cells = CellLayout.filling(grid, (values.shape[0], values.shape[1]))
            written = None if pixels is None else texts
            paint_cells(painter, self.theme, cells, values, scale, written, pixels or 0)
        if self.head:
            self._paint_opened(painter, arrangement.grid(self._order.index(self._open), self.head))

    def _paint_head(
        self, painter: QPainter, place: QRectF, channel: int, grid_width: float
    ) -> None:
        opened, pixels = channel == self._open, self.subtotal_pixels
        head = QRectF(place.left(), place.top(), place.width(), self.head)
        painter.setFont(sized(self.theme, pixels, opened))
        painter.setPen(self.theme.color("selection" if opened else "soft_ink"))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(head, Qt.AlignmentFlag.AlignLeft | middle, str(channel))
        text = subtotal(float(self._subtotals[channel]))
        left = text_width(str(channel), pixels, opened) + pixels * 0.4
        # Beside the channel's number where the grid is narrower than its head, else at its end.
        wide = max(grid_width, left + text_width(text, pixels, True) + 1)
        if wide <= head.width() + 1:
            painter.setFont(sized(self.theme, pixels, True))
            painter.setPen(self.theme.color("selection" if opened else "ink"))
            head.setWidth(wide)
            painter.drawText(head, Qt.AlignmentFlag.AlignRight | middle, text)

    def _paint_opened(self, painter: QPainter, grid: QRectF) -> None:
        line = max(self.theme.line_width, 2.0)
        if self.hasFocus():  # a ring around the opened grid, in the colour of the controls
            ring = grid.adjusted(-line / 2, -line / 2, line / 2, line / 2)
            paint_frame(painter, ring, self.theme.color("accent"), line)
            grid = grid.adjusted(line / 2, line / 2, -line / 2, -line / 2)
        paint_frame(painter, grid, self.theme.color("selection"), line)

    # The user

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(self._channel_at(event))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._point(self._channel_at(event))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        channel = self._channel_at(event)
        if channel is not None:
            self.followed.emit(channel)

    def _channel_at(self, event: QMouseEvent) -> int | None:
        at = self.arrangement.position_at(event.position(), len(self._order))
        return None if at is None else self._order[at]

    def _point(self, channel: int | None) -> None:
        if channel is not None and channel != self._open:
            self.opened.emit(channel)

    def press_key(self, event: QKeyEvent) -> bool:
        at, last = self._order.index(self._open), len(self._order) - 1
        across, down = self.arrangement.steps
        to = {
            Qt.Key.Key_Left: at - across if at >= across else at,
            Qt.Key.Key_Right: at + across if at + across <= last else at,
            Qt.Key.Key_Up: at - down if at >= down else at,
            Qt.Key.Key_Down: at + down if at + down <= last else at,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }.get(Qt.Key(event.key()))
        if to is not None:
            self._point(self._order[to])
        elif event.key() in ENTER:
            self.followed.emit(self._open)
        else:
            return False
        return True

    def takes_enter(self) -> bool:
        """Return that Enter follows the opened grid, and not the page's largest term."""
        return True
