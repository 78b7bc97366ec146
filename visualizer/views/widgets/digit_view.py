"""DigitView: the digit, enlarged, with the pixels that the selected cell sees outlined."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy

from visualizer.core.network.geometry import Lines, Rect
from visualizer.scene.scene import Digit
from visualizer.views.base.look import Look, Panel
from visualizer.views.widgets.cell_layout import CellLayout
from visualizer.views.widgets.cells import paint_frame
from visualizer.views.widgets.pixels import draw_image, hatch, to_image

TICK_EVERY = 7


class DigitView(Panel):
    """A digit of 28 × 28 pixels with outlines around those that a cell sees.

    Signals
    -------
    hovered : (row, column) or None
        The pixel under the pointer.
    clicked : (row, column)
        A pixel was clicked.
    """

    hovered = Signal(tuple)
    clicked = Signal(int, int)

    def __init__(self, look: Look, digit: Digit, ticks: bool = True) -> None:
        """Show a digit; `ticks` are numbers at its rows and columns."""
        super().__init__(look)
        self._digit, self._ticks = digit, ticks
        self._field = Lines((), ())
        self._pixel: tuple[int, int] | None = None
        self._pointed: tuple[int, int] | None = None
        self._blind: tuple[Rect, ...] = ()
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setAccessibleName("The digit")

    def show_digit(self, digit: Digit) -> None:
        if digit is not self._digit:
            self._digit = digit
            self.update()

    def show_field(self, field: Lines) -> None:
        """Outline the pixels that a cell sees, without the gaps between them."""
        if field != self._field:
            self._field = field
            self.update()

    def show_pixels(self, pixel: tuple[int, int] | None, pointed: tuple[int, int] | None) -> None:
        """Outline the selected pixel and the one under the pointer."""
        if (pixel, pointed) != (self._pixel, self._pointed):
            self._pixel, self._pointed = pixel, pointed
            self.update()

    def show_blind(self, blind: tuple[Rect, ...]) -> None:
        """Hatch the pixels that no output sees."""
        if blind != self._blind:
            self._blind = blind
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(216), self.theme.px(216))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(72), self.theme.px(72))

    @property
    def cells(self) -> CellLayout:
        """Where the pixels are drawn: in whole screen pixels, with room for the numbers."""
        rows, columns = self._digit.pixels.shape
        left, bottom, top = (self.theme.px(n) if self._ticks else 1 for n in (20, 18, 6))
        room = QRectF(left, top, self.width() - left - 2, self.height() - bottom - top)
        side = min(room.width() / columns, room.height() / rows) * rows
        room.setHeight(max(side, 1))
        return CellLayout.fitting(room, (rows, columns), step=1)

    def paintEvent(self, event: object) -> None:
        theme, cells = self.theme, self.cells
        painter = QPainter(self)
        self.paint_digit(painter, cells)
        if self._ticks:
            self._paint_ticks(painter, cells)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for rect in self._blind:
            box = cells.on_screen(rect)
            painter.fillRect(box, theme.color("ground", 0.6))
            hatch(painter, box, theme.color("soft_ink"))
        line = theme.line_width
        for part in self._field.parts:
            box = cells.on_screen(part)
            paint_frame(painter, box, theme.color("field"), line, theme.color("field", 0.16))
        for pixel, name in ((self._pointed, "soft_ink"), (self._pixel, "selection")):
            if pixel is not None:
                paint_frame(painter, cells.cell(*pixel), theme.color(name), line)

    def paint_digit(self, painter: QPainter, cells: CellLayout) -> None:
        """Paint the pixels, and a frame around them all."""
        theme, target = self.theme, cells.whole
        draw_image(painter, target, to_image(self._digit.pixels, 0, 255, theme.digit))
        painter.setPen(QPen(theme.color("line"), 1))
        painter.drawRect(target.adjusted(-0.5, -0.5, 0.5, 0.5))

    def _paint_ticks(self, painter: QPainter, cells: CellLayout) -> None:
        theme, target = self.theme, cells.whole
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("soft_ink"))
        rows, columns = cells.shape
        wide, high = theme.px(20), theme.px(16)
        for row in (*range(0, rows, TICK_EVERY), rows - 1):
            middle = cells.cell(row, 0).center().y()
            box = QRectF(target.left() - wide - 4, middle - high / 2, wide, high)
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, right, str(row))
        for column in (*range(0, columns, TICK_EVERY), columns - 1):
            middle = cells.cell(0, column).center().x()
            box = QRectF(middle - wide, target.bottom() + 2, 2 * wide, high)
            half = painter.fontMetrics().horizontalAdvance(str(column)) / 2
            box.translate(min(self.width() - half - middle, 0.0), 0)
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, str(column))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.hovered.emit(self.cells.cell_at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        pixel = self.cells.cell_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and pixel is not None:
            self.clicked.emit(*pixel)
        super().mousePressEvent(event)

    def leaveEvent(self, event: object) -> None:
        self.hovered.emit(None)
