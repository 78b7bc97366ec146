"""How long it takes in a talk from a key until the next stop is painted.

    python tests/benchmarks/next_stop.py [--rounds N] [--platform offscreen|xcb] [--quick]

The built-in talk is on the stage of a window of 1440 × 900 in Present mode. N times Page Down goes
through all its stops, and Page Up back. What is computed in the background meanwhile counts as it
comes: the first round begins with nothing known.
"""

from __future__ import annotations

import gc
import time
from argparse import Namespace
from collections.abc import Iterator

from measured import Figure, benchmark, handle_events, opened, until

GOAL = 100.0  # milliseconds, 95th percentile


@benchmark(rounds=(5, 1))
def main(options: Namespace) -> Iterator[Figure]:
    import numpy as np
    from PySide6.QtCore import QEvent, Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from visualizer.data.synthetic.synthetic import synthetic_digits

    painted: list[float] = []
    with opened(synthetic_digits(train=0, test=40), painted.append) as window:
        window.look.set_present(True)
        window.session.talk.begin_built_in()
        window.deck.begin()
        handle_events()
        gc.freeze()
        last = len(window.deck.talk.stops) - 1
        taken: list[tuple[float, str]] = []
        for _ in range(options.rounds):
            for key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
                for _ in range(last):
                    begun = time.perf_counter()
                    QTest.keyClick(window.stage, key)
                    until(lambda begun=begun: painted[-1] > begun, "the next stop")
                    taken.append((painted[-1] - begun, window.deck.stop.title))
                    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # as in a loop
        seconds = [each for each, _ in taken]
        slowest = sorted(taken, reverse=True)[:5]
        print("slowest:", ", ".join(f"{title} {each * 1e3:.0f} ms" for each, title in slowest))
        p95 = float(np.percentile(seconds, 95)) * 1e3
        yield Figure("next stop of the talk → painted, p95", p95, "ms", GOAL)


if __name__ == "__main__":
    raise SystemExit(main())
