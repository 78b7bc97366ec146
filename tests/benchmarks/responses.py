"""How long it takes to collect every response of `book`, against one plain evaluation.

    python tests/benchmarks/responses.py [--rounds N] [--threads N] [--data DIR] [--quick]

Both run over the same test set and take turns, so that what else runs here meets both; the
medians count. Without MNIST the synthetic digits stand in, repeated.
"""

from __future__ import annotations

import time
from argparse import Namespace
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from measured import Figure, benchmark, in_turns

GOAL = 1.5
IMAGES = 10_000


@benchmark(rounds=(9, 2), threads={"type": int, "default": 1}, data={"type": Path})
def main(options: Namespace) -> Iterator[Figure]:
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
    dataset = open_dataset("auto", options.data, train=False)
    which = np.arange(IMAGES) % len(dataset.test)
    images = Images(dataset.test.pixels[which], dataset.test.labels[which])
    steps: dict[str, Callable[[], object]] = {
        "evaluation": lambda: evaluate(stored.network, stored.weights, images),
        "responses": lambda: list(collect(stored.network, stored.weights, images)),
    }
    print(f"{dataset.name}, {len(images):,} digits, {options.threads} thread(s), seconds:")
    timed = {name: partial(_seconds, step) for name, step in steps.items()}
    seconds = in_turns(timed, options.rounds)
    yield Figure("responses / evaluation", seconds["responses"] / seconds["evaluation"], "", GOAL)


def _seconds(step: Callable[[], object]) -> float:
    begun = time.perf_counter()
    step()
    return time.perf_counter() - begun


if __name__ == "__main__":
    raise SystemExit(main())
