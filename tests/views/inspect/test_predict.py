"""Predict, then reveal: nothing on the screen says the answer until a key is pressed."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.views.conftest import settled
from tests.views.painted import words_of
from visualizer.scene.scene import Digit
from visualizer.session.session import Session
from visualizer.views.inspect.page import InspectPage
from visualizer.views.window.window import MainWindow


@pytest.fixture
def page(window: MainWindow, session: Session) -> InspectPage:
    """Inspect at the layer that answers, with the answers hidden."""
    page = window.pages[0]
    assert isinstance(page, InspectPage)
    session.viewer.select_layer(len(session.viewer.scene.network.layers) - 1)
    QTest.keyClick(window, Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier)
    return page


def answer_seen(window: MainWindow, page: InspectPage) -> bool:
    shown = page.input.verdict.text() + page.input.source.text()
    return "Prediction" in shown or "label" in shown


def covered(panel: QWidget) -> bool:
    """Whether a panel shows nothing of itself."""
    words = {word.text for word in words_of(panel)[0]}
    return "Which digit is it?" in words


def test_the_answer_is_hidden_until_a_shows_it(window: MainWindow, page: InspectPage) -> None:
    assert not answer_seen(window, page)
    assert page.input.probabilities.accessibleName() == "The answer is hidden"
    assert covered(page.maps) and covered(page.position)
    QTest.keyClick(window, Qt.Key.Key_A)
    assert answer_seen(window, page)
    assert not covered(page.maps) and not covered(page.position)
    assert "Prediction" in page.input.probabilities.accessibleName()


def test_the_next_digit_is_to_be_guessed_again(
    window: MainWindow, page: InspectPage, session: Session
) -> None:
    QTest.keyClick(window, Qt.Key.Key_A)
    QTest.keyClick(window, Qt.Key.Key_N)
    session.viewer.settle()
    assert not answer_seen(window, page)
    QTest.keyClick(window, Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier)  # all shown again
    assert answer_seen(window, page)
    QTest.keyClick(window, Qt.Key.Key_N)
    session.viewer.settle()
    assert answer_seen(window, page)


def test_training_goes_on_and_hides_nothing_again(page: InspectPage, session: Session) -> None:
    session.viewer.reveal()
    model = session.viewer.scene.model
    session.viewer.show_live(model.altered(()))
    session.viewer.settle()
    assert not session.viewer.scene.answer_hidden


@pytest.mark.parametrize("of", ["the page", "the stages"])
def test_the_picture_is_the_same_whatever_the_answer(
    window: MainWindow, page: InspectPage, session: Session, qtbot: QtBot, of: str
) -> None:
    """The same pixels with another label and another last layer give the same picture."""
    settled(window, qtbot)
    viewer, pictures = session.viewer, []
    scene = viewer.scene
    pixels = scene.digit.pixels
    bias = scene.weights["dense_2.bias"]
    for place in (3, 8):
        other = np.zeros_like(bias)
        other[place] = 50
        weights = {**scene.weights, "dense_2.bias": other}
        viewer.show_digit(Digit(pixels, place, "a digit"))
        viewer.show_live(type(scene.model)(scene.network, weights, "trained"))
        viewer.settle()
        assert viewer.scene.prediction == place
        if of == "the page":
            pictures.append([settled(window, qtbot)])
            continue
        window.open_stage(window.page.stages()[0])
        pictures.append([])
        for _ in range(6):
            pictures[-1].append(settled(window, qtbot))
            QTest.keyClick(window.focusWidget(), Qt.Key.Key_PageDown)
        window.close_stage()
    assert pictures[0] == pictures[1]


def test_the_filter_views_say_nothing_of_the_answer(
    window: MainWindow, page: InspectPage, session: Session, qtbot: QtBot
) -> None:
    """Neither beside the maps nor on the stage, whichever unit of the last layer is selected."""
    page.side.show_tab("filter")
    assert covered(page.side.filter)
    (stage,) = [each for each in page.stages() if "filter" in each.title]
    window.open_stage(stage)
    settled(window, qtbot)
    assert covered(window.stage)
    QTest.keyClick(window, Qt.Key.Key_A)
    assert not covered(window.stage)


def test_going_to_the_layer_that_answers_does_not_select_the_answer(session: Session) -> None:
    viewer = session.viewer
    last = len(viewer.scene.network.layers) - 1
    viewer.predict(True)
    for layer in (0, last):
        viewer.select_layer(layer)
    assert viewer.scene.prediction != 0 == viewer.scene.selected.channel
    viewer.reveal()
    for layer in (0, last):
        viewer.select_layer(layer)
    assert viewer.scene.selected.channel == viewer.scene.prediction
