"""The editor on every screen, at every zoom, light, dark and in Present: all of a row is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.views.opened import found_on

pytestmark = pytest.mark.slow

LOOK = """
from visualizer.core.editing.draft import Draft
from visualizer.core.network.networks import named
from visualizer.views.figures import _editors
from tests.views.numbers import cut_numbers_in

def examine(where, dialog):
    for _ in range(3):
        application.processEvents()
    if not dialog.screen().geometry().contains(dialog.frameGeometry()):
        found.append(f"{where}: {dialog.frameGeometry()} is not on the screen")
    if dialog.table.horizontalScrollBar().maximum():
        found.append(f"{where}: the rows are wider than the editor")
    for widget in dialog.findChildren(QWidget):
        if not widget.isVisible() or widget.visibleRegion().isEmpty():
            continue
        text = ""
        if isinstance(widget, Elided):
            if widget.text().endswith("…") and not widget.whole.endswith("…"):
                found.append(f"{where}: cut: {widget.whole!r}")
        elif isinstance(widget, QLabel):
            if not widget.wordWrap():
                text, room = widget.text(), widget.width()
            elif widget.heightForWidth(widget.width()) > widget.height():
                found.append(f"{where}: too low: {widget.text()!r}")
        elif isinstance(widget, QPushButton):
            text, room = widget.text(), widget.width() - 8
        elif isinstance(widget, QLineEdit) and widget.objectName() != "name":
            text, room = widget.text(), widget.width() - 8
        elif isinstance(widget, QComboBox):
            text, room = widget.currentText(), widget.width() - 20
        if text and widget.fontMetrics().horizontalAdvance(text) > room:
            found.append(f"{where}: {text!r} is cut")
    found.extend(f"{where}: {said}" for said in unreadable_in(dialog) + cut_numbers_in(dialog))

pooled = Draft.of(named("no-max-pool"))
editors = _editors(window)
for zoom, dark in ((1.0, False), (1.0, True), (3.0, False), ("present", False)):
    look.set_dark(dark)
    if zoom == "present":
        window.toggle_present()
    else:
        look.set_zoom(zoom)
    for name, dialog in editors:
        dialog.show()
        examine(f"{zoom} {name} {'dark' if dark else 'light'}", dialog)
        if name == "edit-network":
            dialog.model.begin(pooled)
            examine(f"{zoom} no-max-pool", dialog)
            dialog.model.undo()
        dialog.close()
window.close()
print(json.dumps(found))
"""


@pytest.mark.parametrize("size", [(1024, 700), (1366, 768), (1920, 1080)], ids=str)
def test_every_row_is_whole_and_nothing_is_cut(size: tuple[int, int], tmp_path: Path) -> None:
    assert found_on(size, tmp_path, LOOK, train=40) == []
