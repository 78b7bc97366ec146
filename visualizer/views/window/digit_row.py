"""The digit row of keyboards that type signs there without Shift: AZERTY, Czech, Slovak."""

from __future__ import annotations

import sys

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

# What the key of each digit types without Shift, where that is no digit.
SIGNS = ("àé", "&+", "éě", '"š', "'č", "(ř", "-§ž", "èý", "_!á", "çí")
# What the system calls the keys 0 … 9 of the row, wherever their signs are.
EVDEV = (19, *range(10, 19))
WINDOWS = (11, *range(2, 11))
MACINTOSH = (29, 18, 19, 20, 21, 23, 22, 26, 28, 25)
PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier)


def as_digit(event: QKeyEvent) -> QKeySequence | None:
    """Give the keys as they were meant where a sign stands in a digit's place; None elsewhere.

    The place counts, not the sign alone: & is Shift+7 on QWERTY, and stays &.
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
