"""NumberGrid: a small matrix with every number legible on its colour."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QFontMetricsF, QHelpEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip

from visualizer.core.layer import Array
from visualizer.views.widgets.look import Look, Panel
from visualizer.views.widgets.pixels import color_at, draw_image, to_image
from visualizer.views.widgets.text import exact, number
from visualizer.views.widgets.theme import FONT_SIZES, Lut, ink_on

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
        self._font_pixels: int | None = None
        self._texts = [["0.00"] * 3] * 3
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_numbers(
        self, values: Array, low: float, high: float, lut: Lut, winners: Mask | None = None
    ) -> None:
        """Show values (rows, columns); `winners` are outlined in the winner's colour."""
        if values.shape != self._values.shape:
            self.updateGeometry()
        self._values, self._low, self._high, self._lut = values, low, high, lut
        self._winners = np.zeros(values.shape, bool) if winners is None else winners
        self._texts = [[_text(value) for value in row] for row in values.tolist()]
        self._font_pixels = None
        self.update()

    @property
    def columns(self) -> int:
        return int(self._values.shape[1])

    @property
    def texts(self) -> list[list[str]]:
        """The numbers as they are printed."""
        return self._texts

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
        if self._font_pixels is not None:
            return self._font_pixels
        self._font_pixels = self._fitting_font_pixels()
        return self._font_pixels

    def resizeEvent(self, event: object) -> None:
        self._font_pixels = None

    def _fitting_font_pixels(self) -> int:
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
        whole = self.cell_rect(0, 0).united(self.cell_rect(*(n - 1 for n in self._values.shape)))
        if np.isnan(self._values).any():
            hatch = QBrush(self.theme.color("line"), Qt.BrushStyle.BDiagPattern)
            painter.fillRect(whole, hatch)
        draw_image(painter, whole, to_image(self._values, self._low, self._high, self._lut))
        self._paint_lines(painter, whole)
        self._paint_numbers(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self.theme.color("winner"), self.theme.line_width * 1.5)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inset = self.theme.line_width * 0.75
        for row, column in np.argwhere(self._winners).tolist():
            box = self.cell_rect(row, column)
            painter.drawRect(box.adjusted(inset, inset, -inset, -inset))

    def _paint_lines(self, painter: QPainter, whole: QRectF) -> None:
        rows, columns = self._values.shape
        cell = self.cell_rect(0, 0)
        lines = []
        for row in range(rows + 1):
            y = whole.top() + row * cell.height()
            lines.append(QLineF(whole.left(), y, whole.right(), y))
        for column in range(columns + 1):
            x = whole.left() + column * cell.width()
            lines.append(QLineF(x, whole.top(), x, whole.bottom()))
        painter.setPen(QPen(self.theme.color("line"), 1))
        painter.drawLines(lines)

    def _paint_numbers(self, painter: QPainter) -> None:
        font = self.theme.font("sum")
        font.setPixelSize(min(self.font_pixels(), self._most_pixels or self.font_pixels()))
        painter.setFont(font)
        padding = self.theme.color("soft_ink")
        cell = self.cell_rect(0, 0)
        for row, values in enumerate(self._values.tolist()):
            for column, value in enumerate(values):
                color = color_at(value, self._low, self._high, self._lut)
                painter.setPen(padding if math.isnan(value) else ink_on(color))
                box = cell.translated(column * cell.width(), row * cell.height())
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._texts[row][column])

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
