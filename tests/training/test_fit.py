"""Training as the user lives it: it learns, it can be repeated, it stops at nonsense."""

from __future__ import annotations

import itertools
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from visualizer.core.network.networks import named
from visualizer.core.snapshots import is_due
from visualizer.data.dataset import Dataset, Images
from visualizer.training import fit as fit_module
from visualizer.training.evaluate import evaluate
from visualizer.training.events import (
    BatchEnded,
    Diverged,
    EpochEnded,
    Evaluating,
    Event,
    Finished,
    RunStarted,
    WeightsPublished,
)
from visualizer.training.fit import fit
from visualizer.training.initial import initial_weights
from visualizer.training.plan import has_bfloat16
from visualizer.training.recipe import LOWEST_RATE, RECIPES, Recipe
from visualizer.training.settings import Settings

QUICK = replace(RECIPES["book"], batch_size=32, epochs=2)


def run(
    dataset: Dataset, settings: Settings, recipe: Recipe = QUICK, **more: object
) -> list[Event]:
    """The events of a run that keeps no snapshots but those asked for."""
    more.setdefault("keeps", lambda step: False)
    return list(fit(named("book"), dataset, recipe, settings=settings, **more))


def of(events: list[Event], kind: type) -> list:
    return [event for event in events if isinstance(event, kind)]


def final(events: list[Event]) -> Finished:
    assert isinstance(events[-1], Finished)
    return events[-1]


def same(one: Finished, other: Finished) -> bool:
    return all(np.array_equal(one.weights[key], other.weights[key]) for key in one.weights)


def test_a_run_tells_its_story_in_order(small_dataset: Dataset, pinned: Settings) -> None:
    events = run(small_dataset, pinned, publish_every=0)
    assert isinstance(events[0], RunStarted)
    assert (events[0].epochs, events[0].steps_per_epoch, events[0].train_images) == (2, 7, 200)
    batches = of(events, BatchEnded)
    assert [batch.step for batch in batches] == list(range(1, 15))
    assert batches[6].epoch == 1
    assert batches[-1].epoch == 2
    assert [epoch.epoch for epoch in of(events, EpochEnded)] == [1, 2]
    assert of(events, Evaluating)[-1].done == 1
    for position, event in enumerate(events):
        if isinstance(event, WeightsPublished):
            after = events[position + 1]
            assert isinstance(after, BatchEnded)
            assert after.step == event.step
    assert len(of(events, WeightsPublished)) == len(batches)


@pytest.mark.parametrize("name", sorted(RECIPES))
def test_every_recipe_learns(name: str, small_dataset: Dataset, pinned: Settings) -> None:
    recipe = replace(RECIPES[name], batch_size=20, epochs=5)
    events = run(small_dataset, pinned, recipe)
    first, last = of(events, EpochEnded)[0], of(events, EpochEnded)[-1]
    assert last.test_loss < first.test_loss
    assert final(events).test_accuracy > 0.9


def test_weights_are_published_rarely_but_at_each_epochs_end(
    small_dataset: Dataset, pinned: Settings
) -> None:
    events = run(small_dataset, pinned, publish_every=3600)
    assert [event.step for event in of(events, WeightsPublished)] == [7, 14]


def test_the_test_numbers_belong_to_the_weights_shown(
    small_dataset: Dataset, pinned: Settings
) -> None:
    events = run(small_dataset, pinned, publish_every=3600)
    shown = of(events, WeightsPublished)
    for published, epoch in zip(shown, of(events, EpochEnded), strict=True):
        result = evaluate(named("book"), published.weights, small_dataset.test, pinned)
        assert result.loss == pytest.approx(epoch.test_loss, rel=1e-5)
        assert result.accuracy == epoch.test_accuracy
    assert final(events).test_accuracy == of(events, EpochEnded)[-1].test_accuracy


def test_the_same_seed_gives_the_same_weights_to_the_bit(
    small_dataset: Dataset, pinned: Settings
) -> None:
    one, other = run(small_dataset, pinned), run(small_dataset, pinned, publish_every=0)
    assert same(final(one), final(other))
    assert [batch.loss for batch in of(one, BatchEnded)] == [
        batch.loss for batch in of(other, BatchEnded)
    ]
    different = list(fit(named("book"), small_dataset, QUICK, seed=1, settings=pinned))
    assert not same(final(one), final(different))


