"""Rail: the narrow bar at the left edge with a button for each page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QButtonGroup

from visualizer.views.base.icons import icon
from visualizer.views.base.layouts import column
from visualizer.views.base.look import Look, Panel
from visualizer.views.base.theme import Theme
from visualizer.views.page import Page
from visualizer.views.widgets.controls import IconButton


class RailButton(IconButton):
    """A button with a page's icon and its name below."""

    def __init__(self, look: Look, page: Page) -> None:
        self.page = page
        super().__init__(look, page.icon, page.title, "railButton")
        self.setText(page.title)
        self.setCheckable(True)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)

    def apply_theme(self, theme: Theme) -> None:
        px = theme.px
        self.setIcon(icon(self.page.icon, theme.color("rail_ink"), px(20)))
        self.setIconSize(QSize(px(20), px(20)))
        self.setFixedSize(px(60), px(50))


class Rail(Panel):
    """One button per page; the page in view is marked.

    Signals
    -------
    chosen : Page
        The page that the user wants.
    """

    chosen = Signal(Page)

    def __init__(self, look: Look, pages: Sequence[Page]) -> None:
        super().__init__(look)
        self.setObjectName("rail")
        self._buttons = {page: RailButton(look, page) for page in pages}
        self._group = QButtonGroup(self)
        for button in self._buttons.values():
            self._group.addButton(button)
        buttons = self._buttons.values()
        self.setLayout(column(look, *buttons, 1, spacing=6, margins=(1, 8)))
        self._group.buttonClicked.connect(self._on_clicked)
        self.show_page(pages[0])

    @property
    def pages(self) -> Sequence[Page]:
        return tuple(self._buttons)

    def button(self, page: Page) -> RailButton:
        return self._buttons[page]

    def show_page(self, page: Page) -> None:
        """Mark the page in view; emits nothing."""
        self._buttons[page].setChecked(True)

    def _on_clicked(self, button: QAbstractButton) -> None:
        if isinstance(button, RailButton):
            self.chosen.emit(button.page)
