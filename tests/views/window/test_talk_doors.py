"""The doors of a talk: dropped, chosen, opened before, read, and kept without being saved."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from tests.views.asked import answer_save
from tests.views.window.menus import action_named, menu_actions
from tests.views.window.test_drops import drop
from visualizer.core.talk.stop import Stop, StopDigit, Talk
from visualizer.data.dataset import Dataset
from visualizer.session.session import Session
from visualizer.storage.talk_file import load_talk, save_talk
from visualizer.system.notice import Notice
from visualizer.views.window.window import MainWindow

TALK = Talk("By hand", stops=(Stop("The network", "One"), Stop("Feature maps", "Two")))
BY_HAND = """# Written by hand

## A chapter

### The network

Its words.

~~~ stop
stage: The network
network: dense
~~~
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a & b.talk"
    save_talk(path, TALK)
    return path


def recent(window: MainWindow) -> list[str]:
    menu = window.recent_talks.menu
    menu.aboutToShow.emit()
    assert menu.menuAction().isVisible() is bool(menu.actions())
    return [action.text() for action in menu.actions()]


def shown_stage(window: MainWindow) -> str:
    assert window.on_stage and window.stage.stage is not None
    return window.stage.stage.title


def test_a_dropped_talk_is_read_at_once(
    window: MainWindow, session: Session, path: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(session.talk.opened):
        drop(window, path)
    assert session.talk.talk == TALK and window.deck.on
    assert shown_stage(window) == "The network" and window.talking.strip.isVisible()
    assert not window.look.theme.present


def test_so_is_a_text_written_by_hand(
    window: MainWindow, session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "talk.MD").write_text(BY_HAND, encoding="utf-8")
    with qtbot.waitSignal(session.talk.opened):
        drop(window, tmp_path / "talk.MD")
    assert window.deck.on and session.network.name == "dense"
    assert window.talking.strip.words.text() == "Its words."


def test_a_broken_one_is_told_and_nothing_else_happens(
    window: MainWindow, session: Session, tmp_path: Path, notices: list[Notice], qtbot: QtBot
) -> None:
    (tmp_path / "broken.md").write_text(BY_HAND.replace("network: dense", "netwrok: dense"))
    drop(window, tmp_path / "broken.md")
    qtbot.waitUntil(lambda: bool(notices))
    assert "line 11: a stop has no “netwrok”" in notices[-1].text
    assert not window.deck.on and not window.on_stage and not session.talk.talk.stops


def test_in_present_mode_its_first_stop_comes(
    window: MainWindow, session: Session, path: Path, qtbot: QtBot
) -> None:
    action_named(window, "Present mode").trigger()
    window.deck.go(3)
    with qtbot.waitSignal(session.talk.opened):
        session.talk.open(path)
    assert window.look.theme.present and window.deck.at == 0
    assert shown_stage(window) == "The network"


def test_one_is_chosen_by_its_dialog(
    window: MainWindow, path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    asked = lambda *all, **more: (str(path), "")  # noqa: E731
    monkeypatch.setattr(QFileDialog, "getOpenFileName", asked)
    action_named(window, "Open talk").trigger()
    qtbot.waitUntil(lambda: window.deck.on)
    assert window.session.talk.path == path


def test_read_the_talk_is_in_two_menus_and_begins_and_ends(window: MainWindow) -> None:
    entries = [it for it in menu_actions(window) if it.text().replace("&", "") == "Read the talk"]
    assert len(entries) == 2
    for entry in entries:
        entry.trigger()
        assert window.deck.on and window.session.talk.built_in
        window.menus.refresh()
        assert all(each.isChecked() for each in entries)
        entry.trigger()
        assert not window.deck.on and not window.on_stage


def test_talks_of_before_are_in_a_menu_and_open_again(
    window: MainWindow, session: Session, path: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    assert recent(window) == []
    other = tmp_path / "other.talk"
    save_talk(other, TALK)
    for each in (other, path):
        with qtbot.waitSignal(session.talk.opened):
            session.talk.open(each)
    assert [text.replace("&&", "&").rpartition("/")[2] for text in recent(window)] == [
        *("a & b.talk", "other.talk"),
    ]
    with qtbot.waitSignal(session.talk.opened):
        window.recent_talks.menu.actions()[1].trigger()
    assert session.talk.path == other


def test_one_that_was_never_saved_is_there_by_its_title(
    window: MainWindow, session: Session, path: Path, qtbot: QtBot
) -> None:
    action_named(window, "Keep this view").trigger()
    session.talk.rename("Lecture 3")
    with qtbot.waitSignal(session.talk.opened):
        session.talk.open(path)
    at = recent(window).index("Lecture 3 (not saved)")
    with qtbot.waitSignal(session.talk.opened):
        window.recent_talks.menu.actions()[at].trigger()
    assert session.talk.talk.title == "Lecture 3" and session.talk.unsaved
    session.talk.save(path.with_name("lecture.talk"))
    qtbot.waitUntil(lambda: not session.talk.unsaved)
    assert not any("not saved" in text for text in recent(window))


def test_save_asks_only_once_for_a_file(
    window: MainWindow,
    session: Session,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    action_named(window, "Keep this view").trigger()
    own, other = tmp_path / "own.talk", tmp_path / "other.talk"
    proposed = answer_save(monkeypatch, own, other)
    for entry, file in (("Save talk", own), ("Save talk", own), ("Save talk as", other)):
        session.talk.rename(f"Saved by {entry}, {len(proposed)}")
        (action,) = (
            it
            for it in menu_actions(window)
            if it.text().replace("&", "").removesuffix(" …") == entry
        )
        action.trigger()
        qtbot.waitUntil(lambda: not session.talk.unsaved)
        assert load_talk(file) == session.talk.talk
    assert [Path(name).name for name in proposed] == ["saved-by-save-talk-0.talk", "own.talk"]


def test_the_last_stop_taken_out_ends_the_talk_where_it_began(
    window: MainWindow, session: Session, path: Path
) -> None:
    session.talk.show(TALK, path)
    window.talking.set_on(True)
    session.talk.remove(0)
    assert window.deck.on and shown_stage(window) == "Feature maps"
    session.talk.remove(0)
    assert not window.deck.on and not window.on_stage


def test_in_present_mode_too_and_a_stage_is_still_there(
    window: MainWindow, session: Session, path: Path
) -> None:
    session.talk.show(TALK, path)
    window.set_present(True)
    for _ in TALK.stops:
        session.talk.remove(0)
    assert not window.deck.on and window.on_stage and window.look.theme.present
    window.set_present(False)
    assert not window.on_stage and window.page.isVisible()


def test_digits_that_come_late_do_not_take_the_place_of_the_stops_own(
    window: MainWindow, session: Session, path: Path, digits: Dataset
) -> None:
    session.talk.show(Talk("T", stops=(Stop("A digit", digit=StopDigit(index=16)),)), path)
    window.talking.set_on(True)
    session.source.dataset = digits
    session.source.changed.emit(digits)
    session.viewer.settle()
    assert session.viewer.scene.digit.index == 16
    window.close_stage()  # one has wandered off: then the digits are news as ever
    session.source.changed.emit(digits)
    session.viewer.settle()
    assert session.viewer.scene.digit.index == 0


def test_each_entry_of_its_menu_has_a_letter_of_its_own(window: MainWindow) -> None:
    menu = next(it.menu() for it in window.menuBar().actions() if it.text() == "&Present")
    assert isinstance(menu, QMenu)
    texts = [action.text() for action in menu.actions() if action.text()]
    letters = [text[text.index("&") + 1].lower() for text in texts if "&" in text]
    assert sorted(letters) == sorted(set(letters))


def test_the_list_is_opened_by_its_key(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
    assert window.talk_menu.dialog.isVisible() and not window.talk_menu.dialog.isModal()