def test_the_settings_left_open_are_chosen_once_and_repeat(small_dataset: Dataset) -> None:
    one, other = run(small_dataset, Settings(threads=1)), run(small_dataset, Settings(threads=1))
    assert one[0] == other[0]
    assert same(final(one), final(other))


FINGERPRINT = """
import hashlib, sys
from visualizer.system.environment import prepare_environment
prepare_environment()
import numpy as np
from visualizer.core.network.networks import named
from visualizer.data.dataset import Dataset, Images
from visualizer.training.fit import fit
from visualizer.training.recipe import RECIPES
from visualizer.training.settings import Settings
numbers = np.random.default_rng(0)
images = Images(numbers.integers(0, 256, (96, 28, 28), dtype=np.uint8),
                numbers.integers(0, 10, 96, dtype=np.uint8))
*_, last = fit(named("dense"), Dataset("noise", "synthetic", images, images), RECIPES["fast"],
               settings=Settings("float32", 1, "cpu"))
print(hashlib.sha256(b"".join(last.weights[key].tobytes() for key in last.weights)).hexdigest())
"""


@pytest.mark.slow
def test_the_same_seed_gives_the_same_weights_in_another_process() -> None:
    def fingerprint() -> str:
        root = Path(__file__).resolve().parents[2]
        command = [sys.executable, "-c", FINGERPRINT]
        run = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
        return run.stdout

    first = fingerprint()
    assert len(first.strip()) == 64
    assert fingerprint() == first


def test_training_goes_on_from_given_weights(small_dataset: Dataset, pinned: Settings) -> None:
    learnt = final(run(small_dataset, pinned)).weights
    fresh = of(run(small_dataset, pinned), BatchEnded)[0].loss
    events = run(small_dataset, pinned, weights=learnt)
    assert of(events, BatchEnded)[0].loss < fresh


def test_weights_of_another_network_are_refused(small_dataset: Dataset, pinned: Settings) -> None:
    with pytest.raises(ValueError, match=r"conv2d_1\.kernel is missing"):
        run(small_dataset, pinned, weights=initial_weights(named("dense"), 0))


def test_a_data_set_without_images_is_refused(small_dataset: Dataset, pinned: Settings) -> None:
    empty = Images(np.empty((0, 28, 28), np.uint8), np.empty(0, np.uint8))
    with pytest.raises(ValueError, match="bars has no images"):
        run(replace(small_dataset, train=empty), pinned)


def test_a_loss_that_explodes_ends_the_run_with_good_weights(
    small_dataset: Dataset, pinned: Settings
) -> None:
    events = run(small_dataset, pinned, replace(QUICK, learning_rate=1e30), publish_every=0)
    assert isinstance(events[-1], Diverged)
    assert "learning rate" in events[-1].message
    for published in of(events, WeightsPublished):
        named("book").check_weights(published.weights)
    assert not of(events, Finished)


def test_weights_can_be_asked_for_after_any_batch(small_dataset: Dataset, pinned: Settings) -> None:
    answers = iter([False, True, False, *[False] * 20])
    events = run(small_dataset, pinned, publish_every=3600, publish_now=lambda: next(answers))
    assert [event.step for event in of(events, WeightsPublished)] == [2, 7, 14]


def test_the_weights_of_moments_to_keep_are_told(small_dataset: Dataset, pinned: Settings) -> None:
    events = run(small_dataset, pinned, publish_every=3600, keeps=lambda step: step in (1, 3, 9))
    published = of(events, WeightsPublished)
    assert [event.step for event in published] == [1, 3, 7, 9, 14]
    assert same(published[-1], final(run(small_dataset, pinned)))
    every = run(small_dataset, pinned, publish_every=3600, keeps=is_due)
    assert [event.step for event in of(every, WeightsPublished)] == list(range(1, 15))


def test_one_and_one_epochs_are_two(small_dataset: Dataset, pinned: Settings) -> None:
    wanted = [1]
    once = replace(QUICK, epochs=1)
    run_of_two = fit(named("book"), small_dataset, once, settings=pinned, epochs=lambda: wanted[0])
    first: list[Event] = []
    while not (first and isinstance(first[-1], Finished)):
        first.append(next(run_of_two))
    wanted[0] = 2
    more = list(run_of_two)
    whole = run(small_dataset, pinned)
    assert same(final(more), final(whole))
    assert final(more).test_loss == final(whole).test_loss
    assert of(first, BatchEnded) + of(more, BatchEnded) == of(whole, BatchEnded)
    assert (final(first).step, final(more).step) == (7, 14)


