"""The sheet of keys and the About box."""

from __future__ import annotations

import platform

from PySide6.QtCore import QSize, Qt, qVersion
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from visualizer import __version__
from visualizer.views.widgets.look import Look
from visualizer.views.widgets.words import label

Row = tuple[str, str, str]  # where, keys, what they do


def keys_dialog(look: Look, parent: QWidget, rows: list[Row], first: str = "") -> QDialog:
    """The sheet of F1: where, keys, and what they do, in two columns, with a search.

    Parameters
    ----------
    first
        Whose keys come first: the page's that is in view.
    """
    dialog = QDialog(parent)
    dialog.setWindowTitle("Keyboard and mouse")
    px = look.theme.px
    columns = QHBoxLayout()
    columns.setSpacing(px(40))
    rows = sorted(rows, key=lambda row: row[0] != first)
    lines = _lines(rows)
    half = (len(lines) + 1) // 2
    found: list[tuple[str, list[QWidget]]] = []
    for part in (lines[:half], lines[half:]):
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(20))
        grid.setVerticalSpacing(px(3))
        for row, (keys, what) in enumerate(part):
            if what:
                key, words = label(keys), label(what, "caption")
                words.setWordWrap(True)
                grid.addWidget(key, row, 0)
                grid.addWidget(words, row, 1)
                grid.setColumnStretch(1, 1)
                found.append((f"{keys} {what}".lower(), [key, words]))
            else:
                heading = label(keys, "heading")
                grid.addWidget(heading, row, 0, 1, 2)
                found.append(("", [heading]))
        grid.setRowStretch(len(part), 1)
        columns.addLayout(grid)
    sheet = QWidget()
    sheet.setObjectName("panel")
    sheet.setLayout(columns)
    scroll = QScrollArea()
    scroll.setWidget(sheet)
    scroll.setWidgetResizable(True)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    outer = QVBoxLayout()
    field = _search(found)
    outer.addWidget(field)
    outer.addWidget(scroll)
    dialog = _framed(dialog, outer, px(20))
    field.setFocus()
    room = (parent.screen().availableGeometry().size() * 0.92).expandedTo(parent.size() * 0.92)
    wanted = QSize(px(980), columns.sizeHint().height() + px(110))
    dialog.resize(wanted.boundedTo(room))
    return dialog


def _search(lines: list[tuple[str, list[QWidget]]]) -> QLineEdit:
    """A field that leaves only the lines in sight that have all words in it; headings where any.

    Parameters
    ----------
    lines
        What each says, in small letters, and its widgets; nothing for a heading.
    """
    field = QLineEdit()
    field.setPlaceholderText("Search")
    field.setAccessibleName("Search keys and what they do")
    field.setClearButtonEnabled(True)

    def show(text: str) -> None:
        words, below = text.lower().split(), False
        for said, widgets in reversed(lines):
            shown = all(word in said for word in words) if said else below
            below = bool(said) and (below or shown)
            for widget in widgets:
                widget.setVisible(shown)

    field.textChanged.connect(show)
    return field


def _lines(rows: list[Row]) -> list[tuple[str, str]]:
    """Rows with a heading before each new place."""
    lines: list[tuple[str, str]] = []
    for position, (where, keys, what) in enumerate(rows):
        if position == 0 or rows[position - 1][0] != where:
            lines.append((where, ""))
        lines.append((keys, what))
    return lines


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
        value = label(version)
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
