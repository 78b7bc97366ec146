"""Every number of the editor's table can be read, however large, and the columns stay in place."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QComboBox

from visualizer.core.editing.draft import Draft
from visualizer.core.network.networks import NETWORKS, named
from visualizer.views.editor.dialog import EditorDialog
from visualizer.views.window.window import MainWindow

FRAME = 16  # pixels of a field that hold no text, at zoom 1


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
        assert editor.table._scroll.horizontalScrollBar().maximum() == 0, name
        check_rows(editor)


def check_rows(editor: EditorDialog) -> None:
    for row in editor.table.rows:
        for fact in row.facts:
            assert fact.width() >= fact.sizeHint().width()
        for field in row.fields.values():
            if isinstance(field, QComboBox):
                assert field.width() >= field.sizeHint().width()
            else:
                text = field.fontMetrics().horizontalAdvance(field.text())
                frame = FRAME * editor.table.theme.zoom
                assert text <= field.width() - frame, field.text()


def test_the_columns_stay_in_place_as_one_types(window: MainWindow) -> None:
    window.commands.editing.show()
    editor = window.commands.editing.dialog
    places = set()
    for filters in (1, 32, 128):
        editor.model.type_setting(2, "filters", filters)
        QApplication.processEvents()
        places.add(tuple(fact.geometry().right() for fact in editor.table.rows[2].facts))
    assert len(places) == 1
