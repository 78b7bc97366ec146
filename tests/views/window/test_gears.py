"""Training has gears: by key, beside Train, remembered; and every stage says how far the run is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.views.conftest import stage_called
from visualizer.app.startup import remember
from visualizer.session.session import Session
from visualizer.storage import preferences
from visualizer.storage.preferences import Preferences
from visualizer.views.window.window import MainWindow


def test_g_is_slower_and_shift_g_faster_and_all_boxes_say_so(
    window: MainWindow, session: Session
) -> None:
    boxes = (window.run_bar.gear, window.stage.gear)
    for text in ("20 / s", "5 / s", "1 / s", "1 / s"):
        QTest.keyClick(window, Qt.Key.Key_G)
        assert [box.currentText() for box in boxes] == [text, text]
    assert session.runs.gear == 1
    QTest.keyClick(window, Qt.Key.Key_G, Qt.KeyboardModifier.ShiftModifier)
    assert session.runs.gear == 5
    boxes[0].activated.emit(0)
    assert session.runs.gear == 0 and boxes[1].currentText() == "full speed"


def test_the_gear_is_remembered(window: MainWindow, session: Session, monkeypatch: object) -> None:
    session.runs.set_gear(20)
    kept = Preferences()
    monkeypatch.setattr("visualizer.app.startup.save_preferences", lambda it: None)  # type: ignore[attr-defined]
    remember(kept, window.look, window)
    assert kept.gear == 20
    assert preferences.Preferences().gear == 0


def test_a_gear_that_does_not_exist_changes_nothing(session: Session) -> None:
    session.runs.set_gear(7)
    assert session.runs.gear == 0


def test_a_stage_says_how_far_the_run_is_while_it_moves(
    window: MainWindow, short: Session, qtbot: QtBot
) -> None:
    window.open_stage(stage_called(window, "The network"))
    assert window.stage.run.whole == ""
    short.runs.set_gear(5)
    short.train_or_pause()
    qtbot.waitUntil(lambda: "training accuracy" in window.stage.run.whole, timeout=60_000)
    assert window.stage.run.whole.startswith("epoch ")
    short.train_or_pause()
    qtbot.waitUntil(lambda: not window.stage.run.whole)
    assert window.stage.run.whole == ""
