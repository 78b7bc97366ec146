"""RowTable: the rows of a draft below each other, scrolled if they are many."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import cast

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication

from visualizer.core.editing.draft import Draft
from visualizer.core.editing.problem import Problem
from visualizer.core.editing.remedies import as_typed
from visualizer.core.network.layers import LAYERS
from visualizer.views.base.look import Look
from visualizer.views.base.theme import Theme
from visualizer.views.editor.fields import ChoiceField, NumberField
from visualizer.views.editor.row import (
    ENDS,
    HEADINGS,
    KIND,
    TAKE,
    WHY,
    Boxed,
    cells_of,
    headings,
    problem_cells,
)
from visualizer.views.editor.row_delegate import RowDelegate
from visualizer.views.editor.widths import ROW, least_widths, shared_out, usual_widths
from visualizer.views.widgets.table import Table
from visualizer.views.widgets.table_model import Cell, Index


class RowTable(Table):
    """The rows of a draft; it only reports what the user does to a row.

    The cell with the keyboard has its field open; what is typed there stays as it is typed.

    Signals
    -------
    typed : (int, str, object)
        Row, setting and its new value: a number, a pair, or text that is neither.
    kind_chosen : (int, str)
    moved : (int, int)
        Row, and by how many.
    removed : int
    remedy_taken : Problem
    """

    typed = Signal(int, str, object)
    kind_chosen = Signal(int, str)
    moved = Signal(int, int)
    removed = Signal(int)
    remedy_taken = Signal(Problem)

    def __init__(self, look: Look) -> None:
        super().__init__(look, "Layers", headings(), 4, 4)
        self._least = list(self._wide)  # the width of each column that cuts nothing
        self.setItemDelegate(RowDelegate(self))
        self.selectionModel().currentChanged.connect(self._on_current)
        for key, by in (("Alt+Up", -1), ("Alt+Down", 1)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self.move_current, by))

    # What is shown

    def show_draft(self, draft: Draft) -> None:
        """Show a draft; a field that is being typed in stays open as it is."""
        there: dict[tuple[int, bool], list[Cell]] = {}
        for at in range(len(draft.rows)):
            there[at, False] = cells = cells_of(draft, at)
            up, down = (partial(self.moved.emit, at, by) for by in (-1, 1))
            for column, act in enumerate((up, down, partial(self.removed.emit, at)), ENDS):
                cells[column] = replace(cells[column], act=act)
            if problem := draft.problem_of(at):
                there[at, True] = cells = problem_cells(problem, at)
                if cells[TAKE].text:
                    taken = partial(self.remedy_taken.emit, problem)
                    cells[TAKE] = replace(cells[TAKE], act=taken)
        held, before, index = self._held, list(self._model.keys), self.currentIndex()
        if index.isValid() and (new := there.get(before[index.row()])):
            self._keep(index, new[index.column()])
        self.show_rows(there)
        if self._model.keys != before:
            self.clearSpans()
            for at, (_, below) in enumerate(self._model.keys):
                if below:
                    self.setSpan(at, WHY, 1, TAKE - WHY)
                    self.setSpan(at, TAKE, 1, len(HEADINGS) - TAKE)
        self._open(self.currentIndex(), held)

    def measure(self, theme: Theme | None = None) -> None:
        """Take the widths of the longest usual texts, and of what is there, in the theme now."""
        rows = [cells for (_, below), cells in self._model.rows.items() if not below]
        self._wide = usual_widths(self.theme, self.gap)
        self._least = least_widths(self.theme, self.gap, rows)
        self.fit()

    def fit(self) -> None:
        """Share the room out among the columns, and give each row the height of its words."""
        widths = shared_out(self._least, self._wide, self.viewport().width())
        for column, wide in enumerate(widths):
            self.setColumnHidden(column, not wide)
            self.setColumnWidth(column, wide)
        metrics = QFontMetrics(self.theme.font(bold=True))
        room = QRect(0, 0, sum(map(self.columnWidth, range(WHY, TAKE))) - self.gap, 10_000)
        for at, (_, below) in enumerate(self._model.keys):
            high = self.theme.px(ROW)
            if below:
                why = self.cell(self._model.index(at, WHY)).text
                flags = Qt.TextFlag.TextWordWrap.value
                high = max(high, metrics.boundingRect(room, flags, why).height())
            self.setRowHeight(at, high + self.down)

    # The keyboard

    @property
    def _held(self) -> bool:
        """Whether the table or the field in it has the keyboard."""
        focused = QApplication.focusWidget()
        return focused is not None and (focused is self or self.isAncestorOf(focused))

    @property
    def place(self) -> tuple[int | None, int]:
        """Row and column that have the keyboard; (None, 1) if no row has it."""
        index = self.currentIndex()
        if not (self._held and index.isValid()):
            return None, KIND
        return self._model.keys[index.row()][0], index.column()

    @property
    def current(self) -> int | None:
        """The row that has the keyboard."""
        return self.place[0]

    def focus(self, row: int | None, column: int = KIND) -> None:
        """Give the keyboard to a row, at a column, else at its type."""
        if row is None or not self._model.keys:
            return
        last = max(at for at, _ in self._model.keys)
        at = self._model.keys.index((min(row, last), False))
        index = self._model.index(at, column)
        self._go(index if index in self.stops else self._model.index(at, KIND))

    @property
    def stops(self) -> list[QModelIndex]:
        """The cells at which Tab stops, in order."""
        whole = (
            self._model.index(row, column)
            for row in range(self._model.rowCount())
            for column in range(len(HEADINGS))
        )
        return [index for index in whole if self._stops(self.cell(index))]

    @staticmethod
    def _stops(cell: Cell) -> bool:
        return cell.enabled and (isinstance(cell, Boxed) or cell.act is not None)

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Go to the next cell that can be used; from the last one on to what stands below."""
        stops = self.stops
        at = stops.index(self.currentIndex()) if self.currentIndex() in stops else -1
        following = at + 1 if forwards else at - 1
        if self._held and 0 <= following < len(stops):
            self._go(stops[following], Qt.FocusReason.TabFocusReason)
            return True
        self.setFocus()  # else Qt looks for what follows the field
        return super().focusNextPrevChild(forwards)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        ends = {Qt.FocusReason.TabFocusReason: 0, Qt.FocusReason.BacktabFocusReason: -1}
        if event.reason() in ends and (stops := self.stops):
            self._go(stops[ends[event.reason()]], event.reason())

    def _go(
        self, index: QModelIndex, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason
    ) -> None:
        """Give a cell the keyboard."""
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self._open(index)
        field = self.indexWidget(index)
        (field or self).setFocus(reason)
        if isinstance(field, NumberField) and reason != Qt.FocusReason.MouseFocusReason:
            field.selectAll()

    def _on_current(self, now: QModelIndex, before: QModelIndex) -> None:
        if before.isValid() and self.isPersistentEditorOpen(before):
            self._close(before)

    def _close(self, index: QModelIndex) -> None:
        """Close a field; the keyboard stays in the table, else Qt would send it on by Tab."""
        if self._held:
            self.setFocus()
        self.closePersistentEditor(index)

    def _keep(self, index: QModelIndex, cell: Cell | None) -> None:
        """Close the field of a place that is not one for the cell which it has, or will have."""
        kind = (ChoiceField if cell.choices else NumberField) if isinstance(cell, Boxed) else None
        field = self.indexWidget(index)
        if field is not None and type(field) is not kind:
            self._close(index)

    def _open(self, index: QModelIndex, held: bool = False) -> None:
        """Have the field of a cell open, of the kind that the cell has now."""
        if not index.isValid():
            return
        cell = self.cell(index)
        self._keep(index, cell)
        if isinstance(cell, Boxed) and not cell.act and not self.isPersistentEditorOpen(index):
            self.openPersistentEditor(index)
            field = self.indexWidget(index)
            if isinstance(field, ChoiceField):
                field.textActivated.connect(self._on_chosen)
            elif isinstance(field, NumberField):
                field.textEdited.connect(self._on_text)
                field.stepped.connect(self._on_stepped)
                field.editingFinished.connect(self._tidy)
            if held:
                field.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave keys that a field does not use to the editor: Enter trains, Esc closes it."""
        before = self.currentIndex()
        if self.indexWidget(before) is not None:
            event.ignore()
            return
        super().keyPressEvent(event)
        if self.currentIndex() != before:
            self._go(self.currentIndex())

    def press(self, index: Index) -> None:
        cell = self.cell(index)
        if isinstance(cell, Boxed) and cell.act is None:
            self._go(
                self._model.index(index.row(), index.column()), Qt.FocusReason.MouseFocusReason
            )
            field = self.indexWidget(index)
            if isinstance(field, ChoiceField):
                field.showPopup()
        else:
            super().press(index)

    # The user

    def _edited(self) -> tuple[int, Boxed]:
        """Return the row and the cell of the open field."""
        index = self.currentIndex()
        return self._model.keys[index.row()][0], cast(Boxed, self.cell(index))

    def _on_text(self, text: str) -> None:
        """Report what is typed in the open field."""
        row, cell = self._edited()
        self.typed.emit(row, cell.setting, cell.read(text))

    def _on_stepped(self, by: int) -> None:
        """Report the open field's number, larger by so many."""
        row, cell = self._edited()
        value = cell.read(cell.text)
        if isinstance(value, int):
            self.typed.emit(row, cell.setting, max(value + by, 1))
        elif isinstance(value, list):
            self.typed.emit(row, cell.setting, [max(part + by, 1) for part in value])

    def _on_chosen(self, text: str) -> None:
        """Report what is chosen in the open box."""
        row, cell = self._edited()
        if cell.setting != "type":
            self.typed.emit(row, cell.setting, text)
        elif text in LAYERS:
            self.kind_chosen.emit(row, text)

    def _tidy(self) -> None:
        """Print the typed value in its usual form, when the field is left."""
        field = self.indexWidget(self.currentIndex())
        if isinstance(field, NumberField):
            field.setText(as_typed(self._edited()[1].read(field.text())))

    def move_current(self, by: int) -> None:
        """Move the row that has the keyboard up or down."""
        if self.current is not None:
            self.moved.emit(self.current, by)
