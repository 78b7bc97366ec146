"""LabGrid: a small map whose cells can be pointed at, walked over by keys, and typed into."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter

from visualizer.core.network.geometry import RowsColumns
from visualizer.core.network.layer import Array
from visualizer.text.lab import all_whole, value_text
from visualizer.text.numbers import Digits, digits_for
from visualizer.views.base.constants import ARROWS
from visualizer.views.base.look import Look
from visualizer.views.base.theme import FONT_SIZES
from visualizer.views.lab.paint import GridMarks, GridPicture
from visualizer.views.widgets.cell_editor import CellEditor
from visualizer.views.widgets.cell_layout import NO_MARGINS, CellLayout, Margins
from visualizer.views.widgets.cells import NumberForm, fitting_form
from visualizer.views.widgets.controls import KeyPanel
from visualizer.views.widgets.pixels import ColourScale

ROOMY_FROM = 52  # side at zoom 1 of cells with the largest numbers
SMALLEST, READABLE = 10.4, 12  # type at zoom 1, which is 2.5 in the lecture hall, and in pixels


class LabGrid(KeyPanel):
    """A grid of values (rows, columns) with padding around it; NaN has a colour but no number.

    Signals
    -------
    pointed : (row, column) or None
        The cell under the pointer or the keyboard's cursor; never one of padding.
    selected : (row, column)
        A cell was clicked or walked to.
    walked
        A key went to another cell; emitted after the other two.
    edited : (row, column, float)
        A number was typed.
    """

    pointed = Signal(tuple)
    selected = Signal(int, int)
    walked = Signal()
    edited = Signal(int, int, float)

    def __init__(self, look: Look, name: str) -> None:
        super().__init__(look)
        self.setAccessibleName(name)
        self.values: Array = np.zeros((1, 1), np.float32)
        self.scale = ColourScale(0.0, 1.0, look.theme.sequential)
        self.margins = NO_MARGINS
        self.marks = GridMarks()
        self.place: RowsColumns = (0, 0)
        self.cell = 10
        self._longest: tuple[str, ...] = ("", "")
        self._whole = True
        self._digits = Digits()
        self._editor: CellEditor | None = None
        self._edited_place: RowsColumns = (0, 0)
        self._whole_only: bool | None = None

    # What is shown

    def show_map(self, values: Array, scale: ColourScale, margins: Margins = NO_MARGINS) -> None:
        """Show values (rows, columns) on a scale, with padding around them."""
        if self._editor is not None and values.shape != self.values.shape:
            self._editor.drop()  # the cell under the editor may be gone
        self.values, self.margins, self.scale = values, margins, scale
        self._digits = digits_for(max(abs(scale.low), abs(scale.high)))
        self._whole = all_whole(values[np.isfinite(values)])
        self._longest = tuple(self._longest_text(bare) for bare in (False, True))
        rows, columns = values.shape
        self.place = min(self.place[0], rows - 1), min(self.place[1], columns - 1)
        self.update()

    def show_marks(self, marks: GridMarks) -> None:
        self.marks = marks
        self.update()

    def show_place(self, cell: RowsColumns) -> None:
        self.place = cell
        self.update()

    def set_editable(self, whole: bool | None) -> None:
        """Allow typing of any number (False), of whole numbers (True), or of none (None)."""
        self._whole_only = whole

    def set_cell(self, pixels: int) -> None:
        """Set the pixels per cell; the widget takes the size of its map."""
        self.cell = pixels
        self.setFixedSize(self.sizeHint())

    @property
    def extent(self) -> RowsColumns:
        """Rows and columns with padding."""
        return self.cells.extent

    @property
    def texts(self) -> list[list[str]]:
        """The numbers as texts; empty for NaN."""
        form = self.form
        return self._texts(form is not None and form.bare)

    def _texts(self, bare: bool) -> list[list[str]]:
        return [[self._text(value, bare) for value in row] for row in self.values.tolist()]

    def _text(self, value: float, bare: bool) -> str:
        if not math.isfinite(value):
            return ""
        if self._whole or self._digits.power:
            return value_text(value, self._whole)
        return self._digits.text(value, bare)

    def _longest_text(self, bare: bool) -> str:
        return max((text for row in self._texts(bare) for text in row), key=len, default="")

    @property
    def widest(self) -> str:
        """The longest number."""
        return self._longest[False]

    @property
    def form(self) -> NumberForm | None:
        """How the numbers are written, as large as they fit; None if cells are too small."""
        roomy = "counter" if self.cell >= self.theme.px(ROOMY_FROM) else "sum"
        largest, smallest = self.theme.px(FONT_SIZES[roomy]), max(self.theme.px(SMALLEST), READABLE)
        sizes, room = range(largest, smallest - 1, -1), self.cell - self.theme.px(3)
        return fitting_form(sizes, lambda bare: (self._longest[bare],), room, room)

    def number_pixels(self) -> int:
        """Return the font size of the numbers; 0 if cells are too small."""
        form = self.form
        return form.pixels if form else 0

    # Places

    def sizeHint(self) -> QSize:
        rows, columns = self.extent
        line = self.line
        return QSize(columns * self.cell + 2 * line, rows * self.cell + 2 * line)

    @property
    def line(self) -> int:
        """Room around the map for outlines."""
        return round(self.theme.line_width * 1.5)

    @property
    def cells(self) -> CellLayout:
        """Where the cells lie on the widget."""
        (above, _), (before, _) = self.margins
        left, top = (self.line + cells * self.cell for cells in (before, above))
        shape = (self.values.shape[0], self.values.shape[1])
        return CellLayout(left, top, self.cell, self.cell, shape, self.margins)

    @property
    def picture(self) -> GridPicture:
        """Everything that is painted."""
        pixels = self.number_pixels()
        return GridPicture(
            self.values,
            self.texts if pixels else (),
            self.scale,
            self.cells,
            self.marks,
            self.theme,
            pixels,
            self.place if self.shows_focus else None,
        )

    def paintEvent(self, event: object) -> None:
        self.picture.paint(QPainter(self))

    # The user

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._editor is None:
            self.pointed.emit(self.cells.cell_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self.pointed.emit(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self.cells.cell_at(event.position())
        if cell is not None:
            self._walk_to(cell)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.cells.cell_at(event.position()) is not None:
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
            self.walked.emit()
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

    def _walk_to(self, cell: RowsColumns) -> None:
        self.place = cell
        self.selected.emit(*cell)
        self.update()

    def edit(self, text: str | None = None) -> None:
        """Open the cell under the cursor; the typed number replaces its own."""
        if self._whole_only is None:
            return
        if self._editor is not None:
            self._editor.leave()
        row, column = self._edited_place = self.place
        value = float(self.values[row, column])
        editor = self._editor = CellEditor(self, self._whole_only, f"{value:.7g}", text)
        editor.accepted.connect(self._on_accepted)
        editor.left.connect(self._on_left)
        pixels = self.number_pixels() or self.theme.px(FONT_SIZES["body"])
        editor.place(self.cells.cell(row, column), pixels)
        self.pointed.emit(None)  # while a number is typed, the sum that uses it is shown

    def _on_accepted(self, value: float) -> None:
        self.edited.emit(*self._edited_place, value)

    def _on_left(self) -> None:
        if self._editor is not None:
            self._editor.deleteLater()
            self._editor = None
            self.setFocus()
