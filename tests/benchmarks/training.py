"""Headless training against Keras/TensorFlow: same network, batch size and optimizer.

    python tests/benchmarks/training.py [--keras PYTHON] [--rounds N] [--steps N] [--quick]

PYTHON is one that has keras and tensorflow (pip install keras tensorflow-cpu), by default
$KERAS_PYTHON. The two take turns, so that what else runs here meets both; the medians
count.
"""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from measured import Figure, SkippedError, benchmark, called, in_turns

BATCH_SIZE = 64
GOALS = {"auto": 2.0, "float32": 1.2}


@benchmark(rounds=(8, 1), steps=(300, 40), keras={"default": os.environ.get("KERAS_PYTHON")})
def main(options: Namespace) -> Iterator[Figure]:
    ours = "training.speed({}, '{}')"
    steps = {name: partial(called, ours.format(options.steps, name)) for name in GOALS}
    if options.keras:
        call = f"keras_fit.speed({options.steps}, {BATCH_SIZE})"
        steps["keras"] = partial(called, call, options.keras)
    speeds = in_turns(steps, options.rounds)
    if not options.keras:
        missing = "no Python with Keras (--keras PYTHON or $KERAS_PYTHON)"
        ratio = speeds["auto"] / speeds["float32"]
        raise SkippedError(f"{missing}; auto / float32 is {ratio:.2f} here")
    for name, goal in GOALS.items():
        ratio = speeds[name] / speeds["keras"]
        yield Figure(f"{name} / keras", ratio, "", goal, at_most=False)


def speed(steps: int, precision: str) -> float:
    """Images a second of ours, on noise."""
    from visualizer.system.environment import prepare_environment

    prepare_environment()
    import numpy as np

    from visualizer.core.network.networks import named
    from visualizer.data.dataset import Dataset, Images
    from visualizer.training.events import Finished, RunStarted
    from visualizer.training.fit import fit
    from visualizer.training.recipe import RECIPES
    from visualizer.training.settings import Settings

    images = steps * BATCH_SIZE
    numbers = np.random.default_rng(0)
    data = Images(
        numbers.integers(0, 256, (images, 28, 28), dtype=np.uint8),
        numbers.integers(0, 10, images, dtype=np.uint8),
    )
    data = Dataset("noise", "synthetic", data, Images(data.pixels[:10], data.labels[:10]))
    recipe = replace(RECIPES["book"], epochs=1)
    for event in fit(named("book"), data, recipe, settings=Settings(precision)):
        if isinstance(event, RunStarted):
            print(event.plan_text)
    assert isinstance(event, Finished)
    return event.images_per_second


if __name__ == "__main__":
    raise SystemExit(main())
