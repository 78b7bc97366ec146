"""What comes from outside: text, dropped files, and files that are opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLabel,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.views.asked import answer_save
from tests.views.window.menus import action_named
from visualizer.core.network.networks import named
from visualizer.data.dataset import Dataset
from visualizer.data.idx import write_idx
from visualizer.scene.scene import Model
from visualizer.session.session import Session
from visualizer.storage.weights import save_weights
from visualizer.system.notice import Notice
from visualizer.training.initial import initial_weights
from visualizer.views.base.labels import Elided
from visualizer.views.window.window import MainWindow


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


def drop(window: MainWindow, path: Path) -> None:
    """Drop a file on the window, as a file manager does."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    drop_data(window, data)


def drop_data(window: MainWindow, data: QMimeData) -> None:
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


def an_image() -> QImage:
    """A black stroke on white paper."""
    image = QImage(60, 60, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    for y in range(10, 50):
        for x in range(25, 33):
            image.setPixelColor(x, y, QColor("black"))
    return image


def a_picture(folder: Path) -> Path:
    assert an_image().save(str(folder / "one.png"))
    return folder / "one.png"


def test_dropped_weights_are_shown(window: MainWindow, session: Session, tmp_path: Path) -> None:
    drop(window, a_weights_file(tmp_path))
    assert session.viewer.scene.network.name == "strided"
    assert session.viewer.scene.model.origin == "strided.safetensors"
    strip = window.pages[0].strip
    assert strip.layer_at(strip.card(5).center()) == 5


def test_a_dropped_picture_is_looked_at_and_then_the_digit(
    window: MainWindow, session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    before = session.viewer.scene
    drop(window, a_picture(tmp_path))
    qtbot.waitUntil(lambda: window.commands.pictures.asking is not None)
    assert session.viewer.scene is before
    window.commands.pictures.asking.use.click()
    assert session.viewer.scene.digit.source == "one.png"
    assert session.viewer.scene.prediction == 1


def test_a_picture_of_mnists_size_is_the_digit_at_once(
    window: MainWindow, session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    image = QImage(str(a_picture(tmp_path))).scaled(28, 28)
    assert image.save(str(tmp_path / "small.png"))
    drop(window, tmp_path / "small.png")
    qtbot.waitUntil(lambda: session.viewer.scene.digit.source == "small.png")
    assert window.commands.pictures.asking is None and session.viewer.scene.prediction == 1


def test_a_dropped_image_without_a_file_is_looked_at(window: MainWindow, qtbot: QtBot) -> None:
    data = QMimeData()
    data.setImageData(an_image())
    drop_data(window, data)
    qtbot.waitUntil(lambda: window.commands.pictures.asking is not None)
    assert window.commands.pictures.asking.source == "dropped picture"


@pytest.mark.parametrize("kind", ["image", "file"])
def test_a_picture_is_pasted(
    kind: str, window: MainWindow, session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    data = QMimeData()
    if kind == "image":
        data.setImageData(an_image())
    else:
        data.setUrls([QUrl.fromLocalFile(str(a_picture(tmp_path)))])
    QApplication.clipboard().setMimeData(data)
    action_named(window, "Paste picture").trigger()
    qtbot.waitUntil(lambda: window.commands.pictures.asking is not None)
    window.commands.pictures.asking.use.click()
    source = {"image": "pasted picture", "file": "one.png"}[kind]
    assert session.viewer.scene.digit.source == source
    assert session.viewer.scene.prediction == 1


def blank_sheet() -> QImage:
    image = an_image()
    image.fill(QColor("white"))
    return image


@pytest.mark.parametrize(
    ("image", "said"),
    [
        (lambda: None, "The clipboard holds no picture."),
        (blank_sheet, "The pasted picture is an empty sheet: nothing is drawn on it."),
        (
            lambda: QImage(9000, 10, QImage.Format.Format_Grayscale8),
            "The pasted picture is too large: 9000 × 10 pixels, and at most 8192 a side are read.",
        ),
    ],
    ids=["text", "blank", "wide"],
)
def test_what_cannot_be_pasted_is_one_sentence(
    image: Callable[[], QImage | None],
    said: str,
    window: MainWindow,
    session: Session,
    notices: list[Notice],
    qtbot: QtBot,
) -> None:
    scene, held = session.viewer.scene, image()
    data = QMimeData()
    data.setText("7")
    if held is not None:
        data.setImageData(held)
    QApplication.clipboard().setMimeData(data)
    paste_and_be_told(window, notices, qtbot, said)
    assert session.viewer.scene is scene and window.commands.pictures.asking is None


def test_an_empty_clipboard_says_so(
    window: MainWindow, notices: list[Notice], qtbot: QtBot
) -> None:
    QApplication.clipboard().clear()
    paste_and_be_told(window, notices, qtbot, "The clipboard holds no picture.")


def paste_and_be_told(window: MainWindow, notices: list[Notice], qtbot: QtBot, said: str) -> None:
    action_named(window, "Paste picture").trigger()
    qtbot.waitUntil(lambda: len(notices) == 1)
    assert (notices[0].text, notices[0].kind) == (said, "error")


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
    assert window.status.notice.isVisible()
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
    answer_save(monkeypatch, tmp_path / "mine")
    action_named(window, "Save weights").trigger()
    assert saved.is_file()
    session.reset()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *arguments, **more: (str(saved), ""))
    action_named(window, "Open weights").trigger()
    assert all(np.array_equal(session.viewer.scene.weights[key], before[key]) for key in before)
