"""The fields of the editor's rows; they leave the wheel to the table."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox

from visualizer.views.base.guard import Guarded
from visualizer.views.widgets.text_field import TextField

LONGEST_TYPED = 16  # characters of a setting


class NumberField(TextField):
    """A field for a setting.

    Signals
    -------
    stepped : int
        Arrow up or down: change the number by 1 or −1.
    """

    stepped = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__(name, LONGEST_TYPED)
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
