"""StageLook: the window's look at the size that the stage's room asks for."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QSize

from visualizer.views.base.look import Look

# The room at which the stage is shown at zoom 1. In Present mode a screen of 1920 × 1080 then has
# zoom 2.5: captions of 30 pixels, which six image heights away can still be read.
ROOM = QSize(936, 640)
PRESENT_ROOM = QSize(768, 432)


class StageLook(Look):
    """Follows the window's look, but in proportion to the room; dresses only what is given it."""

    def __init__(
        self, window_look: Look, parent: QObject | None = None, *, grows: bool = True
    ) -> None:
        """One that does not grow has the window's own zoom outside Present mode."""
        super().__init__(window_look.theme, parent)
        self._grows = grows
        self._window_look = window_look
        self._room = ROOM
        window_look.changed.connect(self.follow)

    def fit(self, room: QSize) -> None:
        """Be as large as a room of so many pixels asks for."""
        if room != self._room and not room.isEmpty():
            self._room = room
            self.follow()

    def follow(self, news: object = None) -> None:
        """Take palette and motion from the window's look, and the zoom from the room."""
        theme = self._window_look.theme
        largest = _share(self._room, PRESENT_ROOM)
        if theme.present:
            zoom = largest
        elif self._grows:  # the window's own zoom counts, as far as the room goes
            zoom = min(_share(self._room, ROOM) * theme.zoom, largest)
        else:
            zoom = theme.zoom
        self._change(replace(theme, zoom=zoom))

    def apply(self) -> None:
        """Nothing: the application keeps the window's look."""


def _share(room: QSize, of: QSize) -> float:
    return min(room.width() / of.width(), room.height() / of.height())
