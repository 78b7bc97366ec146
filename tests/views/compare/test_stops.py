"""What a stop of a talk says of Compare: shown, read back, and refused without a trace."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.views.conftest import settled
from tests.views.painted import unreadable_in, words_of
from visualizer.core.network.networks import NETWORKS
from visualizer.session.session import Session
from visualizer.views.base.look import Look
from visualizer.views.compare.page import ComparePage
from visualizer.views.compare.peephole_view import PeepholeView
from visualizer.views.compare.shift_view import MovedDigit
from visualizer.views.window.window import MainWindow

STOPS: tuple[dict[str, str], ...] = (
    {},
    {"part": "shift", "pair": "no-max-pool, strided", "shift": "2, -4"},
    {"part": "same", "same": "dense, book", "group": "neither"},
    {"curves": "loss", "way": "down"},
    {"part": "peephole", "hole": "18 × 18", "peephole": "0, 10", "covered": "12"},
    {"part": "peephole", "covered": "3", "guess": "7"},
    {"covered": "3", "guess": "none"},
)
WRONG = (
    ({"colour": "red"}, "part, pair, shift"),
    ({"part": "all"}, "networks, shift, same or peephole"),
    ({"pair": "book"}, "two of the trained networks"),
    ({"pair": "book, book"}, "two of the trained networks"),
    ({"same": "book, nobody"}, "two of the trained networks"),
    ({"shift": "9, 0"}, "from −8 to 8"),
    ({"hole": "8 × 8"}, "7 × 7 or 15 × 15 or 18 × 18"),
    ({"peephole": "28, 0"}, "from 0 to 27"),
    ({"covered": "-1"}, "“covered”"),
    ({"guess": "10"}, "“guess”"),
    ({"group": "some"}, "“group”"),
    ({"curves": "x"}, "accuracy or loss"),
    ({"way": "x"}, "right or down"),
)


@pytest.mark.parametrize("stop", STOPS)
def test_a_stop_is_shown_as_it_says_and_read_back_alike(
    stop: dict[str, str], show: Any, look: Look, session: Session
) -> None:
    page, other = (ComparePage(look, session.viewer, session) for _ in range(2))
    assert page.shown_settings() == {}
    page.show_settings(stop)
    assert page.shown_settings() == stop
    page.show_settings(page.shown_settings())
    assert page.shown_settings() == stop
    other.comparison.peephole.take_for(1)
    other.comparison.moved.move_to(1, 1)
    other.show_settings(stop)
    told = other.shown_settings()
    told.pop("covered"), told.pop("guess", None)
    assert told == {key: stop[key] for key in stop if key not in ("covered", "guess")}
    for made in (page, other):
        show(made, 1100, 700)


@pytest.mark.parametrize(("wrong", "said"), WRONG)
def test_a_wrong_stop_changes_nothing(
    wrong: dict[str, str], said: str, look: Look, session: Session, show: Any
) -> None:
    page = ComparePage(look, session.viewer, session)
    with pytest.raises(ValueError, match=said):
        page.show_settings({"part": "same", "group": "both"} | wrong)
    assert page.shown_settings() == {}
    show(page, 1100, 700)


def test_nothing_is_made_only_to_be_read(page: ComparePage) -> None:
    page.shown_settings()
    page.show_settings({"part": "shift"})
    page.show_settings({})
    assert page.peephole.view is None and page.same.view is None
    assert not {"moved", "same", "peephole"} - {"moved"} & vars(page.comparison).keys()


def test_the_same_digit_is_covered_each_time(page: ComparePage) -> None:
    stop = {"part": "peephole", "hole": "18x18", "covered": "12"}
    peephole = page.comparison.peephole
    for _ in range(3):
        page.show_settings(stop)
        assert (peephole.index, peephole.size, peephole.revealed) == (12, (18, 18), False)
        peephole.take_for(1)
    assert sum(score.all for score in peephole.score.values()) == 3


def test_a_revealed_digit_is_not_asked_for_again(page: ComparePage) -> None:
    peephole = page.comparison.peephole
    page.show_settings({"covered": "12"})
    page.show_settings({"hole": "18 × 18"})
    assert peephole.index == 12  # not yet seen
    peephole.reveal()
    page.show_settings({"hole": "7 × 7"})
    assert not peephole.revealed


def test_the_groups_and_curves_of_a_stop_are_seen(page: ComparePage) -> None:
    page.show_part("same")
    QApplication.processEvents()
    page.show_settings({"part": "same", "group": "neither"})
    view = page.same.get_view()
    assert [button.isChecked() for button in view.counts] == [False, False, False, True]
    page.show_settings({"curves": "loss"})
    assert page.networks.get_view().curves.quantity.choice == "loss"
    page.show_settings({"part": "shift", "way": "down"})
    QApplication.processEvents()
    assert page.shift.get_view().curves.way.choice == "down"


def on_stage(window: MainWindow, page: ComparePage, title: str, stop: dict[str, str]) -> QWidget:
    page.show_settings(stop)
    window.open_stage(next(stage for stage in page.stages() if stage.title == title))
    QApplication.processEvents()
    content = window.stage.content
    assert content is not None
    return content


def test_a_talk_shows_one_digit_through_a_small_and_through_a_large_hole(
    window: MainWindow, page: ComparePage
) -> None:
    title = "How much does one cell see?"
    for hole, of in (("7 × 7", "no-max-pool"), ("18 × 18", "book")):
        stop = {"part": "peephole", "hole": hole, "covered": "12"}
        view = on_stage(window, page, title, stop)
        assert isinstance(view, PeepholeView)
        assert view.sizes.currentText().startswith(hole) and of in view.sizes.currentText()
        assert page.comparison.peephole.index == 12 and view.reveal.isEnabled()


def test_a_talk_begins_with_a_digit_that_is_moved_before_its_two_networks(
    window: MainWindow, page: ComparePage
) -> None:
    stop = {"part": "shift", "pair": "dense, strided", "shift": "2, -4"}
    view = on_stage(window, page, "One digit, moved", stop)
    assert isinstance(view, MovedDigit)
    assert view.where.text() == "moved 4 left, 2 down"
    assert [answer.network.currentText() for answer in view.answers] == ["dense", "strided"]
    scene = page.session.viewer.scene
    assert (view.answers[0].viewer.scene.digit.pixels[2:, :-4] == scene.digit.pixels[:-2, 4:]).all()


@pytest.mark.parametrize("size", [(1366, 768), (1024, 700), (1920, 1080)])
def test_the_table_of_a_talk_has_all_six_networks(
    size: tuple[int, int], window: MainWindow, page: ComparePage, look: Look, qtbot: QtBot
) -> None:
    look.set_present(True)
    window.resize(*size)
    view = on_stage(window, page, "The networks in numbers", {})
    settled(window, qtbot)
    seen = {word.text for word in words_of(view)[0]}
    assert set(NETWORKS) <= seen
    assert unreadable_in(window.stage) == []
