"""For how many filters the picture found by ascent beats the best patch of all test digits.

python tests/benchmarks/ascent.py [--layers NAME …] [--filters N] [--seed N] [--data DIR] [--quick]
"""

from __future__ import annotations

import time
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from measured import Figure, benchmark

GOAL = 90.0  # per cent


@benchmark(
    filters=(64, 1),
    layers={"nargs": "+", "default": ["conv2d_2", "conv2d_3"]},
    seed={"type": int, "default": 0},
    data={"type": Path},
)
def main(options: Namespace) -> Iterator[Figure]:
    from visualizer.core.responses import Responses
    from visualizer.data.open import open_dataset
    from visualizer.storage.resources import resource
    from visualizer.storage.weights import load_weights
    from visualizer.training.ascent import ascend
    from visualizer.training.responses import collect

    stored = load_weights(resource("pretrained", "book.safetensors"))
    dataset = open_dataset("auto", options.data, train=False)
    *_, responses = collect(stored.network, stored.weights, dataset.test)
    assert isinstance(responses, Responses)
    for name in options.layers:
        most = responses[name].most[: options.filters]
        begun = time.perf_counter()
        found = []
        for channel in range(len(most)):
            *_, last = ascend(stored.network, stored.weights, name, channel, options.seed)
            found.append(last.value)
        seconds = (time.perf_counter() - begun) / len(most)
        margins = sorted(value - best for value, best in zip(found, most, strict=True))
        beaten = sum(margin > 0 for margin in margins)
        print(
            f"{name}: {beaten} of {len(most)} filters exceed their best patch in {dataset.name}; "
            f"margin {margins[0]:.2f} to {margins[-1]:.2f}; {seconds:.2f} s a filter"
        )
        share = 100 * beaten / len(most)
        yield Figure(f"filters of {name} past their best patch", share, "%", GOAL, at_most=False)


if __name__ == "__main__":
    raise SystemExit(main())
