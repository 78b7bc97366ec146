"""How long it takes to collect every response of `book`, against one plain evaluation.

    python tests/benchmarks/responses.py [--rounds N] [--threads N] [--data DIR]

Both run over the same test set and take turns, so that what else runs here meets both; the
medians count. Without MNIST the synthetic digits stand in, repeated.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from statistics import median

from visualizer.training.environment import prepare_environment

GOAL = 1.5
IMAGES = 10_000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--data", type=Path)
    options = parser.parse_args()
    prepare_environment()
    import numpy as np
    import torch

    from visualizer.data.dataset import Images
    from visualizer.data.open import open_dataset
    from visualizer.storage.resources import resource
    from visualizer.storage.weights import load_weights
    from visualizer.training.evaluate import evaluate
    from visualizer.training.responses import collect

    torch.set_num_threads(options.threads)
    stored = load_weights(resource("pretrained", "book.safetensors"))
    dataset = open_dataset("auto", options.data)
    which = np.arange(IMAGES) % len(dataset.test)
    images = Images(dataset.test.pixels[which], dataset.test.labels[which])
    steps = {
        "evaluation": lambda: evaluate(stored.network, stored.weights, images),
        "responses": lambda: list(collect(stored.network, stored.weights, images)),
    }
    seconds: dict[str, list[float]] = {name: [] for name in steps}
    for _ in range(options.rounds):
        for name, step in steps.items():
            begun = time.perf_counter()
            step()
            seconds[name].append(time.perf_counter() - begun)
    for name, each in seconds.items():
        rounds = " ".join(f"{one:.2f}" for one in each)
        print(f"{name:10} best {min(each):.2f}, median {median(each):.2f} s ({rounds})")
    ratio, of_best = (of(seconds["responses"]) / of(seconds["evaluation"]) for of in (median, min))
    print(f"{dataset.name}, {len(images):,} digits, {options.threads} thread(s)")
    print(f"responses / evaluation: {ratio:.2f} (goal {GOAL}; of the best rounds {of_best:.2f})")
    return 0 if ratio <= GOAL else 1


if __name__ == "__main__":
    raise SystemExit(main())