def test_a_run_whose_epochs_were_lessened_still_finishes(
    small_dataset: Dataset, pinned: Settings
) -> None:
    answers = iter([5, 5, 1, 1])
    events = run(small_dataset, pinned, epochs=lambda: next(answers))
    assert final(events).step == 14


class Spy(fit_module.Learner):
    """A learner that keeps the rates it was called with; the last one made is the run's."""

    def __init__(self, *parts: object) -> None:
        super().__init__(*parts)
        self.rates: list[float] = []
        Spy.last = self

    def learn(self, batch: np.ndarray, rate: float) -> tuple[float, float]:
        self.rates.append(rate)
        return super().learn(batch, rate)


def test_the_rate_follows_the_plan_and_stays_at_its_lowest_beyond(
    small_dataset: Dataset, pinned: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fit_module, "Learner", Spy)
    recipe = replace(QUICK, schedule="one-cycle", learning_rate=0.004)
    run(small_dataset, pinned, recipe, epochs=lambda: 3)
    rates = Spy.last.rates
    assert rates[:14] == pytest.approx([recipe.rate(batch / 14) for batch in range(14)])
    assert max(rates) > 0.0039
    assert rates[14:] == pytest.approx([0.004 * LOWEST_RATE] * 7)


def test_the_speed_is_images_over_the_seconds_of_all_steps(
    small_dataset: Dataset, pinned: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks = itertools.count()
    clock = SimpleNamespace(perf_counter=lambda: float(next(ticks)))
    monkeypatch.setattr(fit_module, "time", clock)
    finished = [e for e in run(small_dataset, pinned, publish_every=1e9) if isinstance(e, Finished)]
    assert finished[0].seconds == 14
    assert finished[0].images_per_second == pytest.approx(2 * 200 / 14)
    (more,) = of(run(small_dataset, pinned, epochs=lambda: 3), Finished)
    assert more.images_per_second == pytest.approx(3 * 200 / 21)


def test_torch_is_set_anew_when_a_run_gets_its_turn(
    small_dataset: Dataset, pinned: Settings
) -> None:
    """Before a batch and before each part of the test; a denormal number counts as zero."""

    def disturb() -> None:
        torch.set_num_threads(2)
        torch.set_flush_denormal(False)

    def in_order() -> bool:
        flushed = bool(torch.tensor([1e-310], dtype=torch.float64) * 1 == 0)
        return flushed and torch.get_num_threads() == 1

    before = torch.get_num_threads()
    pixels = np.repeat(small_dataset.test.pixels, 10, axis=0)
    labels = np.repeat(small_dataset.test.labels, 10)
    dataset = replace(small_dataset, test=Images(pixels, labels))
    try:
        kinds = []
        for event in fit(named("dense"), dataset, QUICK, settings=pinned, publish_every=1e9):
            if isinstance(event, BatchEnded | Evaluating):
                assert in_order()
                kinds.append(type(event))
                disturb()
        assert set(kinds) == {BatchEnded, Evaluating}
    finally:
        torch.set_num_threads(before)


@pytest.mark.skipif(not has_bfloat16(), reason="this CPU has no bfloat16 in hardware")
def test_bfloat16_learns_as_well_as_float32(small_dataset: Dataset) -> None:
    recipe = replace(QUICK, epochs=5)
    half = final(run(small_dataset, Settings("bfloat16", 1, "cpu"), recipe))
    full = final(run(small_dataset, Settings("float32", 1, "cpu"), recipe))
    assert half.test_accuracy >= full.test_accuracy - 0.02
    assert half.weights["conv2d_1.kernel"].dtype == np.float32


@pytest.mark.parametrize(
    "name", ["no-max-pool", "strided", "average-pool", "same-padding", "dense"]
)
def test_every_network_trains(name: str, small_dataset: Dataset, pinned: Settings) -> None:
    recipe = replace(QUICK, batch_size=50)
    events = list(fit(named(name), small_dataset, recipe, settings=pinned))
    losses = [batch.loss for batch in of(events, BatchEnded)]
    assert losses[-1] < losses[0]
    named(name).check_weights(final(events).weights)
