"""Training at a pace: batch by batch, so that each can be watched, and the same numbers."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

import numpy as np
import pytest

from visualizer.core.network.networks import named
from visualizer.data.dataset import Dataset
from visualizer.training.events import BatchEnded, WeightsPublished
from visualizer.training.recipe import RECIPES
from visualizer.training.settings import Settings
from visualizer.training.trainer import Trainer

Events = queue.SimpleQueue[tuple[int, object]]


@pytest.fixture
def events() -> Events:
    return queue.SimpleQueue()


@pytest.fixture
def trainer(events: Events) -> Iterator[Trainer]:
    made = Trainer(events)
    yield made
    made.close()


def start(trainer: Trainer, dataset: Dataset) -> None:
    recipe = replace(RECIPES["book"], epochs=1)
    trainer.start(1, named("book"), dataset, recipe, 0, Settings("float32", 1, "cpu"))


def batches(events: Events, count: int) -> list[object]:
    """All events up to the last of so many batches."""
    told: list[object] = []
    while sum(isinstance(event, BatchEnded) for event in told) < count:
        told.append(events.get(timeout=60)[1])
    return told


def rest(trainer: Trainer, events: Events) -> list[object]:
    """All events until the trainer rests, so that none comes any more by itself."""
    told: list[object] = []
    while not (trainer.resting and events.empty()):
        with suppress(queue.Empty):
            told.append(events.get(timeout=0.01)[1])
    return told


def test_a_batch_waits_for_its_time_and_each_shows_its_weights(
    trainer: Trainer, events: Events, small_dataset: Dataset
) -> None:
    trainer.set_pace(1e9)
    start(trainer, small_dataset)
    told = batches(events, 2)  # the second begins with the pace
    assert sum(isinstance(event, WeightsPublished) for event in told) >= 2
    trainer.pause()
    assert not any(isinstance(event, BatchEnded) for event in rest(trainer, events))


def test_at_full_speed_again_nothing_waits(
    trainer: Trainer, events: Events, small_dataset: Dataset
) -> None:
    trainer.set_pace(1e9)
    start(trainer, small_dataset)
    batches(events, 2)
    trainer.set_pace(0.0)
    batches(events, 1)


def test_a_waiting_batch_lets_a_run_rest_and_a_step_does_not_wait(
    trainer: Trainer, events: Events, small_dataset: Dataset
) -> None:
    trainer.set_pace(1e9)
    start(trainer, small_dataset)
    batches(events, 2)
    trainer.pause()
    trainer.step(1)
    batches(events, 1)


def test_a_pace_changes_no_number(small_dataset: Dataset) -> None:
    losses = []
    for pace in (0.0, 0.001):
        events: Events = queue.SimpleQueue()
        trainer = Trainer(events)
        trainer.set_pace(pace)
        start(trainer, small_dataset)
        told = batches(events, 3)
        trainer.close()
        losses.append([event.loss for event in told if isinstance(event, BatchEnded)])
    np.testing.assert_array_equal(*losses)
