"""How long it takes from Step until that step is explained, and from choosing a weight.

    python tests/benchmarks/last_step.py [--selections N] [--platform offscreen|xcb] [--quick]

The window stands at 1440 × 900 with the tab Step open, on the book's network and recipe. A few
batches are trained one by one: from Step to the painted panel; then N random weights are chosen.
"""

from __future__ import annotations

import time
from argparse import Namespace
from collections.abc import Iterator

from measured import Figure, benchmark, handle_events, opened, until

AFTER_A_STEP, GOAL = 100.0, 16.0  # milliseconds; the second is a 95th percentile
REST = 0.002  # seconds between looks: a window that waits leaves its core to the job


@benchmark(selections=(300, 40), steps=(9, 3))
def main(options: Namespace) -> Iterator[Figure]:
    import numpy as np

    from visualizer.data.synthetic.synthetic import synthetic_digits
    from visualizer.scene.trail import Cell
    from visualizer.training.settings import Settings

    with opened(synthetic_digits(train=640, test=50)) as window:
        session, side = window.session, window.pages[0].side
        runs, model, viewer = session.runs, session.last_step, session.viewer
        runs.configure(runs.recipe, 0, Settings("float32", 1, "cpu"))
        viewer.select_layer(2)
        side.show_tab("step")
        waits = []
        for _ in range(options.steps):
            before = runs.state.step
            begun = time.perf_counter()
            session.step()
            until(lambda before=before: runs.state.step > before, "a step", pause=REST)
            until(lambda: model.gradients is not None, "its gradients", pause=REST)
            handle_events()
            waits.append(time.perf_counter() - begun)
        median = float(np.median(waits)) * 1e3
        yield Figure("Step → explained and painted, median", median, "ms", AFTER_A_STEP)
        rng, taken = np.random.default_rng(0), []
        for _ in range(options.selections + 10):
            row, column = (int(rng.integers(3)) for _ in range(2))
            channel, unit = int(rng.integers(32)), int(rng.integers(64))
            begun = time.perf_counter()
            viewer.select(Cell(2, 4, 4, unit))
            model.choose("conv2d_2.kernel", (row, column, channel, unit))
            handle_events()
            taken.append(time.perf_counter() - begun)
        p95 = float(np.percentile(taken[10:], 95)) * 1e3
        yield Figure("a weight of conv2d_2 → painted, p95", p95, "ms", GOAL)


if __name__ == "__main__":
    raise SystemExit(main())
