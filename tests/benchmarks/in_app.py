"""What the open window costs a training that it shows.

    python tests/benchmarks/in_app.py [--rounds N] [--turns N] [--quick]

The book's network and recipe (batch size 64) on MNIST where $VISUALIZER_DATA is its folder, else on
synthetic digits, with one thread and with two. In the window, which has been open for a moment, the
second convolution is shown, and everything is drawn as usual; once more with the network's stage,
whose maps are to move. Half of the time, in turns of a second, the window takes no news in: so
one process and one plan compare both, whatever else slows the machine down. What the window costs
then, too, is its thread's processor time.
"""

from __future__ import annotations

import os
import time
from argparse import Namespace
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from measured import Figure, benchmark, called, in_turns, opened, rest, until

GOAL = 0.9
LIVELY = 10.0  # times a second that the stage's maps change
IDLE = 10.0  # milliseconds of processor time a second
TURN, SETTLING = 1.0, 0.3  # seconds; of each turn, its beginning is not counted
LONGEST = 0.1  # seconds of a batch: between two epochs the test set is run
ENOUGH = 400_000  # images, for any number of turns
THREADS = (1, 2)
PLACES = {"in the window": "", "on the network's stage": "the-network"}


@benchmark(rounds=(3, 1), turns=(12, 6))
def main(options: Namespace) -> Iterator[Figure]:
    asked = {
        f"{where}, threads: {threads}": (threads, stage)
        for threads in THREADS
        for where, stage in PLACES.items()
    }
    ratios = in_turns(
        {
            name: partial(called, f"in_app.share_kept({options.turns}, {threads}, {stage!r})")
            for name, (threads, stage) in asked.items()
        },
        options.rounds,
    )
    for name, ratio in ratios.items():
        yield Figure(f"training {name} / with no news taken in", ratio, "", GOAL, at_most=False)
    idle = called(f"in_app.idle({options.turns})")
    yield Figure("the window's thread while it takes no news in", idle, "ms a second", IDLE)
    changes = called(f"in_app.changes({options.turns}, 'the-network')")
    name = "changes of the maps on the network's stage, while training"
    yield Figure(name, changes, "a second", LIVELY, at_most=False)


@dataclass(slots=True)
class Turns:
    """Seconds in which the window takes news in, and others in which it does not.

    Attributes
    ----------
    ends : list of float
        When each batch ended, in seconds.
    scenes : list of float
        When the maps changed.
    turns : list of (taking, begin, end, processor)
        Seconds, and the processor time of the window's thread.
    """

    ends: list[float] = field(default_factory=list)
    scenes: list[float] = field(default_factory=list)
    turns: list[tuple[bool, float, float, float]] = field(default_factory=list)

    def speed(self, taking: bool) -> float:
        """Batches a second, the median of such turns."""
        import numpy as np

        speeds, ends = [], np.array(self.ends)
        for took, begin, end, _ in self.turns:
            within = ends[(ends >= begin + SETTLING) & (ends <= end)]
            taken = np.diff(within)
            taken = taken[taken < LONGEST]
            if took == taking and len(taken):
                speeds.append(1 / taken.mean())
        return float(np.median(speeds))


def share_kept(turns: int, threads: int, stage: str) -> float:
    """The speed while the window takes news in, by that while it does not."""
    found = _watched(turns, threads, stage)
    return found.speed(True) / found.speed(False)


def idle(turns: int) -> float:
    """Milliseconds a second that the window's thread works while no news are taken in."""
    import numpy as np

    found = _watched(turns, 1, "").turns
    return (
        float(np.median([spent / (end - begin) for on, begin, end, spent in found if not on])) * 1e3
    )


def changes(turns: int, stage: str) -> float:
    """How often a second the maps change."""
    import numpy as np

    found = _watched(turns, 1, stage)
    seen = np.array(found.scenes)
    each = [
        ((seen >= begin + SETTLING) & (seen < end)).sum() / (end - begin - SETTLING)
        for on, begin, end, _ in found.turns
        if on
    ]
    return float(np.median(each))


def _watched(turns: int, threads: int, stage: str) -> Turns:
    """Train in the window or on one of its stages."""
    dataset, recipe = _task()
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from visualizer.training import fit as module
    from visualizer.training.settings import Settings

    found = Turns()
    fit = module.fit
    module.fit = lambda *asked, **more: _timed(fit(*asked, **more), found.ends)
    with opened(dataset) as window:
        session = window.session
        if stage:
            window.open_stage({one.name: one for one in window.page.stages()}[stage])
        rest(1.5)
        session.runs.configure(recipe, 0, Settings(threads=threads))
        session.viewer.select_layer(2)
        changed = session.viewer.sceneChanged
        changed.connect(lambda old, new: found.scenes.append(time.perf_counter()))
        session.train_or_pause()
        pump, poll = (
            session.findChild(QTimer, name) for name in ("session pump", "news asked for")
        )
        began: list[Any] = [True, time.perf_counter(), time.thread_time()]

        def turn() -> None:
            taking, begin, spent = began
            now, used = time.perf_counter(), time.thread_time()
            found.turns.append((taking, begin, now, used - spent))
            if len(found.turns) == turns:
                QApplication.exit(0)
            elif taking:
                pump.stop()
                poll.stop()
            else:
                pump.start()
            began[:] = [not taking, time.perf_counter(), time.thread_time()]

        timer = QTimer()
        timer.timeout.connect(turn)
        until(lambda: found.ends, "the first batch")
        timer.start(round(TURN * 1e3))
        QApplication.exec()  # ends with the turns, or with this process, whose time is measured out
    del found.turns[:2]  # the run began
    return found


def _task() -> tuple[Any, Any]:
    """The digits to train on, and the recipe."""
    from visualizer.system.environment import prepare_environment

    prepare_environment()
    from visualizer.data.open import open_dataset
    from visualizer.training.recipe import RECIPES

    dataset = open_dataset("auto" if os.environ.get("VISUALIZER_DATA") else "synthetic")
    print(dataset.name, end=", ")
    epochs = -(-ENOUGH // len(dataset.train))
    return dataset, replace(RECIPES["book"], epochs=epochs)


def _timed(events: Iterable[Any], ends: list[float]) -> Iterator[Any]:
    """Hand on what a run tells, and note when each batch has ended."""
    from visualizer.training.events import BatchEnded, RunStarted

    for event in events:
        if isinstance(event, RunStarted):
            print(event.plan_text)
        if isinstance(event, BatchEnded):
            ends.append(time.perf_counter())
        yield event


if __name__ == "__main__":
    raise SystemExit(main())
