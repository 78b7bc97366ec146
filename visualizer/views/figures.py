"""Every page and panel as a picture, for the documentation and for a check by eye."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import nullcontext, suppress
from pathlib import Path

import numpy as np
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from visualizer.core.editing.draft import Draft, new_row
from visualizer.data.dataset import CLASSES, UInt8
from visualizer.digits.pictures import Picture as ReadPicture
from visualizer.system.atomic import check_writable, write_together
from visualizer.system.errors import reason
from visualizer.system.notice import Notice
from visualizer.views.curves.time_pictures import ENDED
from visualizer.views.editor.dialog import EditorDialog
from visualizer.views.input.picture.dialog import PictureDialog
from visualizer.views.widgets.picture import Picture, PictureForm, file_of
from visualizer.views.widgets.pixels import png_of
from visualizer.views.widgets.wait import wait_until
from visualizer.views.window.dialogs import about_dialog
from visualizer.views.window.save_picture import SavePicture
from visualizer.views.window.window import MainWindow

MOST_PASSES = 6
AS_SHOWN = PictureForm(scale=1, light=False, titled=False, controls=True)
STEPS = 3  # whose last one is shown
FIVE = ("Conv2D", "MaxPool2D", "Conv2D", "Flatten", "Dense")


def save_figures(
    window: MainWindow, folder: Path, panel: str = "", form: PictureForm = AS_SHOWN
) -> list[Path]:
    """Save pictures of every page, of the run bar and of the dialogs: all of them or none.

    Parameters
    ----------
    panel
        The beginning of the names of those wanted; empty: all.

    Raises
    ------
    ValueError
        The folder cannot be made, or there is no figure of this name.
    OSError
        A picture cannot be written. This is checked before the work, as far as possible.
    """
    new = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ValueError(f"{folder} cannot be used: {reason(error)}.") from error
    try:
        check_writable(folder / f"panel-run-bar.{form.format}")
        names: list[str] = []
        pictures: dict[Path, bytes] = {}
        for name, widget in _figures(window):
            names.append(name)
            if name.startswith(panel):
                pictures[folder / f"{name}.{form.format}"] = _picture(window, widget, form)
        if not pictures:
            raise ValueError(f"No figure's name begins with {panel}. There are {', '.join(names)}.")
        write_together(pictures)
    except BaseException:
        if new:
            with suppress(OSError):
                folder.rmdir()
        raise
    return list(pictures)


def _figures(window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    """Yield each figure's name, and the widget to be taken now."""
    window.show()
    for page in window.pages:
        window.show_page(page)
        if not window.look.theme.present:  # where there are stages only
            yield from page.figures()
        yield from _stages(window)
    window.show_page(window.pages[0])
    yield from _weight_changed(window)
    yield from _talk(window)
    window.show_page(window.pages[0])
    if not window.look.theme.present:
        yield "panel-run-bar", window.run_bar
    yield from _guide(window)
    for name, dialog in (
        ("about", about_dialog(window.look, window)),
        ("picture", _picture_dialog(window)),
        ("save-picture", _save_dialog(window)),
        ("stops", _stops(window)),
        *_editors(window),
    ):
        dialog.show()
        if isinstance(dialog, EditorDialog):
            wait_until(dialog.trial.rests, "The trial of an epoch")
        yield f"dialog-{name}", dialog
        dialog.close()


def _stops(window: MainWindow) -> QDialog:
    """Return the list of the built-in talk's stops."""
    window.session.talk.begin_built_in()
    window.talk_menu.dialog.editing.select(1)
    return window.talk_menu.dialog


