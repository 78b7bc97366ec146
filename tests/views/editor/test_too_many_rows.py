"""A file of a thousand rows, by every door of the window: the editor shows 64 of them."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl

from tests.core.editing.test_too_many_rows import description
from visualizer.core.editing.draft import Draft
from visualizer.core.network.networks import named
from visualizer.views.editor.dialog import EditorDialog
from visualizer.views.window.window import MainWindow


def layers_in(dialog: EditorDialog) -> int:
    return sum(not below for _, below in dialog.table.model().keys)


def test_a_thousand_rows_come_in_by_every_door(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "many.json"
    path.write_text(json.dumps(description(1000)))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    commands, dialog = window.commands, window.commands.editing.dialog
    for door in (
        lambda: dialog.files.open(path),
        lambda: commands.editing.open(path),
        lambda: commands.open_path(str(path)),
        lambda: commands.pictures.take(data, "dropped or pasted"),
    ):
        dialog.model.begin(Draft.of(named("book")))
        door()
        assert layers_in(dialog) == 64 and len(dialog.draft.surplus) == 936
        assert dialog.why.text() == "The network: 1,000 rows; at most 64"
        assert dialog.take.text() == "Keep 64" and not dialog.use.isEnabled()
        dialog.take.click()
        assert dialog.draft.surplus == () and layers_in(dialog) == 64
        dialog.model.undo()
        assert len(dialog.draft.surplus) == 936
    dialog.close()
