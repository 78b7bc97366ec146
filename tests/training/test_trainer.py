"""The training thread, driven as the window drives it."""

from __future__ import annotations

import queue
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from visualizer.core.networks import named
from visualizer.data.dataset import Dataset
from visualizer.training.events import (
    BatchEnded,
    Event,
    Failed,
    Finished,
    RunStarted,
    WeightsPublished,
)
from visualizer.training.initial import initial_weights
from visualizer.training.recipe import RECIPES
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

    def until(self, kind: type, run_id: int) -> list[Event]:
        """Events of this run up to and with the first of this kind."""
        seen = []
        while True:
            number, event = self.queue.get(timeout=60)
            if number == run_id:
                seen.append(event)
                if isinstance(event, kind):
                    return seen
                assert not isinstance(event, Failed), event

    def rest(self, run_id: int) -> list[Event]:
        """Events of this run until none comes any more by itself for a while."""
        seen = []
        while True:
            try:
                number, event = self.queue.get(timeout=0.5)
            except queue.Empty:
                return seen
            if number == run_id:
                seen.append(event)


@pytest.fixture
def bench(small_dataset: Dataset, pinned: Settings) -> Iterator[Bench]:
    bench = Bench(small_dataset, pinned)
    yield bench
    assert bench.trainer.close(timeout=60)


def test_a_run_goes_through_to_its_end(bench: Bench) -> None:
    bench.start(1, SHORT)
    events = bench.until(Finished, 1)
    assert isinstance(events[0], RunStarted)
    assert sum(isinstance(event, BatchEnded) for event in events) == 4


def test_a_step_learns_one_batch_and_shows_its_weights(bench: Bench) -> None:
    bench.start(1, paused=True)
    bench.until(RunStarted, 1)
    for number in (1, 2, 3):
        bench.trainer.step()
        published, batch = bench.until(BatchEnded, 1)
        assert isinstance(published, WeightsPublished)
        assert published.step == batch.step == number
    assert bench.queue.empty()


def test_pause_rests_after_a_batch_and_resume_goes_on(bench: Bench) -> None:
    bench.start(1)
    bench.until(BatchEnded, 1)
    bench.trainer.pause()
    bench.rest(1)
    bench.trainer.step()
    (*_, stepped) = bench.until(BatchEnded, 1)
    bench.trainer.resume()
    (*_, after) = bench.until(BatchEnded, 1)
    (*_, later) = bench.until(BatchEnded, 1)
    assert (after.step, later.step) == (stepped.step + 1, stepped.step + 2)


def test_a_paused_run_shows_the_weights_of_its_last_batch(bench: Bench) -> None:
    for run_id in range(1, 6):
        bench.start(run_id)
        bench.until(BatchEnded, run_id)
        bench.trainer.pause()
        bench.trainer.step()
        last = {type(event): event for event in bench.rest(run_id)}
        assert last[WeightsPublished].step == last[BatchEnded].step


def test_after_a_stop_nothing_comes_and_a_new_run_starts(bench: Bench) -> None:
    bench.start(1)
    bench.until(BatchEnded, 1)
    bench.trainer.stop()
    bench.start(2, SHORT)
    bench.until(Finished, 2)
    assert bench.rest(1) == []


def test_a_paused_run_can_be_stopped(bench: Bench) -> None:
    bench.start(1, paused=True)
    bench.until(RunStarted, 1)
    bench.trainer.stop()
    bench.start(2, SHORT)
    bench.until(Finished, 2)


def test_a_new_run_takes_the_place_of_the_one_before(bench: Bench) -> None:
    bench.start(1)
    bench.until(BatchEnded, 1)
    bench.start(2, SHORT)
    bench.until(Finished, 2)
    assert bench.rest(1) == []


def test_a_new_run_is_not_paused_because_the_one_before_was(bench: Bench) -> None:
    bench.start(1)
    bench.trainer.pause()
    bench.start(2, SHORT)
    bench.until(Finished, 2)


def test_a_run_starts_from_the_weights_it_is_given(bench: Bench) -> None:
    weights = initial_weights(named("dense"), 5)
    bench.start(1, replace(ENDLESS, learning_rate=1e-30), weights=weights, paused=True)
    bench.trainer.step()
    published = next(e for e in bench.until(BatchEnded, 1) if isinstance(e, WeightsPublished))
    for key, array in weights.items():
        np.testing.assert_allclose(published.weights[key], array, atol=1e-6)


def test_a_failure_is_an_event_and_train_works_again(bench: Bench) -> None:
    bench.start(1, weights={"nonsense": np.zeros(3, np.float32)})
    failed = bench.queue.get(timeout=60)[1]
    assert isinstance(failed, Failed)
    assert failed.message == "dense_1.kernel is missing"
    assert "Traceback" in failed.traceback_text
    bench.start(2, SHORT)
    bench.until(Finished, 2)


def test_closing_mid_batch_ends_the_thread(bench: Bench) -> None:
    bench.start(1)
    bench.until(BatchEnded, 1)
    assert bench.trainer.close(timeout=60)
    with pytest.raises(RuntimeError, match="closed"):
        bench.start(2)


def test_closing_what_never_started_is_nothing(bench: Bench) -> None:
    assert bench.trainer.close()


LIFE = """
import queue, sys
import numpy as np
from visualizer.core.networks import named
from visualizer.data.dataset import Dataset, Images
from visualizer.training.events import BatchEnded
from visualizer.training.recipe import RECIPES
from visualizer.training.trainer import Trainer

images = Images(np.zeros((640, 28, 28), np.uint8), np.zeros(640, np.uint8))
events = queue.SimpleQueue()
trainer = Trainer(events)
trainer.preload()
trainer.start(1, named("book"), Dataset("blank", "synthetic", images, images), RECIPES["book"])
here = "torch" in sys.modules
while not isinstance(events.get(timeout=60)[1], BatchEnded):
    pass
print(here, "torch" in sys.modules, trainer.close(60))
"""


def test_torch_loads_in_the_thread_and_the_process_ends_cleanly_mid_training() -> None:
    root = Path(__file__).resolve().parents[2]
    run = subprocess.run(
        [sys.executable, "-c", LIFE], cwd=root, capture_output=True, text=True, timeout=100
    )
    assert (run.returncode, run.stdout.split(), run.stderr) == (0, ["False", "True", "True"], "")
