"""For those who do not see the window: everything has a name, and what is new is said."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget

from visualizer.scene.trail import Cell
from visualizer.session.session import Session
from visualizer.views.input import announcer
from visualizer.views.window.window import MainWindow


def nameless(window: QWidget) -> list[str]:
    """What can have the keyboard and has no name."""
    found = []
    for each in window.findChildren(QWidget):
        if each.isVisible() and each.focusPolicy() != Qt.FocusPolicy.NoFocus:
            interface = QAccessible.queryAccessibleInterface(each)
            if not (interface and interface.text(QAccessible.Text.Name)):
                found.append(f"{type(each).__name__} in {type(each.parent()).__name__}")
    return found


def test_every_control_has_a_name(window: MainWindow, session: Session) -> None:
    page = window.pages[0]
    page.curves.refresh()
    for tab in ("filter", "position"):
        page.side.show_tab(tab)
        for layer in range(len(session.viewer.scene.network.layers)):
            session.viewer.select_layer(layer)
            QApplication.processEvents()
            assert nameless(window) == [], (tab, layer)
    page.input.show_tab("draw")
    for each in window.pages:
        window.show_page(each)
        QApplication.processEvents()
        assert nameless(window) == [], each.title
        for stage in each.stages():
            window.open_stage(stage)
            QApplication.processEvents()
            assert nameless(window) == [], stage.title
        window.close_stage()


def test_a_new_value_and_a_new_prediction_are_said(
    window: MainWindow, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(announcer, "announce", lambda widget, text: said.append(text))
    viewer = session.viewer

    def told() -> list[str]:
        viewer.settle()
        new, said[:] = list(said), []
        return new

    viewer.select(Cell(0, 3, 4, 5))
    (value,) = told()
    assert value.startswith(f"conv2d_1 [3, 4, 5] = {viewer.scene.value(Cell(0, 3, 4, 5)):.4f}")
    session.show_digit(1)
    (prediction,) = told()
    answer = int(viewer.scene.trace.probabilities.argmax())
    assert prediction.startswith(f"Prediction {answer}, ")
    viewer.predict(True)
    session.show_digit(2)
    assert told() == []
    viewer.select_layer(7)
    assert told() == []
    viewer.reveal()
    (prediction,) = told()
    assert prediction.startswith("Prediction ")
