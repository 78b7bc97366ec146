"""How much processor time a change of the whole window's look takes, until it is painted.

    python tests/benchmarks/dress.py [--rounds N] [--platform offscreen|xcb] [--quick]

The window stands at 1440 × 900; every page was shown once. In turns: Present mode on (F5) and off,
one zoom step up and down, dark and light. All that the window's thread does within SECONDS of the
key counts: laying out, painting, and the fade from the old look to the new one.
"""

from __future__ import annotations

import gc
import time
from argparse import Namespace
from collections.abc import Iterator
from functools import partial
from statistics import median

from measured import Figure, benchmark, opened, rest

GOAL = 250.0  # milliseconds of processor time, each
SECONDS = 0.8  # after which nothing fades, is placed or painted any more


@benchmark(rounds=(15, 2))
def main(options: Namespace) -> Iterator[Figure]:
    from visualizer.app import startup
    from visualizer.data.synthetic.synthetic import synthetic_digits

    with opened(synthetic_digits(train=0, test=500)) as window:
        startup.show_bundled_curves(window.session)
        for page in (*window.pages, window.pages[0]):
            window.show_page(page)
            rest(1.0)
        gc.freeze()  # as the application does before it shows the window
        look = window.look
        steps = {
            "F5 in": partial(window.set_present, True),
            "F5 out": partial(window.set_present, False),
            "zoom": partial(look.zoom_by, 1),
            "zoom back": partial(look.zoom_by, -1),
            "dark": partial(look.set_dark, True),
            "light": partial(look.set_dark, False),
        }
        taken: dict[str, list[float]] = {name: [] for name in steps}
        for _ in range(options.rounds):
            for name, step in steps.items():
                begun = time.thread_time()
                step()
                rest(SECONDS)
                taken[name].append(1000 * (time.thread_time() - begun))
    for name, each in taken.items():
        worst = max(each)
        print(f"{name:10} first {each[0]:5.0f}  median {median(each):5.0f}  worst {worst:5.0f} ms")
    for name, each in taken.items():
        yield Figure(f"{name}, processor time, worst", max(each), "ms", GOAL)


if __name__ == "__main__":
    raise SystemExit(main())
