"""Buttons, check boxes and combo boxes that take the keyboard by Tab alone.

A click leaves the keyboard where it was, so that Space goes on to train.
"""

from __future__ import annotations

import weakref
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QPushButton

from visualizer.views.base.guard import Guarded


class OwnDoubleClick(Guarded):
    """A button that accepts a double click's second press only if it got the first press too."""

    _first: ClassVar[weakref.ref[OwnDoubleClick] | None] = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        OwnDoubleClick._first = weakref.ref(self)
        super().mousePressEvent(event)  # type: ignore[misc]

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if OwnDoubleClick._first is not None and OwnDoubleClick._first() is self:
            super().mouseDoubleClickEvent(event)  # type: ignore[misc]


class Button(OwnDoubleClick, QPushButton):
    """A button with a text."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)


class CheckBox(Guarded, QCheckBox):
    """A check box."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)


class ComboBox(Guarded, QComboBox):
    """A combo box."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
