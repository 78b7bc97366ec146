"""OrderButton: a menu of the orders of maps."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton

from visualizer.views.base.look import Look
from visualizer.views.widgets.controls import IconButton

ORDERS = (
    ("index", "By number", "The layer's own order"),
    ("response", "By response to this digit", "The map with the largest response first"),
    ("selectivity", "By class selectivity", "The filter that most prefers one class first"),
    ("likeness", "By likeness", "Filters that answer alike side by side"),
)
FROM_A_STUDY = ("selectivity", "likeness")
UNKNOWN = "Not known for this network and these digits yet: Filter, beside Position, finds it out"
OLDER = "; as the filters answered at an earlier moment"


class OrderButton(IconButton):
    """A button with a menu to choose the order of maps.

    Signals
    -------
    chosen : str
        The order that the user wants.
    """

    chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__(look, "sort", "Sort the maps")
        self._menu = QMenu(self)
        self._menu.setToolTipsVisible(True)
        group = QActionGroup(self)
        self._entries: dict[str, QAction] = {}
        for key, text, tip in ORDERS:
            entry = QAction(text, self)
            entry.setData(key)
            entry.setCheckable(True)
            entry.setToolTip(tip)
            group.addAction(entry)
            self._entries[key] = entry
        self._menu.addActions(list(self._entries.values()))
        self.setMenu(self._menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        group.triggered.connect(self._on_chosen)

    @property
    def entries(self) -> dict[str, QAction]:
        """The menu's entries by what they sort by."""
        return self._entries

    def show_order(self, by: str, known: bool, fresh: bool) -> None:
        """Show the order in use, and whether responses are `known`, and of the weights in view."""
        self._entries[by].setChecked(True)
        for key, _, tip in ORDERS:
            if key in FROM_A_STUDY:
                self._entries[key].setEnabled(known)
                told = tip if fresh else f"{tip}{OLDER}"
                self._entries[key].setToolTip(told if known else UNKNOWN)

    def _on_chosen(self, entry: QAction) -> None:
        self.chosen.emit(str(entry.data()))
