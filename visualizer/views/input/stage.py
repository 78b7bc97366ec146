"""AnswerStage: the digit and the network's answer, in the whole window."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy

from visualizer.scene.scene import Scene
from visualizer.scene.viewer import Viewer
from visualizer.session.easel import Easel
from visualizer.views.base.labels import Elided
from visualizer.views.base.layouts import column, row, sized
from visualizer.views.base.look import Look
from visualizer.views.base.scene_panel import ScenePanel
from visualizer.views.input.draw.pad import DrawingPad
from visualizer.views.input.draw.steps_to_input import StepsToInput
from visualizer.views.input.draw.tools import Centring, DrawTools, SizeSlider
from visualizer.views.input.words import source_forms, verdict_forms
from visualizer.views.widgets.digit_view import DigitView
from visualizer.views.widgets.probabilities import Probabilities

WAY = 0.6  # width of the drawing's steps to the input, as a share of the height


class AnswerStage(ScenePanel):
    """The digit at the left, as large as the room is high, beside the ten probabilities.

    A drawn digit is shown on the pad, with the tools, so that one can draw large.
    """

    def __init__(self, look: Look, viewer: Viewer, easel: Easel) -> None:
        super().__init__(look, viewer)
        self.digit = DigitView(look, viewer.scene.digit)
        self.digit.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.pad = DrawingPad(look, easel)
        self.tools = DrawTools(look, easel)
        self.size_slider = SizeSlider(look, easel)
        self.centring = Centring(easel)
        self.way = StepsToInput(look, easel, viewer.scene.digit)
        self.source = Elided(name="caption")
        self.verdict = Elided(name="counter")
        self.probabilities = Probabilities(look, viewer, role="explained")
        sized(look, self.size_slider, width=80)
        drawing = row(look, (self.tools, 1), self.size_slider, self.centring, spacing=6)
        told = (self.source, self.verdict, (self.probabilities, 1), self.way)
        answer = column(look, drawing, *told, spacing=6)
        self._row = row(look, (self.digit, 1), (self.pad, 1), (answer, 1), spacing=16)
        self.setLayout(self._row)
        for digit in (self.digit, self.way.digit):
            digit.hovered.connect(viewer.point)
        self._show(self.scene)

    def resizeEvent(self, event: object) -> None:
        """Fit the small pictures: as wide as WAY allows, and at most half of the stage."""
        width = min(round(self.height() * WAY), (self.width() - self._row.spacing()) // 2)
        self.way.setFixedWidth(width)
        self.way.fit(width, 2)

    def show_scene(self, old: Scene, new: Scene) -> None:
        self._show(new)

    def _show(self, scene: Scene) -> None:
        drawn = scene.digit.drawn
        self.digit.setVisible(not drawn)
        for part in (self.pad, self.tools, self.size_slider, self.centring, self.way):
            part.setVisible(drawn)
        self.source.setVisible(not drawn)
        self.source.show_text(*source_forms(scene))
        self.verdict.show_text(*verdict_forms(scene))
        for digit in (self.digit, self.way.digit):
            digit.show_digit(scene.digit)
            digit.show_pixels(scene.pixel, scene.pointed)
