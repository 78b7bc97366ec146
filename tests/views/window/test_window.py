"""The whole window: its size, its panels, its pictures, and its orderly end."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QApplication,
)
from pytestqt.qtbot import QtBot

from tests.views.window.menus import action_named
from visualizer.data.dataset import Dataset
from visualizer.scene.scene import Scene
from visualizer.session.session import Session
from visualizer.views.base.look import Look
from visualizer.views.figures import save_figures
from visualizer.views.window.window import MainWindow


@pytest.mark.parametrize(
    ("splitter", "text"), [("across", "Input"), ("beside", "Position"), ("down", "Curves")]
)
def test_panels_can_be_folded(splitter: str, text: str, window: MainWindow) -> None:
    window.resize(1600, 1000)
    action, handle = action_named(window, text), getattr(window.pages[0], splitter)
    for folded in (True, False):
        action.trigger()
        assert handle.folded is folded


def test_the_key_f_turns_between_position_and_filter_however_it_came_there(
    window: MainWindow, qtbot: QtBot
) -> None:
    side = window.pages[0].side
    qtbot.keyClick(window, Qt.Key.Key_F)
    assert side.tab == "filter"
    side.filter.opened.emit()  # a patch was clicked: its sum is shown
    assert side.tab == "position"
    qtbot.keyClick(window, Qt.Key.Key_F)
    assert side.tab == "filter"
    side.show_tab("position")  # by the tab
    qtbot.keyClick(window, Qt.Key.Key_F)
    assert side.tab == "filter"


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


def test_a_panel_that_nobody_sees_draws_nothing(
    window: MainWindow, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, lab, _ = window.pages
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


def test_closing_ends_a_run_and_its_thread(
    window: MainWindow, short: Session, qtbot: QtBot
) -> None:
    qtbot.mouseClick(window.run_bar.train, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: short.runs.state.step > 0)
    assert "trainer" in [thread.name for thread in threading.enumerate()]
    action_named(window, "Quit").trigger()
    assert not window.isVisible()
    assert "trainer" not in [thread.name for thread in threading.enumerate()]


@pytest.mark.slow
def test_every_panel_is_a_picture(window: MainWindow, session: Session, tmp_path: Path) -> None:
    saved = save_figures(window, tmp_path / "figures")
    assert len(saved) == len(set(saved)) > len(session.viewer.scene.network.layers)
    for path in saved:
        picture = QImage(str(path))
        assert min(picture.width(), picture.height()) > 40, path.name
        pixels = picture.convertToFormat(QImage.Format.Format_RGB32)
        colors = np.frombuffer(pixels.constBits(), np.uint32).reshape(picture.height(), -1)
        assert len(np.unique(colors[::3, ::3])) > 5, f"{path.name} is empty"


def test_a_folder_that_cannot_be_made_is_one_sentence(
    window: MainWindow, session: Session, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ValueError, match="cannot be used"):
        save_figures(window, tmp_path / "file" / "figures")


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
    qtbot.waitUntil(lambda: short.runs.state.phase in ("paused", "failed"))
    control = Qt.KeyboardModifier.ControlModifier
    for key in (Qt.Key.Key_2, Qt.Key.Key_1):
        qtbot.keyClick(window, key, control)
        QApplication.processEvents()
    assert window.page is window.pages[0]
    assert window.pages[0].position.isVisible()
