"""CellEditor: a field over a cell, in which its number is typed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QToolTip, QWidget

from visualizer.core.lab.lab import parse_number
from visualizer.text.numbers import MINUS
from visualizer.views.base.constants import ENTER
from visualizer.views.base.guard import Guarded


class CellEditor(Guarded, QLineEdit):
    """A field that accepts valid numbers, explains others, and leaves on Enter, Esc or Tab.

    Signals
    -------
    accepted : float
    left
        The editor closes; emitted after `accepted`.
    """

    accepted = Signal(float)
    left = Signal()

    def __init__(self, parent: QWidget, whole: bool, value: str, typed: str | None) -> None:
        """Show the cell's `value`, or `typed`: the first key, if a key opened the editor."""
        super().__init__(parent)
        self._around = parent
        self._whole = whole
        self._value = true_minus(value)
        self._done = False
        self.setObjectName("bare")
        self.setAccessibleName("Number of this cell")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setMaxLength(12)
        self.textEdited.connect(self._on_edited)
        self.setText(true_minus(value if typed is None else typed))
        if typed is None:
            self.selectAll()

    def place(self, cell: QRectF, pixels: int) -> None:
        """Lie over a cell, or around a small one, inside the parent; `pixels` is the font size."""
        font = self.font()
        font.setPixelSize(pixels)
        self.setFont(font)
        width = max(round(cell.width()), self.fontMetrics().horizontalAdvance("−00.00") + 16)
        height = max(round(cell.height()), self.sizeHint().height())
        left = min(
            max(round(cell.center().x() - width / 2), 0), max(self._around.width() - width, 0)
        )
        top = min(
            max(round(cell.center().y() - height / 2), 0), max(self._around.height() - height, 0)
        )
        self.setGeometry(left, top, width, height)
        self.show()
        self.setFocus()

    def _on_edited(self, text: str) -> None:
        at = self.cursorPosition()
        self.setText(true_minus(text))
        self.setCursorPosition(at)

    def event(self, event: QEvent) -> bool:
        own = isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Escape, *ENTER)
        if own and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # here they end the typing, whatever they do on the page
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.drop()
        elif event.key() in ENTER:
            self._take()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.leave()

    def leave(self) -> None:
        """Accept a valid number, drop an invalid one, and close."""
        self._take(staying=False)

    def _take(self, staying: bool = True) -> None:
        """Accept a valid number; explain an invalid one if `staying`, else drop it."""
        if self._done:
            return  # its cell is gone, or has its number
        try:
            value = parse_number(self.text(), self._whole)
        except ValueError as error:
            if not staying:
                self.drop()
                return
            at = self.mapToGlobal(self.rect().bottomLeft())
            QToolTip.showText(at, str(error), self)
            self.setAccessibleDescription(str(error))
            self.selectAll()
            return
        changed = self.text() != self._value
        self._done = True
        if changed:
            self.accepted.emit(value)
        self.left.emit()

    def drop(self) -> None:
        """Close without accepting a number."""
        if not self._done:
            self._done = True
            self.left.emit()


def true_minus(text: str) -> str:
    """Return a typed number with the minus sign that the window prints."""
    return text.replace("-", MINUS)
