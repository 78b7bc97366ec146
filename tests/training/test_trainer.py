"""The training thread, driven as the window drives it."""

from __future__ import annotations

import gc
import queue
import subprocess
import sys
import weakref
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from visualizer.core.network.layer import Weights
from visualizer.core.network.networks import named
from visualizer.data.dataset import Dataset, Images
from visualizer.training.events import (
    BatchEnded,
    Diverged,
    EpochEnded,
    Evaluating,
    Event,
    Failed,
    Finished,
    RunStarted,
    WeightsPublished,
)
from visualizer.training.fit import fit
from visualizer.training.initial import initial_weights
from visualizer.training.recipe import RECIPES, Recipe
from visualizer.training.settings import Settings
from visualizer.training.trainer import Trainer

ENDLESS = replace(RECIPES["book"], epochs=100_000, batch_size=50)
SHORT = replace(RECIPES["book"], epochs=1, batch_size=50)


class Bench:
    """A trainer with its queue, and a reader that waits for what must come."""

    def __init__(self, dataset: Dataset, settings: Settings) -> None:
        self.queue: queue.SimpleQueue[tuple[int, object]] = queue.SimpleQueue()
        self.trainer = Trainer(self.queue)
        self.dataset, self.settings = dataset, settings

    def start(self, run_id: int, recipe=ENDLESS, **more) -> None:
        self.trainer.start(run_id, named("dense"), self.dataset, recipe, 0, self.settings, **more)

    def alone(self, recipe: Recipe) -> Finished:
        """How a run ends that nothing ever disturbs."""
        *_, last = fit(named("dense"), self.dataset, recipe, settings=self.settings)
        assert isinstance(last, Finished)
        return last

    def until(self, kind: type, run_id: int) -> list[Event]:
        """Events of this run up to and with the first of this kind."""
        seen = []
        while True:
            number, event = self.queue.get(timeout=500)
            if number == run_id:
                seen.append(event)
                if isinstance(event, kind):
                    return seen
                assert not isinstance(event, Failed), event

    def rest(self, run_id: int) -> list[Event]:
        """Events of this run until the trainer rests, so that none comes any more by itself."""
        seen = []
        while not (self.trainer.resting and self.queue.empty()):
            with suppress(queue.Empty):
                number, event = self.queue.get(timeout=0.01)
                if number == run_id:
                    seen.append(event)
        return seen


@pytest.fixture
def bench(small_dataset: Dataset, pinned: Settings) -> Iterator[Bench]:
    bench = Bench(small_dataset, pinned)
    yield bench
    assert bench.trainer.close(timeout=500)


def test_a_run_goes_through_to_its_end(bench: Bench) -> None:
    bench.start(1, SHORT)
    events = bench.until(Finished, 1)
    assert isinstance(events[0], RunStarted)
    assert sum(isinstance(event, BatchEnded) for event in events) == 4


def test_a_step_learns_one_batch_and_shows_its_weights(bench: Bench) -> None:
    bench.start(1, paused=True)
    bench.until(RunStarted, 1)
    for number in (1, 2, 3):
        bench.trainer.step(1)
        published, batch = bench.until(BatchEnded, 1)
        assert isinstance(published, WeightsPublished)
        assert published.step == batch.step == number
    assert bench.queue.empty()


def test_pause_rests_after_a_batch_and_resume_goes_on(bench: Bench) -> None:
    bench.start(1)
    bench.until(BatchEnded, 1)
    bench.trainer.pause()
    bench.rest(1)
    bench.trainer.step(1)
    (*_, stepped) = bench.until(BatchEnded, 1)
    bench.trainer.resume(1)
    (*_, after) = bench.until(BatchEnded, 1)
    (*_, later) = bench.until(BatchEnded, 1)
    assert (after.step, later.step) == (stepped.step + 1, stepped.step + 2)


def test_a_paused_run_shows_the_weights_of_its_last_batch(bench: Bench) -> None:
    for run_id in range(1, 6):
        bench.start(run_id)
        bench.until(BatchEnded, run_id)
        bench.trainer.pause()
        bench.trainer.step(run_id)
        last = {type(event): event for event in bench.rest(run_id)}
        assert last[WeightsPublished].step == last[BatchEnded].step


def same(one: Weights, other: Weights) -> bool:
    return all(np.array_equal(one[key], other[key]) for key in one)


def test_a_run_that_makes_way_for_the_window_goes_on_and_comes_out_the_same(bench: Bench) -> None:
    alone = bench.alone(SHORT)
    bench.start(1, SHORT)
    bench.trainer.make_way()
    bench.until(BatchEnded, 1)
    bench.trainer.make_way()
    last = bench.until(Finished, 1)[-1]
    assert isinstance(last, Finished)
    assert all(np.array_equal(last.weights[key], alone.weights[key]) for key in alone.weights)


