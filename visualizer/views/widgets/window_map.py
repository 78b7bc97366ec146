"""WindowMap: one map with its padding, a window on it, and what the window leaves out."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QImage, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy

from visualizer.core.network.geometry import Rect, RowsColumns, Sliding
from visualizer.core.network.layer import Array
from visualizer.views.base.look import Look, Panel
from visualizer.views.base.theme import Lut
from visualizer.views.widgets.cell_layout import NO_MARGINS, CellLayout, Margins
from visualizer.views.widgets.cells import paint_frame
from visualizer.views.widgets.pixels import draw_image, hatch, to_image


class WindowMap(Panel):
    """A map (h, w) with rectangles of its cells.

    Signals
    -------
    clicked : (row, column)
    """

    clicked = Signal(int, int)

    def __init__(self, look: Look, name: str) -> None:
        super().__init__(look)
        self.setAccessibleName(name)
        self._shape: RowsColumns = (1, 1)
        self._margins = NO_MARGINS
        self._image = QImage()
        self._window = Rect(0, 0, 0, 0)
        self._color = "field"
        self._grid: list[Rect] = []
        self._dots: npt.NDArray[np.intp] = np.zeros((0, 2), np.intp)
        self._left_out: list[Rect] = []
        self._most_height = 200
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_map(self, values: Array, low: float, high: float, lut: Lut) -> None:
        """Show a map's values (h, w); NaN is transparent."""
        self._shape = (values.shape[0], values.shape[1])
        self._image = to_image(values, low, high, lut)
        self.update()

    def show_window(self, window: Rect, color: str) -> None:
        """Outline cells in a palette colour, unfilled; they may reach onto the padding."""
        self._window, self._color = window, color
        self.update()

    def show_padding(self, margins: Margins) -> None:
        """Show padding around the map: rows (above, below) and columns (left, right)."""
        self._margins = margins
        self.update()

    def show_pooling(self, sliding: Sliding | None, dots: npt.NDArray[np.intp]) -> None:
        """Draw a pooling's windows, a dot on every winner, and hatching where no window reaches."""
        self._dots = dots
        self._grid, self._left_out = [], []
        if sliding is not None:
            rows, columns = sliding.places
            self._grid = [sliding.window(r, c) for r in range(rows) for c in range(columns)]
            height, width = sliding.size
            seen = sliding.seen_by(Rect.whole(rows, columns))
            below = Rect(seen.bottom, 0, height, width)
            beside = Rect(0, seen.right, seen.bottom, width)
            self._left_out = [rect for rect in (below, beside) if not rect.empty]
        self.update()

    def show_at_most(self, height: int) -> None:
        """Limit the height asked for, in pixels at zoom 1."""
        if height != self._most_height:
            self._most_height = height
            self.updateGeometry()

    def height_of(self, width: int) -> int:
        """Return the height of the whole map in pixels at a given width."""
        (top, bottom), (left, right) = self._margins
        rows, columns = self._shape[0] + top + bottom, self._shape[1] + left + right
        return round(width * rows / columns)

    def heightForWidth(self, width: int) -> int:
        return min(self.height_of(width), self.theme.px(self._most_height))

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(140), self.theme.px(140))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(72), self.theme.px(72))

    @property
    def cells(self) -> CellLayout:
        """Where the map's cells lie; half pixels per cell let small maps fill their room."""
        area = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        return CellLayout.fitting(area, self._shape, self._margins, step=0.5)

    def paintEvent(self, event: object) -> None:
        theme = self.theme
        painter = QPainter(self)
        cells = self.cells
        if cells.extent != cells.shape:
            dots = QBrush(theme.color("soft_ink", 0.5), Qt.BrushStyle.Dense6Pattern)
            painter.fillRect(cells.padded, dots)
        frame = cells.whole
        painter.fillRect(frame, theme.color("panel"))
        draw_image(painter, frame, self._image)
        painter.setPen(QPen(theme.color("line"), 1))
        painter.drawRect(frame)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_pooling(painter, cells)
        if not self._window.empty:
            box = cells.on_screen(self._window)
            paint_frame(painter, box, theme.color(self._color), theme.line_width)

    def _paint_pooling(self, painter: QPainter, cells: CellLayout) -> None:
        theme = self.theme
        for rect in self._left_out:
            hatch(painter, cells.on_screen(rect), theme.color("soft_ink"))
        line = min(theme.px(1.2), max(cells.width / 8, 1.0))  # small cells stay to be seen
        painter.setPen(QPen(theme.color("soft_ink", 0.55), line))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRects([cells.on_screen(rect) for rect in self._grid])
        radius = max(min(cells.width * 0.22, self.theme.px(4)), 1.2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("winner"))
        for row, column in self._dots:
            center = cells.cell(int(row), int(column)).center()
            painter.drawEllipse(center, radius, radius)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self.cells.cell_at(event.position())
        if cell is not None:
            self.clicked.emit(*cell)
