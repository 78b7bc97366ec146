"""The window in a process of its own, on offscreen screens of given sizes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# `window` on a few digits with the bundled network, as large as it is at first; `DIGITS` says how
# many there are to train on.
OPENED = """
import json, sys
from pathlib import Path
from visualizer.training.environment import prepare_environment
prepare_environment()
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton, QWidget
from visualizer import app
from visualizer.data.synthetic import synthetic_digits
from visualizer.session import Session
from visualizer.views.shell.window import MainWindow
from visualizer.views.widgets.look import Look
from visualizer.views.widgets.words import Elided
from tests.views.painted import unreadable_in

application = app.make_application()
dataset = synthetic_digits(DIGITS, 40)
session = Session(app._scene(app.stored_model(), dataset), dataset)
look = Look()
window = MainWindow(look, session)
look.apply()
window.resize(window.screen_room.first_size())
window.show()
found = []
"""


def offscreen(folder: Path, *sizes: tuple[int, int]) -> str:
    """Qt's offscreen platform with screens of these sizes side by side."""
    screens, left = [], 0
    for at, (width, height) in enumerate(sizes):
        place = {"x": left, "y": 0, "width": width, "height": height}
        dots = {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
        screens.append({"name": f"screen {at}", **place, **dots})
        left += width
    config = folder / "screens.json"
    config.write_text(json.dumps({"synchronousWindowSystemEvents": False, "screens": screens}))
    return f"offscreen:configfile={config}"


def found_on(
    size: tuple[int, int],
    folder: Path,
    script: str,
    *arguments: str,
    train: int = 0,
) -> object:
    """Run a script with `window` on a screen; returns what it prints last, as JSON."""
    done = subprocess.run(
        [sys.executable, "-c", OPENED.replace("DIGITS", str(train)) + script, *arguments],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": offscreen(folder, size)},
        capture_output=True,
        text=True,
        timeout=500,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])
