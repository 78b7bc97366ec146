"""The time that a network takes on this machine: to learn for an epoch, and to read a digit."""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Callable
from functools import partial

import numpy as np
import torch

from visualizer.core.network.layer import Weights
from visualizer.core.network.network import Network
from visualizer.data.dataset import Dataset, Images
from visualizer.training.fit import plan_for
from visualizer.training.learner import Learner
from visualizer.training.recipe import Recipe
from visualizer.training.settings import Settings
from visualizer.training.thread_watch import ThreadWatch

SECONDS = 2.0
MOST_STEPS = 30
FEWEST_STEPS = 3
DIGITS = 30


def epoch_seconds(
    network: Network,
    weights: Weights,
    dataset: Dataset,
    recipe: Recipe,
    settings: Settings | None = None,
    tell: Callable[[float], object] = lambda share: None,
) -> float:
    """Measure the seconds of an epoch of training: the median step, times the steps of an epoch.

    It does what `fit` does, on a copy of the weights; the tests between epochs do not count.

    Parameters
    ----------
    tell
        Called before each step with the share of the work done; it may raise to end the work.
    """
    tell(0.0)
    plan = plan_for(network, weights, recipe, dataset, settings or Settings())
    learner = Learner(network, weights, recipe, dataset.train, plan)
    before = torch.get_num_threads()
    batch = np.arange(recipe.batch_size) % len(dataset.train)
    try:
        ThreadWatch(plan.threads, plan.step_seconds, fixed=True).apply()
        learn = partial(learner.learn, batch, recipe.learning_rate)
        step = _median_seconds(learn, MOST_STEPS, tell)
    finally:
        torch.set_num_threads(before)
        torch.set_flush_denormal(False)
    return step * math.ceil(len(dataset.train) / recipe.batch_size)


def digit_seconds(network: Network, weights: Weights, images: Images) -> float:
    """Measure the median seconds from a digit to every number of the network, as in the window."""
    inputs = (images.pixels[:DIGITS, :, :, None] / np.float32(255)).astype(np.float32)
    digits = iter(np.resize(inputs, (DIGITS + 1, *inputs.shape[1:])))
    return _median_seconds(lambda: network.forward(next(digits), weights), DIGITS)


def _median_seconds(
    work: Callable[[], object], most: int, tell: Callable[[float], object] = lambda share: None
) -> float:
    """Time so many rounds, or as many as fit into the time; the first round only warms up."""
    work()
    seconds: list[float] = []
    while len(seconds) < most and (len(seconds) < FEWEST_STEPS or sum(seconds) < SECONDS):
        tell(min(max(len(seconds) / most, sum(seconds) / SECONDS), 1.0))
        begun = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begun)
    return statistics.median(seconds)
