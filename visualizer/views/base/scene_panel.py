"""ScenePanel: a panel that follows a viewer, and does nothing while it is hidden."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent

from visualizer.scene.scene import Scene
from visualizer.scene.viewer import Viewer
from visualizer.views.base.look import Look, Panel


class ScenePanel(Panel):
    """A panel that draws the viewer's newest scene; a hidden one catches up when it is shown."""

    def __init__(self, look: Look, viewer: Viewer) -> None:
        super().__init__(look)
        self.viewer = viewer
        self.scene = viewer.scene
        viewer.sceneChanged.connect(self._on_scene)

    def show_scene(self, old: Scene, new: Scene) -> None:
        """Draw what differs between the old and the new scene; emits nothing."""
        raise NotImplementedError

    def catch_up(self) -> None:
        """Draw the viewer's scene if the panel still shows an older one."""
        new = self.viewer.scene
        if new is not self.scene:
            old, self.scene = self.scene, new
            self.show_scene(old, new)
            if old.asked != new.asked:  # "?" comes or goes anywhere on the panel
                self.apply_theme(self.theme)

    def _on_scene(self, old: Scene, new: Scene) -> None:
        if self.isVisible():
            self.catch_up()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.catch_up()
