"""The application as its own process: how it starts, what it survives, how it ends."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.processes import complaints, python
from visualizer.app.log import Hooks
from visualizer.session.session import Session
from visualizer.system.notice import Notice
from visualizer.views.base.guard import Failure, failures

ROOT = Path(__file__).resolve().parents[2]
CLOSINGS = 20

OPEN = """
import sys
from visualizer.system.environment import prepare_environment
prepare_environment()
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
from visualizer.app import run as app
from visualizer.app import startup
from visualizer.app.options import AppOptions
from visualizer.views.window.window import MainWindow

def window():
    (found,) = (w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))
    return found

def is_open():
    shown = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)]
    return bool(shown) and shown[0].isVisible()

def once(ready, act):
    clock = QTimer(QApplication.instance())

    def look():
        if ready():
            clock.stop()
            act()

    clock.timeout.connect(look)
    clock.start(20)
"""

# Opens the real window, trains, and closes it in the middle, as often as asked.
CLOSE_WHILE_TRAINING = (
    OPEN
    + """
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from visualizer.data.synthetic.synthetic import synthetic_digits
from visualizer.data import open as opening

opening.synthetic_digits = lambda **more: synthetic_digits(2000, 200)
application = startup.make_application()
steps = []

class Visitor(QObject):
    def __init__(self):
        super().__init__()
        self.timer = QTimer(self)
        self.timer.timeout.connect(self.look)
        self.timer.start(10)
        self.trains = False

    def look(self):
        if not QApplication.topLevelWidgets():
            return
        runs, source = window().session.runs, window().session.source
        if not self.trains and len(source.dataset.train):
            self.trains = True
            QTest.mouseClick(window().run_bar.train, Qt.MouseButton.LeftButton)
        if self.trains and runs.state.step >= 3 and runs.state.phase == "running":
            steps.append(runs.state.step)
            self.timer.stop()
            window().close()

for _ in range(int(sys.argv[1])):
    visitor = Visitor()
    code = app.run(AppOptions(dataset="synthetic"))
    assert code == 0, code
assert len(steps) == int(sys.argv[1])
sys.exit(code)
"""
)


def test_signals_keep_the_references_of_true_and_none(home: dict[str, str]) -> None:
    """PySide6 6.12.0 on Python 3.11 drops one with every emit, until the process aborts."""
    code = """
import sys
from PySide6.QtCore import QObject, Signal

class Speaker(QObject):
    said = Signal(object)

heard = []
speaker = Speaker()
speaker.said.connect(lambda value: heard.append(value) if len(heard) < 1 else None)
values = (True, False, None)
before = [sys.getrefcount(value) for value in values]
for _ in range(20_000):
    for value in values:
        speaker.said.emit(value)
after = [sys.getrefcount(value) for value in values]
print([now - then for then, now in zip(before, after)])
"""
    run = python(code, home)
    assert (run.returncode, run.stderr) == (0, "")
    assert min(json.loads(run.stdout)) > -100


@pytest.mark.slow
def test_without_a_display_there_is_one_plain_line(home: dict[str, str]) -> None:
    without = {k: v for k, v in home.items() if k not in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY")}
    run = subprocess.run(
        [sys.executable, "main.py"], cwd=ROOT, env=without, capture_output=True, text=True
    )
    assert run.returncode == 1
    assert run.stdout == ""
    (line,) = run.stderr.splitlines()
    assert "display" in line


@pytest.mark.slow
@pytest.mark.parametrize("how", ["one process after the other", "one window after the other"])
def test_closing_in_mid_training(how: str, home: dict[str, str]) -> None:
    """Twenty times in all, in six processes; $VISUALIZER_CLOSINGS=N starts N processes more."""
    apart = int(os.environ.get("VISUALIZER_CLOSINGS", "5"))
    one_by_one = how == "one process after the other"
    for count in [1] * apart if one_by_one else [CLOSINGS - 5]:
        run = python(CLOSE_WHILE_TRAINING, home, count)
        assert (run.returncode, complaints(run)) == (0, []), run.stderr


@pytest.mark.slow
def test_the_first_paint_needs_no_torch(home: dict[str, str]) -> None:
    code = (
        OPEN
        + """
