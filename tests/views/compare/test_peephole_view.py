"""A digit through a hole: dragged, moved by keys, guessed, revealed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot

from tests.views.conftest import Pointer
from visualizer.views.compare.page import ComparePage
from visualizer.views.compare.peephole_view import PeepholeView


@pytest.fixture
def view(page: ComparePage) -> PeepholeView:
    made = page.show_part("peephole")
    assert isinstance(made, PeepholeView)
    return made


def seen(view: PeepholeView, row: int, column: int) -> str:
    """The colour of a pixel of the digit on the screen."""
    image = view.digit.grab().toImage()
    return image.pixelColor(view.digit.cells.cell(row, column).center().toPoint()).name()


def test_only_the_hole_is_seen_before_the_reveal(page: ComparePage, view: PeepholeView) -> None:
    peephole = page.comparison.peephole
    assert peephole.index is not None
    peephole.move_to(0, 0)
    covered = {seen(view, row, column) for row, column in ((20, 20), (12, 14), (27, 3))}
    cover = {view.theme.color(name).name() for name in ("control", "line")}
    pixels = peephole.images.pixels[peephole.index]
    inks = {view.theme.digit[int(pixels[place])].tolist()[0] for place in ((3, 3), (5, 2))}
    assert covered <= cover or all(name.startswith("#e") for name in covered)
    assert {int(seen(view, *place)[1:3], 16) for place in ((3, 3), (5, 2))} == inks
    peephole.reveal()
    value = view.theme.digit[int(pixels[20, 20])].tolist()
    assert seen(view, 20, 20) == "#" + "".join(f"{channel:02x}" for channel in value)


def test_the_hole_is_dragged_and_moved_by_arrow_keys(
    page: ComparePage, view: PeepholeView, pointer: Pointer, qtbot: QtBot
) -> None:
    peephole, cells = page.comparison.peephole, view.digit.cells
    peephole.move_to(10, 10)
    begin = cells.cell(12, 12).center()
    pointer.drag(view.digit, begin, begin + QPointF(4 * cells.width, 2 * cells.height))
    assert (peephole.top, peephole.left) == (12, 14)
    qtbot.keyClick(view.digit, Qt.Key.Key_Left)
    qtbot.keyClick(view.digit, Qt.Key.Key_Down)
    assert (peephole.top, peephole.left) == (13, 13)
    pointer.click(view.digit, cells.cell(3, 3).center())
    assert peephole.hole.contains(3, 3)


def test_a_typed_digit_is_the_guess_and_enter_goes_on(
    page: ComparePage, view: PeepholeView, qtbot: QtBot
) -> None:
    peephole = page.comparison.peephole
    label = peephole.label
    qtbot.keyClick(view.digit, str(label))
    assert peephole.guess == label and view.says.text().startswith(f"Right: it is a {label}.")
    assert "no-max-pool reads" in view.says.text()
    assert view.score.text() == "Guessed right through 7 × 7: 1 of 1"
    assert not view.guesses[0].isEnabled()
    qtbot.keyClick(view.digit, Qt.Key.Key_Return)
    assert not peephole.revealed and view.guesses[0].isEnabled()


def test_a_wrong_guess_and_a_reveal_without_one(
    page: ComparePage, view: PeepholeView, qtbot: QtBot
) -> None:
    peephole = page.comparison.peephole
    assert peephole.label is not None
    view.guesses[(peephole.label + 1) % 10].click()
    assert view.says.text().startswith(f"No: it is a {peephole.label}.")
    view.next.click()
    view.reveal.click()
    assert view.says.text().startswith(f"It is a {peephole.label}.")
    assert view.score.text() == "Guessed right through 7 × 7: 0 of 1"


def test_another_hole_comes_with_another_digit(page: ComparePage, view: PeepholeView) -> None:
    view.sizes.activated.emit(view.sizes.count() - 1)
    assert page.comparison.peephole.size == (18, 18)
    assert "book" in view.sizes.currentText() and not page.comparison.peephole.revealed


def test_it_has_the_keyboard_as_soon_as_it_is_seen(
    page: ComparePage, view: PeepholeView, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: page.window().focusWidget() is view.digit)
