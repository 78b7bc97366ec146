"""What a run's events make of its curves, its phase, its speed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from visualizer.core.history import RECENT_BATCHES
from visualizer.core.network.networks import named
from visualizer.runs.run import Run
from visualizer.runs.run_state import ACTIVE
from visualizer.scene.scene import Model
from visualizer.training.events import (
    BatchEnded,
    EpochEnded,
    Finished,
    RunStarted,
    WeightsPublished,
)
from visualizer.training.initial import initial_weights
from visualizer.training.recipe import RECIPES
from visualizer.training.settings import Settings


def new_run(epochs: int) -> Run:
    model = Model(named("book"), initial_weights(named("book"), 7), "untrained, seed 7")
    recipe = replace(RECIPES["book"], epochs=epochs)
    return Run.begin(1, model, recipe, 7, Settings(), "bars")


@pytest.fixture
def run() -> Run:
    """A run of two epochs of 1,000 images, training."""
    made = new_run(epochs=2)
    recipe = RECIPES["book"]
    made.take(RunStarted(named("book"), recipe, 0, "cpu", "float32", 1, "plan", 2, 10, 1000))
    made.enter("running")
    return made


def test_a_new_run_is_starting() -> None:
    state = new_run(epochs=5).state
    assert (state.phase, state.epochs, state.active) == ("starting", 5, True)
    assert (state.images_per_second, state.seconds_left, state.loss) == (None, None, None)


@pytest.mark.parametrize(
    ("phase", "active"),
    [
        *((phase, True) for phase in ACTIVE),
        *((phase, False) for phase in ("ready", "finished", "stopped", "failed")),
    ],
)
def test_which_phases_are_under_way(phase: str, active: bool, run: Run) -> None:
    run.enter(phase)  # type: ignore[arg-type]
    assert run.state.active is active


def test_batches_and_tests_go_into_the_curves(run: Run) -> None:
    run.take(BatchEnded(1, 0.1, 2.5, 0.25))
    run.take(BatchEnded(2, 0.2, 1.5, 0.5))
    run.take(EpochEnded(1, 10, 0.75, 0.875))
    history, state = run.history, run.state
    assert history.loss.raw.values.tolist() == [2.5, 1.5]
    assert history.accuracy.raw.values.tolist() == [0.25, 0.5]
    assert history.accuracy.test.values.tolist() == [0.875]
    assert (state.step, state.epoch, state.test_accuracy) == (2, 0.2, 0.875)
    assert state.plan == "plan"


def test_the_loss_is_the_mean_of_the_last_batches(run: Run) -> None:
    losses = [2.3, *[1.0] * RECENT_BATCHES, 3.0]
    for step, loss in enumerate(losses, start=1):
        run.take(BatchEnded(step, step / 100, loss, 0.5))
    run.tick(1.0)
    expected = (RECENT_BATCHES - 1 + 3) / RECENT_BATCHES
    assert run.state.loss == pytest.approx(expected)


def test_speed_and_time_left(run: Run) -> None:
    """A tenth of an epoch of 1,000 images each half second: 200 images a second."""
    for step in range(5):
        run.take(BatchEnded(step + 1, 0.1 * step, 1.0, 0.5))
        run.tick(100 + 0.5 * step)
    assert run.state.images_per_second == pytest.approx(200)
    assert run.state.seconds_left == pytest.approx((2 - 0.4) * 1000 / 200)


def test_the_speed_is_that_of_the_last_seconds(run: Run) -> None:
    now, epoch = 0.0, 0.0
    for images in (10, 100):
        for _ in range(20):
            now += 0.5
            epoch += images / 1000
            run.take(BatchEnded(1, epoch, 1.0, 0.5))
            run.tick(now)
    assert run.state.images_per_second == pytest.approx(200)


def test_a_pause_does_not_slow_the_speed(run: Run) -> None:
    for now, epoch in ((0.0, 0.0), (1.0, 0.2)):
        run.take(BatchEnded(1, epoch, 1.0, 0.5))
        run.tick(now)
    run.enter("paused")
    assert run.state.seconds_left is None
    run.enter("running")
    for now, epoch in ((1000.0, 0.2), (1001.0, 0.4)):
        run.take(BatchEnded(1, epoch, 1.0, 0.5))
        run.tick(now)
    assert run.state.images_per_second == pytest.approx(200)


def test_a_standing_run_claims_no_speed(run: Run) -> None:
    run.take(BatchEnded(1, 0.1, 1.0, 0.5))
    run.tick(0.0)
    run.tick(2.0)
    assert run.state.images_per_second is None


def test_at_rest_it_says_how_long_it_took_and_how_fast_it_was(run: Run) -> None:
    for now, epoch in ((0.0, 0.0), (1.0, 0.2), (2.0, 0.4)):
        run.take(BatchEnded(1, epoch, 1.0, 0.5))
        run.tick(now)
    run.enter("paused")
    run.tick(50.0)
    state = run.state
    assert (state.seconds, state.images_per_second) == (2.0, pytest.approx(200))
    assert state.seconds_left is None


def test_a_finished_run_has_the_time_that_the_trainer_measured(run: Run) -> None:
    run.take(BatchEnded(20, 2.0, 1.0, 0.5))
    run.take(Finished(20, 8.0, 250.0, {}, 0.1, 0.9))
    run.enter("finished")
    run.tick(1.0)
    assert (run.state.seconds, run.state.images_per_second) == (8.0, 250.0)


def test_published_weights_become_the_model_of_the_run(run: Run) -> None:
    weights = initial_weights(named("book"), 9)
    run.take(WeightsPublished(5, 0.5, weights))
    assert run.model.weights is weights
    moment = run.model.moment
    assert moment is not None
    assert (moment.run, moment.step, moment.epoch) == (1, 5, 0.5)


def test_what_is_saved_of_a_run_is_its_own(run: Run) -> None:
    """Recipe, seed, epochs and data set are those it trained with, whatever is set up since."""
    run.take(WeightsPublished(10, 1.0, run.model.weights))
    run.take(EpochEnded(1, 10, 0.75, 0.875))
    plan = {"device": "cpu", "precision": "float32", "threads": "1", "plan": "plan"}
    assert run.recipe is not None
    expected = {"recipe": "book", "seed": "7", "epochs": "1.00", "dataset": "bars", **plan}
    expected = {**run.recipe.facts, **expected, "train_images": "1000"}
    assert run.facts == {**expected, "test_accuracy": "0.8750"}
    run.take(WeightsPublished(11, 1.1, run.model.weights))
    assert run.facts == {**expected, "epochs": "1.10"}


@pytest.mark.parametrize(
    ("facts", "epoch", "accuracy", "dataset"),
    [
        ({"epochs": "5", "test_accuracy": "0.99", "dataset": "MNIST"}, 5.0, 0.99, "MNIST"),
        ({"epochs": "many", "test_accuracy": "nan"}, 0.0, None, ""),
        ({"epochs": "1e300", "test_accuracy": "-1"}, 0.0, None, ""),
        ({}, 0.0, None, ""),
    ],
)
def test_stored_weights_show_what_their_file_says(
    facts: dict[str, str], epoch: float, accuracy: float | None, dataset: str
) -> None:
    model = Model(named("book"), initial_weights(named("book"), 7), "a file", facts=facts)
    run = Run.stored(model)
    assert (run.state.phase, run.state.epoch, run.state.test_accuracy, run.state.dataset) == (
        *("stored", epoch, accuracy, dataset),
    )
    assert run.facts == facts
