"""Numbers typed into the lab's cells: taken, refused, undone."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolTip
from pytestqt.qtbot import QtBot

from tests.views.conftest import Pointer
from tests.views.lab.hand import center, type_into
from visualizer.core.lab.lab import BORDER, FIRST_LAYER, OWN
from visualizer.session.session import Session
from visualizer.views.lab.page import LabPage
from visualizer.views.widgets.cell_editor import CellEditor
from visualizer.views.window.window import MainWindow


def test_a_typed_number_is_drawn_and_answered_at_once_and_can_be_undone(
    page: LabPage, qtbot: QtBot
) -> None:
    before = page.model.response.output
    assert before is not None
    type_into(qtbot, page.view.board.input.grid, (1, 1), "-7")
    assert page.view.board.input.grid.texts[1][1] == "−7"
    assert page.model.response.output is not None
    assert page.model.response.output[0, 0] == before[0, 0] + 5 * (-7 - 8)
    page.model.undo()
    np.testing.assert_array_equal(page.model.response.output, before)
    page.model.redo()
    assert page.view.board.input.grid.texts[1][1] == "−7"
    page.model.reset()
    np.testing.assert_array_equal(page.model.response.output, before)


def test_a_kernel_cell_takes_fractions_and_the_kernel_becomes_ones_own(
    page: LabPage, qtbot: QtBot
) -> None:
    type_into(qtbot, page.view.board.kernel.grid, (0, 0), "1/4")
    assert page.model.states.present.kernel[0][0] == 0.25
    assert page.settings.values.currentData() == OWN


@pytest.mark.parametrize("of", ["kernel", "input"])
def test_while_a_number_is_typed_the_sum_stays_shown(
    of: str, page: LabPage, pointer: Pointer, qtbot: QtBot
) -> None:
    page.model.select(0, 0)
    grid = getattr(page.view.board, of).grid
    at = center(grid, 0, 0)
    pointer.move(grid, at)
    qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=at.toPoint())
    QTest.keyClick(grid, "4")
    pointer.move(grid, at + QPointF(2, 2))
    heading = page.view.readout.heading
    assert heading.text().startswith("Output")
    editor = grid.findChild(CellEditor)
    assert editor is not None
    before = page.view.readout.sum.sentence
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert heading.text().startswith("Output") and page.view.readout.sum.sentence != before


@pytest.mark.parametrize("text", ["1000", "2.5", "1e9"])
def test_an_absurd_number_is_refused_and_the_cell_stays_open(
    page: LabPage, qtbot: QtBot, text: str
) -> None:
    before = page.model.states
    grid = page.view.board.input.grid
    type_into(qtbot, grid, (0, 0), text)
    editor = grid.findChild(CellEditor)
    assert editor is not None
    assert editor.accessibleDescription().endswith("please.")
    assert page.model.states is before
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert page.model.states is before
    QToolTip.hideText()


def test_a_minus_is_shown_as_the_window_prints_it(page: LabPage) -> None:
    grid = page.view.board.input.grid
    grid.edit("-")
    editor = grid.findChild(CellEditor)
    assert editor is not None
    QTest.keyClicks(editor, "4")
    assert editor.text() == "−4"
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert page.model.states.present.grid[0][0] == -4


def test_the_digit_cannot_be_typed_into(page: LabPage) -> None:
    page.model.show_preset(FIRST_LAYER)
    grid = page.view.board.input.grid
    grid.edit()
    assert grid.findChild(CellEditor) is None


def test_ctrl_z_takes_back_a_step_of_a_spin_box(window: MainWindow) -> None:
    page = window.pages[1]
    window.show_page(page)
    rows = page.settings.kernel.rows
    rows.setFocus()
    rows.stepUp()
    rows.stepUp()
    assert page.model.states.present.kernel_size == (5, 5)
    for size in ((4, 4), (3, 3)):
        QTest.keyClick(rows, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert page.model.states.present.kernel_size == size
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(rows, Qt.Key.Key_Z, both)
    assert page.model.states.present.kernel_size == (4, 4)
    QTest.keyClick(rows, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert page.model.states.present.kernel_size == (5, 5)


def test_digits_typed_into_a_cell_do_not_select_layers(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    window.show_page(window.pages[1])
    before = session.viewer.scene.selected
    type_into(qtbot, window.pages[1].view.board.input.grid, (2, 2), "3")
    assert window.pages[1].model.states.present.grid[2][2] == 3
    assert session.viewer.scene.selected == before


def test_every_edit_is_undone_one_by_one_and_done_again(page: LabPage, qtbot: QtBot) -> None:
    page.model.show_preset(BORDER)
    states = [page.model.states.present]
    for cell, text in (((0, 0), "3"), ((4, 4), "-2"), ((2, 1), "9")):
        type_into(qtbot, page.view.board.input.grid, cell, text)
        states.append(page.model.states.present)
    assert len(set(states)) == 4
    seen = []
    for act in (
        page.model.undo,
        page.model.undo,
        page.model.undo,
        page.model.redo,
        page.model.redo,
        page.model.redo,
    ):
        act()
        seen.append(page.model.states.present)
        expected = np.asarray(page.model.states.present.grid, np.float32)
        np.testing.assert_array_equal(page.view.board.input.grid.values, expected)
    assert seen == [states[at] for at in (2, 1, 0, 1, 2, 3)]


def test_the_keys_undo_twice(window: MainWindow, qtbot: QtBot) -> None:
    page = window.pages[1]
    window.show_page(page)
    page.model.show_preset(BORDER)
    first = page.model.states.present
    for text in ("3", "4"):
        type_into(qtbot, page.view.board.input.grid, (0, 0), text)
    last = page.model.states.present
    control = Qt.KeyboardModifier.ControlModifier
    grid = page.view.board.input.grid
    for _ in range(2):
        qtbot.keyClick(grid, Qt.Key.Key_Z, control)
    assert page.model.states.present == first
    for _ in range(2):
        qtbot.keyClick(grid, Qt.Key.Key_Z, control | Qt.KeyboardModifier.ShiftModifier)
    assert page.model.states.present == last


@pytest.mark.parametrize("typed", ["3", "x", None])
def test_a_second_cell_is_opened_while_the_first_is_open(page: LabPage, typed: str | None) -> None:
    """The editor that is left must not take the new one with it: that once ended the process."""
    page.model.show_preset(BORDER)
    grid = page.view.board.input.grid
    grid.show_place((0, 0))
    grid.edit(typed)
    first = grid._editor
    grid.show_place((2, 2))
    grid.edit()
    assert grid._editor is not None
    assert grid._editor is not first
    assert grid._editor.isVisible()
    QTest.keyClicks(grid._editor, "5")
    QTest.keyClick(grid._editor, Qt.Key.Key_Return)
    assert page.model.states.present.grid[2][2] == 5
    assert page.model.states.present.grid[0][0] == (3 if typed == "3" else 9)
    assert grid._editor is None


def test_a_cell_that_goes_while_it_is_typed_into_takes_no_number(page: LabPage) -> None:
    page.model.show_preset(BORDER)
    grid = page.view.board.input.grid
    grid.show_place((4, 4))
    grid.edit("42")
    editor = grid._editor
    assert editor is not None
    page.settings.input_size.rows.setValue(3)
    assert grid._editor is None
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert page.model.states.present.grid_size == (3, 3)
    assert all(42 not in row for row in page.model.states.present.grid)
