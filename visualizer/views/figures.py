"""Every page and panel as PNG files, for the documentation and for a look at what was made."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from visualizer.views.shell.dialogs import about_dialog, keys_dialog
from visualizer.views.shell.window import MainWindow


def save_figures(window: MainWindow, folder: Path) -> list[Path]:
    """Save every page's pictures, the run bar and the dialogs.

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
    saved: list[Path] = []
    for page in window.pages:
        window.show_page(page)
        saved += [_save(widget, folder / f"{name}.png") for name, widget in page.figures()]
    window.show_page(window.pages[0])
    saved += save_stages(window, folder)
    saved.append(_save(window.run_bar, folder / "panel-run-bar.png"))
    keys = window.commands.key_table()
    for name, dialog in (
        ("keys", keys_dialog(window.look, window, keys)),
        ("about", about_dialog(window.look, window)),
    ):
        dialog.show()
        saved.append(_save(dialog, folder / f"dialog-{name}.png"))
        dialog.close()
    return saved


def save_stages(window: MainWindow, folder: Path) -> list[Path]:
    """Save every stage of the page in view, at each layer that it has another picture for."""
    saved: list[Path] = []
    viewer = window.session.viewer
    before = viewer.scene.selected
    for stage in window.page.stages():
        for position, layer in enumerate(viewer.scene.network.layers):
            viewer.select_layer(position)
            if not (stage.by_layer or position == before.layer):
                continue
            if stage.available is None or stage.available():
                window.open_stage(stage)
                number = f"-{position + 1}-{layer.name}" if stage.by_layer else ""
                saved.append(_save(window, folder / f"stage-{stage.name}{number}.png"))
    window.close_stage()
    viewer.select(before)
    return saved


def _save(widget: QWidget, path: Path) -> Path:
    QApplication.processEvents()
    if not widget.grab().save(str(path)):
        raise ValueError(f"{path} cannot be written.")
    return path
