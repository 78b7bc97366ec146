"""The shortcuts sheet and the About box."""

from __future__ import annotations

import platform

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from visualizer import __version__
from visualizer.views.widgets.controls import label
from visualizer.views.widgets.look import Look

SHORTCUTS = (
    ("Training", None),
    ("Space", "train, pause, go on"),
    ("S", "train one batch, then pause"),
    ("Esc", "stop the run"),
    ("Ctrl+R", "reset to the seed's initial weights"),
    ("Digits", None),
    ("R", "a random digit"),
    ("M", "the next misclassified digit"),
    ("N / P", "the next / the digit before"),
    ("Layers and maps", None),
    ("1 … 9", "select a layer"),
    ("← → ↑ ↓", "move the selected cell (with the maps in focus)"),
    ("Page ↑ / Page ↓", "the map before / the next map"),
    ("double click, 0", "enlarge one map, show all maps"),
    ("wheel, + / −", "zoom the maps"),
    ("Ctrl+C", "copy the selected map as a table"),
    ("Where a number comes from", None),
    ("Enter", "follow the largest term one layer down"),
    ("double click on a term", "follow that term"),
    ("Alt+← / Alt+→", "back and forward on the trail"),
    ("Ctrl+Shift+C", "copy every term with all its digits"),
    ("Convolution lab", None),
    ("click a cell and type", "another number; arrow keys move"),
    ("Ctrl+Z / Ctrl+Shift+Z", "undo, redo"),
    ("The window", None),
    ("Ctrl+1 / Ctrl+2", "Inspect, Lab"),
    ("F5", "Present mode: large enough for the back row"),
    ("Ctrl + / − / 0", "everything larger, smaller, 100 %"),
    ("F11", "full screen"),
    ("Ctrl+O / Ctrl+S", "open / save weights"),
    ("Ctrl+Shift+O", "open a folder of digits"),
)


def shortcuts_dialog(look: Look, parent: QWidget) -> QDialog:
    """The sheet of F1."""
    dialog = QDialog(parent)
    dialog.setWindowTitle("Keyboard and mouse")
    grid = QGridLayout()
    px = look.theme.px
    grid.setHorizontalSpacing(px(24))
    grid.setVerticalSpacing(px(4))
    for row, (keys, what) in enumerate(SHORTCUTS):
        if what is None:
            grid.addWidget(label(keys, "heading"), row, 0, 1, 2)
            grid.setRowMinimumHeight(row, px(28))
        else:
            grid.addWidget(QLabel(keys), row, 0)
            grid.addWidget(label(what, "caption"), row, 1)
    return _framed(dialog, grid, px(24))


def about_dialog(look: Look, parent: QWidget) -> QDialog:
    """What this is, and the versions it runs on."""
    dialog = QDialog(parent)
    dialog.setWindowTitle("About Convnet Visualizer")
    grid = QGridLayout()
    px = look.theme.px
    title = label(f"Convnet Visualizer {__version__}", "counter")
    words = QLabel(
        "Trains the MNIST convnet of Chollet's <i>Deep Learning with Python</i>, chapter 5, "
        "and opens every layer of it."
    )
    words.setWordWrap(True)
    grid.addWidget(title, 0, 0, 1, 2)
    grid.addWidget(words, 1, 0, 1, 2)
    grid.setHorizontalSpacing(px(24))
    for row, (name, version) in enumerate(versions(), start=2):
        grid.addWidget(label(name, "caption"), row, 0)
        value = QLabel(version)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid.addWidget(value, row, 1)
    return _framed(dialog, grid, px(24))


def versions() -> list[tuple[str, str]]:
    """Name and version of what matters for a report."""
    from importlib import metadata

    found = [("Python", platform.python_version()), ("Qt", qVersion())]
    for package in ("PySide6-Essentials", "pyqtgraph", "numpy", "torch", "safetensors"):
        try:
            found.append((package, metadata.version(package)))
        except metadata.PackageNotFoundError:
            found.append((package, "not installed"))
    return [*found, ("System", platform.platform(terse=True))]


def _framed(dialog: QDialog, grid: QGridLayout, margin: int) -> QDialog:
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(dialog.reject)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(margin, margin, margin, margin // 2)
    column.setSpacing(margin // 2)
    column.addLayout(grid)
    column.addWidget(buttons)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog
