"""LabGrid: a small map, cell by cell, to point at, to walk over, and to type into."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QMouseEvent

from visualizer.core.geometry import Pair, Rect
from visualizer.core.layer import Array
from visualizer.views.lab.editor import CellEditor
from visualizer.views.lab.paint import paint_grid
from visualizer.views.lab.text import all_whole, value_text
from visualizer.views.widgets.controls import KeyPanel
from visualizer.views.widgets.look import Look
from visualizer.views.widgets.theme import FONT_SIZES, Lut

NUMBERS_FROM = 26
ROOMY_FROM = 52
ARROWS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Marks:
    """What is drawn over a map.

    Attributes
    ----------
    tints : colour of cells by place; places on padding are negative or beyond the map
    outlines : rectangles of cells, each with a palette colour
    unseen : (rows, columns) bool or None
        Cells that no window sees, hatched.
    shown : int or None
        Only so many cells, row by row, are drawn: the map as it fills in.
    """

    tints: Mapping[Pair, QColor] = field(default_factory=dict)
    outlines: Sequence[tuple[Rect, str]] = ()
    unseen: Mask | None = None
    shown: int | None = None


class LabGrid(KeyPanel):
    """Draws values (rows, columns) with padding around them; NaN has a colour but no number.

    Signals
    -------
    pointed : (row, column) or None
        The cell under the pointer or the keyboard's cursor; of the map, not of its padding.
    selected : (row, column)
        A cell was clicked or walked to.
    edited : (row, column, float)
        A number was typed.
    """

    pointed = Signal(object)
    selected = Signal(int, int)
    edited = Signal(int, int, float)

    def __init__(self, look: Look, name: str) -> None:
        super().__init__(look)
        self.setAccessibleName(name)
        self.values: Array = np.zeros((1, 1), np.float32)
        self.low, self.high = 0.0, 1.0
        self.lut: Lut = look.theme.sequential
        self.margins: tuple[Pair, Pair] = ((0, 0), (0, 0))
        self.marks = Marks()
        self.place: Pair = (0, 0)
        self.cell = 10
        self.widest = ""
        self._whole = True
        self._editor: CellEditor | None = None
        self._whole_only: bool | None = None

    # What is shown

    def show_map(
        self,
        values: Array,
        scale: tuple[float, float, Lut],
        margins: tuple[Pair, Pair] = ((0, 0), (0, 0)),
    ) -> None:
        """Show values (rows, columns) on a scale (low, high, table) with padding around them."""
        self.values, self.margins = values, margins
        self.low, self.high, self.lut = scale
        self._whole = all_whole(values[np.isfinite(values)])
        self.widest = max((text for row in self.texts for text in row), key=len, default="")
        rows, columns = values.shape
        self.place = min(self.place[0], rows - 1), min(self.place[1], columns - 1)
        self.update()

    def show_marks(self, marks: Marks) -> None:
        self.marks = marks
        self.update()

    def show_place(self, cell: Pair) -> None:
        self.place = cell
        self.update()

    def set_editable(self, whole: bool | None) -> None:
        """Let numbers be typed: any (False), whole ones (True), or none (None)."""
        self._whole_only = whole

    def set_cell(self, pixels: int) -> None:
        """Pixels a cell; the widget takes the size of its map."""
        self.cell = pixels
        self.setFixedSize(self.sizeHint())

    @property
    def extent(self) -> Pair:
        """Rows and columns with padding."""
        (top, bottom), (left, right) = self.margins
        return self.values.shape[0] + top + bottom, self.values.shape[1] + left + right

    @property
    def texts(self) -> list[list[str]]:
        """The numbers as they are printed."""
        return [[self.text_of(r, c) for c in range(self.values.shape[1])] for r in self._rows]

    @property
    def _rows(self) -> range:
        return range(self.values.shape[0])

    def text_of(self, row: int, column: int) -> str:
        """One cell's number; 0 on padding, nothing where there is none."""
        if not self.on_map(row, column):
            return "0"
        value = float(self.values[row, column])
        return value_text(value, self._whole) if np.isfinite(value) else ""

    def on_map(self, row: int, column: int) -> bool:
        rows, columns = self.values.shape
        return bool(0 <= row < rows and 0 <= column < columns)

    def number_font(self) -> QFont | None:
        """The largest font that every number fits in; None where cells are too small."""
        if self.cell < self.theme.px(NUMBERS_FROM):
            return None
        room = self.cell - self.theme.px(3)
        font = self.theme.font("sum")
        roomy = "counter" if self.cell >= self.theme.px(ROOMY_FROM) else "sum"
        largest, smallest = (self.theme.px(FONT_SIZES[role]) for role in (roomy, "caption"))
        for size in range(largest, smallest - 1, -1):
            font.setPixelSize(size)
            if QFontMetricsF(font).horizontalAdvance(self.widest) <= room:
                return font
        return None

    # Places

    def sizeHint(self) -> QSize:
        rows, columns = self.extent
        line = self.line
        return QSize(columns * self.cell + 2 * line, rows * self.cell + 2 * line)

    @property
    def line(self) -> int:
        """Room around the map for outlines."""
        return round(self.theme.line_width * 1.5)

    def on_screen(self, rect: Rect) -> QRectF:
        """Where cells lie on the widget."""
        (top, _), (left, _) = self.margins
        return QRectF(
            self.line + (rect.left + left) * self.cell,
            self.line + (rect.top + top) * self.cell,
            rect.width * self.cell,
            rect.height * self.cell,
        )

    def cell_rect(self, row: int, column: int) -> QRectF:
        return self.on_screen(Rect.cell(row, column))

    def cell_at(self, point: QPointF) -> Pair | None:
        """The cell of the map under a point."""
        (top, _), (left, _) = self.margins
        row = int((point.y() - self.line) // self.cell) - top
        column = int((point.x() - self.line) // self.cell) - left
        return (row, column) if self.on_map(row, column) else None

    def paintEvent(self, event: object) -> None:
        paint_grid(self)

    # The user

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pointed.emit(self.cell_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self.pointed.emit(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self.cell_at(event.position())
        if cell is not None:
            self._walk_to(cell)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.cell_at(event.position()) is not None:
            self.edit()

    def focusOutEvent(self, event: object) -> None:
        if self._editor is None:
            self.pointed.emit(None)
        self.update()

    def event(self, event: QEvent) -> bool:
        """Keep the keys that type or move from the window's shortcuts."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() in (
                Qt.KeyboardModifier.NoModifier,
                Qt.KeyboardModifier.KeypadModifier,
            )
            if plain and (event.key() in ARROWS or self._types(event)):
                event.accept()
                return True
        return super().event(event)

    def press_key(self, event: QKeyEvent) -> bool:
        step = ARROWS.get(Qt.Key(event.key()))
        if step is not None:
            rows, columns = self.values.shape
            row = min(max(self.place[0] + step[0], 0), rows - 1)
            column = min(max(self.place[1] + step[1], 0), columns - 1)
            self._walk_to((row, column))
            self.pointed.emit((row, column))
            return True
        if self._whole_only is None:
            return False
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.edited.emit(*self.place, 0.0)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.edit()
        elif self._types(event):
            self.edit(event.text())
        else:
            return False
        return True

    def _types(self, event: QKeyEvent) -> bool:
        text = event.text()
        return self._whole_only is not None and len(text) == 1 and text in "0123456789-.,\u2212"

    def _walk_to(self, cell: Pair) -> None:
        self.place = cell
        self.selected.emit(*cell)
        self.update()

    def edit(self, text: str | None = None) -> None:
        """Open the cell under the cursor; what is typed replaces its number."""
        if self._whole_only is None:
            return
        row, column = self.place
        value = float(self.values[row, column])
        self._editor = CellEditor(self, self._whole_only, f"{value:.7g}", text)
        font = self.number_font() or self.theme.font()
        self._editor.place(self.cell_rect(row, column), font.pixelSize())
        self._editor.accepted.connect(self._on_accepted)
        self._editor.left.connect(self._on_left)

    def _on_accepted(self, value: float) -> None:
        self.edited.emit(*self.place, value)

    def _on_left(self) -> None:
        if self._editor is not None:
            self._editor.deleteLater()
            self._editor = None
            self.setFocus()
