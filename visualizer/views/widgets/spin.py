"""Number fields: one way to write a number, whatever the language of the desktop.

Those called Spin leave undo to the page, keep Enter, and turn by the wheel only in focus.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLocale, Qt
from PySide6.QtGui import QKeyEvent, QValidator
from PySide6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox, QSpinBox

from visualizer.core.numbers import POINT, plain_number
from visualizer.views.base.guard import Guarded

Validated = tuple[QValidator.State, str, int]

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def _set_up(box: QAbstractSpinBox, name: str) -> None:
    for part in (box, box.lineEdit()):
        part.setAccessibleName(name)
    box.setKeyboardTracking(False)
    box.setAlignment(Qt.AlignmentFlag.AlignCenter)
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # not by the wheel


def _is_settled(box: QAbstractSpinBox, event: QEvent) -> bool:
    """Whether an event is the page's or the box's, which is then said by `isAccepted`.

    The page has Ctrl+Z, Ctrl+Shift+Z and Ctrl+Y, and a wheel that only passes over the box; the
    box has Enter, even where it is a key of the page.
    """
    if event.type() == QEvent.Type.Wheel and not box.hasFocus():
        event.ignore()
        return True
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
    undo = bool(control) and event.key() in (Qt.Key.Key_Z, Qt.Key.Key_Y)
    if not undo and event.key() not in ENTER:
        return False
    event.setAccepted(not undo)
    return True


class WholeField(Guarded, QSpinBox):
    """A whole number; a decimal sign cannot be typed, for Qt would take it for nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.setLocale(QLocale.c())

    def validate(self, text: str, at: int) -> Validated:
        plain = plain_number(text)
        if POINT in plain:
            return QValidator.State.Invalid, text, at
        return super().validate(plain, at)

    def valueFromText(self, text: str) -> int:
        return super().valueFromText(plain_number(text))


class RealField(Guarded, QDoubleSpinBox):
    """A number with a decimal point, which may be typed as a comma."""

    def __init__(self) -> None:
        super().__init__()
        self.setLocale(QLocale.c())

    def validate(self, text: str, at: int) -> Validated:
        return super().validate(plain_number(text), at)

    def valueFromText(self, text: str) -> float:
        return super().valueFromText(plain_number(text))


class WholeSpin(WholeField):
    """A whole number in the middle of its box; taken on Enter, on a step, or on leaving."""

    def __init__(self, name: str) -> None:
        super().__init__()
        _set_up(self, name)

    def event(self, event: QEvent) -> bool:
        if _is_settled(self, event):
            return True
        return super().event(event)


class RealSpin(RealField):
    """A number in the middle of its box; taken on Enter, on a step, or on leaving."""

    def __init__(self, name: str) -> None:
        super().__init__()
        _set_up(self, name)

    def event(self, event: QEvent) -> bool:
        if _is_settled(self, event):
            return True
        return super().event(event)
