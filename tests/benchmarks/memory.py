"""How much memory the window takes: at rest, while it trains, with its moments, on every page.

    python tests/benchmarks/memory.py [--epochs N] [--minutes M] [--quick]

On MNIST where $VISUALIZER_DATA is its folder, else on synthetic digits, the book's network trains,
is looked at in its moments, its filters are studied, and the Compare page measures what it shows.
Then the same is done again and again for M minutes: what the second half adds is the slope,
without the moments of the run, which are kept within a bound of their own.
"""

from __future__ import annotations

import os
import time
from argparse import Namespace
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from measured import Figure, SkippedError, benchmark, opened, rest, until

MOST = 700.0  # MB, with moments, filters and pages
GROWTH = 5.0  # MB a minute, once everything was used


@benchmark(epochs=(1, 0), minutes=(3.0, 0.2))
def main(options: Namespace) -> Iterator[Figure]:
    if not Path("/proc/self/status").exists():
        raise SkippedError("the memory in use is read from /proc")
    from visualizer.data.open import open_dataset
    from visualizer.training.recipe import RECIPES

    given = bool(os.environ.get("VISUALIZER_DATA")) and not options.quick
    dataset = open_dataset("auto" if given else "synthetic")
    worst = 0.0
    with opened(dataset) as window:
        session = window.session
        recipe = replace(RECIPES["book"], epochs=max(options.epochs, 1))
        session.runs.configure(recipe, 0, session.runs.settings)

        def tell(what: str) -> float:
            nonlocal worst
            taken = megabytes()
            worst = max(worst, taken)
            print(f"{taken:6.0f} MB  {what}", flush=True)
            return taken

        rest(2.0)
        tell(f"at rest, {dataset.name}")
        session.train_or_pause()
        if options.quick:
            until(lambda: session.runs.state.step > 20, "some batches", pause=0.1)
            session.stop()
        else:
            waiting(lambda: session.runs.state.epoch > 0.5, "half an epoch")
            tell("it trains")
            waiting(lambda: not session.runs.state.active, "the end of the run")
        tell("it has trained")
        for act, what in steps(window):
            act()
            tell(what)
        rest(2.0)
        begun = time.monotonic()
        rounds = [(begun, megabytes() - moments(session))]
        while time.monotonic() - begun < 60 * options.minutes:
            for act, _ in steps(window):
                act()
            taken = tell(f"round {len(rounds)}") - moments(session)
            rounds.append((time.monotonic(), taken))
        (middle, before), (end, after) = rounds[len(rounds) // 2], rounds[-1]
        growth = (after - before) / max((end - middle) / 60, 1 / 60)
    yield Figure("the most that the window takes", worst, "MB", MOST)
    yield Figure("growth a minute of use", growth, "MB", GROWTH)


def steps(window: Any) -> Iterator[tuple[Callable[[], None], str]]:
    """What is done in a round of use, and its name."""
    session = window.session

    def moments() -> None:
        for at in range(0, len(session.time.snapshots), 5):
            session.time.show(at)
            rest(0.02)
        session.time.live()

    def filters() -> None:
        window.pages[0].side.show_filter(True)
        for layer in (0, 2, 4):
            session.viewer.select_layer(layer)
            rest(1.0)
            waiting(lambda: not session.jobs.progress, "the study of the filters", 0.1)
        window.pages[0].side.show_filter(False)

    def pages() -> None:
        for page in (*window.pages, window.pages[0]):
            window.show_page(page)
            rest(1.0)
            waiting(lambda: not session.jobs.progress, "the work of a page", 0.1)

    def digits() -> None:
        for _ in range(50):
            session.next_digit()
            rest(0.01)

    def looks() -> None:
        for on in (True, False):
            window.set_present(on)
            rest(0.6)
            window.look.set_dark(on)
            rest(0.2)

    def training() -> None:
        session.train_or_pause()
        rest(2.0)
        session.stop()
        rest(0.5)

    yield moments, "its moments were looked at"
    yield filters, "filters were studied"
    yield pages, "every page was shown"
    yield digits, "digits were picked"
    yield looks, "presented, and dark"
    yield training, "trained a little more"


def waiting(state: Callable[[], object], what: str, pause: float = 0.2) -> None:
    """Wait for what takes its time, as long as it takes."""
    patience = time.monotonic() + 900
    while not state():
        if time.monotonic() > patience:
            raise TimeoutError(what)
        rest(pause)


def moments(session: Any) -> float:
    """Memory of the moments of all runs, in MB."""
    return sum(run.snapshots.size for run in session.runs.registry.all) / 2**20


def megabytes() -> float:
    """Memory of this process that is in the machine's, in MB."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


if __name__ == "__main__":
    raise SystemExit(main())
