"""Spin boxes whose last step is undone by the page, not by their own line of text."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox, QSpinBox

from visualizer.views.widgets.guard import Guarded


def _set_up(box: QAbstractSpinBox, name: str) -> None:
    box.setAccessibleName(name)
    box.setKeyboardTracking(False)
    box.setAlignment(Qt.AlignmentFlag.AlignCenter)


def _is_undo(event: QEvent) -> bool:
    """Whether it is Ctrl+Z, Ctrl+Shift+Z or Ctrl+Y, which are left to the page."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
    return bool(control) and event.key() in (Qt.Key.Key_Z, Qt.Key.Key_Y)


class WholeSpin(Guarded, QSpinBox):
    """A whole number in the middle of its box; taken on Enter, on a step, or on leaving."""

    def __init__(self, name: str) -> None:
        super().__init__()
        _set_up(self, name)

    def event(self, event: QEvent) -> bool:
        if _is_undo(event):
            event.ignore()
            return True
        return super().event(event)


class RealSpin(Guarded, QDoubleSpinBox):
    """A number in the middle of its box; taken on Enter, on a step, or on leaving."""

    def __init__(self, name: str) -> None:
        super().__init__()
        _set_up(self, name)

    def event(self, event: QEvent) -> bool:
        if _is_undo(event):
            event.ignore()
            return True
        return super().event(event)