def test_a_dropped_run_says_nothing_more_and_a_new_one_starts(bench: Bench) -> None:
    bench.start(1)
    bench.until(BatchEnded, 1)
    bench.trainer.drop(1)
    while not bench.queue.empty():
        bench.queue.get()
    bench.start(2, SHORT)
    bench.until(Finished, 2)
    bench.trainer.resume(1)
    assert bench.rest(1) == []


@pytest.mark.parametrize("paused", [False, True])
def test_a_dropped_run_holds_no_memory(bench: Bench, paused: bool) -> None:
    held = Images(bench.dataset.train.pixels.copy(), bench.dataset.train.labels)
    gone = weakref.ref(held.pixels)
    bench.dataset = replace(bench.dataset, train=held)
    gc.collect()
    gc.disable()
    try:
        bench.start(1, paused=paused)
        bench.until(RunStarted if paused else BatchEnded, 1)
        bench.trainer.drop(1)
        bench.dataset = replace(bench.dataset, train=bench.dataset.test)
        del held
        bench.start(2, SHORT)
        bench.until(Finished, 2)
        assert gone() is None
    finally:
        gc.enable()


def test_a_new_run_leaves_the_one_before_with_its_last_weights_shown(bench: Bench) -> None:
    left: dict[int, list[Event]] = {run_id: [] for run_id in range(1, 5)}
    for run_id in range(1, 6):
        bench.start(run_id, replace(ENDLESS, batch_size=1))
        left[5] = bench.until(BatchEnded, run_id)[1:]
    bench.start(6, SHORT)
    told = len(left[5]) + bench.queue.qsize()
    while True:
        run_id, event = bench.queue.get(timeout=500)
        if isinstance(event, Finished):
            break
        left.setdefault(run_id, []).append(event)
    assert {type(event) for event in left[5]} <= {BatchEnded, WeightsPublished}
    assert [type(event) for event in left[5][-2:]] == [WeightsPublished, BatchEnded]
    assert left[5][-1].step == left[5][-2].step
    assert len(left[5]) - told <= 5  # two batches and a few weights: it is left at once
    assert [left[run_id] for run_id in (1, 2, 3, 4)] == [[], [], [], []]


def test_runs_that_take_turns_end_as_if_they_had_been_alone(bench: Bench) -> None:
    """Left after a batch, after an epoch's end, in the test, before the first batch, paused."""
    recipes = {1: replace(RECIPES["fast"], batch_size=7), 2: replace(SHORT, epochs=3)}
    bench.start(1, recipes[1])
    bench.until(BatchEnded, 1)
    bench.start(2, recipes[2])
    bench.until(RunStarted, 2)
    bench.trainer.resume(1)
    bench.until(Evaluating, 1)
    bench.trainer.step(2)
    bench.until(BatchEnded, 2)
    bench.trainer.resume(1)
    bench.until(BatchEnded, 1)
    bench.trainer.pause()
    bench.trainer.resume(2)
    bench.until(EpochEnded, 2)
    for run_id in (1, 2):
        bench.trainer.resume(run_id)
        *_, last = bench.until(Finished, run_id)
        alone = bench.alone(recipes[run_id])
        assert same(last.weights, alone.weights)
        assert (last.test_loss, last.step) == (alone.test_loss, alone.step)


def test_a_finished_run_goes_on_for_more_epochs_and_finishes_again(bench: Bench) -> None:
    bench.start(1, SHORT)
    bench.until(Finished, 1)
    bench.start(2, SHORT)
    bench.until(Finished, 2)
    bench.trainer.resume(1, 3)
    *events, last = bench.until(Finished, 1)
    assert [event.epoch for event in events if isinstance(event, EpochEnded)] == [2, 3]
    alone = bench.alone(replace(SHORT, epochs=3))
    assert same(last.weights, alone.weights)
    assert (last.step, last.test_accuracy) == (alone.step, alone.test_accuracy)


def test_a_finished_run_without_more_epochs_rests(bench: Bench) -> None:
    bench.start(1, SHORT)
    bench.until(Finished, 1)
    for more in ({}, {"epochs": 1}):
        bench.trainer.resume(1, **more)
        bench.trainer.step(1, **more)
    assert bench.rest(1) == []
    bench.trainer.step(1, epochs=2)
    assert [type(event) for event in bench.rest(1)] == [WeightsPublished, BatchEnded]


def test_more_or_fewer_epochs_can_be_asked_for_under_way(bench: Bench) -> None:
    bench.start(1, paused=True)
    bench.until(RunStarted, 1)
    bench.trainer.resume(1, 2)
    *_, last = bench.until(Finished, 1)
    assert last.step == 8


def test_a_pause_during_the_test_waits_for_its_result(bench: Bench) -> None:
    pixels = np.repeat(bench.dataset.test.pixels, 100, axis=0)
    labels = np.repeat(bench.dataset.test.labels, 100)
    bench.dataset = replace(bench.dataset, test=Images(pixels, labels))
    bench.start(1)
    bench.until(Evaluating, 1)
    bench.trainer.pause()
    assert isinstance(bench.rest(1)[-1], EpochEnded)


