"""The window's commands: every entry of the menus, every key, and where they are named."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QLineEdit,
    QToolButton,
)
from pytestqt.qtbot import QtBot

from tests.views.asked import answer_save
from tests.views.window.menus import action_named, menu_actions
from visualizer.scene.trail import Cell
from visualizer.session.session import Session
from visualizer.system.notice import Notice
from visualizer.views.base.look import Look
from visualizer.views.window.guide.pages import (
    KEYS_BEGIN,
    KEYS_END,
    page_named,
    read_guide,
    with_keys,
)
from visualizer.views.window.window import PAGES, MainWindow

GUIDE_KEYS = page_named(read_guide(), "keys").text


@pytest.mark.parametrize("page", range(len(PAGES)))
def test_every_entry_has_a_text_and_no_key_twice(page: int, window: MainWindow) -> None:
    window.show_page(window.pages[page])
    actions = menu_actions(window)
    assert len(actions) > 20
    assert all(action.text() for action in actions)
    keys = [
        key.toString()
        for action in {*window.actions(), *actions}
        for key in action.shortcuts()
        if action.isEnabled() and not key.isEmpty()
    ]
    assert sorted(keys) == sorted(set(keys))


@pytest.mark.slow
def test_every_entry_can_be_chosen(
    window: MainWindow, session: Session, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    """Twice, with every file dialog cancelled; the fixtures fail on any exception."""
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *arguments, **more: ("", ""))
    answer_save(monkeypatch)
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


@pytest.mark.parametrize(
    ("entry", "title"), [("Keyboard and mouse", "Keys"), ("Guide", "Start"), ("About", "About")]
)
def test_dialogs_open_and_close(entry: str, title: str, window: MainWindow, qtbot: QtBot) -> None:
    action_named(window, entry).trigger()
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
    window.set_present(True)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not look.theme.present and not window.on_stage
    assert maps.zoomed and viewer.scene.trail.at == 1
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not maps.zoomed
    assert viewer.scene.trail.at == 1
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert viewer.scene.trail.at == 0
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


def test_the_keys_of_the_page_in_view_come_first_and_can_be_searched(window: MainWindow) -> None:
    window.show_page(window.pages[1])
    action_named(window, "Keyboard and mouse").trigger()
    guide = window.commands.guide.guide
    (field,) = guide.findChildren(QLineEdit)

    def said() -> list[str]:
        lines = guide.view.toPlainText().splitlines()
        return [line for line in lines[2:-1] if line.strip()]

    whole = said()
    assert whole[0] == "Lab" and guide.focusWidget() is field
    field.setText("GREY")
    assert said() == ["No key has these words."]
    field.setText("BATCH then")
    assert said() == ["Everywhere", "S", "train one batch, then pause"]
    field.clear()
    assert said() == whole
    guide.close()


def test_the_guide_names_every_key(window: MainWindow) -> None:
    rows = window.commands.key_table()
    assert with_keys(GUIDE_KEYS, rows).split() == with_keys_left(GUIDE_KEYS).split()


def with_keys_left(text: str) -> str:
    """The page as it is written, without the marks around its keys."""
    return text.replace(KEYS_BEGIN, "").replace(KEYS_END, "")


def test_the_page_of_keys_names_every_key(window: MainWindow) -> None:
    action_named(window, "Keyboard and mouse").trigger()
    guide = window.commands.guide.guide
    words = set(guide.view.toPlainText().splitlines())
    rows = window.commands.key_table()
    assert {"Ctrl+D", "Space", "Ctrl+.", "Alt+←", "Ctrl+1", "wheel, + / −"} <= words
    assert {keys for _, keys, _ in rows} | {what for _, _, what in rows} <= words
    guide.close()


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
    assert window.status.notice.text.text() == "Copied map 33 of conv2d_2 as a table."


def test_dark_and_present_from_the_menu(window: MainWindow, look: Look) -> None:
    dark, present = action_named(window, "Dark"), action_named(window, "Present mode")
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


def test_the_built_in_network_comes_back_by_the_menu(
    window: MainWindow, session: Session, notices: list[Notice]
) -> None:
    session.reset()
    action_named(window, "Built-in trained network").trigger()
    assert session.runs.state.phase == "stored"
    assert session.runs.state.test_accuracy == pytest.approx(0.992)
    assert len(session.runs.history) > 1000
    assert session.viewer.scene.model is session.runs.run.model
