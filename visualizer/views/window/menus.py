"""Menus: every action of the window and its pages as a menu entry, a key, and a tool tip."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, SignalInstance
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu

from visualizer.views.page import Action, Page

ORDER = ("&File", "&Edit", "&Train", "&Digit", "F&ollow", "&View", "&Present", "&Help")


class Menus(QObject):
    """The menu bar, built from actions; a page's entries are there while it is in view.

    A key works only while its action makes sense. The signal `news` tells that this may have
    changed.
    """

    def __init__(
        self,
        window: QMainWindow,
        actions: Sequence[Action],
        pages: Sequence[Page],
        news: SignalInstance,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._menus: dict[str, QMenu] = {}
        for title in ORDER:
            self._menus[title] = window.menuBar().addMenu(title)
            self._menus[title].aboutToShow.connect(self.refresh)
        self._made: list[tuple[Action, QAction, Page | None]] = []
        self._in_view = pages[0]
        of_pages = [(action, page) for page in pages for action in page.actions_here()]
        of_all: list[tuple[Action, Page | None]] = [(action, None) for action in actions]
        for action, page in sorted([*of_all, *of_pages], key=lambda entry: entry[0].last):
            self._made.append((action, self._make(action), page))
        self.refresh()
        news.connect(self._refresh_available)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            for screens in (application.screenAdded, application.screenRemoved):
                screens.connect(self._refresh_available)

    def show_page(self, page: Page) -> None:
        """Show the entries of this page, and of no other page."""
        self._in_view = page
        self.refresh()

    def entry(self, action: Action) -> QAction:
        """Return the menu entry of an action."""
        return next(made for known, made, _ in self._made if known is action)

    def add_below(self, action: Action, menu: QMenu) -> None:
        """Put a menu below the entry of an action that is not the last of its menu."""
        entries = self._menus[action.menu].actions()
        following = entries[entries.index(self.entry(action)) + 1]
        self._menus[action.menu].insertMenu(following, menu)

    def _make(self, action: Action) -> QAction:
        made = QAction(action.text, self._window)
        made.setShortcuts([QKeySequence(key) for key in action.keys])
        made.setAutoRepeat(action.repeats)
        made.setCheckable(action.checked is not None)
        made.triggered.connect(_Trigger(action, made).act)
        menu = self._menus[action.menu]
        if action.separated and not menu.isEmpty():
            menu.addSeparator()
        menu.addAction(made)
        self._window.addAction(made)
        if action.button is not None:
            action.button.show_keys(action.key_text)
        return made

    def refresh(self, news: object = None) -> None:
        """Check the switches that are on, and hide the entries that make no sense now."""
        for action, made, page in self._made:
            if action.checked is not None:
                made.setChecked(action.checked())
            self._allow(action, made, page)
        for menu in self._menus.values():
            entries = [entry for entry in menu.actions() if not entry.isSeparator()]
            menu.menuAction().setVisible(any(entry.isVisible() for entry in entries))

    def _refresh_available(self, news: object = None) -> None:
        """Hide the entries that make no sense now, and no more: a moving line calls this often."""
        for action, made, page in self._made:
            if action.available is not None and made.isVisible() != self._has_meaning(action, page):
                self._allow(action, made, page)

    def _has_meaning(self, action: Action, page: Page | None) -> bool:
        there = action.available is None or action.available()
        return there and page in (None, self._in_view)

    def _allow(self, action: Action, made: QAction, page: Page | None) -> None:
        there = self._has_meaning(action, page)
        made.setEnabled(there)
        made.setVisible(there)
        if there and action.named is not None:
            made.setText(action.named())


class _Trigger(QObject):
    """Calls an action; a switch is turned by its present state, as its check mark may be older."""

    def __init__(self, action: Action, made: QAction) -> None:
        super().__init__(made)
        self._action, self._made = action, made

    def act(self) -> None:
        if self._action.checked is None:
            self._action.act()
        else:
            self._action.act(not self._action.checked())
            self._made.setChecked(self._action.checked())
