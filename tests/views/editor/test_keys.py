"""The editor by the keyboard, and by a wheel that only passes over it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.views.editor.test_dialog import editor, field, retype
from visualizer.core.editing.draft import Draft
from visualizer.views.editor.dialog import EditorDialog

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
    for row in editor.table.rows:
        for widget in (row.kind, *row.fields.values()):
            turn_wheel(widget)
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
    qtbot.waitUntil(lambda: field(editor, 1, "kernel_size").hasFocus())


def test_tab_goes_from_the_head_along_the_rows_to_the_foot(
    editor: EditorDialog, qtbot: QtBot
) -> None:
    editor.model.begin(Draft("five", editor.draft.rows[:1]).with_setting(0, "filters", 0))
    QApplication.processEvents()
    row = editor.table.rows[0]
    editor.more.setFocus()
    passed: list[QWidget | None] = []
    while editor.add not in passed and len(passed) < 30:
        focused = QApplication.focusWidget()
        assert focused is not None
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
        passed.append(QApplication.focusWidget())
    rows = [widget for widget in row.stops if widget.isEnabled()]
    assert passed[-len(rows) - 1 :] == [*rows, editor.add] and row.take in rows


def test_a_value_that_is_none_of_the_choices_is_shown_as_it_is(editor: EditorDialog) -> None:
    editor.model.type_setting(0, "activation", "sigmoid")  # as from a file: the same rows stay
    shown = editor.table.rows[0].fields["activation"]
    assert not isinstance(shown, type(field(editor, 0, "filters")))
    assert shown.currentText() == "sigmoid"
    editor.table.rows[0].take.click()
    assert shown.currentText() == editor.draft.rows[0]["activation"] == "relu"


def test_an_emptied_field_says_what_belongs_there(editor: EditorDialog, qtbot: QtBot) -> None:
    for setting, said in (("filters", "from 1 to 1,000,000"), ("kernel_size", "two whole numbers")):
        emptied = field(editor, 0, setting)
        emptied.selectAll()
        qtbot.keyClick(emptied, Qt.Key.Key_Delete)
        assert editor.table.rows[0].why.text().endswith(said)
        editor.undo_button.click()
