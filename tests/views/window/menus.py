"""The window's menus, read entry by entry."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QMenu,
)

from visualizer.views.window.window import MainWindow


def menu_actions(window: MainWindow) -> list[QAction]:
    """Every entry of the menus, those of submenus too, separators left out."""

    def within(menu: QMenu) -> list[QAction]:
        found = []
        for action in menu.actions():
            inner = action.menu()
            if isinstance(inner, QMenu):
                found += within(inner)
            elif not action.isSeparator():
                found.append(action)
        return found

    menus = [action.menu() for action in window.menuBar().actions()]
    return [action for menu in menus if isinstance(menu, QMenu) for action in within(menu)]


def action_named(window: MainWindow, text: str) -> QAction:
    (found,) = (a for a in menu_actions(window) if a.text().replace("&", "").startswith(text))
    return found
