"""How long it takes on the stage of the network until another digit, or other weights, are painted.

    python tests/benchmarks/network.py [--selections N] [--platform offscreen|xcb] [--quick]

The stage stands in a window of 1440 × 900 with the book's network. N times another digit is
chosen; then the window is given other weights, as while a network trains. At the end the strip on
Inspect is painted alone, with other weights each time.
"""

from __future__ import annotations

import gc
import time
from argparse import Namespace
from collections.abc import Callable, Iterator

from measured import Figure, benchmark, handle_events, opened

GOAL, STRIP_GOAL = 33.0, 6.0  # milliseconds, 95th percentile


@benchmark(selections=(300, 40))
def main(options: Namespace) -> Iterator[Figure]:
    import numpy as np
    from PySide6.QtGui import QPixmap

    from visualizer.data.synthetic.synthetic import synthetic_digits
    from visualizer.scene.scene import Model
    from visualizer.training.initial import initial_weights

    def p95(step: Callable[[int], object]) -> float:
        taken = []
        for at in range(options.selections + 10):
            begun = time.perf_counter()
            step(at)
            handle_events()
            taken.append(time.perf_counter() - begun)
        return float(np.percentile(taken[10:], 95)) * 1e3

    dataset = synthetic_digits(train=0, test=500)
    with opened(dataset) as window:
        session = window.session
        viewer, network = session.viewer, session.viewer.scene.network
        models = [Model(network, initial_weights(network, seed), "random") for seed in range(5)]

        def show_digit(at: int) -> None:
            session.show_digit(at % 500)
            viewer.settle()

        def show_model(at: int) -> None:
            viewer.show_live(models[at % 5])
            viewer.settle()

        strip = window.page.strip
        picture = QPixmap(strip.size())

        def paint_strip(at: int) -> None:
            show_model(at)
            begun = time.perf_counter()
            strip.render(picture)
            painted.append(time.perf_counter() - begun)

        painted: list[float] = []
        p95(paint_strip)
        alone = float(np.percentile(painted[10:], 95)) * 1e3
        stages = {stage.name: stage for stage in window.page.stages()}
        window.open_stage(stages["the-network"])
        handle_events()
        gc.freeze()
        yield Figure(
            "another digit on the network's stage → painted, p95",
            p95(show_digit),
            "ms",
            GOAL,
        )
        yield Figure("other weights on it → painted, p95", p95(show_model), "ms", GOAL)
        yield Figure("the strip painted with other weights, p95", alone, "ms", STRIP_GOAL)


if __name__ == "__main__":
    raise SystemExit(main())