application = startup.make_application()
loaded = []

class Painted(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and isinstance(watched, MainWindow) and not loaded:
            loaded.append(sorted({"torch", "pooch", "requests"} & set(sys.modules)))
            QTimer.singleShot(0, application.closeAllWindows)
        return False

painted = Painted()
application.installEventFilter(painted)
code = app.run(AppOptions(dataset="synthetic"))
print(loaded)
sys.exit(code)
"""
    )
    run = python(code, home)
    assert (run.returncode, complaints(run)) == (0, [])
    assert run.stdout.strip() == "[[]]"


HOSTILE = {
    "no JSON": "\x00\xff not json",
    "empty": "",
    "another type": "[1, 2, 3]",
    "wrong types": json.dumps(
        {"dark": "yes", "zoom": "large", "network": 7, "window": None, "layouts": [1], "folders": 3}
    ),
    "wrong values": json.dumps(
        {
            "zoom": 1e9,
            "network": "no-such-network",
            "recipe": "no-such-recipe",
            "dataset": "no-such-data",
            "window": "####",
            "layouts": {"Inspect": "AAAA,AAAA", "Lab": 3},
            "folders": ["/nowhere", 3],
        }
    ),
    "not a number": '{"zoom": NaN, "dark": true}',
    "deep": "[" * 100_000,
    "code": "@Variant(cposix\nsystem\n(S'touch pwned'\ntR.)",
}

OPEN_AND_CLOSE = (
    OPEN
    + """
application = startup.make_application()

def close():
    shown = window()
    print(shown.session.viewer.scene.network.name, shown.isVisible(), shown.look.own_zoom)
    application.closeAllWindows()

once(is_open, close)
sys.exit(app.run(AppOptions(dataset="synthetic")))
"""
)


@pytest.mark.slow
@pytest.mark.parametrize("which", HOSTILE)
def test_preferences_that_are_none_are_survived(which: str, home: dict[str, str]) -> None:
    path = Path(home["XDG_CONFIG_HOME"]) / "convnet-visualizer" / "preferences.json"
    path.parent.mkdir(parents=True)
    path.write_text(HOSTILE[which], encoding="latin-1")
    run = python(OPEN_AND_CLOSE, home)
    assert (run.returncode, complaints(run)) == (0, [])
    network, visible, zoom = run.stdout.split()
    assert (network, visible) == ("book", "True")
    assert 0.8 <= float(zoom) <= 3.0
    json.loads(path.read_text())


@pytest.mark.slow
@pytest.mark.parametrize("present", [False, True])
def test_a_talk_is_read_or_presented_at_once(
    present: bool, home: dict[str, str], tmp_path: Path
) -> None:
    path = tmp_path / "one.md"
    path.write_text("# T\n### S\n~~~ stop\nstage: A digit\ndigit: synthetic 16\n~~~\n")
    code = OPEN_AND_CLOSE.replace("is_open, close", "is_there, close").replace(
        "def close():",
        "def is_there():\n"
        "    return is_open() and len(window().session.dataset.train) > 0\n\n"
        "def close():",
    )
    code = code.replace(
        "    print(shown",
        "    shown.session.viewer.settle()\n"
        "    print(shown.deck.on, shown.look.theme.present, shown.stage.stage.title,"
        " shown.session.viewer.scene.digit.index, end=';')\n    print(shown",
    )
    asked = f"dict(talk=Path({str(path)!r}), present={present})"
    options = f"from pathlib import Path\nasked = {asked}\n"
    code = options + code.replace("AppOptions(dataset=", "AppOptions(**asked, dataset=")
    run = python(code, home)
    assert (run.returncode, complaints(run)) == (0, [])
    assert run.stdout.split(";")[0] == f"True {present} A digit 16"


@pytest.mark.slow
def test_what_was_set_up_is_there_again(home: dict[str, str]) -> None:
    code = OPEN_AND_CLOSE.replace(
        "    application.closeAll",
        "    shown.session.choose_network('strided'); shown.look.set_zoom(1.25)\n"
        "    application.closeAll",
    )
    assert python(code, home).returncode == 0
    run = python(OPEN_AND_CLOSE, home)
    assert run.stdout.split() == ["strided", "True", "1.25"]


@pytest.mark.slow
def test_a_network_of_ones_own_is_opened_and_shown_again_if_it_was_kept(
    home: dict[str, str], tmp_path: Path
) -> None:
    path = tmp_path / "mine.json"
    layers = [{"type": "Flatten"}, {"type": "Dense", "units": 10, "activation": "softmax"}]
    path.write_text(json.dumps({"name": "mine", "input_shape": [28, 28, 1], "layers": layers}))
    asked = OPEN_AND_CLOSE.replace("(dataset=", f"(network={str(path)!r}, dataset=")
    run = python(asked, home)
    assert (run.stdout.split()[0], complaints(run)) == ("mine", [])
    assert python(OPEN_AND_CLOSE, home).stdout.split()[0] == "book"  # it was only looked at
    kept = asked.replace(
        "    application.closeAll",
        "    shown.session.own.add(shown.session.viewer.scene.network)\n    application.closeAll",
    )
    assert python(kept, home).returncode == 0
    assert python(OPEN_AND_CLOSE, home).stdout.split()[0] == "mine"


@pytest.mark.slow
def test_a_network_file_that_is_none_is_said_in_one_line(
    home: dict[str, str], tmp_path: Path
) -> None:
    path = tmp_path / "none.json"
    path.write_text("{")
    run = python(OPEN_AND_CLOSE.replace("(dataset=", f"(network={str(path)!r}, dataset="), home)
    assert run.returncode != 0 and "it is not JSON" in run.stderr


@pytest.fixture
def screen(tmp_path: Path) -> str:
    """A display of its own by Xvfb, with a number that no other process takes."""
    if shutil.which("Xvfb") is None:
        pytest.skip("needs Xvfb to have a display")
    reader, writer = os.pipe()
    own = f":{1000 + os.getpid()}"  # servers that begin and end at once may take a free one twice
    size = ("-screen", "0", "1600x1000x24", "-nolisten", "tcp")
    server = subprocess.Popen(
        ["Xvfb", own, "-displayfd", str(writer), *size],
        pass_fds=[writer],
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    with os.fdopen(reader) as answer:
        number = answer.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait()


@pytest.mark.slow
def test_a_real_window_on_a_real_display(screen: str, home: dict[str, str]) -> None:
    code = (
        OPEN
        + """
application = startup.make_application()

def is_seen():
    # the network's first card is on the screen, with its picture
    if not is_open():
        return False
    shown = window()
    picture = application.primaryScreen().grabWindow(0).toImage()
    at = shown.pages[0].strip.mapToGlobal(shown.pages[0].strip.card(0).center().toPoint())
    colors = {picture.pixel(at.x() + x, at.y() + y) for x in range(-30, 30) for y in range(-30, 30)}
    return len(colors) > 10

def close():
    print(application.platformName(), window().width() >= 1024)
    application.closeAllWindows()

once(is_seen, close)
sys.exit(app.run(AppOptions(dataset="synthetic")))
"""
    )
    run = python(code, {**home, "DISPLAY": screen, "QT_QPA_PLATFORM": "xcb"})
    assert (run.returncode, complaints(run)) == (0, [])
    assert run.stdout.split() == ["xcb", "True"]


def test_what_fails_in_a_widget_is_told_with_the_log_named(
    session: Session, expected_failures: list[Failure], tmp_path: Path
) -> None:
    said: list[Notice] = []
    session.noticed.connect(said.append)
    hooks = Hooks(session, tmp_path / "visualizer.log")
    try:
        failures.note(object(), "paintEvent", OverflowError("too large"))
        failures.note(object(), "paintEvent", OverflowError("too large again"))
    finally:
        hooks.remove()
    (notice,) = said
    assert notice.kind == "error"
    assert "OverflowError: too large" in notice.text
    assert "visualizer.log" in notice.text
