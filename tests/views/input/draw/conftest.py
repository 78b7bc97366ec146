"""A pad, and a hand that draws on it with the pointer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from visualizer.session.session import Session
from visualizer.views.base.look import Look
from visualizer.views.input.draw.pad import DrawingPad
from visualizer.views.input.panel import InputPanel

Points = Iterable[tuple[float, float]]
Hand = Callable[..., None]
NO_KEY = Qt.KeyboardModifier.NoModifier


def send(pad: DrawingPad, kind: QEvent.Type, x: float, y: float) -> None:
    """One event of the pointer at hundredths of the pad's side."""
    at = pad.area.topLeft() + QPointF(x, y) * pad.area.width() / 100
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    button = none if kind == QEvent.Type.MouseMove else left
    held = none if kind == QEvent.Type.MouseButtonRelease else left
    where = QPointF(pad.mapToGlobal(at))
    QApplication.sendEvent(pad, QMouseEvent(kind, at, where, button, held, NO_KEY))


@pytest.fixture
def hand() -> Hand:
    """A function that draws a stroke with the pointer; without `lift` the pen stays down."""

    def draw(pad: DrawingPad, points: Points, lift: bool = True) -> None:
        first, *others = points
        send(pad, QEvent.Type.MouseButtonPress, *first)
        last = first
        for point in others:
            for part in (0.25, 0.5, 0.75, 1.0):
                x, y = (a + (b - a) * part for a, b in zip(last, point, strict=True))
                send(pad, QEvent.Type.MouseMove, x, y)
            last = point
        if lift:
            send(pad, QEvent.Type.MouseButtonRelease, *last)

    return draw


@pytest.fixture
def panel(look: Look, session: Session, show: Any) -> InputPanel:
    """The left column with the Draw tab open."""
    made = InputPanel(look, session.viewer, session)
    show(made, 264, 760)
    made.show_tab("draw")
    return made
