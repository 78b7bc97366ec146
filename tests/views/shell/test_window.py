"""The whole window: its menus and keys, what is dropped on it, and its orderly end."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QLabel,
    QMenu,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from visualizer.core.networks import named
from visualizer.data.dataset import Dataset
from visualizer.data.idx import write_idx
from visualizer.notice import Notice
from visualizer.scene import Cell, Model, Scene
from visualizer.session import Session
from visualizer.storage.weights import save_weights
from visualizer.training.initial import initial_weights
from visualizer.views.figures import save_figures
from visualizer.views.shell.window import MainWindow
from visualizer.views.widgets.look import Look
from visualizer.views.widgets.words import Elided


def menu_actions(window: MainWindow) -> list[QAction]:
    """Every entry of the menus, those of submenus too, separators left out."""

    def within(menu: QMenu) -> list[QAction]:
        found = []
        for action in menu.actions():
            inner = action.menu()
            if isinstance(inner, QMenu):
                found += within(inner)
            elif not action.isSeparator():
                found.append(action)
        return found

    menus = [action.menu() for action in window.menuBar().actions()]
    return [action for menu in menus if isinstance(menu, QMenu) for action in within(menu)]


def action_named(window: MainWindow, text: str) -> QAction:
    (found,) = (a for a in menu_actions(window) if a.text().replace("&", "").startswith(text))
    return found


# Menus and keys


def test_every_entry_has_a_text_and_no_key_twice(window: MainWindow) -> None:
    actions = menu_actions(window)
    assert len(actions) > 20
    assert all(action.text() for action in actions)
    keys = [
        key.toString()
        for action in {*window.actions(), *actions}
        for key in action.shortcuts()
        if not key.isEmpty()
    ]
    assert sorted(keys) == sorted(set(keys))


def test_every_entry_can_be_chosen(
    window: MainWindow, session: Session, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    """Twice, with every file dialog cancelled; the fixtures fail on any exception."""
    for name in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *arguments, **more: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *arguments, **more: "")
    monkeypatch.setattr(session.source, "open", lambda *arguments, **more: None)
    window.data_menu.download.triggered.disconnect()
    for _ in range(2):
        for action in menu_actions(window):
            if action.text() != "&Quit":
                action.trigger()
                assert window.isVisible()
                for dialog in window.findChildren(QDialog):
                    dialog.close()
        session.stop()
    qtbot.waitUntil(lambda: not session.runs.state.active)


@pytest.mark.parametrize("title", ["Keyboard and mouse", "About"])
def test_dialogs_open_and_close(title: str, window: MainWindow, qtbot: QtBot) -> None:
    action_named(window, title).trigger()
    (dialog,) = window.findChildren(QDialog)
    assert dialog.isVisible()
    assert title in dialog.windowTitle()
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


@pytest.mark.parametrize(
    ("text", "index"), [("Next", 11), ("Previous", 9)], ids=["next", "previous"]
)
def test_next_and_previous_digit(
    text: str, index: int, window: MainWindow, session: Session
) -> None:
    session.show_digit(10)
    action = next(a for a in menu_actions(window) if a.text() == f"&{text}")
    action.trigger()
    assert session.viewer.scene.digit.index == index


@pytest.mark.parametrize("position", range(8))
def test_number_keys_select_layers(
    position: int, window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    session.viewer.select_layer((position + 1) % 8)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key(Qt.Key.Key_1 + position))
    assert session.viewer.scene.selected.layer == position


def test_escape_goes_one_step_back_and_never_ends_a_run(
    window: MainWindow, short: Session, look: Look, qtbot: QtBot
) -> None:
    short.step()
    viewer, maps = short.viewer, window.pages[0].maps.maps
    viewer.select_layer(2)
    viewer.follow(viewer.scene.below(viewer.scene.selected, 1, 1, 1))
    maps.show_channel(3)
    look.set_present(True)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not maps.zoomed
    assert viewer.scene.trail.at == 1
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert viewer.scene.trail.at == 0
    assert look.theme.present
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not look.theme.present
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert short.runs.state.active
    qtbot.keyClick(window, Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier)
    assert short.runs.state.phase == "stopped"


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_a_focused_button_is_pressed_by_space_and_enter(
    key: Qt.Key, window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    before = session.viewer.scene
    button = window.pages[0].maps.ranges.findChildren(QToolButton)[1]
    button.setFocus()
    qtbot.keyClick(button, key)
    assert button.isChecked()
    assert session.runs.state.phase == "stored"
    assert session.viewer.scene.trail == before.trail


def test_space_trains_where_no_button_has_the_focus(
    window: MainWindow, short: Session, qtbot: QtBot
) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.pages[0].maps.maps.setFocus()
    qtbot.keyClick(window.pages[0].maps.maps, Qt.Key.Key_Space)
    assert short.runs.state.phase == "starting"


def test_the_readme_names_every_key(window: MainWindow) -> None:
    readme = (Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")
    missing = [
        f"| `{keys}` | {what} |"
        for _, keys, what in window.commands.key_table()
        if f"| `{keys}` | {what} |" not in readme
    ]
    assert missing == []


def test_the_sheet_of_keys_names_every_key(window: MainWindow) -> None:
    action_named(window, "Keyboard and mouse").trigger()
    (dialog,) = window.findChildren(QDialog)
    words = {label.text() for label in dialog.findChildren(QLabel)}
    rows = window.commands.key_table()
    assert {"Ctrl+D", "Space", "Ctrl+.", "Alt+←", "Ctrl+1", "wheel, + / −"} <= words
    assert {keys for _, keys, _ in rows} | {what for _, _, what in rows} <= words
    dialog.close()


def test_a_layer_that_there_is_not_has_no_entry(window: MainWindow, session: Session) -> None:
    assert not action_named(window, "Layer 9").isVisible()
    assert action_named(window, "Layer 8").isVisible()
    session.choose_network("dense")
    layers = len(session.viewer.scene.network.layers)
    shown = [a.isVisible() for a in menu_actions(window) if a.text().startswith("Layer ")]
    assert shown == [n <= layers for n in range(1, 10)]


def test_tool_tips_name_the_key_that_does_the_same(window: MainWindow) -> None:
    page, bar = window.pages[0], window.run_bar
    tips = [
        button.toolTip()
        for button in (bar.train, bar.stop, page.input.gallery.random, page.position.back)
    ]
    assert tips == [
        "Train (Space)",
        "Stop the run (Ctrl+.)",
        "Random digit (R)",
        "Back up the trail (Alt+←)",
    ]


def test_copy_gives_the_map_in_full_precision(window: MainWindow, session: Session) -> None:
    session.viewer.select(Cell(2, 1, 2, 33))
    action_named(window, "Copy map").trigger()
    rows = QGuiApplication.clipboard().text().splitlines()
    table = np.array([row.split("\t") for row in rows], np.float32)
    np.testing.assert_array_equal(table, session.viewer.scene.trace.outputs[2][:, :, 33])
    assert window.notices.notice.text.text() == "Copied map 33 of conv2d_2 as a table."


def test_dark_and_present_from_the_menu(window: MainWindow, look: Look) -> None:
    dark, present = action_named(window, "Dark"), action_named(window, "Present")
    dark.trigger()
    assert look.theme.palette.name == "dark"
    assert dark.isChecked()
    present.trigger()
    assert look.theme.present
    assert not window.menuBar().isVisible(), "the bars make room in the lecture hall"
    present.trigger()
    assert window.menuBar().isVisible()
    dark.trigger()
    assert look.theme.palette.name == "light"


def test_the_present_button(window: MainWindow, look: Look, qtbot: QtBot) -> None:
    window.resize(1900, 1000)
    for present in (True, False):
        window.run_bar.full_screen.click()
        assert look.theme.present is present


@pytest.mark.parametrize(
    ("splitter", "text"), [("across", "Input"), ("beside", "Position"), ("down", "Curves")]
)
def test_panels_can_be_folded(splitter: str, text: str, window: MainWindow) -> None:
    window.resize(1600, 1000)
    action, handle = action_named(window, text), getattr(window.pages[0], splitter)
    for folded in (True, False):
        action.trigger()
        assert handle.folded is folded


@pytest.mark.parametrize("size", [(1024, 700), (1280, 800), (1920, 1080), (3840, 2160)])
@pytest.mark.parametrize("dark", [False, True])
def test_it_fits_any_screen(
    size: tuple[int, int], dark: bool, window: MainWindow, look: Look, qtbot: QtBot
) -> None:
    look.set_dark(dark)
    window.resize(*size)
    QApplication.processEvents()
    assert (window.width(), window.height()) == size
    page = window.pages[0]
    for part in (page.input, page.strip, page.maps, page.curves, window.run_bar):
        corner = part.mapTo(window, part.rect().bottomRight())
        assert part.isVisible()
        assert window.rect().contains(corner), type(part).__name__
        assert min(part.width(), part.height()) > 30


def test_splitters_are_remembered(
    window: MainWindow, make_session: Any, small_dataset: Dataset, look: Look, show: Any
) -> None:
    window.resize(1500, 800)
    window.pages[0].across.setSizes([333, 1167])
    _, layouts = window.layout_state()
    other = MainWindow(look, make_session(small_dataset))
    other.restore("", layouts)
    show(other, 1500, 800)
    for name in ("across", "down"):
        sizes = getattr(other.pages[0], name).sizes()
        assert sizes == getattr(window.pages[0], name).sizes()


def test_the_height_is_remembered(
    window: MainWindow, make_session: Any, small_dataset: Dataset, look: Look
) -> None:
    window.resize(1100, 720)
    other = MainWindow(look, make_session(small_dataset))
    other.restore(*window.layout_state())
    assert other.height() == 720
    other.deleteLater()


@pytest.mark.parametrize("text", ["", "garbage", "AAAA,AAAA", "ÿ,ÿ", "," * 50, "=" * 4000])
def test_a_layout_that_is_none_changes_nothing(text: str, window: MainWindow) -> None:
    window.resize(window.screen_room.first_size())
    before = window.size(), window.pages[0].across.sizes()
    window.restore(text, {"Inspect": text, "Lab": text, "None": text})
    assert (window.size(), window.pages[0].across.sizes()) == before


# What nobody sees


def test_a_panel_that_nobody_sees_draws_nothing(
    window: MainWindow, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, lab = window.pages
    panels = (page.strip, page.maps, page.input, page.position, page.input.probabilities)
    drawn = []
    for panel in panels:
        monkeypatch.setattr(panel, "show_scene", recorded(panel.show_scene, drawn))
    window.show_page(lab)
    for index in range(10):
        session.show_digit(index)
        session.viewer.settle()
    assert drawn == []
    window.show_page(page)
    assert len(drawn) == len(panels)
    assert {scene.digit.index for scene in drawn} == {9}


def recorded(show: Callable[..., None], into: list[Scene]) -> Callable[..., None]:
    def call(old: Scene, new: Scene) -> None:
        into.append(new)
        show(old, new)

    return call


# Text from elsewhere


@pytest.mark.parametrize(
    "name", ['<img src="/dev/zero">', "<b>bold</b>" * 40, "long " * 4000, "line\nline\n" * 50]
)
def test_foreign_text_is_plain_and_bounded(
    name: str, window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    """The name of a network, of its file, of a picture, of a folder, and an error's words."""
    before = window.minimumSizeHint().width(), window.width()
    scene = session.viewer.scene
    network = replace(scene.network, name=name)
    model = Model(network, scene.weights, name, facts={"dataset": name, "test_accuracy": "0.5"})
    session.show_trained(model)
    session.show_image(np.zeros((28, 28), np.uint8), name)
    session.source.dataset = replace(session.source.dataset, name=name)
    session.source.changed.emit(session.source.dataset)
    session.source.remember_folders([Path("/" + name.replace("/", "") + "x")])
    session.noticed.emit(Notice(name, "error"))
    session.viewer.settle()
    QApplication.processEvents()
    assert (window.minimumSizeHint().width(), window.width()) == before
    foreign = name[:12]
    shown = [label for label in window.findChildren(QLabel) if foreign in label.text()]
    assert shown
    for label in shown:
        assert isinstance(label, Elided) or label.textFormat() == Qt.TextFormat.PlainText
    tips = [widget.toolTip() for widget in window.findChildren(QWidget)]
    assert not any("<img" in tip or "<b>" in tip for tip in tips)
    assert max(map(len, tips)) < 2000


