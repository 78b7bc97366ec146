"""The window's parts, made on a session and taken down in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QPointF, Qt, QTimer
from PySide6.QtGui import QImage, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from visualizer.compare.measurements import KEYS
from visualizer.data.dataset import Dataset
from visualizer.data.synthetic.synthetic import synthetic_digits
from visualizer.session.session import Session
from visualizer.session.wearing import WEARING
from visualizer.session.why import WIPING
from visualizer.storage import network_file
from visualizer.system.notice import Notice
from visualizer.views.base.look import Look
from visualizer.views.base.theme import Theme
from visualizer.views.page import Stage
from visualizer.views.window.window import MainWindow

Show = Callable[..., QWidget]


@pytest.fixture(scope="session")
def digits() -> Dataset:
    """250 synthetic digits to look at and none to train on."""
    return synthetic_digits(train=0, test=250)


@pytest.fixture
def look(no_leaks: None, qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[Look]:
    """The look, with reduced motion where a test is not marked to be about motion."""
    made = Look(Theme(reduce_motion=request.node.get_closest_marker("motion") is None))
    made.apply()
    yield made
    made.deleteLater()


@pytest.fixture
def show(qtbot: QtBot, look: Look, make_session: object) -> Iterator[Show]:
    """A function that shows a widget at a size; it is closed and deleted after the test.

    Sessions outlive it: Qt crashes where a session goes before a widget that listens to it.
    """
    shown: list[QWidget] = []

    def show(widget: QWidget, width: int = 800, height: int = 600) -> QWidget:
        if not shown:
            look.apply()
        shown.append(widget)
        widget.resize(width, height)
        with qtbot.waitExposed(widget):
            widget.show()
        return widget

    yield show
    for widget in shown:
        if shiboken6.isValid(widget):
            widget.close()
            widget.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def window(show: Show, look: Look, session: Session) -> MainWindow:
    """The main window on the small data set."""
    made = MainWindow(look, session)
    show(made, 1280, 800)
    return made


@pytest.fixture
def notices(session: Session) -> list[Notice]:
    """What the session says during the test."""
    said: list[Notice] = []
    session.noticed.connect(said.append)
    return said


def stage_called(window: MainWindow, title: str) -> Stage:
    """The stage of the page in view that has this title."""
    return next(stage for stage in window.page.stages() if stage.title == title)


def settled(window: MainWindow, qtbot: QtBot) -> QImage:
    """The window's picture once nothing fades, nothing waits to be drawn, and it stays as it is."""
    window.settle()
    clocks = window.faces.currentWidget().findChildren(QTimer)
    clocks += [clock for clock in window.session.findChildren(QTimer) if clock.isSingleShot()]
    pictures = [QImage()]

    def stays() -> bool:
        pictures.append(window.grab().toImage())
        waiting = any(clock.isActive() for clock in clocks if shiboken6.isValid(clock))
        waiting = waiting or any(map(window.session.jobs.is_running, (*KEYS, WIPING, WEARING)))
        return not (waiting or window.session.study.responses.busy) and pictures[-1] == pictures[-2]

    qtbot.waitUntil(stays)
    return pictures[-1]


class Pointer:
    """Moves and clicks over a widget, with no need for a real pointer."""

    def move(self, widget: QWidget, point: QPointF) -> None:
        self._send(widget, QEvent.Type.MouseMove, point, Qt.MouseButton.NoButton)

    def click(self, widget: QWidget, point: QPointF) -> None:
        self._send(widget, QEvent.Type.MouseButtonPress, point, Qt.MouseButton.LeftButton)
        self._send(widget, QEvent.Type.MouseButtonRelease, point, Qt.MouseButton.LeftButton)

    def double_click(self, widget: QWidget, point: QPointF) -> None:
        self.click(widget, point)
        self._send(widget, QEvent.Type.MouseButtonDblClick, point, Qt.MouseButton.LeftButton)
        self._send(widget, QEvent.Type.MouseButtonRelease, point, Qt.MouseButton.LeftButton)

    def drag(self, widget: QWidget, start: QPointF, end: QPointF) -> None:
        self._send(widget, QEvent.Type.MouseButtonPress, start, Qt.MouseButton.LeftButton)
        for part in (0.3, 0.6, 1.0):
            at = start + (end - start) * part
            self._send(widget, QEvent.Type.MouseMove, at, Qt.MouseButton.LeftButton)
        self._send(widget, QEvent.Type.MouseButtonRelease, end, Qt.MouseButton.LeftButton)

    def leave(self, widget: QWidget) -> None:
        QApplication.sendEvent(widget, QEvent(QEvent.Type.Leave))

    def _send(
        self, widget: QWidget, kind: QEvent.Type, point: QPointF, button: Qt.MouseButton
    ) -> None:
        moves = kind == QEvent.Type.MouseMove
        held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else button
        event = QMouseEvent(
            kind,
            point,
            QPointF(widget.mapToGlobal(point)),
            Qt.MouseButton.NoButton if moves else button,
            held,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(widget, event)


@pytest.fixture
def pointer() -> Pointer:
    return Pointer()


@pytest.fixture(autouse=True)
def networks_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where own networks lie during a test: never this user's own."""
    folder = tmp_path / "user" / "networks"
    monkeypatch.setattr(network_file, "networks_folder", lambda: folder)
    return folder


@pytest.fixture
def study(session: Session, qtbot: QtBot) -> Callable[[], None]:
    """A function that finds out what the filters of the model in view answer to."""

    def find_out() -> None:
        session.study.ask()
        qtbot.waitUntil(lambda: session.study.fresh)

    return find_out
