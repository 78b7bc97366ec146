"""Training as a plain generator of events: take a batch, learn, report."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator

import numpy as np

from visualizer.core.flow import is_measured
from visualizer.core.network.layer import Weights
from visualizer.core.network.network import Network
from visualizer.core.snapshots import is_due
from visualizer.data.dataset import Dataset
from visualizer.training.evaluate import Evaluation, evaluation_steps
from visualizer.training.events import (
    BatchEnded,
    Diverged,
    EpochEnded,
    Evaluating,
    Event,
    Finished,
    RunStarted,
    UnitsDied,
    WeightsPublished,
)
from visualizer.training.flow_gauge import FlowGauge
from visualizer.training.initial import initial_weights
from visualizer.training.learner import Learner
from visualizer.training.plan import Plan, choose_plan
from visualizer.training.recipe import Recipe
from visualizer.training.settings import Settings
from visualizer.training.thread_watch import ThreadWatch
from visualizer.training.torch_network import TorchNetwork

_DEFAULT = Settings()


def _never() -> bool:
    return False


def fit(
    network: Network,
    dataset: Dataset,
    recipe: Recipe,
    seed: int = 0,
    *,
    settings: Settings = _DEFAULT,
    weights: Weights | None = None,
    publish_every: float = 0.2,
    publish_now: Callable[[], bool] = _never,
    watch_next: Callable[[], bool] = _never,
    keeps: Callable[[int], bool] = is_due,
    measures: Callable[[int], bool] = is_measured,
    epochs: Callable[[], int] | None = None,
) -> Iterator[Event]:
    """Train, and yield one event at a time; to pause, do not ask for the next event.

    Several runs may take turns in one thread: each gives the same result as alone.

    Parameters
    ----------
    seed
        Seed of the initial weights and of the order of the images. The same seed, data, recipe and
        plan give the same result, to the bit.
    weights
        The weights to start from, in place of the seed's initial weights.
    publish_every : seconds
        The longest time between two publications; the end of each epoch publishes, too.
    publish_now
        Called after each batch; true publishes at once, before the batch's own event.
    watch_next
        Called before each batch; true notes what its step begins from, to be published with its
        weights. So does the last batch of an epoch.
    keeps
        Whether to keep the weights after so many batches: these are published, too.
    measures
        Whether to measure what this batch does to every layer; of a watched one it always is.
    epochs
        Called after each epoch: the number of epochs in all, in place of the recipe's. Called
        again when an event is wanted after `Finished`: with more epochs the run goes on, as
        if it had never ended, and `Finished` comes again.

    Raises
    ------
    ValueError
        The weights do not fit the network, or the data set has no images.
    """
    weights = initial_weights(network, seed) if weights is None else weights
    _check(network, weights, dataset)
    plan = plan_for(network, weights, recipe, dataset, settings)
    learner = Learner(network, weights, recipe, dataset.train, plan)
    gauge = FlowGauge(learner.model)
    images = len(dataset.train)
    steps = math.ceil(images / recipe.batch_size)
    yield RunStarted(network, recipe, seed, plan.device, plan.precision, plan.threads, plan.text,
                     recipe.epochs, steps, images)  # fmt: skip

    total = epochs or (lambda: recipe.epochs)
    shuffler = np.random.default_rng(seed)
    watch = ThreadWatch(plan.threads, plan.step_seconds, fixed=settings.threads is not None)
    epoch, step, seconds, published = 0, 0, 0.0, time.perf_counter()
    died, wanted = False, total()
    while epoch < wanted:
        epoch += 1
        order = shuffler.permutation(images)
        for first in range(0, images, recipe.batch_size):
            watch.apply()
            rate = recipe.rate(step / (steps * recipe.epochs))
            batch, last = (
                order[first : first + recipe.batch_size],
                first + recipe.batch_size >= images,
            )
            began = learner.state(step + 1, batch, rate) if watch_next() or last else None
            measured = began is not None or measures(step + 1)
            begun = time.perf_counter()
            if measured:
                gauge.begin()
            loss, accuracy = learner.learn(batch, rate)
            flow = gauge.read(step + 1) if measured else None
            watch.note(taken := time.perf_counter() - begun)
            seconds += taken
            step += 1
            late = time.perf_counter() - published >= publish_every
            due = publish_now() or last or late or keeps(step)
            if not math.isfinite(loss) or (due and not learner.is_finite):
                yield Diverged(step, _diverged(step, recipe))
                return
            if due:
                weights = learner.weights()
                yield WeightsPublished(step, step / steps, weights, began)
                published = time.perf_counter()
            yield BatchEnded(step, step / steps, loss, accuracy, flow)
        watch.apply()
        for test in evaluation_steps(_float32(network, weights, plan), dataset.test):
            if isinstance(test, Evaluation):
                result = test
                if test.constant and not died:
                    died = True
                    yield UnitsDied(epoch, _died(test, recipe))
                yield EpochEnded(epoch, step, test.loss, test.accuracy)
            else:
                yield Evaluating(step, test)
                watch.apply()
        wanted = total()
        if epoch >= wanted:
            speed = images * epoch / seconds
            yield Finished(step, seconds, speed, weights, result.loss, result.accuracy)
            wanted = total()


def _check(network: Network, weights: Weights, dataset: Dataset) -> None:
    """Reject weights and data that cannot be trained before anything is built."""
    network.check_weights(weights)
    if not len(dataset.train) or not len(dataset.test):
        raise ValueError(f"{dataset.name} has no images to train or to test on")


def plan_for(
    network: Network, weights: Weights, recipe: Recipe, dataset: Dataset, settings: Settings
) -> Plan:
    """Choose by a trial how to use this machine, with steps on a copy of the weights."""
    batch = np.arange(recipe.batch_size) % len(dataset.train)

    def make_step(plan: Plan) -> Callable[[], object]:
        learner = Learner(network, weights, recipe, dataset.train, plan)
        return lambda: learner.learn(batch, recipe.learning_rate)

    return choose_plan(network, recipe.batch_size, settings, make_step)


def _float32(network: Network, weights: Weights, plan: Plan) -> TorchNetwork:
    """Build a float32 network of the published weights, whatever the precision of training."""
    return TorchNetwork(network, weights, device=plan.device, channels_last=plan.channels_last)


def _diverged(step: int, recipe: Recipe) -> str:
    return (
        f"The loss stopped being a finite number at batch {step}: "
        f"a learning rate below {recipe.learning_rate:g} may help."
    )


def _died(test: Evaluation, recipe: Recipe) -> str:
    return (
        f"Every digit gets the same answer (loss {test.loss:.2f}, accuracy {test.accuracy:.2f}): "
        "all units of a layer are dead, and nothing more is learnt. "
        f"A learning rate below {recipe.learning_rate:g} may help."
    )
