"""Buttons: a double click never presses one that came to where another was."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from visualizer.views.base.look import Look
from visualizer.views.widgets.buttons import Button
from visualizer.views.widgets.controls import IconButton


def words(look: Look) -> QAbstractButton:
    return Button("Words")


def sign(look: Look) -> QAbstractButton:
    return IconButton(look, "close", "Take it back")


@pytest.mark.parametrize("second", [words, sign])
@pytest.mark.parametrize("first", [words, sign])
def test_a_double_click_does_not_press_the_button_that_takes_anothers_place(
    first: Callable[[Look], QAbstractButton],
    second: Callable[[Look], QAbstractButton],
    look: Look,
    show: Callable[..., QWidget],
) -> None:
    both = QWidget()
    here, after = first(look), second(look)
    pressed: list[str] = []
    for button, name in ((here, "first"), (after, "second")):
        button.setParent(both)
        button.move(40, 40)
        button.clicked.connect(lambda _, name=name: pressed.append(name))
    here.clicked.connect(here.hide)
    here.clicked.connect(after.show)
    after.hide()
    show(both, 200, 120)
    left, at = Qt.MouseButton.LeftButton, QPoint(50, 50)
    QTest.mouseDClick(both.windowHandle(), left, pos=at)
    assert pressed == ["first"]
    QTest.mouseClick(both.windowHandle(), left, pos=at, delay=1000)
    assert pressed == ["first", "second"]


def test_a_button_that_stays_is_pressed_twice(look: Look, show: Callable[..., QWidget]) -> None:
    both = QWidget()
    pressed: list[bool] = []
    button = Button("Step")
    button.setParent(both)
    button.clicked.connect(lambda checked: pressed.append(checked))
    show(both, 200, 120)
    QTest.mouseDClick(both.windowHandle(), Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    assert len(pressed) == 2
