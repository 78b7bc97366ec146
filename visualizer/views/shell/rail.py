"""Rail: the slim bar on the left edge that leads to the pages."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QToolButton, QVBoxLayout

from visualizer.views.widgets.icons import icon
from visualizer.views.widgets.look import Look, Panel
from visualizer.views.widgets.theme import Theme


class Rail(Panel):
    """One button a page, the page in view marked.

    Signals
    -------
    chosen : int
        Index of the page that the user wants.
    """

    chosen = Signal(int)

    def __init__(self, look: Look, pages: Sequence[tuple[str, str]]) -> None:
        """`pages` are (icon, name)."""
        super().__init__(look)
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._icons = [name for name, _ in pages]
        self._group = QButtonGroup(self)
        self._column = QVBoxLayout(self)
        for position, (_, name) in enumerate(pages):
            button = QToolButton()
            button.setObjectName("railButton")
            button.setText(name)
            button.setToolTip(f"{name} (Ctrl+{position + 1})")
            button.setCheckable(True)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            self._group.addButton(button, position)
            self._column.addWidget(button)
        self._column.addStretch(1)
        self._group.button(0).setChecked(True)
        self._group.idClicked.connect(self.chosen)

    def show_page(self, index: int) -> None:
        """Mark the page in view; emits nothing."""
        self._group.button(index).setChecked(True)

    def apply_theme(self, theme: Theme) -> None:
        px = theme.px
        self._column.setContentsMargins(px(4), px(8), px(4), px(8))
        self._column.setSpacing(px(6))
        for name, button in zip(self._icons, self._group.buttons(), strict=True):
            button.setIcon(icon(name, theme.color("rail_ink"), px(20)))
            button.setIconSize(QSize(px(20), px(20)))
            button.setFixedSize(px(54), px(50))
