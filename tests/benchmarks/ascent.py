"""For how many filters the picture found by ascent beats the best patch of all test digits.

python tests/benchmarks/ascent.py [--layers NAME …] [--seed N] [--data DIR]
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from visualizer.training.environment import prepare_environment

GOAL = 0.9


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--layers", nargs="+", default=["conv2d_2", "conv2d_3"])
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--data", type=Path)
    options = parser.parse_args()
    prepare_environment()
    from visualizer.core.responses import Responses
    from visualizer.data.open import open_dataset
    from visualizer.storage.resources import resource
    from visualizer.storage.weights import load_weights
    from visualizer.training.ascent import ascend
    from visualizer.training.responses import collect

    stored = load_weights(resource("pretrained", "book.safetensors"))
    dataset = open_dataset("auto", options.data)
    *_, responses = collect(stored.network, stored.weights, dataset.test)
    assert isinstance(responses, Responses)
    met = True
    for name in options.layers:
        most = responses[name].most
        begun = time.perf_counter()
        found = []
        for channel in range(len(most)):
            *_, last = ascend(stored.network, stored.weights, name, channel, options.seed)
            found.append(last.value)
        seconds = (time.perf_counter() - begun) / len(most)
        beaten = [value > best for value, best in zip(found, most, strict=True)]
        share = sum(beaten) / len(beaten)
        margins = sorted(value - best for value, best in zip(found, most, strict=True))
        print(
            f"{name}: {sum(beaten)} of {len(beaten)} filters exceed their best patch in "
            f"{dataset.name} ({share:.0%}, goal {GOAL:.0%}); margin {margins[0]:.2f} to "
            f"{margins[-1]:.2f}; {seconds:.2f} s a filter"
        )
        met = met and share >= GOAL
    return 0 if met else 1


if __name__ == "__main__":
    raise SystemExit(main())
