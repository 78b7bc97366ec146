"""LabSpin: a spin box whose last step is undone by the page, not by its own line of text."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSpinBox

from visualizer.views.widgets.guard import Guarded


class LabSpin(Guarded, QSpinBox):
    """A number in the middle of its box; it is taken on Enter, on a step, or on leaving."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setKeyboardTracking(False)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def event(self, event: QEvent) -> bool:
        """Leave Ctrl+Z, Ctrl+Shift+Z and Ctrl+Y to the page."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if control and event.key() in (Qt.Key.Key_Z, Qt.Key.Key_Y):
                event.ignore()
                return True
        return super().event(event)
