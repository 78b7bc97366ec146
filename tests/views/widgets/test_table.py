"""A table of cells: pressed by a click or by keys, read by screen readers, never with cut words."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from visualizer.views.base.look import Look
from visualizer.views.base.theme import Theme
from visualizer.views.widgets.table import Table
from visualizer.views.widgets.table_model import Cell

Show = Callable[..., QWidget]


class Pets(Table):
    """Names with a box before them and a number behind them; a press is noted."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "Pets", [Cell(), Cell("Name"), Cell("Legs")], 20, 5)
        self.pressed: list[str] = []
        self.show_pets("cat", "dog", "hen")

    def show_pets(self, *names: str, ticked: str = "") -> None:
        self.show_rows({name: self._row(name, ticked == name) for name in names})

    def _row(self, name: str, on: bool) -> list[Cell]:
        first = Cell(name=f"Feed {name}", on=on, act=lambda: self.pressed.append(name))
        return [first, Cell(name, "A pet"), Cell("1,234")]

    def at(self, row: int, column: int) -> QPoint:
        return self.visualRect(self.model().index(row, column)).center()


@pytest.fixture
def pets(look: Look, show: Show) -> Pets:
    made = Pets(look)
    around = QWidget()
    column = QVBoxLayout(around)
    column.addWidget(field := QLineEdit())
    column.addWidget(made)
    show(around, 400, 200)
    around.activateWindow()
    field.setFocus()
    return made


def test_a_click_presses_a_cell_and_leaves_the_keyboard_where_it_was(pets: Pets) -> None:
    QTest.mouseClick(pets.viewport(), Qt.MouseButton.LeftButton, pos=pets.at(1, 0))
    QTest.mouseClick(pets.viewport(), Qt.MouseButton.LeftButton, pos=pets.at(2, 1))
    QTest.mouseClick(pets.viewport(), Qt.MouseButton.RightButton, pos=pets.at(0, 0))
    assert pets.pressed == ["dog"] and not pets.hasFocus()


def test_arrows_go_from_cell_to_cell_and_enter_or_space_presses_one(pets: Pets) -> None:
    pets.setFocus(Qt.FocusReason.TabFocusReason)
    pets.setCurrentIndex(pets.model().index(0, 0))
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Right):
        QTest.keyClick(pets, key)
    assert pets.pressed == ["cat", "dog"] and pets.currentIndex().column() == 1


def test_a_second_press_does_not_reach_the_row_that_came_up_from_below(pets: Pets) -> None:
    at = pets.at(0, 0)
    QTest.mouseClick(pets.viewport(), Qt.MouseButton.LeftButton, pos=at)
    pets.show_pets("dog", "hen")
    QTest.mouseDClick(pets.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseRelease(pets.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert pets.pressed == ["cat"]
    pets.pressed.clear()
    QTest.mousePress(pets.viewport(), Qt.MouseButton.LeftButton, pos=at)
    pets.show_pets("hen")
    QTest.mouseRelease(pets.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert pets.pressed == []


def test_rows_come_go_and_change_places_and_the_one_in_hand_stays_in_hand(pets: Pets) -> None:
    pets.setCurrentIndex(pets.model().index(1, 1))
    pets.show_pets("ant", "cat", "dog")
    assert pets.model().keys == ["ant", "cat", "dog"]
    assert pets.currentIndex().row() == 2 and pets.currentIndex().data() == "dog"
    pets.show_pets("dog", "ant")
    assert [pets.model().index(row, 1).data() for row in range(2)] == ["dog", "ant"]


def test_a_screen_reader_is_told_the_table_its_headings_and_its_cells(pets: Pets) -> None:
    read = QAccessible.queryAccessibleInterface(pets)
    assert read.text(QAccessible.Text.Name) == "Pets"
    children = [read.child(at) for at in range(read.childCount())]
    told = [child.text(QAccessible.Text.Name) for child in children if child is not None]
    assert {"Name", "Legs", "Feed dog", "dog", "1,234"} <= set(told)
    pets.show_pets("cat", ticked="cat")
    assert pets.model().index(0, 0).data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked


def test_its_type_and_its_room_follow_the_zoom(pets: Pets, look: Look) -> None:
    before = [pets.columnWidth(column) for column in range(3)], pets.rowHeight(0)
    look.set_zoom(2.0)
    after = [pets.columnWidth(column) for column in range(3)], pets.rowHeight(0)
    assert all(b > 1.6 * a for a, b in zip(before[0][1:], after[0][1:], strict=True))
    assert after[1] > 1.6 * before[1]
    needed = [pets.sizeHintForColumn(column) for column in range(3)]
    assert all(w >= n for w, n in zip(after[0], needed, strict=True))


def test_a_picture_is_made_in_the_theme_that_is_now(pets: Pets, look: Look) -> None:
    made: list[str] = []

    def picture(theme: Theme) -> QPixmap:
        made.append(theme.palette.name)
        return QPixmap(8, 8)

    pets.show_rows({"cat": [Cell(picture=picture), Cell("cat"), Cell("4")]})
    look.set_dark(True)
    pets.grab()
    assert made[0] == "light" and made[-1] == "dark"
