"""The Inspect page: input at the left, the network and its maps, the curves below."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from visualizer.session import Session
from visualizer.views.curves import CurvesPanel
from visualizer.views.input_panel import InputPanel
from visualizer.views.look import Look, Panel
from visualizer.views.maps_panel import MapsPanel
from visualizer.views.strip import NetworkStrip
from visualizer.views.theme import Theme


class InspectPage(Panel):
    """Lays out the panels; splitters between them can be moved and closed."""

    def __init__(self, look: Look, session: Session) -> None:
        super().__init__(look)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.input = InputPanel(look, session)
        self.strip = NetworkStrip(look, session)
        self.maps = MapsPanel(look, session)
        self.curves = CurvesPanel(look, session)
        self._middle = QWidget()
        self._column = QVBoxLayout(self._middle)
        self._column.addWidget(self.strip)
        self._column.addWidget(self.maps, 1)
        self.down = QSplitter(Qt.Orientation.Vertical)
        self.down.addWidget(self._middle)
        self.down.addWidget(self.curves)
        self.down.setCollapsible(0, False)
        self.across = QSplitter(Qt.Orientation.Horizontal)
        self.across.addWidget(self.input)
        self.across.addWidget(self.down)
        self.across.setCollapsible(1, False)
        for splitter, stretch in ((self.across, (0, 1)), (self.down, (1, 0))):
            splitter.setHandleWidth(1)
            for position, factor in enumerate(stretch):
                splitter.setStretchFactor(position, factor)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.across)
        self.maps.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.input.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.curves.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.apply_theme(look.theme)

    def apply_theme(self, theme: Theme) -> None:
        px = theme.px
        self._column.setContentsMargins(px(12), px(12), px(12), px(12))
        self._column.setSpacing(px(12))
        self.input.setMinimumWidth(px(208))
        self.curves.setMinimumHeight(px(112))

    def share_out(self) -> None:
        """Give every panel its part of the room, for a first start or after a zoom."""
        px = self.theme.px
        side = min(px(264), round(self.width() * 0.24))
        below = min(px(208), round(self.height() * 0.26))
        self.across.setSizes([side, self.width() - side])
        self.down.setSizes([self.height() - below, below])

    def layout_state(self) -> str:
        """Where the splitters stand, as text."""
        states = (splitter.saveState().toBase64() for splitter in (self.across, self.down))
        return ",".join(bytes(state.data()).decode() for state in states)

    def restore_layout(self, state: str) -> bool:
        """Put the splitters back; False if the text is not of this page."""
        parts = state.split(",")
        if len(parts) != 2:
            return False
        done = [
            splitter.restoreState(QByteArray.fromBase64(part.encode()))
            for splitter, part in zip((self.across, self.down), parts, strict=True)
        ]
        return all(done)
