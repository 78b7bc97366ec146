"""What a hand does on the lab's page."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from visualizer.views.lab.grid import LabGrid
from visualizer.views.widgets.cell_editor import CellEditor


def center(grid: LabGrid, row: int, column: int) -> QPointF:
    return grid.cells.cell(row, column).center()


def type_into(qtbot: QtBot, grid: LabGrid, cell: tuple[int, int], text: str) -> None:
    """Click a cell, type, press Enter."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # of the editor before
    point = center(grid, *cell)
    qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=QPoint(int(point.x()), int(point.y())))
    QTest.keyClick(grid, text[0])
    editor = grid.findChild(CellEditor)
    assert editor is not None
    QTest.keyClicks(editor, text[1:])
    QTest.keyClick(editor, Qt.Key.Key_Return)


def press(part: QWidget, key: str) -> None:
    """Press one button of a row of them."""
    buttons = {button.property("key"): button for button in part.findChildren(QToolButton)}
    buttons[key].click()
