"""The About box."""

from __future__ import annotations

import platform

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLayout,
    QWidget,
)

from visualizer import __version__
from visualizer.views.base.labels import label
from visualizer.views.base.layouts import Grid, column
from visualizer.views.base.look import Look


def about_dialog(look: Look, parent: QWidget) -> QDialog:
    """Return a dialog with the program's name and the versions it runs on."""
    dialog = QDialog(parent)
    dialog.setWindowTitle("About Convnet Visualizer")
    title = label(f"Convnet Visualizer {__version__}", "counter")
    words = label(
        "Trains the MNIST convnet of Chollet's <i>Deep Learning with Python</i>, chapter 5, "
        "and opens every layer of it.",
        rich=True,
        wraps=True,
    )
    facts = [(label(name, "caption"), label(version)) for name, version in versions()]
    for _, value in facts:
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    grid = Grid(look, *facts, across=24, down=12)
    grid.setColumnStretch(1, 1)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(dialog.reject)
    parts = (title, words, grid, buttons)
    whole = column(look, *parts, spacing=12, margins=(24, 24, 24, 12))
    whole.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)  # else a low screen cuts words
    dialog.setLayout(whole)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog


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
