"""Hints of the first look, each at its place, each gone for good by use or a click."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from tests.views.window.menus import action_named
from visualizer.data.synthetic.synthetic import synthetic_digits
from visualizer.runs.bundled import bundled_model
from visualizer.scene.scene import Digit
from visualizer.session.first_look import DRAW, HINTS, NUMBER, TALK, TRAIN, hesitation
from visualizer.session.session import Session
from visualizer.storage.preferences import Preferences, load_preferences, save_preferences
from visualizer.storage.resources import resource
from visualizer.storage.talk_file import load_talk
from visualizer.system.jobs import JobProgress
from visualizer.system.notice import Notice
from visualizer.views.base.look import Look
from visualizer.views.widgets.hint import HintButton
from visualizer.views.window.window import MainWindow


@pytest.fixture
def newcomer(look: Look, short: Session, show: object) -> MainWindow:
    """The window at its very first start."""
    made = MainWindow(look, short)
    short.first_look.begin([])
    show(made, 1500, 900)  # type: ignore[operator]
    return made


def buttons(window: MainWindow) -> dict[str, QAbstractButton]:
    """What removes each hint for good by a click."""
    found: dict[str, QAbstractButton] = {
        button._hint: button for button in window.findChildren(HintButton)
    }
    return {**found, TALK: window.status.offer.close_button}


def shown(window: MainWindow) -> set[str]:
    QApplication.processEvents()
    return {hint for hint, button in buttons(window).items() if button.isVisible()}


def test_without_a_first_look_there_are_no_hints(window: MainWindow) -> None:
    assert shown(window) == set()


@pytest.mark.parametrize("width", [1024, 1280, 1500])
def test_at_first_each_is_at_its_place(width: int, newcomer: MainWindow) -> None:
    newcomer.resize(width, 768)
    assert shown(newcomer) == set(HINTS)
    page = newcomer.pages[0]
    places = {DRAW: page.input, NUMBER: page.position, TRAIN: newcomer.run_bar}
    places[TALK] = newcomer.status
    for hint, button in buttons(newcomer).items():
        assert places[hint].isAncestorOf(button)
        assert button.width() >= button.minimumSizeHint().width()


@pytest.mark.parametrize("hint", HINTS)
def test_a_click_closes_one_for_good(hint: str, newcomer: MainWindow) -> None:
    QTest.mouseClick(buttons(newcomer)[hint], Qt.MouseButton.LeftButton)
    assert shown(newcomer) == set(HINTS) - {hint}
    assert newcomer.session.first_look.done == {hint}


def test_training_is_known_once_it_was_done(newcomer: MainWindow, qtbot: QtBot) -> None:
    QTest.keyClick(newcomer, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: newcomer.session.runs.state.phase == "finished")
    assert shown(newcomer) - {TALK} == {DRAW, NUMBER}


def test_a_number_is_known_once_another_was_selected(newcomer: MainWindow) -> None:
    newcomer.session.viewer.select_layer(2)
    newcomer.session.viewer.settle()
    assert NUMBER in shown(newcomer)
    QTest.keyClick(newcomer.pages[0].maps.maps, Qt.Key.Key_Right)
    newcomer.session.viewer.settle()
    assert shown(newcomer) == {DRAW, TRAIN, TALK}


def test_drawing_is_known_once_there_is_ink(newcomer: MainWindow) -> None:
    easel = newcomer.pages[0].input.draw.easel
    newcomer.pages[0].input.show_tab("draw")
    newcomer.session.viewer.settle()
    assert DRAW not in newcomer.session.first_look.done
    easel.touch(0.3, 0.3)
    easel.move(0.7, 0.7)
    easel.lift()
    newcomer.session.viewer.settle()
    assert shown(newcomer) == {NUMBER, TRAIN, TALK}


def test_hints_stay_closed_at_the_next_start(tmp_path: Path) -> None:
    path = tmp_path / "preferences.json"
    save_preferences(Preferences(hints=[DRAW]), path)
    assert load_preferences(path).hints == [DRAW]


def test_hints_that_nobody_knows_are_none(session: Session) -> None:
    session.first_look.begin(["none", DRAW])
    assert session.first_look.done == {DRAW}


def test_the_sentence_stands_at_the_foot_while_nothing_is_told(newcomer: MainWindow) -> None:
    test = synthetic_digits(train=0, test=17).test
    viewer = newcomer.session.viewer
    model = bundled_model()
    viewer.show_live(model)
    viewer.show_digit(Digit(test.pixels[16], int(test.labels[16]), "test digit 16", 16))
    viewer.settle()
    assert newcomer.status.idle.whole == hesitation(viewer.scene)[0]
    viewer.show_digit(Digit(test.pixels[0], int(test.labels[0]), "test digit 0", 0))
    viewer.settle()
    assert "Space" in newcomer.status.idle.whole


# The talk


def test_the_talk_is_offered_with_its_stops_and_a_click_reads_it(newcomer: MainWindow) -> None:
    offer = newcomer.status.offer
    stops = len(load_talk(resource("talk", "talk.md")).stops)
    assert offer.read.text().startswith(f"New here? Read the talk: {stops} stops")
    QTest.mouseClick(offer.read, Qt.MouseButton.LeftButton)
    assert newcomer.deck.on and newcomer.talking.strip.isVisible()
    assert newcomer.session.talk.built_in and newcomer.deck.at == 0
    newcomer.talking.set_on(False)
    assert TALK not in shown(newcomer) and TALK in newcomer.session.first_look.done


def test_whoever_reads_or_presents_a_talk_by_another_way_knows_it(newcomer: MainWindow) -> None:
    action_named(newcomer, "Present mode").trigger()
    assert TALK in newcomer.session.first_look.done


def test_the_offer_rests_while_something_is_told(newcomer: MainWindow) -> None:
    assert TALK in shown(newcomer)
    newcomer.session.noticed.emit(Notice("The folder is empty.", "error"))
    assert TALK not in shown(newcomer) and newcomer.status.notice.isVisible()
    newcomer.session.noticed.emit(Notice(""))
    assert TALK in shown(newcomer)


def test_the_offer_rests_while_a_job_is_told_and_on_the_stage(newcomer: MainWindow) -> None:
    newcomer.status.job.show_jobs((JobProgress("any", "Reading", 1, 2),))
    assert TALK not in shown(newcomer) and newcomer.status.job.isVisible()
    newcomer.status.job.show_jobs(())
    assert TALK in shown(newcomer)
    newcomer.show_stage(True)
    assert TALK not in shown(newcomer)


@pytest.mark.parametrize("zoom", [1.0, 1.5, 2.0])
def test_on_a_small_screen_neither_the_offer_nor_the_words_beside_it_are_cut(
    zoom: float, newcomer: MainWindow, look: Look
) -> None:
    newcomer.resize(1024, 700)
    look.set_zoom(zoom)
    QApplication.processEvents()
    status = newcomer.status
    assert not status.idle.text().endswith("…")
    if TALK in shown(newcomer):
        for button in (status.offer.read, status.offer.close_button):
            assert button.width() >= button.sizeHint().width()
            assert status.rect().contains(button.mapTo(status, button.rect().bottomRight()))
    assert zoom > 1.0 or TALK in shown(newcomer)
