"""Taught: a class, a rate and a button; what the step did, and the way back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.session.listening import train_long
from tests.views.conftest import Pointer, settled
from tests.views.painted import unreadable_in
from tests.views.readable import readable_in
from tests.views.window.menus import action_named
from visualizer.core.by_class import ByClass
from visualizer.core.edits import KeepOnly
from visualizer.session.session import Session
from visualizer.session.teaching import MOVING, TAUGHT
from visualizer.system.notice import Notice
from visualizer.text.teaching import HINT, class_words, effect_sentence, taught_sentence
from visualizer.views.inspect.page import InspectPage
from visualizer.views.why.teach_view import TeachView
from visualizer.views.window.window import MainWindow


@pytest.fixture
def page(window: MainWindow) -> InspectPage:
    page = window.pages[0]
    assert isinstance(page, InspectPage)
    action_named(window, "Teach it this one").trigger()
    QApplication.processEvents()
    return page


@pytest.fixture
def view(page: InspectPage) -> TeachView:
    why = page.side.why
    assert why.teach.isVisible() and not (why.wipe.isVisible() or why.wear.isVisible())
    assert why.experiment.choice == "taught" and page.side.tab == "why"
    return why.teach


def choose(view: TeachView, label: int) -> None:
    view.label.setCurrentIndex(label)
    view.label.activated.emit(label)


def taught(view: TeachView, session: Session, qtbot: QtBot) -> ByClass:
    """Press the button, and wait for what it did to the others."""
    view.teach.click()
    session.viewer.settle()
    teaching = session.teaching
    lesson = teaching.lesson(session.viewer.scene)
    assert lesson is not None
    qtbot.waitUntil(lambda: teaching.effect(lesson) is not None and session.rests)
    QApplication.processEvents()
    found = teaching.effect(lesson)
    assert found is not None
    assert view.sentence.text() == (
        f"{taught_sentence(lesson.step, lesson.chances)} {effect_sentence(found)}"
    )
    return found


def test_at_first_the_digits_own_class_is_offered(view: TeachView, session: Session) -> None:
    assert view.label.currentText() == str(session.viewer.scene.digit.label) == "7"
    assert view.rate.value() == 0.001 and view.teach.isEnabled() and not view.undo.isEnabled()
    assert view.sentence.text() == HINT
    for part in (view.bars, view.words, view.stop, view.ask, view.progress):
        assert part.isHidden()
    session.show_digit(1)
    session.viewer.settle()
    assert view.label.currentText() == str(session.viewer.scene.digit.label)


def test_the_button_teaches_and_the_words_say_what_it_did(
    view: TeachView, session: Session, qtbot: QtBot
) -> None:
    before = session.viewer.scene
    choose(view, 4)
    found = taught(view, session, qtbot)
    after = session.viewer.scene
    assert after.trace.probabilities[4] > before.trace.probabilities[4]
    assert found.digits == 60 and view.bars.isVisible() and view.undo.isEnabled()
    assert view.bars._values.tolist() == pytest.approx((100 * found.changes).tolist(), rel=1e-5)
    assert unreadable_in(view) == []


def test_each_class_is_told_under_the_pointer(
    view: TeachView, session: Session, qtbot: QtBot, pointer: Pointer
) -> None:
    choose(view, 4)
    found = taught(view, session, qtbot)
    pointer.move(view.bars, view.bars.unit_center(3))
    assert view.words.whole == class_words(found, 3)
    pointer.leave(view.bars)
    assert view.words.whole == "Change of each class's accuracy, in percentage points"


def test_what_it_did_comes_into_view(
    view: TeachView, page: InspectPage, session: Session, qtbot: QtBot, window: MainWindow
) -> None:
    choose(view, 4)
    taught(view, session, qtbot)
    settled(window, qtbot)
    bar = page.side.why.area.verticalScrollBar()
    assert bar.value() == bar.maximum()
    assert not view.words.visibleRegion().isEmpty()


def test_ctrl_z_takes_it_back_and_the_words_go(
    view: TeachView, session: Session, qtbot: QtBot, window: MainWindow
) -> None:
    before = session.viewer.scene
    choose(view, 4)
    taught(view, session, qtbot)
    said = view.sentence.text()
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    session.viewer.settle()
    assert session.viewer.scene.model is before.model
    assert view.sentence.text() == HINT and view.bars.isHidden()
    QTest.keyClick(window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    session.viewer.settle()
    assert view.sentence.text() == said and view.bars.isVisible()
    view.undo.click()
    session.viewer.settle()
    assert session.viewer.scene.model is before.model


def test_a_drawing_is_taught(view: TeachView, session: Session, qtbot: QtBot) -> None:
    session.easel.touch(0.5, 0.2)
    session.easel.move(0.45, 0.8)
    session.easel.lift()
    session.show(session.easel.digit)
    session.viewer.settle()
    assert view.label.currentIndex() == session.viewer.scene.prediction
    choose(view, 7)
    taught(view, session, qtbot)
    assert "as a 7" in view.sentence.text()


def test_an_empty_pad_teaches_nothing(view: TeachView, page: InspectPage, session: Session) -> None:
    page.input.show_tab("draw")
    session.viewer.settle()
    assert not view.teach.isEnabled() and "no ink" in view.teach.toolTip()


def test_what_cannot_be_is_told(view: TeachView, session: Session, notices: list[Notice]) -> None:
    session.what_if.add(KeepOnly("dense_2", 3))
    choose(view, 4)
    view.teach.click()
    assert notices[-1].kind == "error"
    assert notices[-1].text == "Class 4 is taken out of the softmax: it cannot be learnt."
    assert len(session.what_if.edits) == 1


def test_the_rate_is_kept_from_step_to_step(view: TeachView, session: Session) -> None:
    view.rate.setValue(0.5)
    session.show_digit(3)
    session.viewer.settle()
    assert (view.rate.value(), session.teaching.rate) == (0.5, 0.5)
    assert (view.rate.minimum(), view.rate.maximum()) == (0.0001, 10.0)


def test_a_search_can_be_given_up_and_asked_for(
    view: TeachView, session: Session, qtbot: QtBot
) -> None:
    choose(view, 4)
    view.teach.click()
    session.viewer.settle()
    assert view.stop.isVisible() and view.progress.isVisible()
    assert session.jobs.is_watched(TAUGHT)
    view.stop.click()
    assert view.stop.isHidden() and view.ask.isVisible() and view.bars.isHidden()
    view.ask.click()
    qtbot.waitUntil(view.bars.isVisible)


def test_while_a_run_trains_it_says_why_not(
    window: MainWindow, short: Session, qtbot: QtBot
) -> None:
    action_named(window, "Teach it this one").trigger()
    view = window.pages[0].side.why.teach
    train_long(short, qtbot)
    assert not view.teach.isEnabled() and view.teach.toolTip() == f"{MOVING}."
    short.train_or_pause()
    qtbot.waitUntil(view.teach.isEnabled)


def test_a_hidden_answer_is_not_told(view: TeachView, page: InspectPage, session: Session) -> None:
    assert any("This is a" in text for text in readable_in(page.side.why))
    session.viewer.predict(True)
    QApplication.processEvents()
    assert not any("This is a" in text for text in readable_in(page.side.why))
