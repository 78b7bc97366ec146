"""AnswerStage: the digit and what the network takes it for, in the whole window."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from visualizer.scene import Scene
from visualizer.viewer import Viewer
from visualizer.views.inspect.digit_view import DigitView
from visualizer.views.inspect.input_panel import source_forms, verdict_forms
from visualizer.views.inspect.probabilities import Probabilities
from visualizer.views.widgets.look import Look
from visualizer.views.widgets.scene_panel import ScenePanel
from visualizer.views.widgets.theme import Theme
from visualizer.views.widgets.words import Elided


class AnswerStage(ScenePanel):
    """The digit at the left as large as the room is high, the ten probabilities beside it."""

    def __init__(self, look: Look, viewer: Viewer) -> None:
        super().__init__(look, viewer)
        self.digit = DigitView(look, viewer.scene.digit)
        self.digit.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.source = Elided(name="caption")
        self.verdict = Elided(name="counter")
        self.probabilities = Probabilities(look, viewer, role="explained")
        self._answer = QVBoxLayout()
        self._answer.addWidget(self.source)
        self._answer.addWidget(self.verdict)
        self._answer.addWidget(self.probabilities, 1)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.digit, 1)
        self._row.addLayout(self._answer, 1)
        self.digit.hovered.connect(viewer.point)
        self._show(self.scene)

    def apply_theme(self, theme: Theme) -> None:
        self._row.setSpacing(theme.px(16))
        self._answer.setSpacing(theme.px(6))
        super().apply_theme(theme)

    def show_scene(self, old: Scene, new: Scene) -> None:
        self._show(new)

    def _show(self, scene: Scene) -> None:
        self.source.show_text(*source_forms(scene.digit))
        self.verdict.show_text(*verdict_forms(scene))
        self.digit.show_digit(scene.digit)
        self.digit.show_field(scene.field(scene.shown))
        self.digit.show_pixels(scene.pixel, scene.pointed)
