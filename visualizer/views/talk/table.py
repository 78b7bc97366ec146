"""StopTable: the stops of a talk in their order, one of them selected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import cast

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from visualizer.core.talk.stop import Stop
from visualizer.core.talk.texts import LONGEST
from visualizer.views.base.constants import ENTER, RIGHT
from visualizer.views.base.look import Look
from visualizer.views.widgets.table import CellDelegate, Table
from visualizer.views.widgets.table_model import Cell, Index

HEADINGS = ("", "Chapter", "Stop", "Stage")
CHAPTER, TITLE, STAGE = 1, 2, 3
WIDEST = {CHAPTER: 160, TITLE: 210, STAGE: 200}  # pixels at zoom 1; a longer text is shortened
RENAME = "Click, or F2: another name for this chapter, in all its stops"


class StopTable(Table):
    """The stops, one a row; what the user does to one is only reported.

    Signals
    -------
    selected : int
        The stop that was clicked, or that the arrow keys went to.
    asked
        Show the selected stop: Enter, or a double click.
    removed
        Take the selected stop out.
    chapter_named : (str, str)
        The old and the new name of a chapter.
    """

    selected = Signal(int)
    asked = Signal()
    removed = Signal()
    chapter_named = Signal(str, str)

    def __init__(self, look: Look) -> None:
        headings = [Cell(text, role="caption") for text in HEADINGS]
        super().__init__(look, "Stops of the talk", headings, 12, 6)
        self.setItemDelegate(_Delegate(self))
        self.first_to_go, self.stretch = (STAGE, CHAPTER), TITLE
        self._shows, self._told = False, cast(object, None)
        self.selectionModel().currentRowChanged.connect(self._on_row)

    def show_stops(self, stops: Sequence[Stop], selected: int, wrong: Mapping[int, str]) -> None:
        """Show stops; `wrong` says of some what is typed there and cannot be."""
        self._shows = True
        if (stops, wrong) != self._told:
            rows, chapter = {}, ""
            for at, stop in enumerate(stops):
                rows[at] = self._cells(at, stop, stop.chapter != chapter, wrong.get(at, ""))
                chapter = stop.chapter
            self.show_rows(rows)
            self._told = stops, wrong
        if stops:
            self.marked = self._model.keys[selected]
            self.viewport().update()
            index = self._model.index(selected, max(self.currentIndex().column(), 0))
            self.setCurrentIndex(index)
            self.scrollTo(index)
        self._shows = False

    def _cells(self, at: int, stop: Stop, begins: bool, wrong: str) -> list[Cell]:
        title = stop.title or stop.stage
        chapter = stop.chapter if begins else ""
        renames = partial(self.chapter_named.emit, stop.chapter) if chapter else None
        return [
            Cell(str(at + 1), role="caption", side=RIGHT, name=f"Stop {at + 1}"),
            Cell(
                chapter,
                f"{chapter}\n{RENAME}" if chapter else "",
                f"Chapter: {stop.chapter or 'none'}",
                role="caption",
                write=renames,
            ),
            Cell(
                title,
                wrong or stop.words or title,
                f"{title}: {wrong}" if wrong else "",
                "badge" if wrong else "",
            ),
            Cell(stop.stage, stop.stage, role="caption"),
        ]

    def wide(self, column: int, cells: Sequence[int]) -> int:
        most = self.theme.px(WIDEST[column]) if column in WIDEST else 1 << 20
        return min(super().wide(column, cells), most)

    def _on_row(self, now: QModelIndex, before: QModelIndex) -> None:
        if now.isValid() and not self._shows:
            self.selected.emit(now.row())

    # The user

    def press(self, index: Index) -> None:
        """Select a stop; a click on the chapter of the selected one has it renamed."""
        if index.row() != self.marked:
            self.selected.emit(index.row())
        elif index.column() == CHAPTER:
            super().press(index)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        there = self.indexAt(event.position().toPoint()).isValid()
        if there and event.button() == Qt.MouseButton.LeftButton:
            self.asked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() == self.State.EditingState:
            super().keyPressEvent(event)
        elif event.key() in ENTER:
            self.asked.emit()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        elif event.key() == Qt.Key.Key_F2:
            self._rename()
        else:
            super().keyPressEvent(event)

    def _rename(self) -> None:
        """Have the chapter of the selected stop renamed, where its name stands."""
        for row in range(self.currentIndex().row(), -1, -1):
            index = self._model.index(row, CHAPTER)
            if self.cell(index).write is not None:
                self.setCurrentIndex(index)
                self.edit(index)
                return


class _Delegate(CellDelegate):
    def createEditor(self, parent: QWidget, option: object, index: Index) -> QWidget:
        made = super().createEditor(parent, option, index)
        if isinstance(made, QLineEdit):
            made.setMaxLength(LONGEST["chapter"])
        return made
