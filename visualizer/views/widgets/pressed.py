"""Controls that are pressed. They take the keyboard by Tab alone, and are then pressed by Space.

A click leaves the keyboard where it was: Space goes on to train. The second press of a double
click is never another button's, which came to where the first one was.
"""

from __future__ import annotations

import weakref
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QPushButton

from visualizer.views.base.guard import Guarded


class Pressed(Guarded):
    """A button that takes a double click's second press only where it took the first."""

    _first: ClassVar[weakref.ref[Pressed] | None] = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        Pressed._first = weakref.ref(self)
        super().mousePressEvent(event)  # type: ignore[misc]

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if Pressed._first is not None and Pressed._first() is self:
            super().mouseDoubleClickEvent(event)  # type: ignore[misc]


class Button(Pressed, QPushButton):
    """A button with words."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)


class Check(Guarded, QCheckBox):
    """A box that is ticked or not."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)


class Choices(Guarded, QComboBox):
    """A box of choices, one of them chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
