"""LookDialog: a large dialog beside the window, in its look, at the zoom that it has room for."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QWidget

from visualizer.views.base.guard import Guarded
from visualizer.views.base.look import DialogLook, Look
from visualizer.views.base.style import dress
from visualizer.views.base.theme import Theme

SHARE = 0.98  # of the screen, at most


class LookDialog(Guarded, QDialog):
    """A dialog that stays open while one goes on in the window.

    Attributes
    ----------
    look : DialogLook
        What all in it is made with.
    """

    def __init__(self, look: Look, parent: QWidget, size: QSize) -> None:
        """Make it in the window's look, and of a size in pixels at zoom 1."""
        super().__init__(parent)
        self._window_look, self._window, self._size = look, parent, size
        self.look = DialogLook(look, self)

    def begin(self) -> None:
        """Follow the look, once all that is in the dialog is made."""
        self.look.changed.connect(self.apply_theme)
        self._window_look.changed.connect(self._take_room)
        self.apply_theme(self.theme)
        self._take_room()

    @property
    def theme(self) -> Theme:
        return self.look.theme

    def apply_theme(self, theme: Theme) -> None:
        dress(self, theme)

    def open_window(self) -> None:
        """Show it, in front of other windows and with the keyboard."""
        self.show()
        self.raise_()
        self.activateWindow()

    def _take_room(self, news: object = None) -> None:
        """Take the size of the window's zoom, within the screen or a larger window."""
        screen, px = self.screen().availableGeometry().size(), self._window_look.theme.px
        room = screen.expandedTo(self._window.size()) * SHARE
        wanted = QSize(px(self._size.width()), px(self._size.height()))
        self.resize(wanted.boundedTo(room))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.look.fit(self.width())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.look.seen = True
        self.look.fit(self.width())

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.look.seen = False
