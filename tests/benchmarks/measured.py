"""What the benchmarks share: figures with their goals, options, an end, and the window.

A benchmark's `main` yields its figures; `benchmark` gives it options, a report and an end.
"""

from __future__ import annotations

import faulthandler
import json
import os
import subprocess
import sys
import time
import traceback
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parents[1]
SIZE = (1440, 900)  # pixels, of the window
PATIENCE = 240  # seconds that a state is waited for
ENVIRONMENT = {"QT_QPA_PLATFORM": "offscreen", **os.environ}  # for processes: nothing prepared
LIMITS = {False: 3600, True: 360}  # seconds after which a benchmark ends in any case; with --quick

sys.path.insert(0, str(ROOT))  # this checkout is measured, whichever one is installed


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing that was measured; where not `at_most`, the goal is the least that is well."""

    name: str
    value: float
    unit: str
    goal: float
    at_most: bool = True

    @property
    def ratio(self) -> float:
        """Measured / goal, or goal / measured where more is better: at most 1 is well."""
        over, under = (self.value, self.goal) if self.at_most else (self.goal, self.value)
        return over / under if under else float("inf")

    @property
    def cells(self) -> tuple[str, str, str, str]:
        """What stands in a table: name, measured, goal, ratio."""
        measured, goal = (
            f"{each:,.{2 - (each >= 10)}f} {self.unit}".rstrip() for each in (self.value, self.goal)
        )
        ratio = f"{self.ratio:.2f}{'' if self.ratio <= 1 else ', past the goal'}"
        return self.name, measured, f"{'≤' if self.at_most else '≥'} {goal}", ratio


Measure = Callable[[Namespace], Iterator[Figure]]


class SkippedError(Exception):
    """What a benchmark needs is not here; says what."""


def benchmark(**own: Any) -> Callable[[Measure], Callable[..., int]]:
    """Make of a function that yields figures the main function of its script.

    Parameters
    ----------
    own : tuple of two numbers, or dict
        Options by name: how much is done, usually and with --quick; or what add_argument takes.
    """

    def dress(measure: Measure) -> Callable[..., int]:
        def main(arguments: Sequence[str] | None = None) -> int:
            return _run(measure, _parse(arguments, measure.__globals__["__doc__"], own))

        return main

    return dress


def _parse(arguments: Sequence[str] | None, about: str, own: dict[str, Any]) -> Namespace:
    parser = ArgumentParser(description=about, formatter_class=RawDescriptionHelpFormatter)
    told = "few rounds, to see that it runs: a figure past its goal is no failure"
    parser.add_argument("--quick", action="store_true", help=told)
    platform = os.environ.get("QT_QPA_PLATFORM", "offscreen")
    parser.add_argument("--platform", default=platform, help="Qt's: offscreen, xcb, …")
    parser.add_argument("--json", type=Path, help="a file for the figures")
    counts = {name: count for name, count in own.items() if isinstance(count, tuple)}
    for name, (usual, few) in counts.items():
        told = f"{usual:g}; with --quick {few:g}"
        parser.add_argument(f"--{name}", type=type(usual), default=usual, help=told)
    for name in own.keys() - counts.keys():
        parser.add_argument(f"--{name}", **own[name])
    if parser.parse_args(arguments).quick:
        parser.set_defaults(**{name: few for name, (_, few) in counts.items()})
    return parser.parse_args(arguments)


def _run(measure: Measure, options: Namespace) -> int:
    """Print the figures, and write them down where that is asked for; returns the exit code."""
    from visualizer.system.environment import prepare_environment

    os.environ["QT_QPA_PLATFORM"] = options.platform
    prepare_environment()  # before a benchmark imports numpy
    faulthandler.dump_traceback_later(LIMITS[options.quick], exit=True)
    figures: list[Figure] = []
    told = ""
    try:
        figures.extend(measure(options))
    except SkippedError as why:
        told = f"skipped: {why}"
    except Exception as error:  # noqa: BLE001 - told here, and to who asked for the figures
        traceback.print_exc()
        told = f"failed: {type(error).__name__}: {error}"
    faulthandler.cancel_dump_traceback_later()
    for figure in figures:
        print("{}: {} (goal {}; ratio {})".format(*figure.cells))
    print(told, end="\n" if told else "")
    met = options.quick or all(figure.ratio <= 1 for figure in figures)
    well = met and not told.startswith("failed")
    if options.json:
        written = {"figures": [figure.cells for figure in figures], "told": told, "well": well}
        options.json.write_text(json.dumps(written), encoding="utf-8")
    return 0 if well else 1


def printed(command: Sequence[str], seconds: float, **more: Any) -> str:
    """What a command prints; RuntimeError where it fails, or has not ended after so long."""
    settings = {"cwd": FOLDER, "env": ENVIRONMENT, "capture_output": True, "text": True, **more}
    name = command[-1].splitlines()[-1]
    try:
        done = subprocess.run(command, timeout=seconds, **settings)
    except subprocess.TimeoutExpired:
        raise RuntimeError(f"{name} did not end within {seconds:g} s") from None
    if done.returncode:
        sys.stderr.write(done.stderr)
        last = (done.stderr.splitlines() or [""])[-1]
        raise RuntimeError(f"{name} ended with {done.returncode}: {last}")
    return str(done.stdout)


def called(call: str, python: str = sys.executable, seconds: float = 600) -> float:
    """What `module.function(…)` of this folder returns in a process of its own."""
    ends = f"faulthandler.dump_traceback_later({seconds}, exit=True)"  # whatever becomes of us
    code = f"import faulthandler, {call.split('.')[0]}\n{ends}\nprint({call})"
    *told, last = printed([python, "-c", code], seconds).splitlines()
    print(*told, sep="\n", end="\n" if told else "", flush=True)
    return float(last)


def in_turns(steps: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, float]:
    """The medians of what each step measures; in turns, what else runs here meets all of them."""
    values: dict[str, list[float]] = {name: [] for name in steps}
    for _ in range(rounds):
        for name, step in steps.items():
            values[name].append(step())
    for name, each in values.items():
        listed = " ".join(f"{value:,.2f}" for value in each)
        print(f"{name:12} median {median(each):,.2f} ({listed})")
    return {name: median(each) for name, each in values.items()}


# The window. Nothing of it is imported where none is opened.


@contextmanager
def opened(dataset: Any, painted: Callable[[float], None] | None = None) -> Iterator[Any]:
    """The window of 1440 × 900 on the bundled network and the first digit of a data set.

    `painted` gets the time at which each of its paintings has ended.
    """
    from PySide6.QtCore import QEvent

    from visualizer.app import startup
    from visualizer.session.session import Session
    from visualizer.views.base.look import Look
    from visualizer.views.window.window import MainWindow

    application = startup.make_application()
    session = Session(startup.scene_of(startup.stored_model(), dataset), dataset)
    look = Look()
    window = (noting(MainWindow, painted) if painted else MainWindow)(look, session)
    look.apply()
    window.resize(*SIZE)
    window.show()
    print(f"{application.platformName()}, {window.width()} × {window.height()}")
    try:
        yield window
    finally:
        window.close()
        window.deleteLater()
        application.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def noting(kind: Any, painted: Callable[[float], None]) -> Any:
    """The class of a window that tells when each of its paintings has ended."""
    from PySide6.QtCore import QEvent

    class Noting(kind):
        def event(self, event: QEvent) -> bool:
            done = super().event(event)
            if event.type() == QEvent.Type.UpdateRequest:
                painted(time.perf_counter())
            return bool(done)

    return Noting


def handle_events() -> None:
    """Handle the events that wait."""
    from PySide6.QtWidgets import QApplication

    QApplication.processEvents()


def rest(seconds: float) -> None:
    """Handle events for so long, and sleep between them."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()


def until(state: Callable[[], object], what: str, pause: float = 0.0) -> None:
    """Handle events until a state is there; TimeoutError, with its name, where it never comes."""
    patience = time.monotonic() + PATIENCE
    while not state():
        if time.monotonic() > patience:
            raise TimeoutError(f"{what}: not within {PATIENCE} s")
        handle_events()
        if pause:
            rest(pause)
