"""Train all: one network after the other, with one seed; what was trained stays."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from tests.session.listening import until
from visualizer.compare.comparison import Comparison
from visualizer.core.network.networks import named
from visualizer.session.session import Session
from visualizer.system.notice import Notice


@pytest.fixture
def said(short: Session) -> list[str]:
    heard: list[str] = []

    def hear(notice: Notice) -> None:
        heard.append(notice.text)

    short.noticed.connect(hear)
    return heard


def test_networks_are_trained_in_turn_with_one_seed_and_the_first_comes_back(
    short_comparison: Comparison, short: Session, said: list[str], qtbot: QtBot
) -> None:
    queue, runs = short_comparison.queue, short.runs
    shares: list[float] = []
    queue.changed.connect(lambda: shares.append(queue.done))
    queue.start([named(name) for name in ["dense", "strided"]])
    assert queue.active and queue.current == "dense"
    qtbot.waitUntil(lambda: not queue.active)
    trained = [run for run in runs.all if run.begun]
    assert [run.model.network.name for run in trained] == ["dense", "strided"]
    assert {run.seed for run in trained} == {3}
    assert all(run.state.phase == "finished" for run in trained)
    assert short.viewer.scene.network.name == "book"
    assert said[-1].startswith("Trained dense and strided in ")
    assert max(shares) < 1 and max(shares) >= 0.5


def test_showing_another_network_ends_the_queue_and_says_so(
    short_comparison: Comparison, short: Session, said: list[str], qtbot: QtBot
) -> None:
    short.runs.configure(replace(short.runs.recipe, epochs=500), 3, short.runs.settings)
    queue = short_comparison.queue
    queue.start([named(name) for name in ["dense", "strided", "average-pool"]])
    qtbot.waitUntil(lambda: short.runs.state.phase == "running")
    short.choose_network("book")
    qtbot.waitUntil(lambda: not queue.active)
    assert "strided and average-pool will not be trained." in said
    assert not short.runs.state.moving and short.viewer.scene.network.name == "book"


def test_cancel_stops_the_run_and_keeps_what_it_has_learnt(
    short_comparison: Comparison, short: Session, qtbot: QtBot
) -> None:
    short.runs.configure(replace(short.runs.recipe, epochs=500), 3, short.runs.settings)
    queue = short_comparison.queue
    queue.start([named(name) for name in ["dense", "strided"]])
    qtbot.waitUntil(lambda: short.runs.run.model.moment is not None)
    queue.cancel()
    until(qtbot, short, "stopped")
    assert not queue.active and short.runs.state.step > 0
    assert short.viewer.scene.network.name == "dense"


def test_a_pause_rests_the_queue(
    short_comparison: Comparison, short: Session, qtbot: QtBot
) -> None:
    short.runs.configure(replace(short.runs.recipe, epochs=20), 3, short.runs.settings)
    queue = short_comparison.queue
    queue.start([named(name) for name in ["dense", "strided"]])
    qtbot.waitUntil(lambda: short.runs.state.phase == "running")
    short.train_or_pause()
    until(qtbot, short, "paused")
    assert queue.active and queue.current == "dense"
    short.train_or_pause()
    qtbot.waitUntil(lambda: queue.current == "strided")
    queue.cancel()
