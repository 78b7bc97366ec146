"""A digit and nothing else: its pixels, their numbers where they are wanted, and no answer."""

from __future__ import annotations

from typing import Any, cast

import pytest
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.views.conftest import Pointer, stage_called
from tests.views.painted import unreadable_in, words_of
from visualizer.session.session import Session
from visualizer.views.base.look import Look
from visualizer.views.input.digit_stage import DigitStage
from visualizer.views.window.window import MainWindow


@pytest.fixture
def stage(show: Any, look: Look, session: Session) -> DigitStage:
    made = DigitStage(look, session.viewer, session.digit_shown)
    show(made, 1366, 700)
    return made


def test_it_is_the_first_stage_and_f11_on_the_panel_still_shows_the_answer(
    window: MainWindow,
) -> None:
    assert window.page.stages()[0].title == "A digit"
    window.page.input.gallery.random.setFocus()  # type: ignore[attr-defined]
    QTest.keyClick(window, Qt.Key.Key_F11)
    assert window.stage.title.whole == "The digit and its answer"


@pytest.mark.parametrize("layer", [0, 2, 7])
def test_nothing_lies_over_the_digit_and_nothing_is_said_of_its_class(
    layer: int, stage: DigitStage, session: Session
) -> None:
    session.viewer.select_layer(layer)
    QApplication.processEvents()
    picture, cells = stage.digit.grab().toImage(), stage.digit.cells
    digit = session.viewer.scene.digit
    for row in range(28):
        for column in range(28):
            color = picture.pixelColor(cells.cell(row, column).center().toPoint())
            assert color.red() == color.green() == color.blue()
            assert color.red() == pytest.approx(255 - int(digit.pixels[row, column]), abs=3)
    said = " ".join([stage.says.whole, stage.pixel.whole])
    assert said.strip() == "28 × 28 pixels, 0 (paper) to 255 (ink)"
    assert words_of(stage.digit)[0] == []


def test_it_is_as_large_as_its_room(stage: DigitStage) -> None:
    whole = stage.digit.cells.whole
    assert stage.digit.height() - whole.height() < 30  # less than a pixel more for each row
    assert abs(whole.center().x() - stage.digit.width() / 2) <= 1


def test_the_pixel_under_the_pointer_is_read(
    stage: DigitStage, session: Session, pointer: Pointer
) -> None:
    for numbers in (False, True):
        session.digit_shown.choose(numbers=numbers)
        pointer.move(stage.digit, stage.digit.cells.cell(12, 7).center())
        session.viewer.settle()
        QApplication.processEvents()
        value = session.viewer.scene.digit.pixels[12, 7]
        assert stage.pixel.text() == f"row 12, column 7: {value}"
        pointer.move(stage.digit, QPointF(0, 0))
        session.viewer.settle()
        assert stage.pixel.text() == ""


def test_v_and_the_button_write_the_numbers_into_the_pixels(
    window: MainWindow, session: Session
) -> None:
    window.open_stage(window.page.stages()[0])
    stage = cast(DigitStage, window.stage.content)
    QApplication.processEvents()
    assert stage.digit.number_form() is None
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_V)
    assert stage.numbers.isChecked() and session.digit_shown.now.numbers
    written = [word.text for word in words_of(stage.digit)[0]]
    assert written == [str(value) for value in session.viewer.scene.digit.pixels.reshape(-1)]
    stage.numbers.click()
    assert stage.digit.number_form() is None and not session.digit_shown.now.numbers


@pytest.mark.parametrize(
    "size", [QSize(1366, 768), QSize(1024, 700), QSize(1920, 1080)], ids=lambda size: size.width()
)
def test_nothing_is_cut_in_the_lecture_hall(
    size: QSize, window: MainWindow, look: Look, session: Session
) -> None:
    look.set_present(True)
    window.resize(size)
    window.open_stage(stage_called(window, "A digit"))
    for numbers in (False, True):
        session.digit_shown.choose(numbers=numbers)
        session.viewer.point((22, 27))
        session.viewer.settle()
        QApplication.processEvents()
        assert unreadable_in(window.stage) == []
        stage = cast(DigitStage, window.stage.content)
        assert (stage.digit.number_form() is not None) == numbers
        assert stage.says.text() == stage.says.whole
