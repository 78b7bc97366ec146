"""Controls that are pressed. They take the keyboard by Tab alone, and are then pressed by Space.

A click leaves the keyboard where it was: Space goes on to train.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QPushButton

from visualizer.views.widgets.guard import Guarded


class Button(Guarded, QPushButton):
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
