"""FocusKeys: a focused control gets the keys that it uses before any shortcut does."""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QComboBox, QWidget

from visualizer.views.base.constants import ENTER
from visualizer.views.base.guard import Guarded
from visualizer.views.widgets.controls import KeyPanel

PRESSES = (Qt.Key.Key_Space, *ENTER)


class FocusKeys(Guarded, QObject):
    """Space and Enter press the focused button; a focused list keeps its letters.

    Keys of the digit row act as digits, also on keyboards where digits need Shift.
    """

    def __init__(self, window: QWidget, hears: Callable[[QKeyEvent], bool]) -> None:
        """Watch a window's keys; `hears` gets each first, and returns whether it uses it."""
        super().__init__(window)
        self._window, self._hears = window, hears
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus)

    def _on_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        """Watch only the focused control: all events of the application are too many."""
        if old is not None:
            old.removeEventFilter(self)
        if new is not None:
            new.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind not in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            return False
        if not isinstance(event, QKeyEvent):
            return False
        typing = isinstance(watched, QWidget) and watched.testAttribute(
            Qt.WidgetAttribute.WA_InputMethodEnabled
        )
        if not typing and not isinstance(watched, QComboBox) and self._hears(event):
            event.accept()
            return True
        meant = self._meant(watched, event)
        if meant is not None:
            event.accept()
            again = event.isAutoRepeat() and not meant.autoRepeat()
            if kind == QEvent.Type.KeyPress and not again:
                meant.trigger()
            return True
        if event.modifiers() & ~KEYPAD:
            return False
        if isinstance(watched, QAbstractButton) and event.key() in PRESSES:
            return self._press(watched, event, kind)
        if kind == QEvent.Type.ShortcutOverride and _lives_by(watched, event):
            event.accept()
            return True
        return False

    def _meant(self, focused: QObject, event: QKeyEvent) -> QAction | None:
        """Return the action of the digit whose key typed a sign, if nobody uses the sign."""
        digit = as_digit(event)
        if digit is None or not isinstance(focused, QWidget) or _lives_by(focused, event):
            return None
        types = focused.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        own = QKeySequence(event.keyCombination())
        if types or focused.window() is not self._window or self._action(own) is not None:
            return None
        return self._action(digit)

    def _action(self, keys: QKeySequence) -> QAction | None:
        actions = (action for action in self._window.actions() if action.isEnabled())
        return next((action for action in actions if keys in action.shortcuts()), None)

    def _press(self, button: QAbstractButton, event: QKeyEvent, kind: QEvent.Type) -> bool:
        if kind == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.key() == Qt.Key.Key_Space or event.isAutoRepeat():
            return False  # a button handles Space by itself
        button.click()
        return True


KEYPAD = Qt.KeyboardModifier.KeypadModifier


def _lives_by(control: QObject, event: QKeyEvent) -> bool:
    """Return whether a combo box, a list or a key panel uses a key."""
    if isinstance(control, KeyPanel):
        return control.takes_enter() and event.key() in ENTER
    if isinstance(control, QComboBox):
        return event.key() in PRESSES or bool(event.text().strip())
    if isinstance(control, QAbstractItemView):
        return event.key() in PRESSES
    return False


# The signs that each digit's key types without Shift: AZERTY, Czech, Slovak.
SIGNS = ("àé", "&+", "éě", '"š', "'č", "(ř", "-§ž", "èý", "_!á", "çí")
# Codes of the keys 0 … 9 of the digit row on each system.
EVDEV = (19, *range(10, 19))
WINDOWS = (11, *range(2, 11))
MACINTOSH = (29, 18, 19, 20, 21, 23, 22, 26, 28, 25)
PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier)


def as_digit(event: QKeyEvent) -> QKeySequence | None:
    """Return the keys as meant if a sign was typed on a digit's key; else None.

    The place of the key counts, not the sign alone: & is Shift+7 on QWERTY, and stays &.
    """
    if event.modifiers() not in PLAIN:
        return None
    if sys.platform == "darwin":
        key, row = event.nativeVirtualKey(), MACINTOSH
    else:
        key, row = event.nativeScanCode(), WINDOWS if sys.platform == "win32" else EVDEV
    if key not in row:
        return None
    number = row.index(key)
    if not 0 < event.key() < sys.maxunicode or chr(event.key()).lower() not in SIGNS[number]:
        return None
    digit = Qt.Key(Qt.Key.Key_0.value + number)
    return QKeySequence(QKeyCombination(event.modifiers(), digit))
