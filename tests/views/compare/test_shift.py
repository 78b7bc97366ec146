"""A digit moved by arrow keys or by dragging, before two networks; the curves of all."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.views.conftest import Pointer
from tests.views.painted import unreadable_in
from visualizer.compare.measurements import SHIFTS
from visualizer.compare.verdict import verdict
from visualizer.data.shift import shifted
from visualizer.data.synthetic.synthetic import synthetic_digits
from visualizer.scene.scene import Digit
from visualizer.session.session import Session
from visualizer.views.base.look import Look
from visualizer.views.compare.page import ComparePage
from visualizer.views.compare.shift_view import MovedDigit, ShiftView, moved_words
from visualizer.views.window.window import MainWindow


@pytest.fixture
def view(page: ComparePage) -> ShiftView:
    made = page.show_part("shift")
    assert isinstance(made, ShiftView)
    return made


def test_arrow_keys_move_the_digit_for_both_networks(
    page: ComparePage, view: ShiftView, session: Session, qtbot: QtBot
) -> None:
    pair, digit = page.comparison.moved, session.viewer.scene.digit
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Down):
        qtbot.keyClick(view.moved.digit, key)
    assert (pair.dy, pair.dx) == (1, -2)
    assert view.moved.where.whole == "moved 2 left, 1 down"
    expected = shifted(digit.pixels[None], 1, -2)[0]
    for viewer, model in zip(pair.viewers, pair.models, strict=True):
        assert np.array_equal(viewer.scene.digit.pixels, expected)
        told = model.trace(expected).probabilities
        assert np.array_equal(viewer.scene.trace.probabilities, told)
    assert [viewer.scene.network.name for viewer in pair.viewers] == ["book", "dense"]
    qtbot.keyClick(view.moved.digit, Qt.Key.Key_Home)
    assert (pair.dy, pair.dx) == (0, 0) and pair.viewers[0].scene.digit.pixels is digit.pixels


def test_it_is_moved_no_further_than_eight_pixels(
    page: ComparePage, view: ShiftView, qtbot: QtBot
) -> None:
    for _ in range(12):
        qtbot.keyClick(view.moved.digit, Qt.Key.Key_Up)
    assert page.comparison.moved.dy == -8


def test_dragging_moves_it_by_whole_pixels(
    page: ComparePage, view: ShiftView, pointer: Pointer
) -> None:
    digit = view.moved.digit
    begin = digit.cells.cell(10, 10).center()
    step = QPointF(3 * digit.cells.width, -2 * digit.cells.height)
    pointer.drag(digit, begin, begin + step)
    assert (page.comparison.moved.dy, page.comparison.moved.dx) == (-2, 3)


def test_another_digit_comes_as_far_moved(
    page: ComparePage, view: ShiftView, session: Session
) -> None:
    pair = page.comparison.moved
    pair.move_to(0, 4)
    session.show_digit(5)
    moved = shifted(session.source.dataset.test.pixels[5][None], 0, 4)[0]
    assert np.array_equal(pair.viewers[1].scene.digit.pixels, moved)
    assert session.viewer.scene.digit.index == 5  # which is not moved itself


def test_another_network_is_chosen_and_the_same_on_both_sides_changes_places(
    page: ComparePage, view: ShiftView, qtbot: QtBot
) -> None:
    pair, (first, second) = page.comparison.moved, view.moved.answers
    assert "same-padding" not in [first.network.itemData(at) for at in range(first.network.count())]
    first.network.activated.emit(first.network.findData("strided"))
    assert pair.names == ("strided", "dense")
    first.network.activated.emit(first.network.findData("dense"))
    assert pair.names == ("dense", "strided")
    assert second.network.currentData() == "strided"
    assert pair.viewers[0].scene.network.name == "dense"


def test_the_curves_of_all_trained_networks_are_found_out_when_asked_for(
    page: ComparePage, view: ShiftView, qtbot: QtBot
) -> None:
    curves, measurements = view.curves, page.comparison.measurements
    assert not measurements.shifting.busy
    curves.ask.click()
    assert curves.cancel.isVisible() and not curves.ask.isEnabled()
    qtbot.waitUntil(lambda: not measurements.shifting.busy)
    assert [line.name for line in curves.plot._lines] == [
        *("book", "no-max-pool", "strided", "average-pool", "dense")
    ]
    assert curves.says.text().startswith(
        "Moved by 4 pixels, on average of the four directions, all 60 test digits of bars"
    )
    assert not curves.ask.isVisible() and not curves.cancel.isVisible()
    page.comparison.moved.move_to(-3, 2)
    assert curves.plot.place_told == 2
    curves.way.chosen.emit("down")
    curves.way.show_choice("down")
    curves.way.chosen.emit("down")
    assert curves.plot.place_told == -3


def test_while_one_looks_the_window_has_no_second_progress(
    page: ComparePage, view: ShiftView, session: Session, qtbot: QtBot
) -> None:
    view.curves.ask.click()
    assert session.jobs.is_watched(SHIFTS)
    page.show_part("networks")
    assert not session.jobs.is_watched(SHIFTS)


def test_how_far_in_words() -> None:
    assert moved_words(0, 0) == "in its place"
    assert moved_words(-2, 3) == "moved 3 right, 2 up"
    assert moved_words(1, 0) == "moved 1 down"


def test_answers_that_are_to_be_guessed_are_hidden_here_too(
    page: ComparePage, view: ShiftView, session: Session
) -> None:
    session.viewer.predict(True)
    answer = view.moved.answers[0]
    assert answer.verdict.whole == "reads ?"
    assert all(viewer.scene.answer_hidden for viewer in page.comparison.moved.viewers)
    session.viewer.reveal()
    assert answer.verdict.whole.startswith("reads ") and "%" in answer.verdict.whole


def test_an_empty_pad_has_no_answer(page: ComparePage, view: ShiftView, session: Session) -> None:
    session.show(Digit(np.zeros((28, 28), np.uint8), None, "drawing", drawn=True))
    page.comparison.moved.move_to(1, 1)
    assert view.moved.answers[0].verdict.whole == "no ink"


@pytest.mark.slow
def test_fewer_digits_are_a_choice_that_the_curves_name(
    page: ComparePage, view: ShiftView, session: Session, qtbot: QtBot
) -> None:
    session.source._on_done((synthetic_digits(train=0, test=250), None))
    view.curves.count.chosen.emit("200")
    assert view.curves.count.choice == "200"
    assert view.curves.title.whole == "Accuracy on the first 200 test digits of synthetic digits"
    view.curves.ask.click()
    qtbot.waitUntil(lambda: not page.comparison.measurements.shifting.busy)
    assert "the first 200 test digits" in view.curves.says.text()


@pytest.mark.parametrize("size", [(1024, 700), (1366, 768), (1920, 1080)])
def test_on_the_stage_a_verdict_in_words_is_read_from_the_back_row(
    page: ComparePage,
    view: ShiftView,
    window: MainWindow,
    look: Look,
    pointer: Pointer,
    size: tuple[int, int],
) -> None:
    look.set_present(True)
    window.resize(*size)
    window.open_stage(next(each for each in page.stages() if each.title == "One digit, moved"))
    window.settle()
    QApplication.processEvents()
    stage = window.stage.content
    assert isinstance(stage, MovedDigit)
    assert "drag the digit" in stage.where.text()
    assert stage.verdict.text() == verdict(page.comparison.moved)
    cells = stage.digit.cells
    begin = cells.cell(10, 14).center()
    pointer.drag(stage.digit, begin, begin - QPointF(8 * cells.width, 5 * cells.height))
    QApplication.processEvents()
    pair = page.comparison.moved
    assert (pair.dy, pair.dx) == (-5, -8) and stage.verdict.text() == verdict(pair)
    assert stage.where.text() == "moved 8 left, 5 up"
    said = stage.verdict
    assert QFontInfo(said._label.font()).pixelSize() >= round(45 * size[1] / 1080) - 1
    assert said.height() >= said.heightForWidth(said.width()) > 0
    assert stage.rect().contains(said.geometry()) and unreadable_in(stage) == []
