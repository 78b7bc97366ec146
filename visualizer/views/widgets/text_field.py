"""Fields for texts in a dialog whose steps can be undone: they leave undo to the dialog."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit, QWidget

from visualizer.core.talk.texts import in_one_line
from visualizer.views.base import style_paint
from visualizer.views.base.constants import ENTER
from visualizer.views.base.guard import Guarded
from visualizer.views.base.look import Look
from visualizer.views.base.theme import Theme

PAD = 4  # pixels at zoom 1 around the words


def is_undo(event: QEvent) -> bool:
    """Return whether an event asks whether a field undoes or redoes by itself."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
    return bool(control) and event.key() in (Qt.Key.Key_Z, Qt.Key.Key_Y)


def show_wrong(field: QWidget, wrong: bool) -> None:
    """Mark that what is typed in a field cannot be."""
    if bool(field.property("wrong")) is not wrong:
        field.setProperty("wrong", wrong)
        field.style().polish(field)
        field.update()


class TextField(Guarded, QLineEdit):
    """A field for a text."""

    def __init__(self, name: str, most: int) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setMaxLength(most)

    def show_text(self, text: str) -> None:
        """Show a text, unless it is what is being typed there but for blanks."""
        if in_one_line(self.text()) != in_one_line(text):
            self.setText(text)
            if not self.hasFocus():
                self.setCursorPosition(0)  # of a long one the beginning is seen

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the dialog, which takes back steps, not letters."""
        if is_undo(event):
            event.ignore()
            return True
        return super().event(event)


class WordsField(Guarded, QPlainTextEdit):
    """A field for a few lines of words, without ends of lines of their own; Tab leaves it."""

    def __init__(self, look: Look, name: str, lines: int) -> None:
        super().__init__()
        self._look, self._lines = look, lines
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.viewport().setAutoFillBackground(False)
        look.changed.connect(self.apply_theme)
        self.apply_theme(look.theme)

    def apply_theme(self, theme: Theme) -> None:
        self.setFont(theme.font())
        self.document().setDocumentMargin(theme.px(PAD))
        self.setFixedHeight(self._lines * self.fontMetrics().lineSpacing() + 2 * theme.px(PAD))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, focused = self._look.theme, self.hasFocus()
        fill, line = ("warning_soft", "warning") if self.property("wrong") else ("panel", "line")
        line = "accent" if focused and fill == "panel" else line
        painter = QPainter(self.viewport())
        box = self.viewport().rect()
        style_paint.box(painter, box, theme.color(fill), theme.color(line), theme.px(4))
        painter.end()
        super().paintEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in ENTER:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the dialog."""
        if is_undo(event):
            event.ignore()
            return True
        return super().event(event)
