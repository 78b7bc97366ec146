"""NetworkStage: the whole network at work, in the whole window."""

from __future__ import annotations

from PySide6.QtGui import QHideEvent, QShowEvent

from visualizer.scene.scene import Scene
from visualizer.scene.viewer import Viewer
from visualizer.text.numbers import count
from visualizer.views.base.labels import Elided
from visualizer.views.base.layouts import column, row
from visualizer.views.base.look import Look
from visualizer.views.base.scene_panel import ScenePanel
from visualizer.views.chain.network_view import NetworkView
from visualizer.views.maps.captions import describe

HINT = ("click a layer, a map or a cell: the other stages follow", "click a layer, a map or a cell")


class NetworkStage(ScenePanel):
    """Every layer's maps, the answers, and a line with the number of all parameters."""

    def __init__(self, look: Look, viewer: Viewer) -> None:
        super().__init__(look, viewer)
        self.setAccessibleName("The network from input to output")
        self.view = NetworkView(look, viewer)
        self.total = Elided(name="heading", natural=True)
        self.note = Elided(name="caption")
        foot = row(look, self.total, (self.note, 1), spacing=12)
        self.setLayout(column(look, (self.view, 1), foot, spacing=4))
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.viewer.lively.add(self)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.viewer.lively.discard(self)

    def show_scene(self, old: Scene, new: Scene) -> None:
        if (old.network, old.hovered) != (new.network, new.hovered):
            self._show()

    def _show(self) -> None:
        scene = self.scene
        total = count(scene.network.parameter_count)
        self.total.show_text(f"{total} parameters in all", f"{total} parameters")
        hovered = scene.hovered
        self.note.show_text(*(HINT if hovered is None else describe(scene, hovered)))