def test_what_is_not_kept_is_left_alone(bench: Bench) -> None:
    bench.trainer.pause()
    bench.trainer.resume(7)
    bench.trainer.step(7)
    bench.trainer.drop(7)
    bench.start(1, replace(SHORT, learning_rate=1e30))
    bench.until(Diverged, 1)
    bench.trainer.resume(1, 5)
    assert bench.rest(1) == []


def test_a_new_run_is_not_paused_because_the_one_before_was(bench: Bench) -> None:
    bench.start(1)
    bench.trainer.pause()
    bench.start(2, SHORT)
    bench.until(Finished, 2)


def test_a_run_starts_from_the_weights_it_is_given(bench: Bench) -> None:
    weights = initial_weights(named("dense"), 5)
    bench.start(1, replace(ENDLESS, learning_rate=1e-30), weights=weights, paused=True)
    bench.trainer.step(1)
    published = next(e for e in bench.until(BatchEnded, 1) if isinstance(e, WeightsPublished))
    for key, array in weights.items():
        np.testing.assert_allclose(published.weights[key], array, atol=1e-6)


def test_a_failure_is_an_event_and_train_works_again(bench: Bench) -> None:
    bench.start(1, weights={"nonsense": np.zeros(3, np.float32)})
    failed = bench.queue.get(timeout=500)[1]
    assert isinstance(failed, Failed)
    assert failed.message == "dense_1.kernel is missing"
    assert "Traceback" in failed.traceback_text
    bench.start(2, SHORT)
    bench.until(Finished, 2)


def test_closing_mid_batch_ends_the_thread(bench: Bench) -> None:
    bench.start(1)
    bench.until(BatchEnded, 1)
    assert bench.trainer.close(timeout=500)
    while not bench.queue.empty():
        bench.queue.get()
    bench.start(2)
    bench.trainer.preload()
    bench.trainer.resume(1)
    bench.trainer.step(2)
    bench.trainer.pause()
    assert bench.trainer.close(timeout=500)
    assert bench.queue.empty()


def test_torch_that_cannot_be_loaded_is_logged_and_no_end(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with monkeypatch.context() as broken:
        broken.setitem(sys.modules, "visualizer.training.fit", None)
        bench.trainer.preload()
        bench.start(1, SHORT)
        failed = bench.queue.get(timeout=500)[1]
    assert isinstance(failed, Failed)
    assert "visualizer.training.fit" in failed.message
    bench.start(2, SHORT)
    bench.until(Finished, 2)
    assert [record.message for record in caplog.records] in ([], ["torch could not be loaded"])


def test_a_run_started_anew_under_its_number_takes_its_place(bench: Bench) -> None:
    bench.start(1)
    bench.until(BatchEnded, 1)
    bench.start(1, SHORT)
    bench.until(RunStarted, 1)
    events = bench.until(Finished, 1)
    assert [event.step for event in events if isinstance(event, BatchEnded)] == [1, 2, 3, 4]


def test_a_run_that_is_told_to_do_no_epoch_is_over(bench: Bench) -> None:
    bench.start(1, paused=True)
    bench.until(RunStarted, 1)
    bench.trainer.resume(1, 0)
    assert bench.rest(1) == []
    bench.trainer.resume(1, 3)
    assert bench.rest(1) == []


def test_closing_what_never_started_is_nothing(bench: Bench) -> None:
    assert bench.trainer.close()


LIFE = """
import queue, sys, threading
import numpy as np

class Watch:
    # notes in which thread torch begins to load

    loader = None

    def find_spec(self, name, path=None, target=None):
        if name == "torch":
            Watch.loader = threading.current_thread()

sys.meta_path.insert(0, Watch())
from visualizer.core.network.networks import named
from visualizer.data.dataset import Dataset, Images
from visualizer.training.events import BatchEnded
from visualizer.training.recipe import RECIPES
from visualizer.training.trainer import Trainer

images = Images(np.zeros((640, 28, 28), np.uint8), np.zeros(640, np.uint8))
events = queue.SimpleQueue()
trainer = Trainer(events)
trainer.preload()
trainer.start(1, named("book"), Dataset("blank", "synthetic", images, images), RECIPES["book"])
while not isinstance(events.get(timeout=500)[1], BatchEnded):
    pass
elsewhere = Watch.loader not in (None, threading.main_thread())
print(elsewhere, "torch" in sys.modules, trainer.close(60))
"""


@pytest.mark.slow
def test_torch_loads_in_the_thread_and_the_process_ends_cleanly_mid_training() -> None:
    root = Path(__file__).resolve().parents[2]
    run = subprocess.run(
        [sys.executable, "-c", LIFE], cwd=root, capture_output=True, text=True, timeout=500
    )
    assert (run.returncode, run.stdout.split(), run.stderr) == (0, ["True", "True", "True"], "")
