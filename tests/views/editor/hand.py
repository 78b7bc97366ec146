"""The rows of the editor's table, as one reads, types and presses in them."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from visualizer.views.editor.dialog import EditorDialog
from visualizer.views.editor.fields import ChoiceField, NumberField
from visualizer.views.editor.row import ENDS, FACTS, TAKE, WHY, Boxed
from visualizer.views.widgets.table_model import Cell

UP, DOWN, REMOVE = range(ENDS, ENDS + 3)


def index(editor: EditorDialog, row: int, column: int, below: bool = False) -> QModelIndex:
    model = editor.table.model()
    return model.index(model.keys.index((row, below)), column)


def cell(editor: EditorDialog, row: int, column: int) -> Cell:
    return editor.table.cell(index(editor, row, column))


def column_of(editor: EditorDialog, row: int, setting: str) -> int:
    cells = editor.table.model().rows[row, False]
    (column,) = (
        at for at, it in enumerate(cells) if isinstance(it, Boxed) and it.setting == setting
    )
    return column


def opened(editor: EditorDialog, row: int, setting: str) -> QWidget:
    """The field of a setting, which opens as it gets the keyboard."""
    editor.table.focus(row, column := column_of(editor, row, setting))
    return editor.table.indexWidget(index(editor, row, column))


def field(editor: EditorDialog, row: int, setting: str) -> NumberField:
    found = opened(editor, row, setting)
    assert isinstance(found, NumberField)
    return found


def box(editor: EditorDialog, row: int, setting: str) -> ChoiceField:
    found = opened(editor, row, setting)
    assert isinstance(found, ChoiceField)
    return found


def retype(qtbot: QtBot, where: NumberField, text: str) -> None:
    where.selectAll()
    qtbot.keyClicks(where, text)


def facts(editor: EditorDialog, row: int) -> list[str]:
    return [each.text for each in fact_cells(editor, row)]


def fact_cells(editor: EditorDialog, row: int) -> list[Cell]:
    return list(editor.table.model().rows[row, False][FACTS:ENDS])


def has_problem(editor: EditorDialog, row: int) -> bool:
    return (row, True) in editor.table.model().keys


def why(editor: EditorDialog, row: int) -> str:
    return editor.table.model().rows[row, True][WHY].text


def remedy(editor: EditorDialog, row: int) -> str:
    return editor.table.model().rows[row, True][TAKE].text


def click(editor: EditorDialog, row: int, column: int, below: bool = False) -> None:
    at = index(editor, row, column, below)
    editor.table.scrollTo(at)
    place: QRect = editor.table.visualRect(at)
    where = (
        place.center()
        if column != TAKE
        else place.center() + (place.topRight() - place.center()) / 2
    )
    where.setY(place.center().y())
    QTest.mouseClick(editor.table.viewport(), Qt.MouseButton.LeftButton, pos=where)


def take(editor: EditorDialog, row: int) -> None:
    """Press the button of a row's remedy."""
    click(editor, row, TAKE, below=True)
