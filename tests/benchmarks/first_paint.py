"""The window's first complete paint against `import torch`, each as a process of its own.

    python tests/benchmarks/first_paint.py [--rounds N]

Both are timed from the start of the process, and take turns. The window counts as painted when
the paint event of the main window and those of the digit and of the maps are over.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

GOAL = 0.7
ROOT = Path(__file__).resolve().parents[2]
TORCH = "import torch"
WINDOW = """
import os, sys
from PySide6.QtCore import QEvent, QObject, QTimer
from visualizer.training.environment import prepare_environment
prepare_environment()
from visualizer import app
from visualizer.options import AppOptions

application = app.make_application()
seen = set()

class Painted(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            seen.add(type(watched).__name__)
            if {"MainWindow", "DigitView", "MapView"} <= seen:
                application.removeEventFilter(self)
                QTimer.singleShot(0, self.end)  # once the paint under way is complete
        return False

    def end(self):
        assert "torch" not in sys.modules
        os.write(1, b"painted\\n")
        os._exit(0)

painted = Painted()
application.installEventFilter(painted)
app.run(AppOptions(dataset="synthetic"))
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    times: dict[str, list[float]] = {TORCH: [], WINDOW: []}
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "HOME": home, "XDG_CONFIG_HOME": home}
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
        for turn in range(rounds + 1):
            for code, taken in times.items():
                begun = time.perf_counter()
                run = subprocess.run(
                    [sys.executable, "-c", code],
                    cwd=ROOT,
                    env=environment,
                    capture_output=True,
                    text=True,
                    check=True,
                )
                if turn:  # the first ones find cold files
                    taken.append(time.perf_counter() - begun)
                assert code == TORCH or "painted" in run.stdout
    torch, window = (statistics.median(times[code]) for code in (TORCH, WINDOW))
    print(f"import torch {torch:.2f} s, first paint {window:.2f} s (medians of {rounds})")
    print(f"first paint / import torch: {window / torch:.2f} (goal {GOAL})")
    return 0 if window / torch <= GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
