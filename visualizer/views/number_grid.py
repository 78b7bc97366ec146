"""NumberGrid: a small matrix with every number legible on its colour."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QFontMetricsF, QHelpEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip

from visualizer.core.layer import Array
from visualizer.views.look import Look, Panel
from visualizer.views.pixels import color_at
from visualizer.views.text import exact, number
from visualizer.views.theme import FONT_SIZES, Lut, ink_on

CELL = (46, 34)
LARGEST_CELL = (72, 44)
Mask = npt.NDArray[np.bool_]


class NumberGrid(Panel):
    """Draws numbers (rows, columns) on the colours of a scale; NaN is drawn as padding.

    Signals
    -------
    followed : (row, column)
        A cell was double-clicked.
    """

    followed = Signal(int, int)

    def __init__(self, look: Look, name: str) -> None:
        super().__init__(look)
        self.setAccessibleName(name)
        self._values: Array = np.zeros((3, 3), np.float32)
        self._low, self._high = 0.0, 1.0
        self._lut: Lut = look.theme.sequential
        self._winners: Mask = np.zeros((3, 3), bool)
        self._most_pixels: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_numbers(
        self, values: Array, low: float, high: float, lut: Lut, winners: Mask | None = None
    ) -> None:
        """Show values (rows, columns); `winners` are outlined in the winner's colour."""
        if values.shape != self._values.shape:
            self.updateGeometry()
        self._values, self._low, self._high, self._lut = values, low, high, lut
        self._winners = np.zeros(values.shape, bool) if winners is None else winners
        self.update()

    @property
    def columns(self) -> int:
        return int(self._values.shape[1])

    @property
    def texts(self) -> list[list[str]]:
        """The numbers as they are printed."""
        return [[_text(float(value)) for value in row] for row in self._values]

    def sizeHint(self) -> QSize:
        rows, columns = self._values.shape
        return QSize(self.theme.px(CELL[0]) * columns, self.theme.px(CELL[1]) * rows + 2)

    def minimumSizeHint(self) -> QSize:
        rows, columns = self._values.shape
        return QSize(self.theme.px(30) * columns, self.theme.px(CELL[1]) * rows + 2)

    def cell_rect(self, row: int, column: int) -> QRectF:
        """Where a cell is on the widget."""
        rows, columns = self._values.shape
        width = min((self.width() - 2) / columns, self.theme.px(LARGEST_CELL[0]))
        height = min((self.height() - 2) / rows, self.theme.px(LARGEST_CELL[1]))
        left = (self.width() - width * columns) / 2
        return QRectF(left + column * width, 1 + row * height, width, height)

    def cell_at(self, point: QPointF) -> tuple[int, int] | None:
        for row, column in np.ndindex(self._values.shape):
            if self.cell_rect(row, column).contains(point):
                return row, column
        return None

    def hold_font(self, pixels: int) -> None:
        """Print the numbers no larger than so many pixels, as neighbouring grids do."""
        if pixels != self._most_pixels:
            self._most_pixels = pixels
            self.update()

    def font_pixels(self) -> int:
        """Size of the numbers: the largest that fits, never below the caption's."""
        texts = [text for row in self.texts for text in row]
        widest = max(texts, key=len)
        largest, smallest = (self.theme.px(FONT_SIZES[role]) for role in ("sum", "caption"))
        font = self.theme.font("sum")
        room = self.cell_rect(0, 0).width() - self.theme.px(4)
        for size in range(largest, smallest, -1):
            font.setPixelSize(size)
            if QFontMetricsF(font).horizontalAdvance(widest) <= room:
                return size
        return smallest

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        font = self.theme.font("sum")
        font.setPixelSize(min(self.font_pixels(), self._most_pixels or self.font_pixels()))
        painter.setFont(font)
        for row, column in np.ndindex(self._values.shape):
            self._paint_cell(painter, row, column)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self.theme.color("winner"), self.theme.line_width * 1.5)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inset = self.theme.line_width * 0.75
        for row, column in np.argwhere(self._winners):
            box = self.cell_rect(int(row), int(column))
            painter.drawRect(box.adjusted(inset, inset, -inset, -inset))

    def _paint_cell(self, painter: QPainter, row: int, column: int) -> None:
        box = self.cell_rect(row, column)
        value = float(self._values[row, column])
        painter.setPen(QPen(self.theme.color("line"), 1))
        if np.isfinite(value):
            color = color_at(value, self._low, self._high, self._lut)
            painter.setBrush(color)
            painter.drawRect(box)
            painter.setPen(ink_on(color))
        else:
            painter.setBrush(self.theme.color("panel"))
            painter.drawRect(box)
            hatch = QBrush(self.theme.color("line"), Qt.BrushStyle.BDiagPattern)
            painter.fillRect(box, hatch)
            painter.setPen(self.theme.color("soft_ink"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, _text(value))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        cell = self.cell_at(event.position())
        if cell is not None:
            self.followed.emit(*cell)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            cell = self.cell_at(QPointF(event.pos()))
            text = exact(float(self._values[cell])) if cell else ""
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)


def _text(value: float) -> str:
    """Two digits after the point; padding counts as 0 and is hatched."""
    return "0" if np.isnan(value) else number(value, 2)
