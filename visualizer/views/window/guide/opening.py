"""GuideOpening: the window's guide, made when it is first opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow

from visualizer.views.base.look import Look
from visualizer.views.window.guide.pages import KEYS, Row
from visualizer.views.window.guide.window import GuideWindow


class GuideOpening(QObject):
    """The one guide of a window; it reopens where it was left."""

    def __init__(self, window: QMainWindow, look: Look, rows: Callable[[], Sequence[Row]]) -> None:
        super().__init__(window)
        self._window, self._look, self._rows = window, look, rows
        self._guide: GuideWindow | None = None

    @property
    def guide(self) -> GuideWindow:
        """The guide; it is made at the first call."""
        if self._guide is None:
            self._guide = GuideWindow(self._look, self._window, self._rows)
        return self._guide

    def show(self) -> None:
        """Show the page that was read last; at first the first page."""
        self.guide.search.clear()
        self.guide.open_page()

    def show_keys(self, first: str) -> None:
        """Show the page of keys, ready for a search, with the keys of page `first` at the top."""
        self.guide.search.clear()
        self.guide.open_page(KEYS, first=first)
