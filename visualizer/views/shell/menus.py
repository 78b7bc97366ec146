"""The menu bar and every key: which action does what, and on which page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSignalBlocker
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from visualizer.views.shell.dialogs import about_dialog, shortcuts_dialog

if TYPE_CHECKING:
    from visualizer.views.shell.window import MainWindow

Key = str | QKeySequence.StandardKey
MOST_LAYER_KEYS = 9


class Menus(QObject):
    """Builds the menus of a window; actions without a modifier rest off the Inspect page."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._inspect_only: list[QAction] = []
        self._file_menu()
        self._edit_and_follow_menus()
        self._train_and_digit_menus()
        self._view_menu()
        self._help_menu()
        window.look.changed.connect(self.show_look)
        window.pages.currentChanged.connect(self._on_page)
        self.show_look()

    def _file_menu(self) -> None:
        window = self._window
        menu = self._menu("&File")
        self._add(menu, "&Open weights …", window.open_weights, QKeySequence.StandardKey.Open)
        self._add(menu, "&Save weights …", window.save_weights, QKeySequence.StandardKey.Save)
        self._add(menu, "Open &picture as digit …", window.open_picture)
        menu.addSeparator()
        menu.addActions([window.data_menu.folder, window.data_menu.download])
        menu.addSeparator()
        self._add(menu, "&Quit", window.close, "Ctrl+Q")

    def _edit_and_follow_menus(self) -> None:
        session, position = self._window.session, self._window.inspect.position
        edit = self._menu("&Edit")
        copy = QKeySequence.StandardKey.Copy
        self._add_here(edit, "&Copy map as table", self._window.copy_map, copy)
        self._add_here(edit, "Copy &terms as table", position.copy_terms, "Ctrl+Shift+C")
        follow = self._menu("F&ollow")
        self._add_here(follow, "&Largest term", position.follow_main_term, "Return", "Enter")
        self._add_here(follow, "&Back", session.viewer.back, "Alt+Left")
        self._add_here(follow, "&Forward", session.viewer.forward, "Alt+Right")
        follow.addSeparator()
        for number in range(1, MOST_LAYER_KEYS + 1):
            action = self._add_here(follow, f"Layer {number}", self._on_layer, str(number))
            action.setData(number - 1)

    def _train_and_digit_menus(self) -> None:
        session, window = self._window.session, self._window
        train = self._menu("&Train")
        self._add_here(train, "&Train / pause", session.train_or_pause, "Space")
        self._add_here(train, "Train one &batch", session.step, "S")
        self._add_here(train, "&Stop", window.stop_or_show_all, "Esc")
        self._add(train, "&Reset to initial weights", session.reset, "Ctrl+R")
        digit = self._menu("&Digit")
        self._add_here(digit, "&Next", session.next_digit, "N")
        self._add_here(digit, "&Previous", session.previous_digit, "P")
        self._add_here(digit, "&Random", session.random_digit, "R")
        self._add_here(digit, "Next &misclassified", session.next_misclassified, "M")

    def _view_menu(self) -> None:
        window, look = self._window, self._window.look
        menu = self._menu("&View")
        self._dark = self._toggle(menu, "&Dark", look.set_dark, "Ctrl+D")
        self._present = self._toggle(menu, "&Present mode", window.set_present, "F5")
        self._still = self._toggle(menu, "Reduce &motion", look.set_reduce_motion)
        self._full = self._toggle(menu, "&Full screen", window.show_full_screen, "F11")
        menu.addSeparator()
        for number, name in enumerate(window.page_names, start=1):
            action = self._add(menu, f"Page: {name}", self._on_page_key, f"Ctrl+{number}")
            action.setData(number - 1)
        menu.addSeparator()
        for text, steps, keys in (
            ("&Larger", 1, ("Ctrl++", "Ctrl+=")),
            ("&Smaller", -1, ("Ctrl+-",)),
            ("100 %", 0, ("Ctrl+0",)),
        ):
            self._add(menu, text, self._on_zoom, *keys).setData(steps)
        menu.addSeparator()
        page = window.inspect
        self._add(menu, "Share out the &room anew", page.share_out)
        panels = (("&Input", page.input), ("P&osition", page.position), ("&Curves", page.curves))
        for text, panel in panels:
            action = self._toggle(menu, text, panel.setVisible)
            with QSignalBlocker(action):
                action.setChecked(True)

    def _help_menu(self) -> None:
        menu = self._menu("&Help")
        self._add(menu, "&Keyboard and mouse", self._show_shortcuts, "F1")
        self._add(menu, "&About", self._show_about)

    # Making actions

    def _menu(self, title: str) -> QMenu:
        menu: QMenu = self._window.menuBar().addMenu(title)
        return menu

    def _add(self, menu: QMenu, text: str, slot: Callable[..., object], *keys: Key) -> QAction:
        action = QAction(text, self._window)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.triggered.connect(slot)
        menu.addAction(action)
        self._window.addAction(action)
        return action

    def _add_here(self, menu: QMenu, text: str, slot: Callable[..., object], *keys: Key) -> QAction:
        """An action of the Inspect page: elsewhere its key may mean something else."""
        action = self._add(menu, text, slot, *keys)
        self._inspect_only.append(action)
        return action

    def _toggle(self, menu: QMenu, text: str, slot: Callable[..., object], *keys: Key) -> QAction:
        action = QAction(text, self._window)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setCheckable(True)
        action.toggled.connect(slot)
        menu.addAction(action)
        self._window.addAction(action)
        return action

    # The user

    def _on_page(self, index: int) -> None:
        for action in self._inspect_only:
            action.setEnabled(index == 0)

    def _data(self) -> int:
        action = self.sender()
        assert isinstance(action, QAction)
        return int(action.data())

    def _on_layer(self) -> None:
        self._window.session.viewer.select_layer(self._data())

    def _on_page_key(self) -> None:
        self._window.show_page(self._data())

    def _on_zoom(self) -> None:
        self._window.look.zoom_by(self._data())

    def show_look(self) -> None:
        """Check what is on, and hide the bar in Present mode; its keys go on working."""
        theme = self._window.look.theme
        for action, on in (
            (self._dark, theme.palette.name == "dark"),
            (self._present, theme.present),
            (self._still, theme.reduce_motion),
            (self._full, self._window.isFullScreen()),
        ):
            with QSignalBlocker(action):
                action.setChecked(on)
        self._window.menuBar().setVisible(not theme.present)

    def _show_shortcuts(self) -> None:
        shortcuts_dialog(self._window.look, self._window).show()

    def _show_about(self) -> None:
        about_dialog(self._window.look, self._window).show()
