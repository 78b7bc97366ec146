"""Who is compared: each network's own run, else the weights that come with the program."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from pytestqt.qtbot import QtBot

from tests.session.listening import until
from visualizer.compare.comparison import Comparison
from visualizer.compare.networks import COMES_WITH
from visualizer.core.network.networks import NETWORKS
from visualizer.session.session import Session


def test_the_six_take_part_with_the_weights_that_come_with_the_program(
    comparison: Comparison,
) -> None:
    networks = comparison.networks
    assert [each.name for each in networks.all] == list(NETWORKS)
    untrained = [each.name for each in networks.all if each.model is None]
    assert untrained == ["same-padding"]
    dense = networks.of("dense")
    assert dense is not None and dense.model is not None and dense.model.origin == COMES_WITH


def test_what_was_trained_here_takes_the_place_of_what_came_with_the_program(
    short_comparison: Comparison, short: Session, qtbot: QtBot
) -> None:
    networks = short_comparison.networks
    before = networks.of("dense")
    with qtbot.waitSignal(networks.changed):
        short.choose_network("dense")
        short.train_or_pause()
    until(qtbot, short, "finished")
    now = networks.of("dense")
    assert before is not None and now is not None and now.model is short.runs.run.model
    assert now.model is not before.model and now.run is short.runs.run


def test_a_network_that_learns_is_compared_as_it_last_rested(
    short_comparison: Comparison, short: Session, qtbot: QtBot
) -> None:
    networks = short_comparison.networks
    before = networks.of("book")
    assert before is not None
    short.runs.configure(replace(short.runs.recipe, epochs=500), 3, short.runs.settings)
    short.train_or_pause()
    qtbot.waitUntil(lambda: short.runs.run.model.moment is not None)
    learning = networks.of("book")
    assert learning is not None and learning.model is before.model
    short.train_or_pause()
    until(qtbot, short, "paused")

    def follows() -> bool:
        now = networks.of("book")
        return now is not None and now.model is short.runs.run.model

    qtbot.waitUntil(follows)


def test_untrained_weights_do_not_take_part(session: Session, comparison: Comparison) -> None:
    assert comparison.networks.of("same-padding") is not None
    session.choose_network("same-padding")
    compared = comparison.networks.of("same-padding")
    assert compared is not None and compared.model is None
    session.choose_network("book")
    session.reset()
    book = comparison.networks.of("book")
    assert book is not None and book.model is not None
    assert any(np.any(value) for value in book.model.weights.values())
    assert not book.model.origin.startswith("untrained")
