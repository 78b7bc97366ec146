"""A talk leads through stops of all pages, by a remote's keys, and leaves what was as it was."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from visualizer.core.edits import SwitchOff
from visualizer.core.talk.stop import UNTRAINED, Stop, StopCell, StopDigit, Talk
from visualizer.runs.run import Run
from visualizer.scene.trail import Cell
from visualizer.session.session import Session
from visualizer.views.present.deck import Deck
from visualizer.views.window.window import MainWindow

Key = Qt.Key
STOPS = (
    Stop("A digit", "A nine", "Nothing else.", "First", digit=StopDigit(index=16)),
    Stop("The digit and its answer", "Guess", "Which?", "First", ask="answer"),
    Stop("The convolution lab", "Strides", "Four are left.", "Second",
         settings={"preset": "Stride 2: four patches"}),
    Stop("The network", "It knows nothing", "", "Second", weights=UNTRAINED, seed=3, gear=5),
    Stop("One digit, moved", "Moved", "", "Third", settings={"shift": "0, 3"}),
    Stop("The sliding window", "Slides", "", "Third", begin="play",
         way=(StopCell("conv2d_2", 5, 2, 3),)),
)  # fmt: skip


@pytest.fixture
def talk(session: Session, qtbot: QtBot) -> Talk:
    for stop in STOPS:
        session.talk.keep(stop)
    session.talk.go_to(0)
    return session.talk.talk


@pytest.fixture
def deck(talk: Talk, window: MainWindow) -> Deck:
    return window.deck


def press(window: MainWindow, *keys: Key) -> None:
    for key in keys:
        QTest.keyClick(window.focusWidget() or window, key)


def activate(window: MainWindow, qtbot: QtBot) -> None:
    """Offscreen no window is active after another one, which nobody saw, is deleted."""
    with qtbot.waitActive(window):
        window.activateWindow()


def test_f5_begins_and_page_keys_go_through_every_stop_and_exactly_back(
    window: MainWindow, deck: Deck
) -> None:
    press(window, Key.Key_F5)
    seen = []
    for _ in STOPS:
        stage = window.stage.stage
        assert stage is not None
        seen.append((window.page.title, stage.title, window.stage.title.whole))
        press(window, Key.Key_PageDown)
    expected = ["Inspect", "Inspect", "Lab", "Inspect", "Compare", "Inspect"]
    assert [(stop.stage, stop.title) for stop in STOPS] == [each[1:] for each in seen]
    assert [each[0] for each in seen] == expected and deck.at == len(STOPS) - 1
    back = []
    for _ in STOPS:
        stage = window.stage.stage
        assert stage is not None
        back.append((window.page.title, stage.title, window.stage.title.whole))
        press(window, Key.Key_PageUp)
    assert back == seen[::-1]


def test_home_end_and_a_number_with_enter_jump(window: MainWindow, deck: Deck) -> None:
    press(window, Key.Key_F5, Key.Key_End)
    assert deck.at == len(STOPS) - 1
    press(window, Key.Key_Home)
    assert deck.at == 0
    press(window, Key.Key_5)
    assert "go to 5" in window.stage.number.whole
    press(window, Key.Key_Return)
    assert deck.at == 4 and "5 of 6" in window.stage.number.whole
    press(window, Key.Key_9, Key.Key_Return)  # there is no such stop
    assert deck.at == 4


def test_the_header_says_chapter_stop_and_what_the_network_does(
    window: MainWindow, deck: Deck
) -> None:
    press(window, Key.Key_F5, Key.Key_3, Key.Key_Return)
    assert window.stage.number.whole == "2 Second · 3 of 6"
    assert window.stage.run.whole.startswith("book: the built-in network")
    press(window, Key.Key_PageDown)
    assert window.stage.run.whole.startswith("book: untrained, seed 3")


def test_esc_leaves_and_f5_begins_again_at_the_same_stop(window: MainWindow, deck: Deck) -> None:
    press(window, Key.Key_F5, Key.Key_PageDown, Key.Key_PageDown)
    press(window, Key.Key_Escape)
    assert not (window.look.theme.present or window.on_stage or deck.on)
    press(window, Key.Key_F5)
    assert window.look.theme.present and deck.at == 2 and window.page.title == "Lab"


def test_a_stop_has_its_own_scene(window: MainWindow, deck: Deck, session: Session) -> None:
    press(window, Key.Key_F5)
    scene = session.viewer.scene
    assert scene.digit.source.endswith("16") and scene.network.name == "book"
    press(window, Key.Key_End)
    assert session.viewer.scene.selected == Cell(2, 2, 3, 5)
    press(window, Key.Key_4, Key.Key_Return)
    assert session.runs.gear == 5 and session.runs.seed == 3
    press(window, Key.Key_PageUp)
    assert session.runs.gear == 0


def test_what_is_asked_is_hidden_until_a(window: MainWindow, deck: Deck, session: Session) -> None:
    press(window, Key.Key_F5, Key.Key_PageDown)
    assert session.viewer.scene.answer_hidden and deck.hides
    press(window, Key.Key_A)
    assert not (session.viewer.scene.answer_hidden or deck.hides)
    press(window, Key.Key_PageDown, Key.Key_PageUp)
    assert session.viewer.scene.answer_hidden


def test_afterwards_all_is_as_it_was(window: MainWindow, deck: Deck, session: Session) -> None:
    viewer = session.viewer
    session.show_digit(3)
    session.what_if.add(SwitchOff("conv2d_1", 3))
    viewer.select(Cell(2, 4, 5, 6))
    window.show_page(window.pages[1])
    before, run, lab = viewer.scene, session.runs.run, window.pages[1].shown_settings()
    press(window, Key.Key_F5)
    for _ in STOPS:
        press(window, Key.Key_PageDown)
    press(window, Key.Key_Escape)
    after = viewer.scene
    assert session.runs.run is run and after.model.origin == before.model.origin
    assert all(np.array_equal(after.weights[key], before.weights[key]) for key in before.weights)
    assert after.digit is before.digit and after.selected == before.selected
    assert session.what_if.edits == (SwitchOff("conv2d_1", 3),)
    assert window.page.title == "Lab" and window.page.shown_settings() == lab


def test_a_run_that_trains_rests_during_the_talk_and_then_goes_on(
    window: MainWindow, deck: Deck, short: Session, qtbot: QtBot
) -> None:
    short.runs.set_gear(1)
    short.train_or_pause()
    qtbot.waitUntil(lambda: short.runs.state.step > 0)
    run = short.runs.run
    press(window, Key.Key_F5)
    assert short.runs.run is not run and not short.runs.moving and run.state.phase == "paused"
    press(window, Key.Key_Escape)
    assert short.runs.run is run and short.runs.moving and short.runs.gear == 1
    short.stop()


def test_a_run_of_before_can_go_on_however_often_one_trains_in_the_talk(
    window: MainWindow, deck: Deck, short: Session, qtbot: QtBot
) -> None:
    short.train_or_pause()
    qtbot.waitUntil(lambda: short.runs.state.phase == "finished")
    run = short.runs.run
    press(window, Key.Key_F5)
    for _ in range(3):
        press(window, Key.Key_4, Key.Key_Return)
        short.runs.set_gear(0)
        press(window, Key.Key_Space)
        qtbot.waitUntil(lambda: short.runs.state.phase == "finished")
    press(window, Key.Key_Escape)
    assert short.runs.run is run and run.kept and short.runs.goes_on
    assert len([each for each in short.library.runs if isinstance(each, Run)]) == 4


def test_what_a_stop_cannot_show_is_said_and_the_talk_goes_on(
    window: MainWindow, deck: Deck, session: Session
) -> None:
    session.talk.change(0, Stop("The sliding window", way=(StopCell("dense_1", 3),)))
    press(window, Key.Key_F5)
    assert "nothing to show for dense_1" in window.talking.strip.remark.text()
    session.talk.change(1, Stop("The convolution lab", settings={"view": "upside down"}))
    press(window, Key.Key_PageDown)
    assert "upside down" in window.talking.strip.remark.text()
    press(window, Key.Key_PageDown)
    assert deck.at == 2 and window.talking.strip.remark.isHidden()


def test_without_a_talk_of_ones_own_the_built_in_one_begins(window: MainWindow) -> None:
    assert not window.session.talk.talk.stops
    press(window, Key.Key_F5)
    assert window.session.talk.built_in and window.deck.at == 0
    assert all(stop.stage in window.deck.stages for stop in window.deck.talk.stops)


def test_the_words_stand_below_the_stage_and_can_be_left_out(
    window: MainWindow, deck: Deck
) -> None:
    press(window, Key.Key_F5)
    QApplication.processEvents()
    strip = window.talking.strip
    assert strip.isVisible() and strip.words.text() == "Nothing else."
    assert strip.geometry().top() >= window.faces.geometry().bottom()
    press(window, Key.Key_T)
    assert not strip.isVisible()
    press(window, Key.Key_PageDown)
    assert not strip.isVisible()
    press(window, Key.Key_T)
    assert strip.isVisible() and strip.words.text() == "Which?"


def test_the_talk_can_be_read_in_the_window(window: MainWindow, deck: Deck) -> None:
    window.talking.set_on(True)
    QApplication.processEvents()
    strip = window.talking.strip
    assert deck.on and not window.look.theme.present and strip.next.isVisible()
    strip.next.click()
    assert strip.title.whole == "Guess" and not strip.again.isVisible()
    press(window, Key.Key_Escape)  # one wanders off, to the page
    assert strip.isVisible() and strip.again.isVisible()
    strip.again.click()
    assert window.on_stage and not strip.again.isVisible() and strip.title.whole == "Guess"
    window.session.show_digit(2)
    window.session.viewer.settle()
    assert strip.again.isVisible()
    strip.leave.click()
    assert not deck.on and not strip.isVisible() and not window.on_stage


def test_all_stops_are_seen_as_small_pictures_and_one_is_gone_to(
    window: MainWindow, deck: Deck, qtbot: QtBot
) -> None:
    press(window, Key.Key_F5, Key.Key_O)
    overview = window.all_stops.overview
    assert window.all_stops.shown and overview.missing
    qtbot.waitUntil(lambda: not overview.missing)
    assert deck.at == 0 and window.session.viewer.scene.digit.source.endswith("16")
    activate(window, qtbot)
    overview.setFocus()
    press(window, Key.Key_Right, Key.Key_Right, Key.Key_Return)
    assert deck.at == 2 and not window.all_stops.shown and window.on_stage
    activate(window, qtbot)
    press(window, Key.Key_O)
    assert window.all_stops.shown and not overview.missing
    QApplication.processEvents()
    press(window, Key.Key_Escape)
    assert not window.all_stops.shown and window.look.theme.present and deck.at == 2
    press(window, Key.Key_O, Key.Key_5, Key.Key_Return)
    assert deck.at == 4
