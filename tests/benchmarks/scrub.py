"""How long a moment of a five-epoch run takes from the line's move until it is painted.

    python tests/benchmarks/scrub.py [--moves N] [--seconds S] [--platform offscreen|xcb]

The window stands at 1440 × 900 on the book's network, with the curves of the built-in network's
4,690 batches and as many moments as such a run keeps; their weights lie between the initial and
the trained ones. Then a run trains on synthetic digits, for S seconds with its own live weights
in view, and for S seconds while its moments are gone through 20 times a second, in short turns:
the ratio of the medians of their batches a second.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from dataclasses import replace
from typing import Any

GOAL = 16.0  # milliseconds, 95th percentile
LEAST = 0.9  # of the speed of training
MOVES_A_SECOND = 20
TURN = 1.5  # seconds


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--moves", type=int, default=300)
    parser.add_argument("--seconds", type=float, default=24.0)
    parser.add_argument("--platform", default=os.environ.get("QT_QPA_PLATFORM", "offscreen"))
    options = parser.parse_args()
    os.environ["QT_QPA_PLATFORM"] = options.platform
    from visualizer.training.environment import prepare_environment

    prepare_environment()
    from PySide6.QtCore import QEvent

    from visualizer import app
    from visualizer.data.synthetic import synthetic_digits
    from visualizer.session import Session
    from visualizer.views.shell.window import MainWindow
    from visualizer.views.widgets.look import Look

    class Window(MainWindow):
        """Notes when its first painting since `painted` was set to 0 has ended."""

        painted = 0.0

        def event(self, event: QEvent) -> bool:
            done = super().event(event)
            if event.type() == QEvent.Type.UpdateRequest and not self.painted:
                self.painted = time.perf_counter()
            return done

    application = app.make_application()
    dataset = synthetic_digits(train=6000, test=500)
    session = Session(app._scene(app.stored_model(), dataset), dataset)
    look = Look()
    window = Window(look, session)
    look.apply()
    window.resize(1440, 900)
    window.show()
    session.runs.show(_five_epochs(session))
    _rest(application, 1.5)
    print(f"{application.platformName()}, {window.width()} × {window.height()}")
    worst = _painting(application, window, session, options.moves)
    kept = _training(application, session, options.seconds)
    session.close()
    print(f"p95 {worst:.1f} ms (goal {GOAL:g}); speed × {kept:.2f} (goal {LEAST:g})")
    return 0 if worst <= GOAL and kept >= LEAST else 1


def _five_epochs(session: Any) -> Any:
    """The built-in network's run with moments between its beginning and its end."""
    from visualizer.bundled import bundled_run
    from visualizer.core.snapshots import BUDGET, Snapshot, is_due
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


def _painting(application: Any, window: Any, session: Any, moves: int) -> float:
    import numpy as np

    taken = []
    numbers = np.random.default_rng(0)
    for layer in (0, 2, 4):
        session.viewer.select_layer(layer)
        application.processEvents()
        for epoch in numbers.uniform(0, 5, moves // 3):
            moments = session.time.snapshots
            if moments[moments.nearest(float(epoch))] is session.time.held:
                continue  # nothing is to be painted
            window.painted = 0.0
            begun = time.perf_counter()
            session.time.show_epoch(float(epoch))
            while not window.painted:
                application.processEvents()
            taken.append((window.painted - begun) * 1000)
            _rest(application, 0.02)
    session.time.live()
    print(
        f"a moment → painted: median {np.median(taken):.1f} ms, p95 {np.percentile(taken, 95):.1f}"
    )
    return float(np.percentile(taken, 95))


def _training(application: Any, session: Any, seconds: float) -> float:
    """How fast training goes while the line moves, over how fast it goes alone; in turns."""
    import numpy as np

    session.runs.configure(replace(session.runs.recipe, epochs=200), 0, session.runs.settings)
    session.train_or_pause()
    while session.runs.state.step < 60:
        _rest(application, 0.05)
    speeds: dict[bool, list[float]] = {False: [], True: []}
    turns = max(round(seconds / TURN), 1)
    for turn in range(2 * turns):
        scrubs = turn % 4 in (1, 2)  # alone, moved, moved, alone: what drifts weighs on both
        step, begun = session.runs.state.step, time.perf_counter()
        while time.perf_counter() - begun < TURN:
            if scrubs:
                at = (time.perf_counter() - begun) / TURN
                session.time.show(round(at * len(session.time.snapshots)))
            _rest(application, 1 / MOVES_A_SECOND)
        session.time.live()
        speeds[scrubs].append((session.runs.state.step - step) / (time.perf_counter() - begun))
    alone, scrubbed = (float(np.median(speeds[scrubs])) for scrubs in (False, True))
    print(f"batches a second: {alone:.1f} alone, {scrubbed:.1f} while the line moves")
    return scrubbed / alone


def _rest(application: Any, seconds: float) -> None:
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        application.processEvents()
        time.sleep(0.002)


if __name__ == "__main__":
    sys.exit(main())
