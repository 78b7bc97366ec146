"""The About box."""

from __future__ import annotations

import platform

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QLayout,
    QVBoxLayout,
    QWidget,
)

from visualizer import __version__
from visualizer.views.base.labels import label
from visualizer.views.base.look import Look


def about_dialog(look: Look, parent: QWidget) -> QDialog:
    """Return a dialog with the program's name and the versions it runs on."""
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
        value = label(version)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid.addWidget(value, row, 1)
    return _framed(dialog, grid, px(24))


def versions() -> list[tuple[str, str]]:
    """Return name and version of the packages that matter for a bug report."""
    from importlib import metadata

    found = [("Python", platform.python_version()), ("Qt", qVersion())]
    for package in ("PySide6-Essentials", "numpy", "torch", "safetensors"):
        try:
            found.append((package, metadata.version(package)))
        except metadata.PackageNotFoundError:
            found.append((package, "not installed"))
    return [*found, ("System", platform.platform(terse=True))]


def _framed(dialog: QDialog, content: QLayout, margin: int) -> QDialog:
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(dialog.reject)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(margin, margin, margin, margin // 2)
    column.setSpacing(margin // 2)
    column.addLayout(content)
    column.addWidget(buttons)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog
