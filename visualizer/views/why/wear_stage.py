"""WearStage: when does the network change its mind? A digit worn down, in the whole window."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy

from visualizer.scene.scene import Scene
from visualizer.scene.viewer import Viewer
from visualizer.session.session import Session
from visualizer.views.base.labels import Elided
from visualizer.views.base.layouts import column, row
from visualizer.views.base.look import Look
from visualizer.views.base.scene_panel import ScenePanel
from visualizer.views.input.words import source_forms, verdict_forms
from visualizer.views.why.wear_view import WearView
from visualizer.views.widgets.digit_view import DigitView
from visualizer.views.widgets.probabilities import Probabilities


class WearStage(ScenePanel):
    """The sentence of the flips; below, the digit, the ten bars, and the curves with the slider."""

    def __init__(self, look: Look, viewer: Viewer, session: Session) -> None:
        super().__init__(look, viewer)
        self.wear = WearView(look, viewer, session, on_stage=True)
        self.digit = DigitView(look, viewer.scene.digit, ticks=False)
        self.digit.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.source = Elided(name="caption")
        self.verdict = Elided(name="counter")
        self.bars = Probabilities(look, viewer, role="explained")
        digit = column(look, self.source, (self.digit, 1), spacing=6)
        answer = column(look, self.verdict, (self.bars, 1), spacing=6)
        beside = row(look, (digit, 4), (answer, 3), (self.wear, 5), spacing=14)
        self.setLayout(column(look, self.wear.sentence, (beside, 1), spacing=8))
        self.bars.chosen.connect(self._on_class)
        self._show(self.scene)

    def show_scene(self, old: Scene, new: Scene) -> None:
        self._show(new)

    def _show(self, scene: Scene) -> None:
        self.digit.show_digit(scene.digit)
        self.source.show_text(*source_forms(scene))
        self.verdict.show_text(*verdict_forms(scene))

    def _on_class(self, label: int) -> None:
        self.wear.why.choose(self.scene, label)
