"""A watched step: what it began from, and its own arithmetic, give the run's new weights."""

from __future__ import annotations

import queue
from contextlib import suppress
from dataclasses import replace

import numpy as np
import pytest

from visualizer.core.backward.learnt import StepGradients, StepState, taking_apart
from visualizer.core.network.networks import NETWORKS, named
from visualizer.core.optimizer_step import adamw_step, rmsprop_step
from visualizer.data.dataset import Dataset
from visualizer.training.events import BatchEnded, WeightsPublished
from visualizer.training.fit import fit
from visualizer.training.recipe import RECIPES, Recipe
from visualizer.training.settings import Settings
from visualizer.training.trainer import Trainer

IN_FLOAT32 = Settings("float32", 1, "cpu")


def watched(name: str, recipe: Recipe, dataset: Dataset, steps: int) -> WeightsPublished:
    """The weights after so many steps, each of them watched."""
    events = fit(
        named(name), dataset, recipe, settings=IN_FLOAT32,
        publish_now=lambda: True, watch_next=lambda: True,
    )  # fmt: skip
    published = (event for event in events if isinstance(event, WeightsPublished))
    found = next(event for event in published if event.step == steps)
    events.close()
    return found


def stepped(
    recipe: Recipe, state: StepState, found: StepGradients, tensor: str, at: tuple
) -> float:
    """The new weight by the optimizer's own arithmetic."""
    weight, gradient = float(state.weights[tensor][at]), float(found.means[tensor][at])
    square = float(state.squares[tensor][at])
    if state.means is None:
        return rmsprop_step(
            weight, gradient, square, rate=state.rate, rho=recipe.rho, epsilon=recipe.epsilon
        ).new_weight
    return adamw_step(
        weight, gradient, float(state.means[tensor][at]), square, state.step,
        rate=state.rate, momentum=recipe.momentum, rho=recipe.rho, epsilon=recipe.epsilon,
        weight_decay=recipe.weight_decay,
    ).new_weight  # fmt: skip


@pytest.mark.parametrize("recipe", ["book", "fast"])
@pytest.mark.parametrize("name", NETWORKS)
def test_its_arithmetic_gives_the_new_weights(
    name: str, recipe: str, small_dataset: Dataset
) -> None:
    chosen = replace(RECIPES[recipe], batch_size=16)
    published = watched(name, chosen, small_dataset, 3)
    state = published.began
    assert state is not None and state.exact and state.step == 3 and len(state.labels) == 16
    *_, found = taking_apart(named(name), state)
    assert isinstance(found, StepGradients)
    rng = np.random.default_rng(2)
    for tensor, after in published.weights.items():
        for _ in range(10):
            at = tuple(int(rng.integers(size)) for size in after.shape)
            expected, moved = float(after[at]), abs(float(after[at] - state.weights[tensor][at]))
            # What 1e-6 of a weight is, and the last digits of a change that a small gradient makes.
            close = 1e-6 * max(abs(expected), 0.01) + 2e-3 * moved
            assert stepped(chosen, state, found, tensor, at) == pytest.approx(expected, abs=close)


def test_only_a_watched_step_and_an_epochs_last_are_kept(small_dataset: Dataset) -> None:
    recipe = replace(RECIPES["book"], epochs=1)
    events = list(
        fit(named("book"), small_dataset, recipe, settings=IN_FLOAT32, publish_now=lambda: True)
    )
    began = [event.began for event in events if isinstance(event, WeightsPublished)]
    assert [state is not None for state in began] == [False] * (len(began) - 1) + [True]


def test_after_a_pause_or_a_step_the_last_step_is_known(small_dataset: Dataset) -> None:
    events: queue.SimpleQueue[tuple[int, object]] = queue.SimpleQueue()
    trainer = Trainer(events)
    recipe = replace(RECIPES["book"], epochs=1000)
    trainer.start(1, named("book"), small_dataset, recipe, 0, IN_FLOAT32)
    told: list[object] = []
    while not any(isinstance(event, BatchEnded) and event.step == 3 for event in told):
        told.append(events.get(timeout=60)[1])
    trainer.pause()
    while not (trainer.resting and events.empty()):
        with suppress(queue.Empty):
            told.append(events.get(timeout=0.01)[1])
    paused = last_published(told)
    trainer.step(1)
    told = [events.get(timeout=60)[1]]
    while not isinstance(told[-1], BatchEnded):
        told.append(events.get(timeout=60)[1])
    assert last_published(told).step == paused.step + 1
    trainer.close()


def last_published(told: list[object]) -> WeightsPublished:
    """The weights that the run rests at, whose step was watched."""
    found = [event for event in told if isinstance(event, WeightsPublished)][-1]
    assert found.began is not None and found.began.step == found.step
    return found
