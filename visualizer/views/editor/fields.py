"""The fields of the editor: undo is the editor's, and the wheel only passes over them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit

from visualizer.views.base.guard import Guarded


class TextField(Guarded, QLineEdit):
    """A text as it is typed."""

    def __init__(self, name: str, most: int) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setMaxLength(most)

    def event(self, event: QEvent) -> bool:
        """Undo and redo are the editor's: they take back steps, not letters."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if control and event.key() in (Qt.Key.Key_Z, Qt.Key.Key_Y):
                event.ignore()
                return True
        return super().event(event)


class NumberField(TextField):
    """A setting as it is typed.

    Signals
    -------
    stepped : int
        Arrow up or down: a number one larger or smaller.
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


class Choice(Guarded, QComboBox):
    """One of a few; what cannot be stands above them where it was said."""

    def __init__(self, name: str, choices: list[str], value: str) -> None:
        super().__init__()
        self.setObjectName("cell")
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # not by the wheel
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.addItems(choices)
        self.show_value(value)

    def show_value(self, value: str) -> None:
        """Show a value, be it none of the choices; nothing is told."""
        with QSignalBlocker(self):
            if self.findText(value) < 0:
                self.insertItem(0, value)
            self.setCurrentIndex(self.findText(value))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel and not self.hasFocus():
            event.ignore()  # the table's
            return True
        return super().event(event)