# Files


def drop(window: MainWindow, path: Path) -> None:
    """Drop a file on the window, as a file manager does."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    at = window.rect().center()
    actions, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(at, actions, data, button, none)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(at), actions, data, button, none))


def a_weights_file(folder: Path) -> Path:
    path = folder / "strided.safetensors"
    save_weights(path, named("strided"), initial_weights(named("strided"), 4), {})
    return path


def a_picture(folder: Path) -> Path:
    image = QImage(60, 60, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    for y in range(10, 50):
        for x in range(25, 33):
            image.setPixelColor(x, y, QColor("black"))
    assert image.save(str(folder / "one.png"))
    return folder / "one.png"


def test_dropped_weights_are_shown(window: MainWindow, session: Session, tmp_path: Path) -> None:
    drop(window, a_weights_file(tmp_path))
    assert session.viewer.scene.network.name == "strided"
    assert session.viewer.scene.origin == "strided.safetensors"
    strip = window.pages[0].strip
    assert strip.layer_at(strip.card(5).center()) == 5


def test_a_dropped_picture_is_a_digit(
    window: MainWindow, session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    drop(window, a_picture(tmp_path))
    qtbot.waitUntil(lambda: session.viewer.scene.digit.source == "one.png")
    assert session.viewer.scene.prediction == 1


def test_a_dropped_folder_is_the_data_set(
    window: MainWindow, session: Session, small_dataset: Dataset, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    for part, images in (("train", small_dataset.train), ("t10k", small_dataset.test)):
        write_idx(folder / f"{part}-images-idx3-ubyte", images.pixels)
        write_idx(folder / f"{part}-labels-idx1-ubyte", images.labels)
    drop(window, folder)
    qtbot.waitUntil(lambda: session.source.dataset.name == "letters")
    assert window.run_bar.data.value.text() == "letters · 200 ▾"


def garbage(folder: Path, name: str) -> Path:
    (folder / name).write_bytes(bytes(range(256)) * 4)
    return folder / name


BAD: dict[str, Callable[[Path], Path]] = {
    "picture": lambda folder: garbage(folder, "digit.png"),
    "weights": lambda folder: garbage(folder, "w.safetensors"),
    "unknown": lambda folder: garbage(folder, "letter.docx"),
    "empty folder": lambda folder: folder,
    "missing": lambda folder: folder / "gone.png",
}


@pytest.mark.parametrize("which", BAD)
def test_dropped_garbage_is_one_notice_and_nothing_else(
    which: str,
    window: MainWindow,
    session: Session,
    notices: list[Notice],
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    scene, dataset = session.viewer.scene, session.source.dataset
    drop(window, BAD[which](tmp_path))
    qtbot.waitUntil(lambda: not session.jobs.progress)
    (notice,) = notices
    assert notice.kind == "error"
    assert "\n" not in notice.text
    assert window.notices.isVisible()
    assert session.viewer.scene is scene
    assert session.source.dataset is dataset


def test_a_link_is_not_taken(window: MainWindow) -> None:
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/digit.png")])
    enter = QDragEnterEvent(
        window.rect().center(),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    enter.ignore()
    QApplication.sendEvent(window, enter)
    assert not enter.isAccepted()


def test_weights_are_saved_and_opened_from_the_menu(
    window: MainWindow, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = tmp_path / "mine.safetensors"
    before = session.viewer.scene.weights
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *arguments, **more: (str(tmp_path / "mine"), "")
    )
    action_named(window, "Save weights").trigger()
    assert saved.is_file()
    session.reset()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *arguments, **more: (str(saved), ""))
    action_named(window, "Open weights").trigger()
    assert all(np.array_equal(session.viewer.scene.weights[key], before[key]) for key in before)


# The end


def test_closing_ends_a_run_and_its_thread(
    window: MainWindow, short: Session, qtbot: QtBot
) -> None:
    qtbot.mouseClick(window.run_bar.train, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: short.runs.state.step > 0, timeout=60_000)
    assert "trainer" in [thread.name for thread in threading.enumerate()]
    action_named(window, "Quit").trigger()
    assert not window.isVisible()
    assert "trainer" not in [thread.name for thread in threading.enumerate()]


# Figures


def test_every_panel_is_a_picture(window: MainWindow, session: Session, tmp_path: Path) -> None:
    saved = save_figures(window, tmp_path / "figures")
    assert len(saved) == len(set(saved)) > len(session.viewer.scene.network.layers)
    for path in saved:
        picture = QImage(str(path))
        assert min(picture.width(), picture.height()) > 40, path.name
        colors = {
            picture.pixel(x, y)
            for x in range(0, picture.width(), 3)
            for y in range(0, picture.height(), 3)
        }
        assert len(colors) > 5, f"{path.name} is empty"


def test_a_folder_that_cannot_be_made_is_one_sentence(
    window: MainWindow, session: Session, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ValueError, match="cannot be used"):
        save_figures(window, tmp_path / "file" / "figures")


# Large numbers


def test_five_clicks_with_a_large_learning_rate(
    window: MainWindow, short: Session, qtbot: QtBot
) -> None:
    """Rate 0.1, key 8, S, Ctrl+2, Ctrl+1 once ended the process; the window goes on."""
    recipe = replace(short.runs.recipe, learning_rate=1e30)
    short.runs.configure(recipe, short.runs.seed, short.runs.settings)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_8)
    qtbot.keyClick(window, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: short.runs.state.phase in ("paused", "failed"), timeout=60_000)
    control = Qt.KeyboardModifier.ControlModifier
    for key in (Qt.Key.Key_2, Qt.Key.Key_1):
        qtbot.keyClick(window, key, control)
        QApplication.processEvents()
    assert window.page is window.pages[0]
    assert window.pages[0].position.isVisible()


def test_the_built_in_network_comes_back_by_the_menu(
    window: MainWindow, session: Session, notices: list[Notice]
) -> None:
    session.reset()
    action_named(window, "Built-in trained network").trigger()
    assert session.runs.state.phase == "stored"
    assert session.runs.state.test_accuracy == pytest.approx(0.992)
    assert len(session.runs.history) > 1000
    assert session.viewer.scene.model is session.runs.run.model
