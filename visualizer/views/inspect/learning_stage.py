"""LearningStage: while a network learns, a digit, its answer, and the curves, side by side."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy

from visualizer.scene.scene import Scene
from visualizer.scene.viewer import Viewer
from visualizer.session.session import Session
from visualizer.views.base.labels import Elided
from visualizer.views.base.layouts import column, row
from visualizer.views.base.look import Look
from visualizer.views.base.scene_panel import ScenePanel
from visualizer.views.curves.curves import CurvesPanel
from visualizer.views.input.words import source_forms, verdict_forms
from visualizer.views.widgets.controls import IconButton
from visualizer.views.widgets.digit_view import DigitView
from visualizer.views.widgets.gear_box import GearBox
from visualizer.views.widgets.probabilities import Probabilities
from visualizer.views.widgets.run_words import NEXT_STEPS, run_words


class LearningStage(ScenePanel):
    """The digit and the ten probabilities beside loss and accuracy; above them, the run in words.

    At rest the words say which weights are shown.
    """

    def __init__(self, look: Look, viewer: Viewer, session: Session) -> None:
        super().__init__(look, viewer)
        self._session = session
        self.train = IconButton(look, "play", "Train", "round", session.train_or_pause)
        self.train.show_keys("Space")
        self.run = Elided(name="explained")
        self.gear = GearBox(session.runs)
        self.digit = DigitView(look, viewer.scene.digit, ticks=False)
        self.digit.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.source = Elided(name="caption")
        self.verdict = Elided(name="counter")
        self.probabilities = Probabilities(look, viewer, role="explained")
        self.curves = CurvesPanel(look, session, on_stage=True, listed=False)
        above = row(look, self.train, (self.run, 1), self.gear, spacing=10)
        digit = column(look, self.source, (self.digit, 1), spacing=6)
        answer = column(look, self.verdict, (self.probabilities, 1), spacing=6)
        parts = ((digit, 3), (answer, 3), (self.curves, 4))
        self.setLayout(column(look, above, (row(look, *parts, spacing=12), 1), spacing=6))
        for news in (session.runs.stateChanged, session.time.changed):
            news.connect(self._show_run)
        self._show(self.scene)

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self._show_run()

    def show_scene(self, old: Scene, new: Scene) -> None:
        self._show(new)

    def _show(self, scene: Scene) -> None:
        self.digit.show_digit(scene.digit)
        self.source.show_text(*source_forms(scene))
        self.verdict.show_text(*verdict_forms(scene))
        self._show_run()

    def _show_run(self, news: object = None) -> None:
        phase = self._session.runs.state.phase
        running = phase in ("starting", "running")
        self.train.show_icon("pause" if running else "play", NEXT_STEPS.get(phase, "Train"))
        self.run.show_text(*(run_words(self._session) or (self.scene.model.origin,)))
