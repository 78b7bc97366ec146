"""How long it takes from choosing a cell until the window is painted, and how fast it slides.

    python tests/benchmarks/select_cell.py [--selections N] [--platform offscreen|xcb] [--quick]

The window stands at 1440 × 900 with the position panel open on conv2d_3 of the book's network.
First N random cells are chosen, then the window slides over conv2d_2's places at 60 a second.
"""

from __future__ import annotations

import gc
import time
from argparse import Namespace
from collections.abc import Iterator
from typing import Any

from measured import Figure, benchmark, handle_events, opened, until

GOAL = 16.0  # milliseconds, 95th percentile
PLACES_A_SECOND = 60
LEAST = 0.95  # of the places asked for


@benchmark(selections=(300, 50))
def main(options: Namespace) -> Iterator[Figure]:
    import numpy as np

    from visualizer.data.synthetic.synthetic import synthetic_digits
    from visualizer.scene.trail import Cell

    with opened(synthetic_digits(train=0, test=10)) as window:
        handle_events()
        gc.freeze()
        viewer = window.session.viewer
        layer = viewer.scene.network.index("conv2d_3")
        rng = np.random.default_rng(0)
        taken = []
        for _ in range(options.selections + 10):
            sizes = viewer.scene.network.layers[layer].map_shape
            place = (int(rng.integers(size)) for size in sizes)
            begun = time.perf_counter()
            viewer.select(Cell(layer, *place))
            handle_events()
            taken.append(time.perf_counter() - begun)
        p95 = float(np.percentile(taken[10:], 95)) * 1e3
        yield Figure("a cell of conv2d_3 → painted, p95", p95, "ms", GOAL)
        least = LEAST * PLACES_A_SECOND
        yield Figure("sliding window", _slide(window), "places/s", least, at_most=False)


def _slide(window: Any) -> float:
    """Places a second that are reached, painted, from the first to the last of conv2d_2."""
    from visualizer.scene.trail import Cell

    viewer, slide = window.session.viewer, window.pages[0].position.slide.player
    viewer.select(Cell(2, 0, 0, 3))
    slide.speed.setCurrentIndex(slide.speed.count() - 1)
    slide.play.click()
    begun = time.perf_counter()
    until(lambda: viewer.scene.selected == Cell(2, 10, 10, 3), "the last place of conv2d_2")
    return 120 / (time.perf_counter() - begun)


if __name__ == "__main__":
    raise SystemExit(main())
