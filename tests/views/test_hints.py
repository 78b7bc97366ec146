"""Three hints of the first look, each at its place, each gone for good by use or a click."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from visualizer.data.synthetic.synthetic import synthetic_digits
from visualizer.runs.bundled import bundled_model
from visualizer.scene.scene import Digit
from visualizer.session.first_look import DRAW, HINTS, NUMBER, TRAIN, hesitation
from visualizer.session.session import Session
from visualizer.storage.preferences import Preferences, load_preferences, save_preferences
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


def shown(window: MainWindow) -> set[str]:
    QApplication.processEvents()
    hints = window.findChildren(HintButton)
    return {button._hint for button in hints if button.isVisible()}


def test_without_a_first_look_there_are_no_hints(window: MainWindow) -> None:
    assert shown(window) == set()


def test_at_first_there_are_three_each_at_its_place(newcomer: MainWindow) -> None:
    assert shown(newcomer) == set(HINTS)
    page = newcomer.pages[0]
    places = {DRAW: page.input, NUMBER: page.position, TRAIN: newcomer.run_bar}
    for button in newcomer.findChildren(HintButton):
        assert places[button._hint].isAncestorOf(button)
        assert button.width() >= button.minimumSizeHint().width()


@pytest.mark.parametrize("hint", HINTS)
def test_a_click_closes_one_for_good(hint: str, newcomer: MainWindow) -> None:
    (button,) = (it for it in newcomer.findChildren(HintButton) if it._hint == hint)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert shown(newcomer) == set(HINTS) - {hint}
    assert newcomer.session.first_look.done == {hint}


def test_training_is_known_once_it_was_done(newcomer: MainWindow, qtbot: QtBot) -> None:
    QTest.keyClick(newcomer, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: newcomer.session.runs.state.phase == "finished")
    assert shown(newcomer) == {DRAW, NUMBER}


def test_a_number_is_known_once_another_was_selected(newcomer: MainWindow) -> None:
    newcomer.session.viewer.select_layer(2)
    newcomer.session.viewer.settle()
    assert NUMBER in shown(newcomer)
    QTest.keyClick(newcomer.pages[0].maps.maps, Qt.Key.Key_Right)
    newcomer.session.viewer.settle()
    assert shown(newcomer) == {DRAW, TRAIN}


def test_drawing_is_known_once_there_is_ink(newcomer: MainWindow) -> None:
    easel = newcomer.pages[0].input.draw.easel
    newcomer.pages[0].input.show_tab("draw")
    newcomer.session.viewer.settle()
    assert DRAW not in newcomer.session.first_look.done
    easel.touch(0.3, 0.3)
    easel.move(0.7, 0.7)
    easel.lift()
    newcomer.session.viewer.settle()
    assert shown(newcomer) == {NUMBER, TRAIN}


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
