"""RecentTalks: the menu of talks that were opened or saved before, or kept without being saved."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QWidget

from visualizer.session.session import Session
from visualizer.storage.kept_talks import is_kept, kept_title
from visualizer.text.numbers import shortened
from visualizer.views.page import Action
from visualizer.views.window.menus import Menus

MOST_LETTERS = 60


class RecentTalks(QObject):
    """Opens a talk of earlier; one that was never saved is named by its title."""

    def __init__(self, window: QWidget, session: Session, menus: Menus, below: Action) -> None:
        """Stand below the entry of an action."""
        super().__init__(window)
        self._talk = session.talk
        self.menu = QMenu("Recent &talks", window)
        menus.add_below(below, self.menu)
        self.menu.aboutToShow.connect(self._show)
        self._talk.recentChanged.connect(self._show)
        self._show()

    def _show(self) -> None:
        """List the talks, the newest first; a kept one may be gone, as it was saved since."""
        self.menu.clear()
        for path in self._talk.recent:
            if name := _name(path):
                entry = self.menu.addAction(name.replace("&", "&&"))
                entry.triggered.connect(partial(self._open, path))
        self.menu.menuAction().setVisible(not self.menu.isEmpty())

    def _open(self, path: Path, checked: bool = False) -> None:
        self._talk.open(path)


def _name(path: Path) -> str:
    if not is_kept(path):
        return shortened(str(path), MOST_LETTERS, keep_end=True)
    title = kept_title(path)
    return f"{shortened(title, MOST_LETTERS)} (not saved)" if title else ""
