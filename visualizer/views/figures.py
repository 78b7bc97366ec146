"""Every page and panel as PNG files, for the documentation and for a look at what was made."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from visualizer.session import Session
from visualizer.views.shell.dialogs import about_dialog, shortcuts_dialog
from visualizer.views.shell.window import MainWindow


def save_figures(window: MainWindow, session: Session, folder: Path) -> list[Path]:
    """Save the window for every layer, each panel, and the dialogs.

    Raises
    ------
    ValueError
        A picture cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ValueError(f"{folder} cannot be used: {error.strerror}.") from error
    window.show()
    window.inspect.curves.refresh()
    saved: list[Path] = []
    for position, layer in enumerate(session.viewer.scene.network.layers):
        session.viewer.select_layer(position)
        saved.append(_save(window, folder / f"inspect-{position + 1}-{layer.name}.png"))
        position_panel = window.inspect.position
        saved.append(_save(position_panel, folder / f"position-{position + 1}-{layer.name}.png"))
    session.viewer.select_layer(0)
    page = window.inspect
    panels: dict[str, QWidget] = {
        "panel-input": page.input,
        "panel-network-strip": page.strip,
        "panel-maps": page.maps,
        "panel-curves": page.curves,
        "panel-run-bar": window.run_bar,
    }
    for name, panel in panels.items():
        saved.append(_save(panel, folder / f"{name}.png"))
    saved += _save_lab(window, folder)
    for name, make in (("shortcuts", shortcuts_dialog), ("about", about_dialog)):
        dialog = make(window.look, window)
        dialog.show()
        saved.append(_save(dialog, folder / f"dialog-{name}.png"))
        dialog.close()
    return saved


def _save_lab(window: MainWindow, folder: Path) -> list[Path]:
    """The convolution lab with each of its presets."""
    window.show_page(1)
    saved = []
    for number, name in enumerate(window.lab.preset_names(), start=1):
        window.lab.show_preset(name)
        saved.append(_save(window, folder / f"lab-{number}-{_file_name(name)}.png"))
    window.lab.show_view("beside")
    saved.append(_save(window, folder / "lab-side-by-side.png"))
    window.lab.show_view("one")
    window.show_page(0)
    return saved


def _file_name(text: str) -> str:
    """Words of a title as a file's name."""
    return "-".join(re.findall(r"[a-z0-9]+", text.lower()))


def _save(widget: QWidget, path: Path) -> Path:
    QApplication.processEvents()
    if not widget.grab().save(str(path)):
        raise ValueError(f"{path} cannot be written.")
    return path
