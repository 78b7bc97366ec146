"""Blank: a black window while the lecturer speaks."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from visualizer.views.base.guard import Guarded
from visualizer.views.widgets.widget_ref import WidgetRef

BLACK = Qt.GlobalColor.black


class Blank(Guarded, QWidget):
    """A black cover over a window until a key or a click, which then has no other effect."""

    def __init__(self, window: QWidget, home: Callable[[], QWidget]) -> None:
        """Make the cover; `home` gets the keyboard afterwards if its former owner is gone."""
        super().__init__(window)
        self.setAccessibleName("Blank screen: any key shows the window again")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.BlankCursor)
        self._home = home
        self._focused: WidgetRef[QWidget] = WidgetRef()
        self.hide()

    def cover(self) -> None:
        """Cover the window."""
        if not self.isVisible():
            self._focused.keep(self.window().focusWidget())
        self.fit()
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def fit(self) -> None:
        """Take the size of the window."""
        self.setGeometry(self.window().rect())

    def lift(self) -> None:
        """Show the window again; the keyboard goes back to its former place."""
        self.hide()
        self._focused.focus(self._home())

    def event(self, event: QEvent) -> bool:
        """Take every key before a shortcut does."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return bool(super().event(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.lift()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.lift()

    def paintEvent(self, event: object) -> None:
        QPainter(self).fillRect(self.rect(), BLACK)
