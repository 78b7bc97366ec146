"""NumberGrid: a small matrix, every number legible on its colour."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QFontMetricsF, QHelpEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy

from visualizer.core.network.geometry import RowsColumns
from visualizer.core.network.layer import Array
from visualizer.text.numbers import Digits, digits_for, exact
from visualizer.views.base.look import Look, Panel
from visualizer.views.base.theme import FONT_SIZES, Lut, Theme
from visualizer.views.base.tips import show_tip
from visualizer.views.widgets.cell_layout import CellLayout
from visualizer.views.widgets.pixels import draw_image, inks, to_image

CELL = (46, 34)
LARGEST_CELL = (72, 44)
AIR = 4
MIDDLE = Qt.AlignmentFlag.AlignCenter
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class GridForm:
    """How a grid's numbers are written: font size in pixels; `bare` writes .04 for 0.04."""

    pixels: int
    bare: bool = False


class NumberGrid(Panel):
    """A grid of numbers (rows, columns) on the colours of a scale, all with equally many digits.

    Signals
    -------
    followed : (row, column)
        A cell was double-clicked.
    """

    followed = Signal(int, int)

    def __init__(self, look: Look, name: str, role: str = "") -> None:
        """Use the font of a role; without one, the largest that fits from "sum" to "caption"."""
        super().__init__(look)
        self.setAccessibleName(name)
        self._role = role
        self._values: Array = np.zeros((3, 3), np.float32)
        self._low, self._high = 0.0, 1.0
        self._lut: Lut = look.theme.sequential
        self._winners: Mask = np.zeros((3, 3), bool)
        self._on_map: Mask = np.ones((3, 3), bool)
        self._held: GridForm | None = None
        self.digits = Digits()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_numbers(
        self,
        values: Array,
        low: float,
        high: float,
        lut: Lut,
        winners: Mask | None = None,
        on_map: Mask | None = None,
    ) -> None:
        """Show values (rows, columns) on a scale.

        Parameters
        ----------
        winners : (rows, columns) bool
            True for cells to outline in the winner's colour.
        on_map : (rows, columns) bool
            False for padding, which is shown as 0 on hatching.
        """
        if values.shape != self._values.shape:
            self.updateGeometry()
        self._low, self._high, self._lut = low, high, lut
        self._winners = np.zeros(values.shape, bool) if winners is None else winners
        self._on_map = np.ones(values.shape, bool) if on_map is None else on_map
        self._values = np.where(self._on_map, values, np.float32(np.nan))
        self.digits = digits_for(max(abs(low), abs(high)))
        self.update()

    @property
    def shape(self) -> RowsColumns:
        return self._values.shape[0], self._values.shape[1]

    @property
    def texts(self) -> list[list[str]]:
        """The numbers as texts."""
        bare = self.form.bare
        return [
            [
                self.digits.text(value, bare) if on_map else "0"
                for value, on_map in zip(values, row, strict=True)
            ]
            for values, row in zip(self._values.tolist(), self._on_map.tolist(), strict=True)
        ]

    def sizeHint(self) -> QSize:
        rows, columns = self.shape
        return QSize(self.theme.px(CELL[0]) * columns, self.theme.px(CELL[1]) * rows + 2)

    def minimumSizeHint(self) -> QSize:
        rows, columns = self.shape
        return QSize(self.theme.px(20) * columns, self.theme.px(24) * rows + 2)

    @property
    def cells(self) -> CellLayout:
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        largest = (self.theme.px(LARGEST_CELL[0]), self.theme.px(LARGEST_CELL[1]))
        return CellLayout.fitting(area, self.shape, largest=largest, square=False)

    # The size of the numbers

    def hold(self, form: GridForm) -> None:
        """Write the numbers in a given form, the one of the neighbouring grids."""
        if form != self._held:
            self._held = form
            self.update()

    @property
    def form(self) -> GridForm:
        """The given form, else the largest that fits."""
        return self._held or self._fitting_form()

    def _fitting_form(self) -> GridForm:
        width = self.cells.width
        fitting = (form for form in self.forms if self.width_of_cell(form) <= width)
        return next(fitting, self.forms[-1])

    @property
    def forms(self) -> tuple[GridForm, ...]:
        """The possible forms, the best first: whole numbers from large to small fonts."""
        roles = (self._role or "sum", self._role or "caption")
        return _forms(*(self.theme.px(FONT_SIZES[role]) for role in roles))

    def width_of_cell(self, form: GridForm) -> float:
        """Return the width in pixels of this scale's longest number, with space at both sides."""
        return advance(self.widest(form.bare), form.pixels) + self.theme.px(AIR)

    def widest(self, bare: bool) -> str:
        """Return a text as long as the longest number of this scale."""
        return self.digits.widest(self._low < 0, bare)

    # Painting

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        cells = self.cells
        hatch = QBrush(self.theme.color("line"), Qt.BrushStyle.BDiagPattern)
        for row, column in np.argwhere(~self._on_map).tolist():
            painter.fillRect(cells.cell(row, column), hatch)
        draw_image(painter, cells.whole, to_image(self._values, self._low, self._high, self._lut))
        self._paint_lines(painter, cells)
        self._paint_numbers(painter, cells)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self.theme.color("winner"), self.theme.line_width * 1.5)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inset = self.theme.line_width * 0.75
        for row, column in np.argwhere(self._winners).tolist():
            painter.drawRect(cells.cell(row, column).adjusted(inset, inset, -inset, -inset))

    def _paint_lines(self, painter: QPainter, cells: CellLayout) -> None:
        whole = cells.whole
        lines = []
        for row in range(cells.shape[0] + 1):
            y = whole.top() + row * cells.height
            lines.append(QLineF(whole.left(), y, whole.right(), y))
        for column in range(cells.shape[1] + 1):
            x = whole.left() + column * cells.width
            lines.append(QLineF(x, whole.top(), x, whole.bottom()))
        painter.setPen(QPen(self.theme.color("line"), 1))
        painter.drawLines(lines)

    def _paint_numbers(self, painter: QPainter, cells: CellLayout) -> None:
        font = self.theme.font("sum")
        font.setPixelSize(self.form.pixels)
        painter.setFont(font)
        colors = inks(self._values, self._low, self._high, self._lut)
        for row, texts in enumerate(self.texts):
            for column, text in enumerate(texts):
                uncoloured = "ink" if self._on_map[row, column] else "soft_ink"
                painter.setPen(colors[row][column] or self.theme.color(uncoloured))
                painter.drawText(cells.cell(row, column), MIDDLE, text)

    # The pointer

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        cell = self.cells.cell_at(event.position())
        if cell is not None:
            self.followed.emit(*cell)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            show_tip(self, event.globalPos(), partial(self.tip_at, QPointF(event.pos())))
            return True
        return super().event(event)

    def tip_at(self, point: QPointF) -> str:
        """Return the number under a point with all digits."""
        cell = self.cells.cell_at(point)
        if cell is None:
            return ""
        return exact(float(self._values[cell])) if self._on_map[cell] else "padding: 0"


@lru_cache(maxsize=512)
def advance(text: str, pixels: int) -> float:
    """Return the width of a text in a font of so many pixels."""
    font = Theme().font("sum")
    font.setPixelSize(pixels)
    return QFontMetricsF(font).horizontalAdvance(text)


@lru_cache(maxsize=16)
def _forms(largest: int, smallest: int) -> tuple[GridForm, ...]:
    sizes = range(largest, smallest - 1, -1)
    return tuple(GridForm(size, bare) for bare in (False, True) for size in sizes)
