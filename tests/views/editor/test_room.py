"""Every number of the editor's table can be read, however large, and the columns stay in place."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from tests.views.editor.hand import cell, index
from visualizer.core.editing.draft import Draft
from visualizer.core.network.networks import NETWORKS, named
from visualizer.views.editor.dialog import EditorDialog
from visualizer.views.editor.row import ENDS, KIND, Boxed
from visualizer.views.window.window import MainWindow

MULTIPLY_ADDS = 10  # column
FRAME, ARROW = 16, 26  # pixels of a field, and of a box, that hold no text, at zoom 1


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("size", [(1024, 700), (1366, 768), (1920, 1080)])
def test_nothing_typed_and_nothing_counted_is_cut(
    size: tuple[int, int], dark: bool, window: MainWindow
) -> None:
    window.resize(*size)
    window.look.set_dark(dark)
    window.commands.editing.show()
    editor = window.commands.editing.dialog
    for name in NETWORKS:
        editor.model.begin(Draft.of(named(name)).with_setting(0, "kernel_size", [15, 15]))
        QApplication.processEvents()
        assert editor.table.horizontalScrollBar().maximum() == 0, name
        check_rows(editor)
    huge = Draft.of(named("no-max-pool")).with_setting(0, "filters", 1000)
    editor.model.begin(huge.with_setting(1, "filters", 1000).with_setting(2, "filters", 1000))
    QApplication.processEvents()
    assert max(len(cell(editor, row, MULTIPLY_ADDS).text) for row in range(3)) == 11
    check_rows(editor)


def check_rows(editor: EditorDialog) -> None:
    table = editor.table
    for row, _ in table.model().keys:
        for column in range(KIND, ENDS):
            there = cell(editor, row, column)
            room = table.visualRect(index(editor, row, column)).width() - table.gap
            if isinstance(there, Boxed):
                room -= (ARROW if there.choices else FRAME) * table.theme.zoom
            font = there.told(Qt.ItemDataRole.FontRole, table.theme)
            assert QFontMetrics(font).horizontalAdvance(there.text) <= room, there


@pytest.mark.parametrize("size", [(1024, 700), (1366, 768)])
def test_the_columns_stay_in_place_as_one_types(size: tuple[int, int], window: MainWindow) -> None:
    window.resize(*size)
    window.commands.editing.show()
    editor = window.commands.editing.dialog
    places = set()
    for filters in (1, 32, 128):
        editor.model.type_setting(2, "filters", filters)
        QApplication.processEvents()
        header = editor.table.horizontalHeader()
        places.add(tuple(map(header.sectionViewportPosition, range(header.count()))))
    assert len(places) == 1
