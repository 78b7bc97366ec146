"""The fields of the editor; they leave undo to the editor, and the wheel to the table."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit

from visualizer.views.base.guard import Guarded


class TextField(Guarded, QLineEdit):
    """A field for a text."""

    def __init__(self, name: str, most: int) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setMaxLength(most)

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the editor, which takes back steps, not letters."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if control and event.key() in (Qt.Key.Key_Z, Qt.Key.Key_Y):
                event.ignore()
                return True
        return super().event(event)


class NumberField(TextField):
    """A field for a setting.

    Signals
    -------
    stepped : int
        Arrow up or down: change the number by 1 or −1.
    """

    stepped = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__(name, 16)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not event.modifiers():
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Up else -1)
        else:
            super().keyPressEvent(event)


class ChoiceField(Guarded, QComboBox):
    """A box of a few choices; an impossible value stands above them."""

    def __init__(self, name: str, choices: list[str], value: str) -> None:
        super().__init__()
        self.setObjectName("cell")
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # not by the wheel
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.addItems(choices)
        self.show_value(value)

    def show_value(self, value: str) -> None:
        """Show a value, even one that is no choice; emits nothing."""
        with QSignalBlocker(self):
            if self.findText(value) < 0:
                self.insertItem(0, value)
            self.setCurrentIndex(self.findText(value))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel and not self.hasFocus():
            event.ignore()  # it scrolls the table
            return True
        return super().event(event)
