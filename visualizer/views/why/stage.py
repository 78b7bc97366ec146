"""WhyStage: why this class and not another, in the whole window."""

from __future__ import annotations

from visualizer.scene.scene import Scene
from visualizer.scene.viewer import Viewer
from visualizer.session.session import Session
from visualizer.views.base.labels import Elided
from visualizer.views.base.layouts import column, row
from visualizer.views.base.look import Look
from visualizer.views.base.scene_panel import ScenePanel
from visualizer.views.base.theme import Theme
from visualizer.views.why.parts import WhyParts
from visualizer.views.why.wipe_view import WipeView
from visualizer.views.widgets.probabilities import Probabilities


class WhyStage(ScenePanel):
    """The ten bars, of which two are compared; the signed picture; and the table of the parts."""

    def __init__(self, look: Look, viewer: Viewer, session: Session) -> None:
        super().__init__(look, viewer)
        self.why = session.why
        self.title = Elided(name="counter")
        self.parts = parts = WhyParts(look, viewer, session.why, "explained")
        self.bars = Probabilities(look, viewer, role="body")
        self.wipe = WipeView(look, viewer, session)
        left = column(look, (self.bars, 1), (self.wipe, 1), spacing=8)
        picture = column(look, (parts.body, 1), parts.pixel, spacing=4)
        told = column(look, parts.table, parts.times, 1, spacing=8)
        beside = row(look, (left, 3), (picture, 5), (told, 5), spacing=16)
        self.setLayout(column(look, self.title, parts.sentence, (beside, 1), spacing=4))
        self.bars.chosen.connect(self._on_class)
        self.why.changed.connect(self._on_question)

    def apply_theme(self, theme: Theme) -> None:
        self._show()

    def show_scene(self, old: Scene, new: Scene) -> None:
        if old.trace is not new.trace or old.selected != new.selected:
            self._show()
        elif (old.pointed, old.pixel) != (new.pointed, new.pixel):
            self.parts.point(new)

    def _on_class(self, label: int) -> None:
        self.why.choose(self.scene, label)

    def _on_question(self) -> None:
        if self.isVisible():
            self._show()

    def _show(self) -> None:
        self.parts.show(self.scene)
        if self.parts.now is not None:
            self.title.show_text(*self.parts.now.title)
