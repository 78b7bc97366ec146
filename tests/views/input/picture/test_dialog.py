"""A picture is looked at, boxed and set before it becomes the input; or nothing changes."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton

from tests.views.painted import unreadable_in
from visualizer.data.input.drawing import to_digit
from visualizer.data.synthetic.synthetic import synthetic_digits
from visualizer.digits.pictures import Picture
from visualizer.session.session import Session
from visualizer.views.figures import photographed
from visualizer.views.input.picture.box_view import LEAST
from visualizer.views.input.picture.dialog import PictureDialog
from visualizer.views.window.window import MainWindow

DIGITS = synthetic_digits(train=0, test=4).test.pixels
SHEET = np.concatenate([photographed(digit)[:, 100:460] for digit in DIGITS[:2]], axis=1)
SIDE = 360  # of each of the two on the sheet
Ask = Callable[[np.ndarray], PictureDialog]


@pytest.fixture
def ask(window: MainWindow, session: Session) -> Ask:
    """A function that has the window ask about a picture."""

    def make(grey: np.ndarray) -> PictureDialog:
        session.pictures.read.emit(Picture(grey, "sheet.jpg"))
        dialog = window.commands.pictures.asking
        assert dialog is not None and dialog.isVisible()
        return dialog

    return make


def alike(one: np.ndarray, other: np.ndarray) -> float:
    return float(np.corrcoef(one.ravel() / 255, other.ravel() / 255)[0, 1])


def drag(dialog: PictureDialog, start: tuple[int, int], end: tuple[int, int]) -> None:
    """Drag from one (row, column) of the picture to another."""
    view = dialog.box

    def at(row: int, column: int) -> QPoint:
        return view.on_screen((row, column, row, column)).topLeft().toPoint()

    button = Qt.MouseButton.LeftButton
    QTest.mousePress(view, button, pos=at(*start))
    QTest.mouseMove(view, at(*end))
    QTest.mouseRelease(view, button, pos=at(*end))


def segment(dialog: PictureDialog, text: str) -> QToolButton:
    (button,) = (b for b in dialog.findChildren(QToolButton) if b.text() == text)
    return button


@pytest.mark.parametrize(("first", "shown"), [(0, 0), (SIDE, 1)])
def test_the_digit_in_the_dragged_box_becomes_the_input(
    ask: Ask, session: Session, first: int, shown: int
) -> None:
    dialog = ask(SHEET)
    drag(dialog, (0, SIDE), (SIDE, 2 * SIDE))  # the corner of the whole picture
    dialog.box.show_box((100, 100, 120, 120))  # a small one, so that there is an outside
    drag(dialog, (4, first + 4), (SIDE - 4, first + SIDE - 4))
    assert alike(dialog.digit, to_digit(255 - DIGITS[shown])) > 0.9
    expected = dialog.digit
    dialog.use.click()
    digit = session.viewer.scene.digit
    assert digit.source == "sheet.jpg" and digit.label is None
    np.testing.assert_array_equal(digit.pixels, expected)


@pytest.mark.parametrize("how", ["button", "escape"])
def test_cancelled_the_digit_before_stays(
    ask: Ask, session: Session, window: MainWindow, how: str
) -> None:
    before = session.viewer.scene
    dialog = ask(SHEET)
    if how == "button":
        (cancel,) = (b for b in dialog.buttons.buttons() if b is not dialog.use)
        cancel.click()
    else:
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert session.viewer.scene is before and window.commands.pictures.asking is None


def test_the_box_is_moved_and_stretched(ask: Ask) -> None:
    dialog = ask(SHEET)
    dialog.box.show_box((100, 100, 200, 200))
    drag(dialog, (150, 150), (170, 190))
    top, left, bottom, right = dialog.box.box
    assert (bottom - top, right - left) == (100, 100)
    assert (top, left) == pytest.approx((120, 140), abs=3)
    drag(dialog, (bottom, (left + right) // 2), (bottom + 50, (left + right) // 2))
    assert dialog.box.box[0] == top and dialog.box.box[2] == pytest.approx(bottom + 50, abs=3)
    drag(dialog, ((top + bottom) // 2, left), ((top + bottom) // 2, left - 60))
    assert dialog.box.box[1] == pytest.approx(left - 60, abs=3)
    drag(dialog, (150, 150), (5000, 5000))
    assert dialog.box.box[2:] == SHEET.shape
    assert dialog.settings.box == dialog.box.box


def test_keys_move_the_box_and_with_shift_resize_it(ask: Ask) -> None:
    dialog = ask(SHEET)
    view, shift = dialog.box, Qt.KeyboardModifier.ShiftModifier
    view.setFocus()
    view.show_box((100, 100, 200, 200))
    QTest.keyClick(view, Qt.Key.Key_Right)
    step = view.box[1] - 100
    assert step > 0 and view.box == (100, 100 + step, 200, 200 + step)
    QTest.keyClick(view, Qt.Key.Key_Down, shift)
    assert view.box == (100, 100 + step, 200 + step, 200 + step)
    for _ in range(40):
        QTest.keyClick(view, Qt.Key.Key_Up, shift)
        QTest.keyClick(view, Qt.Key.Key_Up)
    top, _, bottom, _ = view.box
    assert top == 0 and LEAST <= bottom - top <= LEAST + step
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.box == view.whole
    dialog.settle()
    assert dialog.settings.box is None and not dialog.whole.isEnabled()


def test_every_step_has_its_control(ask: Ask, session: Session) -> None:
    dialog = ask(photographed(DIGITS[0]))
    found = dialog.digit
    assert dialog.steps.inverted and not dialog.automatic.isEnabled()
    segment(dialog, "no").click()
    dialog.settle()
    assert not dialog.steps.inverted
    segment(dialog, "automatic").click()
    dialog.threshold.setValue(90)
    dialog.settle()
    assert dialog.steps.threshold == pytest.approx(0.9) and "90" in dialog.row[2].title.whole
    assert dialog.automatic.isEnabled()
    dialog.automatic.click()
    np.testing.assert_array_equal(dialog.digit, found)
    segment(dialog, "as it lies").click()
    assert dialog.digit.sum() < found.sum()
    dialog.set_box((0, 0, 40, 40))
    dialog.whole.click()
    assert dialog.box.box == dialog.box.whole


def test_it_says_at_once_what_the_network_reads(ask: Ask, session: Session) -> None:
    dialog = ask(SHEET)
    for box in ((0, 0, SIDE, SIDE), (0, SIDE, SIDE, 2 * SIDE)):
        dialog.set_box(box)
        shares = session.viewer.scene.model.trace(dialog.digit).probabilities
        assert dialog.says.text() == str(int(shares.argmax()))
        assert f"{shares.max() * 100:.2f}" in dialog.sure.whole


def test_a_box_without_ink_cannot_be_used(ask: Ask) -> None:
    dialog = ask(SHEET)
    dialog.set_box((0, 0, 30, 30))
    assert not dialog.use.isEnabled() and "no ink" in dialog.sure.whole
    dialog.whole.click()
    dialog.settle()
    assert dialog.use.isEnabled()


def test_a_second_picture_takes_the_place_of_the_first(ask: Ask, session: Session) -> None:
    before = session.viewer.scene
    ask(SHEET)
    second = ask(photographed(DIGITS[2]))
    assert session.viewer.scene is before
    second.use.click()
    assert alike(session.viewer.scene.digit.pixels, to_digit(255 - DIGITS[2])) > 0.9


def test_enter_uses_the_picture_and_the_box_has_the_keyboard(ask: Ask, session: Session) -> None:
    dialog = ask(photographed(DIGITS[1]))
    assert dialog.use.isDefault()
    assert not any(b.autoDefault() for b in (dialog.whole, dialog.automatic))
    assert isinstance(dialog.use, QPushButton)
    QTest.keyClick(dialog.box, Qt.Key.Key_Return)
    assert session.viewer.scene.digit.source == "sheet.jpg"


@pytest.mark.parametrize("size", [(1024, 700), (1440, 900), (1920, 1080)])
@pytest.mark.parametrize("present", [False, True])
def test_everything_in_it_can_be_read(
    ask: Ask, window: MainWindow, size: tuple[int, int], present: bool
) -> None:
    window.resize(*size)
    window.look.set_present(present)
    QApplication.processEvents()
    dialog = ask(SHEET)
    QApplication.processEvents()
    assert unreadable_in(dialog) == []
    assert dialog.width() <= window.width() and dialog.height() <= window.height()
    inner = dialog.rect()
    for step in dialog.row:
        assert inner.contains(step.geometry())
        assert step.title.text() in step.title._forms
        assert step.control.width() >= step.control.minimumSizeHint().width()
    assert dialog.box.place.contains(dialog.box.on_screen(dialog.box.box).adjusted(1, 1, -1, -1))
