"""Number fields, written the same way in every language of the desktop.

Fields called Spin leave undo to the page, use Enter, and follow the wheel only in focus.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLocale, Qt
from PySide6.QtGui import QKeyEvent, QValidator
from PySide6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox, QSpinBox

from visualizer.core.numbers import POINT, plain_number
from visualizer.views.base.constants import ENTER
from visualizer.views.base.guard import Guarded

Validated = tuple[QValidator.State, str, int]


def _set_up(box: QAbstractSpinBox, name: str) -> None:
    for part in (box, box.lineEdit()):
        part.setAccessibleName(name)
    box.setKeyboardTracking(False)
    box.setAlignment(Qt.AlignmentFlag.AlignCenter)
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # not by the wheel


def _is_settled(box: QAbstractSpinBox, event: QEvent) -> bool:
    """Return whether the page or the box uses an event; `isAccepted` then says which.

    The page has Ctrl+Z, Ctrl+Shift+Z and Ctrl+Y, and a wheel that passes over an unfocused box. The
    box has Enter, even where Enter is a key of the page.
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
    """A field for a whole number; no decimal sign can be typed, as Qt would ignore it."""

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
    """A field for a number; its decimal point may be typed as a comma."""

    def __init__(self) -> None:
        super().__init__()
        self.setLocale(QLocale.c())

    def validate(self, text: str, at: int) -> Validated:
        return super().validate(plain_number(text), at)

    def valueFromText(self, text: str) -> float:
        return super().valueFromText(plain_number(text))


class WholeSpin(WholeField):
    """A centred field for a whole number; accepted on Enter, on a step, or on leaving."""

    def __init__(self, name: str) -> None:
        super().__init__()
        _set_up(self, name)

    def event(self, event: QEvent) -> bool:
        if _is_settled(self, event):
            return True
        return super().event(event)


class RealSpin(RealField):
    """A centred field for a number; accepted on Enter, on a step, or on leaving."""

    def __init__(self, name: str) -> None:
        super().__init__()
        _set_up(self, name)

    def event(self, event: QEvent) -> bool:
        if _is_settled(self, event):
            return True
        return super().event(event)
