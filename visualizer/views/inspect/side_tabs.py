"""SideTabs: the panel at the right: Position or Filter."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget

from visualizer.scene.viewer import Viewer
from visualizer.session.session import Session
from visualizer.views.base.guard import Guarded
from visualizer.views.base.look import Look
from visualizer.views.filter.panel import FilterPanel
from visualizer.views.position.panel import PositionPanel
from visualizer.views.widgets.controls import Segments

TABS = (
    ("position", "Position", "The sum behind the selected number (F: the other)"),
    ("filter", "Filter", "What the selected filter answers to (F: the other)"),
)


class SideTabs(Guarded, QStackedWidget):
    """The Position and the Filter panel, one of them in view, with the same tabs in both."""

    def __init__(self, look: Look, viewer: Viewer, session: Session) -> None:
        super().__init__()
        self.position = PositionPanel(look, viewer, session)
        self.filter = FilterPanel(look, viewer, session)
        self._tabs: list[Segments] = []
        for panel in (self.position, self.filter):
            tabs = Segments(TABS, "What is explained")
            tabs.chosen.connect(self.show_tab)
            panel.head.addWidget(tabs)
            self._tabs.append(tabs)
            self.addWidget(panel)
        self.filter.opened.connect(self._on_opened)

    @property
    def tab(self) -> str:
        return "position" if self.currentWidget() is self.position else "filter"

    def show_tab(self, tab: str) -> None:
        """Bring a panel into view; the hidden one computes nothing."""
        self.setCurrentWidget(self.position if tab == "position" else self.filter)
        for tabs in self._tabs:
            tabs.show_choice(tab)

    def show_filter(self, wanted: bool) -> None:
        self.show_tab("filter" if wanted else "position")

    def _on_opened(self) -> None:
        self.show_tab("position")
