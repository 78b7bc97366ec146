"""Headless training against Keras/TensorFlow: same network, batch size and optimizer.

    python tests/benchmarks/training.py [--keras PYTHON] [--rounds N] [--steps N]

PYTHON is one that has keras and tensorflow (pip install keras tensorflow-cpu), by default
$KERAS_PYTHON. The two take turns, so that what else runs here meets both; the medians
count.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path
from statistics import median

BATCH_SIZE = 64
GOALS = {"auto": 2.0, "float32": 1.2}
OURS = """
import sys
from visualizer.training.environment import prepare_environment
prepare_environment()
import numpy as np
from visualizer.core.networks import named
from visualizer.data.dataset import Dataset, Images
from visualizer.training.events import Finished, RunStarted
from visualizer.training.fit import fit
from visualizer.training.recipe import RECIPES
from visualizer.training.settings import Settings
from dataclasses import replace

images, precision = int(sys.argv[1]), sys.argv[2]
numbers = np.random.default_rng(0)
data = Images(
    numbers.integers(0, 256, (images, 28, 28), dtype=np.uint8),
    numbers.integers(0, 10, images, dtype=np.uint8),
)
data = Dataset("noise", "synthetic", data, Images(data.pixels[:10], data.labels[:10]))
for event in fit(
    named("book"), data, replace(RECIPES["book"], epochs=1), settings=Settings(precision)
):
    if isinstance(event, RunStarted):
        print(event.plan_text, file=sys.stderr)
    if isinstance(event, Finished):
        print(event.images_per_second)
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keras", default=os.environ.get("KERAS_PYTHON"))
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--steps", type=int, default=300)
    options = parser.parse_args()
    images = str(options.steps * BATCH_SIZE)
    commands = {name: [sys.executable, "-c", OURS, images, name] for name in GOALS}
    if options.keras:
        script = str(Path(__file__).with_name("keras_fit.py"))
        commands["keras"] = [options.keras, script, str(options.steps), str(BATCH_SIZE)]
    speeds: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(options.rounds):
        for name, command in commands.items():
            speeds[name].append(_speed(command))
    for name, each in speeds.items():
        rounds = " ".join(f"{speed:,.0f}" for speed in each)
        print(f"{name:8} best {max(each):7,.0f}, median {median(each):7,.0f} images/s ({rounds})")
    if not options.keras:
        print("skipped the ratio: no Python with Keras (--keras PYTHON or $KERAS_PYTHON)")
        return 0
    for name, goal in GOALS.items():
        ratio, of_best = (of(speeds[name]) / of(speeds["keras"]) for of in (median, max))
        print(f"{name} / keras: {ratio:.2f} (goal {goal}; of the best rounds {of_best:.2f})")
    return 0


def _speed(command: list[str]) -> float:
    """Images a second, the last line that the command prints."""
    root = Path(__file__).resolve().parents[2]
    run = subprocess.run(command, cwd=root, stdout=subprocess.PIPE, text=True, check=True)
    return float(run.stdout.split()[-1])


if __name__ == "__main__":
    raise SystemExit(main())
