"""The window's first complete paint against `import torch`, each as a process of its own.

    python tests/benchmarks/first_paint.py [--rounds N] [--quick]

Both are timed from the start of the process, and take turns. The window counts as painted when
the paint event of the main window and those of all that can be seen in it are over, the digit and
the maps among them. The screen has 1440 × 900 pixels: on a small one the digit is folded away.
"""

from __future__ import annotations

import sys
import tempfile
import time
from argparse import Namespace
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from measured import ENVIRONMENT, PATIENCE, ROOT, SIZE, Figure, benchmark, in_turns, printed

GOAL = 0.7
TORCH = "import torch"
# The window is asked for its parts: one that is no more ends this with an error, and no wait.
WINDOW = f"""
import os, sys
from PySide6.QtCore import QEvent, QObject, QTimer
from visualizer.system.environment import prepare_environment
prepare_environment()
from visualizer.app import run as app
from visualizer.app import startup
from visualizer.app.options import AppOptions
from PySide6.QtWidgets import QWidget

application = startup.make_application()
painted = set()

class Paints(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            painted.add(watched)
            if watched is window:
                QTimer.singleShot(0, look)  # once the paint under way is complete
        return False

class Window(app.MainWindow):
    def __init__(self, *arguments):
        global window, needed, paints
        super().__init__(*arguments)
        window, needed, paints = self, {{self.page.input.digit, self.page.maps.maps}}, Paints(self)
        application.installEventFilter(paints)
        QTimer.singleShot({1000 * PATIENCE}, give_up)

def missing():
    seen = [part for part in window.findChildren(QWidget) if part.isVisible()]
    return (needed | {{part for part in seen if not part.visibleRegion().isEmpty()}}) - painted

def look():
    if not missing():
        end("torch was loaded" if "torch" in sys.modules else "painted")

def give_up():
    end(f"not painted within {PATIENCE} s: {{missing()}}")

def end(told):
    os.write(1, told.encode())
    os._exit(0)

app.MainWindow = Window
app.run(AppOptions(dataset="synthetic"))
"""


@benchmark(rounds=(7, 1))
def main(options: Namespace) -> Iterator[Figure]:
    from tests.views.opened import offscreen

    with tempfile.TemporaryDirectory() as home:
        environment = {**ENVIRONMENT, "HOME": home, "XDG_CONFIG_HOME": home}
        if options.platform == "offscreen":
            environment["QT_QPA_PLATFORM"] = offscreen(Path(home), SIZE)
        steps = {
            "import torch": partial(_seconds, TORCH, "", environment),
            "first paint": partial(_seconds, WINDOW, "painted", environment),
        }
        for step in steps.values():
            step()  # the first ones find cold files
        seconds = in_turns(steps, options.rounds)
    ratio = seconds["first paint"] / seconds["import torch"]
    yield Figure("first paint / import torch", ratio, "", GOAL)


def _seconds(code: str, says: str, environment: dict[str, str]) -> float:
    """How long a process takes until it ends, after it has said what it should."""
    begun = time.perf_counter()
    told = printed([sys.executable, "-c", code], 2 * PATIENCE, cwd=ROOT, env=environment)
    taken = time.perf_counter() - begun
    assert told == says, told or "the window was closed before it was painted"
    return taken


if __name__ == "__main__":
    raise SystemExit(main())
