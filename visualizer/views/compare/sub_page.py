"""SubPage: one part of the Compare page: its title, and the view that is made when it is seen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visualizer.views.base.labels import Elided
from visualizer.views.base.look import Look, Panel
from visualizer.views.base.theme import Theme
from visualizer.views.widgets.controls import stage_button


class SubPage(Panel):
    """What nobody has looked at yet costs nothing."""

    def __init__(self, look: Look, title: str, make: Callable[[Look], QWidget]) -> None:
        super().__init__(look)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._make = make
        self.view: QWidget | None = None
        self.title = Elided(title, "heading")
        self.stage = stage_button(look)
        self.head = QHBoxLayout()
        self.head.addWidget(self.title, 1)
        self.head.addWidget(self.stage)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self.head)

    def apply_theme(self, theme: Theme) -> None:
        px = theme.px
        self._column.setContentsMargins(px(16), px(8), px(16), px(10))
        self._column.setSpacing(px(8))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.made()

    def made(self) -> QWidget:
        """The view."""
        if self.view is None:
            self.view = self._make(self.look)
            self._column.addWidget(self.view, 1)
        return self.view
