"""Headless training against Keras/TensorFlow: same network, batch size and optimizer.

    python tests/benchmarks/training.py [--keras PYTHON] [--rounds N] [--steps N]

PYTHON is one that has keras and tensorflow (pip install keras tensorflow-cpu), by default
$KERAS_PYTHON. The two take turns, so that what else runs here meets both; the best of each
counts.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

BATCH_SIZE = 64
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
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--steps", type=int, default=300)
    options = parser.parse_args()
    keras = [options.keras, str(Path(__file__).with_name("keras_fit.py"))] if options.keras else []
    best = dict.fromkeys(("keras", "auto", "float32"), 0.0)
    for _ in range(options.rounds):
        if keras:
            speed = _speed([*keras, str(options.steps), str(BATCH_SIZE)])
            best["keras"] = max(best["keras"], speed)
        for precision in ("auto", "float32"):
            images = str(options.steps * BATCH_SIZE)
            speed = _speed([sys.executable, "-c", OURS, images, precision])
            best[precision] = max(best[precision], speed)
    for name, speed in best.items():
        print(f"{name:8} {speed:9,.0f} images/s")
    if not keras:
        print("skipped the ratio: no Python with Keras (--keras PYTHON or $KERAS_PYTHON)")
        return 0
    for precision, goal in (("auto", 2.0), ("float32", 1.2)):
        print(f"{precision} / keras: {best[precision] / best['keras']:.2f} (goal {goal})")
    return 0


def _speed(command: list[str]) -> float:
    """Images a second, the last line that the command prints."""
    root = Path(__file__).resolve().parents[2]
    run = subprocess.run(command, cwd=root, stdout=subprocess.PIPE, text=True, check=True)
    return float(run.stdout.split()[-1])


if __name__ == "__main__":
    raise SystemExit(main())
