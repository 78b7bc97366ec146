"""How long it takes on the whole chain from choosing another cell until it is painted.

    python tests/benchmarks/chain.py [--selections N] [--platform offscreen|xcb] [--quick]

The stage stands in a window of 1440 × 900 with the book's network. N times a cell of a random
column, at a random place of its map, leads the way on.
"""

from __future__ import annotations

import gc
import time
from argparse import Namespace
from collections.abc import Iterator

from measured import Figure, benchmark, handle_events, opened

GOAL = 16.0  # milliseconds, 95th percentile


@benchmark(selections=(300, 50))
def main(options: Namespace) -> Iterator[Figure]:
    import numpy as np

    from visualizer.data.synthetic.synthetic import synthetic_digits
    from visualizer.scene.chain import chain_of
    from visualizer.views.chain.picture import cell_at_place

    with opened(synthetic_digits(train=0, test=10)) as window:
        stages = {stage.name: stage for stage in window.page.stages()}
        window.open_stage(stages["from-a-pixel-to-the-answer"])
        handle_events()
        gc.freeze()
        viewer, rng = window.session.viewer, np.random.default_rng(0)
        taken = []
        while len(taken) < options.selections + 10:
            chain = chain_of(viewer.scene)
            column = int(rng.integers(len(chain.layers)))
            cells = window.stage.content.view.columns.cells[column]
            row, across = (int(rng.integers(size)) for size in cells.shape)
            cell = cell_at_place(chain, column, row, across)
            begun = time.perf_counter()
            viewer.take(chain.trail_to(cell))
            handle_events()
            taken.append(time.perf_counter() - begun)
        p95 = float(np.percentile(taken[10:], 95)) * 1e3
        yield Figure("another cell on the chain → painted, p95", p95, "ms", GOAL)


if __name__ == "__main__":
    raise SystemExit(main())