def _guide(window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    """Yield pictures of the guide: its first page, its page of keys, and a search."""
    window.commands.guide.show()
    guide = window.commands.guide.guide
    yield "dialog-guide", guide
    window.commands.show_keys()
    yield "dialog-keys", guide
    guide.search.setText("padding")
    guide.follow("lab.md")
    yield "dialog-guide-search", guide
    guide.close()


def _editors(window: MainWindow) -> list[tuple[str, QDialog]]:
    """Return the editor with a network of five layers, and with one that has problems."""
    five = Draft("five layers", tuple(new_row(kind) for kind in FIVE))
    five = five.with_setting(4, "units", CLASSES).with_setting(4, "activation", "softmax")
    wrong = five.with_setting(2, "kernel_size", [15, 15]).with_setting(0, "filters", "3 2")
    made: list[tuple[str, QDialog]] = []
    for name, draft in (("edit-network", five), ("edit-network-problem", wrong)):
        dialog = EditorDialog(window.look, window.session, window)
        dialog.model.begin(draft)
        made.append((name, dialog))
    return made


def _picture_dialog(window: MainWindow) -> PictureDialog:
    """Return the picture dialog with the digit in view as a photograph, and the box around it."""
    viewer = window.session.viewer
    picture = ReadPicture(photographed(viewer.scene.digit.pixels), "photograph.jpg")
    dialog = PictureDialog(window.look, viewer, picture, window)
    height, width = picture.grey.shape
    dialog.set_box((0, width // 2 - height // 2, height, width // 2 + height // 2))
    return dialog


def photographed(digit: UInt8) -> UInt8:
    """Return a digit (28, 28) as dark ink on half-shaded paper, (360, 560)."""
    ink = np.kron(digit / 255, np.ones((10, 10)))
    sheet = 0.92 - 0.75 * np.pad(ink, ((40, 40), (160, 120)))
    down, across = np.mgrid[0 : sheet.shape[0], 0 : sheet.shape[1]]
    light = 1 - 0.6 * across / sheet.shape[1] - 0.15 * down / sheet.shape[0]
    grain = np.random.default_rng(3).normal(0, 0.02, sheet.shape)
    return np.asarray(np.clip(sheet * light + grain, 0, 1) * 255, np.uint8)


def _stages(window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    """Yield every stage of the page in view; a stage by layer once for each layer."""
    viewer = window.session.viewer
    before = viewer.scene.selected
    for stage in window.page.stages():
        for position, layer in enumerate(viewer.scene.network.layers):
            viewer.select_layer(position)
            if not (stage.by_layer or position == before.layer):
                continue
            if stage.available is None or stage.available():
                with stage.sample() if stage.sample else nullcontext():
                    window.open_stage(stage)
                    wait_until(lambda: window.session.rests, stage.title)
                    number = f"-{position + 1}-{layer.name}" if stage.by_layer else ""
                    yield f"stage-{stage.name}{number}", window
    window.close_stage()
    viewer.select(before)


def _weight_changed(window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    """Yield the stage of the last step after a few, for each layer with weights.

    Afterwards all is as it was. Yields nothing without digits to train on.
    """
    session = window.session
    if not len(session.dataset.train):
        return
    runs, viewer, before = session.runs, session.viewer, session.runs.run
    selected = viewer.scene.selected
    for _ in range(STEPS):
        session.step()
    made = runs.run
    wait_until(lambda: made.state.step >= STEPS or made.state.phase in ENDED, "A few batches")
    session.noticed.emit(Notice(""))
    stage = next(each for each in window.page.stages() if each.name == "why-this-weight-changed")
    for at, layer in enumerate(viewer.scene.network.layers):
        if layer.parameters:
            viewer.select_layer(at)
            window.open_stage(stage)
            wait_until(lambda: session.last_step.gradients is not None, stage.title)
            yield f"stage-{stage.name}-{at + 1}-{layer.name}", window
    window.close_stage()
    viewer.select(selected)
    session.library.bring(before)
    runs.remove(made)


def _talk(window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    """Yield every stop of the talk that comes with the program, and all of them small."""
    window.talking.set_on(True)
    deck = window.deck
    for at, stop in enumerate(deck.talk.stops):
        deck.go_to(at)
        wait_until(lambda: window.session.rests, stop.title)
        name = "-".join(re.findall(r"[a-z0-9]+", stop.title.lower()))
        yield f"stop-{at + 1:02d}-{name}", window
    window.all_stops.show(True)
    wait_until(lambda: not window.all_stops.overview.missing, "The pictures of the stops")
    yield "all-stops", window
    window.all_stops.show(False)
    window.talking.set_on(False)


def _save_dialog(window: MainWindow) -> SavePicture:
    """Return the dialog that asks how to save what is in focus, or the first panel seen."""
    panels = window.page.pictures()
    seen = next((each for each in panels if each.widget.isVisible()), panels[0])
    chosen = window.pictures.in_focus() or seen
    return SavePicture(window.look, window.session, chosen, window.pictures.form, window)


def _picture(window: MainWindow, widget: QWidget, form: PictureForm) -> bytes:
    """Return a widget's picture as the bytes of a file, once everything has found its place."""
    window.settle()
    picture = QImage()
    for _ in range(MOST_PASSES):
        QApplication.processEvents()
        before, picture = picture, widget.grab().toImage()
        if picture == before:
            break
    if form == AS_SHOWN:
        return png_of(picture)
    return file_of(Picture("", widget), window.look, form)
