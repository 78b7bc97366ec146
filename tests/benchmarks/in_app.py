"""Training inside the open, updating window against training without one.

    python tests/benchmarks/in_app.py [--rounds N] [--images N] [--quick]

One epoch of the book's network and recipe (batch size 64) on MNIST where $VISUALIZER_DATA is its
folder, else on synthetic digits, with one thread and with two. In the window, which has been open
for a moment, the second convolution is shown, and everything is drawn as usual. Once more with the
network's stage, whose maps are to move. All take turns, each in a process of its own; the medians
count.
"""

from __future__ import annotations

import os
import time
from argparse import Namespace
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from measured import Figure, benchmark, called, in_turns, opened, rest

GOAL = 0.9
LIVELY = 10.0  # times a second that the stage's maps change
THREADS = (1, 2)
STEPS = ("headless", "in_window", "on_the_stage")


@benchmark(rounds=(6, 1), images=(60_000, 12_000))
def main(options: Namespace) -> Iterator[Figure]:
    steps = {
        f"{name}, {threads}": partial(called, f"in_app.{name}({options.images}, {threads})")
        for threads in THREADS
        for name in STEPS
    }
    steps |= {"changes, 1": partial(called, f"in_app.changes({options.images}, 1)")}
    speeds = in_turns(steps, options.rounds)
    for threads in THREADS:
        for step, where in zip(STEPS[1:], ("in the window", "on the network's stage"), strict=True):
            ratio = speeds[f"{step}, {threads}"] / speeds[f"headless, {threads}"]
            name = f"training {where} / headless, threads: {threads}"
            yield Figure(name, ratio, "", GOAL, at_most=False)
    name = "changes of the maps on the network's stage, while training"
    yield Figure(name, speeds["changes, 1"], "a second", LIVELY, at_most=False)


def headless(limit: int, threads: int) -> float:
    """Images a second without a window."""
    dataset, recipe = _task(limit)
    from visualizer.core.network.networks import named
    from visualizer.training.fit import fit
    from visualizer.training.settings import Settings

    ends: list[float] = []
    events = fit(named("book"), dataset, recipe, settings=Settings(threads=threads))
    for _ in _timed(events, ends):
        pass
    return _speed(dataset, recipe, ends)


def in_window(limit: int, threads: int) -> float:
    """Images a second while the window shows what is learnt."""
    return _watched(limit, threads)[0]


def on_the_stage(limit: int, threads: int) -> float:
    """Images a second while the network's stage shows what is learnt."""
    return _watched(limit, threads, "the-network")[0]


def changes(limit: int, threads: int) -> float:
    """How often a second the maps on the network's stage change."""
    return _watched(limit, threads, "the-network")[1]


def _watched(limit: int, threads: int, stage: str = "") -> tuple[float, float]:
    """Images a second, and changes of the maps, in the window or on one of its stages."""
    dataset, recipe = _task(limit)
    from PySide6.QtWidgets import QApplication

    from visualizer.training import fit as module
    from visualizer.training.settings import Settings

    ends: list[float] = []
    scenes: list[float] = []
    fit = module.fit
    module.fit = lambda *asked, **more: _timed(fit(*asked, **more), ends)
    with opened(dataset) as window:
        session = window.session
        if stage:
            window.open_stage({one.name: one for one in window.page.stages()}[stage])
        rest(1.5)
        session.runs.configure(recipe, 0, Settings(threads=threads))
        session.viewer.select_layer(2)
        session.viewer.sceneChanged.connect(lambda old, new: scenes.append(time.perf_counter()))
        session.train_or_pause()
        session.runs.stateChanged.connect(lambda state: state.active or QApplication.exit(0))
        QApplication.exec()  # ends with the run, or with this process, whose time is measured out
        assert session.runs.state.phase == "finished", session.runs.state
    assert len(scenes) > 1, "the maps did not change"
    seen = [at for at in scenes if ends[0] <= at <= ends[-1]]
    return _speed(dataset, recipe, ends), len(seen) / (ends[-1] - ends[0])


def _task(limit: int) -> tuple[Any, Any]:
    """The digits to train on, so many at most, and the recipe."""
    from visualizer.system.environment import prepare_environment

    prepare_environment()
    from visualizer.data.dataset import Images
    from visualizer.data.open import open_dataset
    from visualizer.training.recipe import RECIPES

    dataset = open_dataset("auto" if os.environ.get("VISUALIZER_DATA") else "synthetic")
    print(dataset.name, end=", ")
    train = Images(dataset.train.pixels[:limit], dataset.train.labels[:limit])
    return replace(dataset, train=train), replace(RECIPES["book"], epochs=1)


def _timed(events: Iterable[Any], ends: list[float]) -> Iterator[Any]:
    """Hand on what a run tells, and note when each batch has ended."""
    from visualizer.training.events import BatchEnded, RunStarted

    for event in events:
        if isinstance(event, RunStarted):
            print(event.plan_text)
        if isinstance(event, BatchEnded):
            ends.append(time.perf_counter())
        yield event


def _speed(dataset: Any, recipe: Any, ends: list[float]) -> float:
    """Images a second from the end of the first batch to that of the last."""
    return (len(dataset.train) - recipe.batch_size) / (ends[-1] - ends[0])


if __name__ == "__main__":
    raise SystemExit(main())
