"""How long a moment of a five-epoch run takes from the line's move until it is painted.

    python tests/benchmarks/scrub.py [--moves N] [--seconds S] [--platform offscreen|xcb] [--quick]

The window stands at 1440 × 900 on the book's network, with the curves of the built-in network's
4,690 batches and as many moments as such a run keeps; their weights lie between the initial and
the trained ones. Then a run trains on synthetic digits, for S seconds with its own live weights
in view, and for S seconds while its moments are gone through 20 times a second, in short turns:
the ratio of the medians of their batches a second.
"""

from __future__ import annotations

import time
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from measured import Figure, benchmark, handle_events, opened, rest, until

GOAL = 16.0  # milliseconds, 95th percentile
LEAST = 0.9  # of the speed of training
MOVES_A_SECOND = 20
TURN = 1.5  # seconds


@benchmark(moves=(300, 30), seconds=(24.0, 1.5))
def main(options: Namespace) -> Iterator[Figure]:
    from visualizer.data.synthetic.synthetic import synthetic_digits

    painted: list[float] = []
    with opened(synthetic_digits(train=6000, test=500), painted.append) as window:
        window.session.runs.show(_five_epochs())
        rest(1.5)
        p95 = _painting(window.session, painted, options.moves)
        yield Figure("a moment → painted, p95", p95, "ms", GOAL)
        kept = _training(window.session, options.seconds)
        yield Figure("training while scrubbing / alone", kept, "", LEAST, at_most=False)


def _five_epochs() -> Any:
    """The built-in network's run with moments between its beginning and its end."""
    from visualizer.core.snapshots import BUDGET, Snapshot, is_due
    from visualizer.runs.bundled import bundled_run
    from visualizer.training.initial import initial_weights

    run = bundled_run()
    first = initial_weights(run.model.network, 0)
    epochs = run.history.epoch.values
    for step in range(len(epochs) + 1):
        if is_due(step):
            share = step / len(epochs)
            weights = {
                key: (first[key] * (1 - share) + last * share).astype(first[key].dtype)
                for key, last in run.model.weights.items()
            }
            run.snapshots.keep(Snapshot(step, float(epochs[step - 1]) if step else 0.0, weights))
    print(f"{len(run.snapshots)} moments, {run.snapshots.size / 1e6:.0f} MB of {BUDGET / 1e6:.0f}")
    return run


def _painting(session: Any, painted: list[float], moves: int) -> float:
    import numpy as np

    taken = []
    numbers = np.random.default_rng(0)
    for layer in (0, 2, 4):
        session.viewer.select_layer(layer)
        handle_events()
        for epoch in numbers.uniform(0, 5, moves // 3):
            moments = session.time.snapshots
            if moments[moments.nearest(float(epoch))] is session.time.held:
                continue  # nothing is to be painted
            painted.clear()
            begun = time.perf_counter()
            session.time.show_epoch(float(epoch))
            until(lambda: painted, "the painting of another moment")
            taken.append((painted[0] - begun) * 1000)
            rest(0.02)
    session.time.live()
    print(f"a moment → painted: median {np.median(taken):.1f} ms")
    return float(np.percentile(taken, 95))


def _training(session: Any, seconds: float) -> float:
    """How fast training goes while the line moves, over how fast it goes alone; in turns."""
    import numpy as np

    session.runs.configure(replace(session.runs.recipe, epochs=200), 0, session.runs.settings)
    session.train_or_pause()
    until(lambda: session.runs.state.step >= 60, "the 60th batch", pause=0.05)
    speeds: dict[bool, list[float]] = {False: [], True: []}
    turns = max(round(seconds / TURN), 1)
    for turn in range(2 * turns):
        scrubs = turn % 4 in (1, 2)  # alone, moved, moved, alone: what drifts weighs on both
        step, begun = session.runs.state.step, time.perf_counter()
        while time.perf_counter() - begun < TURN:
            if scrubs:
                at = (time.perf_counter() - begun) / TURN
                session.time.show(round(at * len(session.time.snapshots)))
            rest(1 / MOVES_A_SECOND)
        session.time.live()
        speeds[scrubs].append((session.runs.state.step - step) / (time.perf_counter() - begun))
    alone, scrubbed = (float(np.median(speeds[scrubs])) for scrubs in (False, True))
    print(f"batches a second: {alone:.1f} alone, {scrubbed:.1f} while the line moves")
    return scrubbed / alone


if __name__ == "__main__":
    raise SystemExit(main())
