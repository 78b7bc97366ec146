"""GuideOpening: the guide of the window, made when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow

from visualizer.views.base.look import Look
from visualizer.views.window.guide.pages import KEYS, Row
from visualizer.views.window.guide.window import GuideWindow


class GuideOpening(QObject):
    """One guide a window: it is where it was left when it is opened again."""

    def __init__(self, window: QMainWindow, look: Look, rows: Callable[[], Sequence[Row]]) -> None:
        super().__init__(window)
        self._window, self._look, self._rows = window, look, rows
        self._guide: GuideWindow | None = None

    @property
    def guide(self) -> GuideWindow:
        """The guide, made now where it is not yet."""
        if self._guide is None:
            self._guide = GuideWindow(self._look, self._window, self._rows)
        return self._guide

    def show(self) -> None:
        """Show the page that was read last; at first the first one."""
        self.guide.search.clear()
        self.guide.open_page()

    def show_keys(self, first: str) -> None:
        """Show the page of keys, those of one page of the window first, ready to be searched."""
        self.guide.search.clear()
        self.guide.open_page(KEYS, first=first)
