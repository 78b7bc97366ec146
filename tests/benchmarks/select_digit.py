"""How long it takes from choosing another digit until its maps are painted.

    python tests/benchmarks/select_digit.py [--selections N] [--platform offscreen|xcb] [--quick]

The window stands at 1440 × 900 on the book's network; for each layer, N digits are chosen one
after the other. A selection ends when the window has been painted with the new maps, digit,
the strip's maps and probabilities; the terms of the position panel follow in the next painting,
which the last column includes.
"""

from __future__ import annotations

import gc
import time
from argparse import Namespace
from collections.abc import Iterator

from measured import Figure, benchmark, handle_events, opened, rest, until

GOAL = 16.0  # milliseconds, 95th percentile


@benchmark(selections=(300, 25))
def main(options: Namespace) -> Iterator[Figure]:
    import numpy as np

    from visualizer.app import startup
    from visualizer.data.synthetic.synthetic import synthetic_digits

    dataset = synthetic_digits(train=0, test=2000)
    painted: list[float] = []
    numbers = np.random.default_rng(0)
    worst = 0.0
    with opened(dataset, painted.append) as window:
        session = window.session
        startup.show_bundled_curves(session)
        rest(1.5)
        gc.freeze()  # as the application does before it shows the window
        for position, layer in enumerate(session.viewer.scene.network.layers):
            session.viewer.select_layer(position)
            handle_events()
            taken, until_all = [], []
            for index in numbers.integers(0, len(dataset.test), options.selections):
                painted.clear()
                begun = time.perf_counter()
                session.show_digit(int(index))
                until(lambda: painted, "the painting of another digit")
                handle_events()
                taken.append(1000 * (painted[0] - begun))
                until_all.append(1000 * (time.perf_counter() - begun))
            p50, p95 = np.percentile(taken, (50, 95))
            all95 = np.percentile(until_all, 95)
            print(f"{layer.name:16} maps p50 {p50:5.1f}  p95 {p95:5.1f}  all p95 {all95:5.1f} ms")
            worst = max(worst, float(p95))
    yield Figure("another digit → painted, worst layer, p95", worst, "ms", GOAL)


if __name__ == "__main__":
    raise SystemExit(main())
