"""Networks are ranked only where they can be, and each can be compared with its own run or not."""

from __future__ import annotations

from dataclasses import replace

from pytestqt.qtbot import QtBot

from tests.compare.test_sentences import WHOLE, flat
from tests.session.listening import until
from visualizer.compare.comparison import Comparison
from visualizer.compare.networks import COMES_WITH
from visualizer.compare.sentences import about_shifts
from visualizer.core.trained import Trained
from visualizer.session.session import Session

BEGUN, OTHER = Trained(0.05, 5, "MNIST"), Trained(5, 5, "synthetic digits")


def test_a_sentence_ranks_only_finished_networks_of_one_data_set() -> None:
    curves = {"book": flat(0.5, 0.1), "dense": flat(0.97, 0.3), "strided": flat(0.98, 0.5)}
    said = about_shifts(curves, "all", {"book": BEGUN, "dense": WHOLE, "strided": WHOLE})
    assert "by strided: 50.0\u2009%" in said and "least by dense: 30.0\u2009%" in said
    ranking, _, apart = said.partition("Not compared")
    assert "book" not in ranking and "book (0.05 of 5 epochs MNIST)" in apart


def test_where_nothing_can_be_ranked_the_sentence_says_so() -> None:
    curves = {"book": flat(0.5, 0.1), "dense": flat(0.97, 0.3)}
    for book in (BEGUN, OTHER, Trained()):
        said = about_shifts(curves, "all", {"book": book, "dense": WHOLE})
        assert "cannot be compared" in said and "%" not in said


def test_each_network_takes_part_with_its_own_run_or_with_what_is_built_in(
    short_comparison: Comparison, short: Session, qtbot: QtBot
) -> None:
    networks = short_comparison.networks
    dense = networks.of("dense")
    assert dense is not None and (dense.weights, str(dense.trained)) == (
        COMES_WITH, "5 epochs MNIST",
    )  # fmt: skip
    short.choose_network("dense")
    short.runs.configure(replace(short.runs.recipe, epochs=2), 0, short.runs.settings)
    short.step()
    until(qtbot, short, "paused")
    name = short.source.dataset.name

    def own() -> bool:
        now = networks.of("dense")
        return now is not None and str(now.trained) == f"0.1 of 2 epochs {name}"

    qtbot.waitUntil(own)
    begun = networks.of("dense")
    assert begun is not None and begun.weights == short.runs.run.name
    assert [each.title for each in begun.choices] == [COMES_WITH, short.runs.run.name]
    with qtbot.waitSignal(networks.changed):
        networks.choose("dense", COMES_WITH)
    back = networks.of("dense")
    assert back is not None and back.model is dense.model and back.trained == dense.trained
    with qtbot.waitSignal(networks.changed):
        networks.choose("dense", short.runs.run.name)
    again = networks.of("dense")
    assert again is not None and again.model is begun.model
