"""The editor by the keyboard, and by a wheel that only passes over it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.views.editor.hand import (
    box,
    cell,
    click,
    column_of,
    field,
    index,
    opened,
    retype,
    take,
    why,
)
from tests.views.editor.test_dialog import editor
from visualizer.core.editing.draft import Draft
from visualizer.views.editor.dialog import EditorDialog
from visualizer.views.editor.row import Boxed
from visualizer.views.widgets.table_model import Cell

__all__ = ["editor"]
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def turn_wheel(over: QWidget) -> None:
    at = QPoint(5, 5)
    event = QWheelEvent(
        *(QPointF(at), QPointF(over.mapToGlobal(at)), QPoint(0, -120), QPoint(0, -120)),
        *(Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier),
        *(Qt.ScrollPhase.NoScrollPhase, False),
    )
    QApplication.sendEvent(over, event)


def test_a_wheel_that_passes_over_the_rows_changes_nothing(editor: EditorDialog) -> None:
    before = editor.draft
    for at in editor.table.stops:
        turn_wheel(editor.table.indexWidget(at) or editor.table.viewport())
    for row, setting in ((0, "type"), (0, "filters"), (0, "padding"), (2, "activation")):
        there = opened(editor, row, setting)
        editor.name.setFocus()
        turn_wheel(there)
    assert editor.draft == before


def test_undo_goes_on_from_the_name_to_what_was_before(editor: EditorDialog, qtbot: QtBot) -> None:
    first = editor.draft
    retype(qtbot, field(editor, 0, "filters"), "8")
    editor.name.setFocus()
    qtbot.keyClicks(editor.name, "ish")
    assert editor.draft.name == "my bookish"
    qtbot.keyClick(editor.name, Qt.Key.Key_Z, CONTROL)
    assert editor.draft.name == editor.name.text() == "my book"
    qtbot.keyClick(editor.name, Qt.Key.Key_Z, CONTROL)
    assert editor.draft == first


def test_a_moved_row_takes_the_keyboard_along_in_its_column(
    editor: EditorDialog, qtbot: QtBot
) -> None:
    rows = editor.draft.rows
    field(editor, 0, "kernel_size").setFocus()
    qtbot.keyClick(field(editor, 0, "kernel_size"), Qt.Key.Key_Down, ALT)
    assert editor.draft.rows[:2] == (rows[1], rows[0])
    assert editor.table.place[0] == 1
    there = editor.table.indexWidget(editor.table.currentIndex())
    qtbot.waitUntil(there.hasFocus)
    assert there is field(editor, 1, "kernel_size")


def test_tab_goes_from_the_head_along_the_rows_to_the_foot(
    editor: EditorDialog, qtbot: QtBot
) -> None:
    editor.model.begin(Draft("five", editor.draft.rows[:1]).with_setting(0, "filters", 0))
    QApplication.processEvents()
    editor.more.setFocus()
    table, passed = editor.table, []
    for _ in range(40):
        focused = QApplication.focusWidget()
        assert focused is not None
        if focused is editor.add:
            break
        if table.place[0] is not None:
            passed.append(table.currentIndex())
            assert focused is (table.indexWidget(passed[-1]) or table)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is editor.add and passed == table.stops
    assert [table.cell(at).text for at in passed][:2] == ["Conv2D", "0"] and len(passed) == 8
    for at in reversed(passed):  # and back
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab)
        assert table.currentIndex() == at


def test_a_value_that_is_none_of_the_choices_is_shown_as_it_is(editor: EditorDialog) -> None:
    editor.model.type_setting(0, "activation", "sigmoid")  # as from a file: the same rows stay
    assert cell(editor, 0, 7).text == "sigmoid"
    assert box(editor, 0, "activation").currentText() == "sigmoid"
    take(editor, 0)
    assert cell(editor, 0, 7).text == editor.draft.rows[0]["activation"] == "relu"
    assert box(editor, 0, "activation").currentText() == "relu"


def test_an_emptied_field_says_what_belongs_there(editor: EditorDialog, qtbot: QtBot) -> None:
    for setting, said in (("filters", "from 1 to 1,000,000"), ("kernel_size", "two whole numbers")):
        emptied = field(editor, 0, setting)
        emptied.selectAll()
        qtbot.keyClick(emptied, Qt.Key.Key_Delete)
        assert why(editor, 0).endswith(said)
        editor.undo_button.click()


def test_enter_in_a_field_trains_and_page_down_leaves_the_field_open(
    editor: EditorDialog, qtbot: QtBot
) -> None:
    where = field(editor, 0, "filters")
    qtbot.keyClick(where, Qt.Key.Key_PageDown)
    assert where.hasFocus()
    editor.train.clicked.disconnect(editor._on_train)
    with qtbot.waitSignal(editor.train.clicked):
        qtbot.keyClick(where, Qt.Key.Key_Return)


@pytest.mark.qt_log_ignore("does not support grabbing", extend=True)
def test_a_click_opens_a_field_and_a_box_with_its_choices(editor: EditorDialog) -> None:
    click(editor, 2, column_of(editor, 2, "filters"))
    assert QApplication.focusWidget() is field(editor, 2, "filters")
    click(editor, 2, column_of(editor, 2, "padding"))
    choices = QApplication.activePopupWidget()
    assert choices is not None and choices.isVisible()
    choices.close()
    shown = box(editor, 2, "padding")
    assert [shown.itemText(at) for at in range(shown.count())] == ["valid", "same"]


def test_a_screen_reader_is_told_each_field_of_a_row(editor: EditorDialog) -> None:
    role = Qt.ItemDataRole.AccessibleTextRole
    told = [index(editor, 0, column).data(role) for column in range(16)]
    assert told[:3] == ["1", "Layer 1: Conv2D", "filters of layer 1: 32"]
    assert told[13:] == ["Move layer 1 up (Alt+↑)", "Move layer 1 down (Alt+↓)", "Take layer 1 out"]
    assert field(editor, 0, "filters").accessibleName() == "filters of layer 1"


def test_a_field_in_use_goes_with_the_kind_of_layer_that_had_it(editor: EditorDialog) -> None:
    used = field(editor, 0, "filters")
    assert used.hasFocus()
    editor.table.kind_chosen.emit(0, "MaxPool2D")
    assert cell(editor, 0, column_of(editor, 0, "window_size")).text
    assert not any(isinstance(each, Boxed) and each.setting == "filters" for each in row_0(editor))
    assert editor.table.hasFocus() or editor.table.isAncestorOf(editor.focusWidget())


def row_0(editor: EditorDialog) -> list[Cell]:
    return list(editor.table.model().rows[0, False])
