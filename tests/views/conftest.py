"""The window's parts, made on a session and taken down in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from visualizer.core.networks import named
from visualizer.data.dataset import Dataset
from visualizer.data.synthetic import synthetic_digits
from visualizer.notice import Notice
from visualizer.session import Session
from visualizer.training.initial import initial_weights
from visualizer.views.look import Look
from visualizer.views.theme import Theme
from visualizer.views.window import MainWindow

Show = Callable[..., QWidget]


@pytest.fixture(scope="session")
def digits() -> Dataset:
    """250 synthetic digits to look at and none to train on."""
    return synthetic_digits(train=0, test=250)


@pytest.fixture
def look(no_leaks: None) -> Iterator[Look]:
    made = Look(Theme())
    yield made
    made.deleteLater()


@pytest.fixture
def show(qtbot: QtBot, look: Look) -> Iterator[Show]:
    """A function that shows a widget at a size; it is closed and deleted after the test."""
    shown: list[QWidget] = []

    def show(widget: QWidget, width: int = 800, height: int = 600) -> QWidget:
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


def untrain(session: Session, name: str = "book", seed: int = 0) -> None:
    """Show a network with its initial weights."""
    session.choose_network(name)
    weights = initial_weights(named(name), seed)
    session._set_scene(session.scene.with_weights(weights, "untrained"))


def point_at(widget: QWidget, point: QPointF) -> None:
    """Move the pointer over a widget; the same with and without a real pointer."""
    _mouse(widget, QEvent.Type.MouseMove, point, Qt.MouseButton.NoButton)


def click_at(widget: QWidget, point: QPointF) -> None:
    _mouse(widget, QEvent.Type.MouseButtonPress, point, Qt.MouseButton.LeftButton)
    _mouse(widget, QEvent.Type.MouseButtonRelease, point, Qt.MouseButton.LeftButton)


def double_click_at(widget: QWidget, point: QPointF) -> None:
    click_at(widget, point)
    _mouse(widget, QEvent.Type.MouseButtonDblClick, point, Qt.MouseButton.LeftButton)
    _mouse(widget, QEvent.Type.MouseButtonRelease, point, Qt.MouseButton.LeftButton)


def leave(widget: QWidget) -> None:
    QApplication.sendEvent(widget, QEvent(QEvent.Type.Leave))


def _mouse(widget: QWidget, kind: QEvent.Type, point: QPointF, button: Qt.MouseButton) -> None:
    held = button if kind != QEvent.Type.MouseButtonRelease else Qt.MouseButton.NoButton
    at = QPointF(widget.mapToGlobal(point))
    event = QMouseEvent(kind, point, at, button, held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(widget, event)
