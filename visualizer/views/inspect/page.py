"""The Inspect page: input at the left, the network and its maps, the curves below."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from visualizer.session import Session
from visualizer.viewer import Viewer
from visualizer.views.inspect.curves import CurvesPanel
from visualizer.views.inspect.input_panel import InputPanel
from visualizer.views.inspect.maps_panel import MapsPanel
from visualizer.views.inspect.strip import NetworkStrip
from visualizer.views.position.panel import PositionPanel
from visualizer.views.widgets.look import Look, Panel
from visualizer.views.widgets.theme import Theme


class InspectPage(Panel):
    """Lays out the panels; splitters between them can be moved and closed."""

    def __init__(self, look: Look, viewer: Viewer, session: Session) -> None:
        super().__init__(look)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.input = InputPanel(look, viewer, session)
        self.strip = NetworkStrip(look, viewer)
        self.maps = MapsPanel(look, viewer)
        self.curves = CurvesPanel(look, session)
        self.position = PositionPanel(look, viewer, session)
        self.down = _splitter(Qt.Orientation.Vertical, (self.maps, self.curves), keep=0)
        self.beside = _splitter(Qt.Orientation.Horizontal, (self.down, self.position), keep=0)
        self._middle = QWidget()
        self._column = QVBoxLayout(self._middle)
        self._column.addWidget(self.strip)
        self._column.addWidget(self.beside, 1)
        self.across = _splitter(Qt.Orientation.Horizontal, (self.input, self._middle), keep=1)
        self.across.setObjectName("rule")
        self._splitters = (self.across, self.beside, self.down)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.across)
        self.maps.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.input.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.curves.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def apply_theme(self, theme: Theme) -> None:
        px = theme.px
        self._column.setContentsMargins(px(12), px(12), px(12), px(12))
        self._column.setSpacing(px(12))
        self.input.setMinimumWidth(px(200))
        self.curves.setMinimumHeight(px(112))
        for splitter in (self.beside, self.down):
            splitter.setHandleWidth(px(12))

    def share_out(self) -> None:
        """Give every panel its part of the room, for a first start or after a zoom."""
        px = self.theme.px
        side = min(px(264), round(self.width() * 0.21))
        self.across.setSizes([side, self.width() - side])
        rest = self.width() - side - px(24)
        explained = min(px(408), round(rest * (0.46 if self.theme.present else 0.42)))
        self.beside.setSizes([rest - explained, explained])
        below = min(px(208), round(self.height() * 0.26))
        self.down.setSizes([self.height() - below - px(160), below])

    def layout_state(self) -> str:
        """Where the splitters stand, as text."""
        states = (splitter.saveState().toBase64() for splitter in self._splitters)
        return ",".join(bytes(state.data()).decode() for state in states)

    def restore_layout(self, state: str) -> bool:
        """Put the splitters back; False if the text is not of this page."""
        parts = state.split(",")
        if len(parts) != len(self._splitters):
            return False
        done = [
            splitter.restoreState(QByteArray.fromBase64(part.encode()))
            for splitter, part in zip(self._splitters, parts, strict=True)
        ]
        return all(done)


def _splitter(way: Qt.Orientation, parts: tuple[QWidget, QWidget], keep: int) -> QSplitter:
    """Two panels with a handle between; the one at `keep` takes what room is left."""
    splitter = QSplitter(way)
    for part in parts:
        splitter.addWidget(part)
    splitter.setHandleWidth(1)
    splitter.setStretchFactor(keep, 1)
    splitter.setStretchFactor(1 - keep, 0)
    splitter.setCollapsible(keep, False)
    return splitter
