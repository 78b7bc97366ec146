"""EditorLook: the window's look, no larger than the editor's rows have room for."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject

from visualizer.views.base.look import Look

NEEDED = 1015  # that a row is wide at zoom 1


class EditorLook(Look):
    """Follows the window's look while the editor is seen; dresses only what is given it.

    Attributes
    ----------
    seen : bool
        Whether the editor is; set by it, and made good by `follow`.
    """

    def __init__(self, window_look: Look, parent: QObject | None = None) -> None:
        super().__init__(window_look.theme, parent)
        self._window_look, self._width, self.seen = window_look, NEEDED, False
        window_look.changed.connect(self.follow)

    def fit(self, width: int) -> None:
        """Have a room of so many pixels across."""
        self._width = width
        self.follow()

    def follow(self, news: object = None) -> None:
        """Take everything from the window's look, the zoom as far as there is room."""
        theme = self._window_look.theme
        if self.seen:
            self._change(replace(theme, zoom=min(theme.zoom, self._width / NEEDED)))

    def apply(self) -> None:
        """Nothing: the application keeps the window's look."""
