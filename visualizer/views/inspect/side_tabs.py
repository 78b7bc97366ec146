"""SideTabs: the panel at the right: Position, Filter, Why or Step."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget

from visualizer.scene.viewer import Viewer
from visualizer.session.session import Session
from visualizer.views.base.guard import Guarded
from visualizer.views.base.look import Look
from visualizer.views.filter.panel import FilterPanel
from visualizer.views.position.panel import PositionPanel
from visualizer.views.step.panel import StepPanel
from visualizer.views.why.panel import WhyPanel
from visualizer.views.widgets.controls import Segments

TABS = (
    ("position", "Position", "The sum behind the selected number (F)"),
    ("filter", "Filter", "What the selected filter answers to (F)"),
    ("why", "Why", "What of the digit makes this answer, or this number"),
    ("step", "Step", "Why a weight changed in the last step of training"),
)


class SideTabs(Guarded, QStackedWidget):
    """The panels Position, Filter, Why and Step, one of them in view; each has the tabs."""

    def __init__(self, look: Look, viewer: Viewer, session: Session) -> None:
        super().__init__()
        self.position = PositionPanel(look, viewer, session)
        self.filter = FilterPanel(look, viewer, session)
        self.why = WhyPanel(look, viewer, session)
        self.step = StepPanel(look, viewer, session)
        self._panels: dict[str, PositionPanel | FilterPanel | WhyPanel | StepPanel] = {
            "position": self.position,
            "filter": self.filter,
            "why": self.why,
            "step": self.step,
        }
        self._tabs: list[Segments] = []
        for panel in self._panels.values():
            tabs = Segments(TABS, "What is explained")
            tabs.chosen.connect(self.show_tab)
            panel.head.addWidget(tabs)
            self._tabs.append(tabs)
            self.addWidget(panel)
        self.filter.opened.connect(self._on_opened)

    @property
    def tab(self) -> str:
        return next(key for key, panel in self._panels.items() if panel is self.currentWidget())

    def show_tab(self, tab: str) -> None:
        """Bring a panel into view; the hidden one computes nothing."""
        self.setCurrentWidget(self._panels[tab])
        for tabs in self._tabs:
            tabs.show_choice(tab)

    def show_filter(self, wanted: bool) -> None:
        self.show_tab("filter" if wanted else "position")

    def show_why(self, wanted: bool) -> None:
        self.show_tab("why" if wanted else "position")

    def show_teaching(self) -> None:
        """Show where the digit in view is taught."""
        self.show_tab("why")
        self.why.try_out("taught")

    def show_step(self, wanted: bool) -> None:
        self.show_tab("step" if wanted else "position")

    def _on_opened(self) -> None:
        self.show_tab("position")
