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
from visualizer.system.environment import prepare_environment
prepare_environment()
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton, QWidget
from visualizer.app import startup
from visualizer.data.synthetic.synthetic import synthetic_digits
from visualizer.session.session import Session
from visualizer.views.window.window import MainWindow
from visualizer.views.base.look import Look
from visualizer.views.base.labels import Elided
from tests.views.painted import unreadable_in

application = startup.make_application()
dataset = synthetic_digits(DIGITS, 40)
session = Session(startup.scene_of(startup.stored_model(), dataset), dataset)
look = Look()
window = MainWindow(look, session)
look.apply()
window.restore("", {})
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


FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}</dir><cachedir>{folder}/cache</cachedir></fontconfig>
"""
SYSTEM_FONTS = Path("/usr/share/fonts")


def font_files(*starts: str) -> list[Path]:
    """The machine's font files whose names start so ("NotoSans-")."""
    return [path for start in starts for path in sorted(SYSTEM_FONTS.rglob(f"{start}*.ttf"))]


def fonts_alone(folder: Path, files: list[Path]) -> dict[str, str]:
    """The environment of a process that finds these fonts alone."""
    for path in files:
        (folder / path.name).symlink_to(path)
    config = folder / "fonts.conf"
    config.write_text(FONTS.format(folder=folder))
    return {"FONTCONFIG_FILE": str(config)}


def found_on(
    size: tuple[int, int],
    folder: Path,
    script: str,
    *arguments: str,
    train: int = 0,
    environment: dict[str, str] | None = None,
) -> object:
    """Run a script with `window` on a screen; returns what it prints last, as JSON."""
    screen = {"QT_QPA_PLATFORM": offscreen(folder, size)}
    done = subprocess.run(
        [sys.executable, "-c", OPENED.replace("DIGITS", str(train)) + script, *arguments],
        cwd=ROOT,
        env={**os.environ, **screen, **(environment or {})},
        capture_output=True,
        text=True,
        timeout=500,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])
