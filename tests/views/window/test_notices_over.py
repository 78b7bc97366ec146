"""A notice says what is: it goes as soon as that is over, whatever kind it is."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest
from pytestqt.qtbot import QtBot

from visualizer.core.network.layers import Dense, Flatten
from visualizer.core.network.network import Network
from visualizer.data.dataset import Dataset, Images
from visualizer.digits.picture_reader import READING
from visualizer.filters.study import RESPONSES
from visualizer.session.session import LOOKING, Session
from visualizer.system.notice import Notice
from visualizer.views.window.status_line import NoticeLine
from visualizer.views.window.window import MainWindow


@pytest.fixture
def card(window: MainWindow, qtbot: QtBot) -> NoticeLine:
    """The card, which nobody has finished reading."""
    made = window.status.notice
    made._read.setInterval(10**8)
    made._wait = lambda: None  # type: ignore[method-assign]
    return made


def over(card: NoticeLine, session: Session, act: Callable[[], object]) -> str:
    """What a notice said that is there before something is done, and gone after it."""
    session._on_pump()
    assert card.isVisible(), "it went before it was over"
    said = card.text.text()
    act()
    session._on_pump()
    assert not card.isVisible() or card.text.text() != said, f"still there: {said}"
    return said


def test_untrained_is_not_said_over_a_network_that_trains(
    card: NoticeLine, short: Session, qtbot: QtBot
) -> None:
    short.reset()
    said = over(card, short, lambda: short.start_run(paused=True))
    assert said.startswith("Untrained, seed ")
    short.reset()
    over(card, short, lambda: short.choose_network("dense"))
    short.choose_network("book")
    short.reset()
    older = next(run for run in short.library.runs if run is not short.runs.run)
    over(card, short, lambda: short.library.bring(older))


def test_a_new_run_begins_until_it_has_ended(
    card: NoticeLine, short: Session, qtbot: QtBot
) -> None:
    short.runs.configure(replace(short.runs.recipe, epochs=500), 1, short.runs.settings)
    short.start_run(paused=True)
    assert over(card, short, short.stop).startswith("A new run begins.")


def test_what_a_run_takes_the_place_of_is_named_by_its_own_name(
    card: NoticeLine, short: Session, qtbot: QtBot
) -> None:
    short.start_run(paused=True)
    short.library.rename(short.runs.run, "my first")
    short.reset()
    said = card.text.text()
    assert "It takes the place of my first of book (recipe book" in said and ", epoch 0.00)" in said


def test_a_run_is_not_paused_any_more_when_one_is_back(card: NoticeLine, short: Session) -> None:
    short.runs.configure(replace(short.runs.recipe, epochs=500), 1, short.runs.settings)
    short.start_run(paused=False)
    short.choose_network("dense")
    said = over(card, short, lambda: short.choose_network("book"))
    assert said.startswith("The run of book is paused")


def test_what_is_undone_elsewhere_or_chosen_since_is_not_said_any_more(
    card: NoticeLine, short: Session, small_dataset: Dataset
) -> None:
    short.start_run(paused=True)
    run = short.runs.run
    short.library.delete(run)
    assert over(card, short, lambda: short.runs.put_back(run, 0)) == f"{run.name} is deleted."
    mine = Network.build("mine", (28, 28, 1), (Flatten(), Dense(10, "softmax")))
    short.own.add(mine, keep=False)
    short.own.remove(mine.name)
    over(card, short, lambda: short.own.add(mine, keep=False))
    none = replace(small_dataset, train=Images.none())
    short.source._on_done((none, None))
    short.reset()
    card._go()
    short.start_run(paused=True)
    over(card, short, lambda: short.source._on_done((small_dataset, None)))


def test_an_error_of_a_job_goes_when_it_is_tried_again(card: NoticeLine, short: Session) -> None:
    gate = threading.Event()

    def again(key: str) -> None:
        short.jobs.start(key, "Again", lambda job: gate.wait(), print, print)

    for fail, key in (
        (short.activation_max._on_failed, "ascent"),
        (short.pictures._on_failed, READING),
        (short.study.responses._on_failed, RESPONSES),
        (short._on_failed, LOOKING),
    ):
        fail("It cannot be done.")
        over(card, short, partial(again, key))
    gate.set()


def test_what_was_done_is_said_until_it_was_read(card: NoticeLine, short: Session) -> None:
    short.noticed.emit(Notice("Weights saved as file."))
    short.choose_network("dense")
    short._on_pump()
    assert card.isVisible()
