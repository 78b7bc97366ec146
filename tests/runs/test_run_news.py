"""What is told of a run: each thing once, for as long as it is true."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from tests.session.listening import Ear, until
from visualizer.core.flow import LayerFlow
from visualizer.core.network.networks import named
from visualizer.runs.run import Run
from visualizer.runs.run_news import RunNews
from visualizer.scene.scene import Model
from visualizer.session.session import Session
from visualizer.training.events import BatchEnded, Diverged, UnitsDied
from visualizer.training.initial import initial_weights
from visualizer.training.recipe import RECIPES
from visualizer.training.settings import Settings

WELL = (0.01,) * 5
SHUT = (0.0, 0.0, 0.01, 0.01, 0.01)
FAST = (0.01, 0.01, 0.2, 0.01, 0.01)


@pytest.fixture
def run() -> Run:
    network = named("book")
    model = Model(network, initial_weights(network, 0), "untrained")
    return Run.begin(1, model, RECIPES["book"], 0, Settings(), "bars")


def tell(
    news: RunNews, run: Run, times: int, gradients: tuple = WELL, ratios: tuple = WELL
) -> list:
    """The notices of so many batches, all measured alike."""
    found = []
    for _ in range(times):
        step = len(run.history) + 1
        event = BatchEnded(step, step / 100, 1.0, 0.5, LayerFlow(step, gradients, ratios))
        run.follow(event)
        found.append(news.of(run, event))
    return [notice for notice in found if notice is not None]


def test_a_dead_layer_is_told_once_and_while_it_is_dead(run: Run) -> None:
    news = RunNews(lambda seen: True)
    assert tell(news, run, 4, SHUT) == []
    (notice,) = tell(news, run, 20, SHUT)
    assert notice.kind == "error" and notice.text.startswith("conv2d_2 is dead:")
    assert notice.holds is not None and notice.holds()
    tell(news, run, 5, (0.0, 0.0, 0.0, 0.0, 0.01))  # a higher one died, too
    assert notice.holds()
    assert news.of(run, UnitsDied(1, "All units of a layer are dead.")) is None
    assert tell(news, run, 1) == [] and not notice.holds()
    assert tell(news, run, 20, SHUT) == []


def test_dead_units_that_the_test_found_are_not_told_again(run: Run) -> None:
    news = RunNews(lambda seen: True)
    notice = news.of(run, UnitsDied(1, "All units of a layer are dead."))
    assert notice is not None and notice.text == "All units of a layer are dead."
    assert tell(news, run, 9, SHUT) == []


def test_an_exploding_layer_is_told_and_that_the_run_ended_too(run: Run) -> None:
    news = RunNews(lambda seen: True)
    (notice,) = tell(news, run, 30, WELL, FAST)
    assert notice.text.startswith("conv2d_3 explodes:")
    assert news.of(run, Diverged(31, "The loss is no number.")) is not None


def test_what_is_told_goes_with_its_run(run: Run) -> None:
    seen = [run]
    (notice,) = tell(RunNews(lambda each: each in seen), run, 9, SHUT)
    assert notice.holds is not None and notice.holds()
    seen.clear()
    assert not notice.holds()


def test_the_window_tells_a_dead_layer_once(short: Session, ear: Ear, qtbot: QtBot) -> None:
    recipe = replace(short.runs.recipe, learning_rate=3.0)
    short.runs.configure(recipe, 3, Settings("float32", threads=1, device="cpu"))
    short.train_or_pause()
    until(qtbot, short, "finished")
    dead = [notice for notice in ear.notices if "dead" in notice.text]
    assert len(dead) == 1 and "is dead: its gradient is exactly 0" in dead[0].text
