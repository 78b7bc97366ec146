"""Nothing that goes wrong in a widget ends the process: it is logged, told, and shown."""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.views.conftest import Show
from visualizer.views.base.guard import COVER, Failure, Guarded
from visualizer.views.base.look import Look, Panel

ROOT = Path(__file__).resolve().parents[3]

PAGES = """
import os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
import numpy as np
from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QHelpEvent, QPainter
from PySide6.QtWidgets import QApplication, QStackedWidget, QToolButton, QWidget
from visualizer.views.base.guard import failures
from visualizer.views.base.look import Look, Panel

KINDS = {
    "ZeroDivisionError": lambda: 1 / 0,
    "OverflowError": lambda: int(float("inf")),
    "ValueError": lambda: (lambda pair: [a for a, b in pair])([(1,)]),
    "IndexError": lambda: [][0],
    "FloatingPointError": lambda: np.divide(1, 0),
    "LinAlgError": lambda: np.linalg.inv(np.zeros((2, 2))),
}
kind, *overrides = sys.argv[1:]
np.seterr(all="raise")
application = QApplication([])
told = []
failures.listen(told.append)

def failing(override):
    def fail(self, *arguments):
        painter = QPainter(self) if override == "paintEvent" else None
        KINDS[kind]()
    return fail

def weather(override):
    Broken = type("Broken", (Panel,), {override: failing(override)})
    page = QStackedWidget()
    page.addWidget(QWidget())
    look = Look()
    broken = Broken(look)
    page.addWidget(broken)
    page.resize(300, 200)
    page.show()
    for turn in range(3):
        page.setCurrentIndex(1)
        page.resize(300 + turn, 200)
        application.processEvents()
        QApplication.sendEvent(broken, QEvent(QEvent.Type.Leave))
        page.setCurrentIndex(0)
        application.processEvents()
    page.setCurrentIndex(1)
    broken.grab()
    application.processEvents()
    page.close()

for override in overrides:
    print(override, flush=True)  # the last one that is printed is the one that ended the process
    weather(override)
print([str(failure) for failure in told])
"""

OVERRIDES = (
    *("paintEvent", "showEvent", "hideEvent", "resizeEvent", "leaveEvent", "changeEvent"),
    *("event", "sizeHint", "minimumSizeHint", "heightForWidth"),
)
KINDS = (
    *("ZeroDivisionError", "OverflowError", "ValueError", "IndexError"),
    *("FloatingPointError", "LinAlgError"),
)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_an_error_of_any_kind_in_any_override_leaves_the_process_alive(kind: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PAGES, kind, *OVERRIDES],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=500,
    )
    assert done.returncode == 0, (done.stdout, done.stderr)
    for override in set(OVERRIDES) - {"heightForWidth", "changeEvent"}:
        assert f"Broken.{override}: {kind}" in done.stdout, override


class Fragile(Panel):
    """Paints only while it is well."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.well = False

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        if not self.well:
            painter.drawText(0, 0, str(int(float("inf"))))

    def sizeHint(self) -> QSize:
        return QSize(120, 80)


def test_a_broken_panel_says_why_and_comes_back(
    qtbot: QtBot, show: Show, look: Look, expected_failures: list[Failure]
) -> None:
    panel = Fragile(look)
    show(panel, 240, 160)
    qtbot.waitUntil(lambda: panel.findChild(QLabel, COVER) is not None)
    cover = panel.findChild(QLabel, COVER)
    assert "OverflowError" in cover.text()
    assert cover.geometry() == panel.rect()
    assert [(failure.owner, failure.method) for failure in expected_failures] == [
        ("Fragile", "paintEvent")
    ]
    panel.well = True
    panel.update()
    qtbot.waitUntil(lambda: panel.findChild(QLabel, COVER) is None)


def test_a_failure_is_logged_once_with_its_traceback(
    qtbot: QtBot,
    show: Show,
    look: Look,
    expected_failures: list[Failure],
    caplog: pytest.LogCaptureFixture,
) -> None:
    panel = Fragile(look)
    with caplog.at_level(logging.ERROR):
        show(panel)
        for _ in range(5):
            panel.repaint()
    [record] = [record for record in caplog.records if "Fragile.paintEvent" in record.message]
    assert record.exc_info is not None


def test_every_widget_of_ours_is_guarded(window: QWidget) -> None:
    ours = {
        type(widget)
        for widget in (window, *window.findChildren(QWidget))
        if type(widget).__module__.startswith("visualizer.")
    }
    assert len(ours) > 25
    unguarded = {kind for kind in ours if not issubclass(kind, Guarded)}
    assert unguarded == set()


def test_a_failing_answer_is_replaced_by_what_qt_says(
    look: Look, expected_failures: list[Failure]
) -> None:
    class Nameless(Panel):
        def sizeHint(self) -> QSize:
            raise ZeroDivisionError

    panel = Nameless(look)
    assert panel.sizeHint() == QWidget().sizeHint()
    assert expected_failures[0].method == "sizeHint"
    panel.deleteLater()
    QApplication.processEvents()


BELOW_EVENT = """
import sys
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from visualizer.views.widgets.controls import KeyPanel
from visualizer.views.base.guard import failures
from visualizer.views.base.look import Look

class Broken(KeyPanel):
    def mousePressEvent(self, event):
        (1,)[3]

application = QApplication(["test"])
told = []
failures.listen(told.append)
panel = Broken(Look())
panel.show()
QTest.mouseClick(panel, Qt.MouseButton.LeftButton)
sys.exit(0 if [failure.method for failure in told] == ["mousePressEvent"] else 1)
"""


def test_an_error_below_an_event_of_ours_ends_nothing() -> None:
    """`KeyPanel.event` hands an event to Qt, which calls the override that raises: unguarded, that
    is a segmentation fault for any exception."""
    run = subprocess.run(
        [sys.executable, "-c", BELOW_EVENT], cwd=ROOT, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
