"""How long a network takes: the median of some rounds, and the weights stay as they were."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
import torch

from visualizer.core.network.networks import named
from visualizer.data.dataset import Dataset
from visualizer.training import speed
from visualizer.training.initial import initial_weights
from visualizer.training.recipe import RECIPES
from visualizer.training.settings import Settings


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Seconds that each round takes, the first one left out."""
    rounds: list[float] = []

    def ticks() -> Iterator[float]:
        now = 0.0
        for seconds in rounds:
            yield now
            now += seconds
            yield now

    moments = ticks()
    monkeypatch.setattr(speed.time, "perf_counter", lambda: next(moments))
    return rounds


def test_an_epoch_is_the_median_step_times_its_steps(
    small_dataset: Dataset, pinned: Settings, clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock += [1.0, 9.0, 1.2]
    monkeypatch.setattr(speed, "plan_for", plan_at_once)
    network = named("dense")
    weights = initial_weights(network, 0)
    before = {key: value.copy() for key, value in weights.items()}
    threads = torch.get_num_threads()
    seconds = speed.epoch_seconds(network, weights, small_dataset, RECIPES["book"], pinned)
    assert seconds == pytest.approx(1.2 * 4)  # 200 images in batches of 64
    assert torch.get_num_threads() == threads
    for key, value in before.items():
        np.testing.assert_array_equal(weights[key], value)


def test_it_says_how_far_it_is_and_ends_where_nobody_waits(
    small_dataset: Dataset, pinned: Settings, clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock += [0.5, 0.5, 0.5, 0.5]
    monkeypatch.setattr(speed, "plan_for", plan_at_once)
    subject = (named("dense"), initial_weights(named("dense"), 0))
    told: list[float] = []
    speed.epoch_seconds(*subject, small_dataset, RECIPES["book"], pinned, told.append)
    assert told == [0.0, 0.0, 0.25, 0.5, 0.75]

    def ends(share: float) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        speed.epoch_seconds(*subject, small_dataset, RECIPES["book"], pinned, ends)


def plan_at_once(*arguments: object) -> object:
    from visualizer.training.plan import first_plan

    return first_plan(arguments[-1])  # type: ignore[arg-type]


def test_a_digit_is_read_as_often_as_there_is_time(
    small_dataset: Dataset, clock: list[float]
) -> None:
    clock += [0.01] * 29 + [5.0]
    network = named("strided")
    seconds = speed.digit_seconds(network, initial_weights(network, 0), small_dataset.test)
    assert seconds == pytest.approx(0.01)
    assert clock == [0.01] * 29 + [5.0]


def test_both_take_some_time(small_dataset: Dataset, pinned: Settings) -> None:
    network = named("dense")
    weights = initial_weights(network, 0)
    assert speed.epoch_seconds(network, weights, small_dataset, RECIPES["book"], pinned) > 0
    assert speed.digit_seconds(network, weights, small_dataset.test) > 0
