"""Training that measures gradient flow against training that does not.

    python tests/benchmarks/flow.py [--rounds N] [--steps N] [--quick]

An epoch of MNIST's size with the book's recipe (batch size 64): the book's network, and one of two
dense layers, whose steps are so short that measuring costs most. Two runs in one process take turns
batch by batch, so that what else runs here meets both; the median of the rounds counts.
"""

from __future__ import annotations

import time
from argparse import Namespace
from collections.abc import Iterator
from functools import partial
from typing import Any

from measured import Figure, benchmark, called, in_turns

GOAL = 0.95
BATCH_SIZE = 64
NETWORKS = ("book", "dense")


@benchmark(rounds=(5, 1), steps=(938, 60))
def main(options: Namespace) -> Iterator[Figure]:
    steps = {name: partial(called, f"flow.ratio({options.steps}, '{name}')") for name in NETWORKS}
    for name, ratio in in_turns(steps, options.rounds).items():
        yield Figure(f"{name}: speed measured / not measured", ratio, "", GOAL, at_most=False)


def ratio(steps: int, name: str) -> float:
    """The speed with what is usually measured over that with nothing, on noise."""
    from visualizer.system.environment import prepare_environment

    prepare_environment()
    from dataclasses import replace

    import numpy as np

    from visualizer.core.flow import is_measured
    from visualizer.core.network.networks import named
    from visualizer.data.dataset import Dataset, Images
    from visualizer.training.fit import fit
    from visualizer.training.recipe import RECIPES
    from visualizer.training.settings import Settings

    images, numbers = steps * BATCH_SIZE, np.random.default_rng(0)
    pixels = numbers.integers(0, 256, (images, 28, 28), dtype=np.uint8)
    data = Images(pixels, numbers.integers(0, 10, images, dtype=np.uint8))
    dataset = Dataset("noise", "synthetic", data, Images(data.pixels[:10], data.labels[:10]))
    begin = partial(
        fit, named(name), dataset, replace(RECIPES["book"], epochs=1),
        settings=Settings(threads=1), publish_every=float("inf"), keeps=lambda step: False,
    )  # fmt: skip
    runs = [begin(measures=is_measured), begin(measures=lambda step: False)]
    seconds = [0.0, 0.0]
    for run in runs:
        _batch(run)  # the first waits for a trial of the machine
    for step in range(1, steps):
        for which in (0, 1) if step % 2 else (1, 0):
            begun = time.perf_counter()
            _batch(runs[which])
            seconds[which] += time.perf_counter() - begun
    return seconds[1] / seconds[0]


def _batch(run: Iterator[Any]) -> None:
    """Train one batch."""
    from visualizer.training.events import BatchEnded

    while not isinstance(next(run), BatchEnded):
        pass


if __name__ == "__main__":
    raise SystemExit(main())
