"""WhyPanel: what of the digit, and of the biases, makes the answer or the selected number."""

from __future__ import annotations

from typing import cast

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QScrollArea

from visualizer.scene.scene import Scene
from visualizer.scene.viewer import Viewer
from visualizer.session.session import Session
from visualizer.session.why import Subject
from visualizer.system.throttle import single_shot
from visualizer.views.base.labels import Elided
from visualizer.views.base.layouts import column, held, row, sized
from visualizer.views.base.look import Look
from visualizer.views.base.scene_panel import ScenePanel
from visualizer.views.base.theme import Theme
from visualizer.views.why.parts import WhyParts
from visualizer.views.why.teach_view import TeachView
from visualizer.views.why.wear_view import WearView
from visualizer.views.why.wipe_view import WipeView
from visualizer.views.widgets.controls import Segments, stage_button

SUBJECTS = (
    ("answer", "This answer", "Why this class and not the other; click the bars for others"),
    ("number", "This number", "What makes the selected number"),
)
EXPERIMENTS = (
    ("wiped", "Wiped out", "What is answered without the ink at each place"),
    ("worn", "Worn down", "When the network changes its mind while the digit wears down"),
    ("taught", "Taught", "What one step of learning from this digit does to all others"),
)


class WhyPanel(ScenePanel):
    """Two classes compared, or one number, as parts that add up; below, an experiment."""

    def __init__(self, look: Look, viewer: Viewer, session: Session) -> None:
        super().__init__(look, viewer)
        self.setObjectName("panel")
        self.why = session.why
        self.title = Elided(name="heading")
        self.subject = Segments(SUBJECTS, "What is taken apart")
        self.to_stage = stage_button(look)
        self.parts = parts = WhyParts(look, viewer, session.why, "body")
        self.experiment = Segments(EXPERIMENTS, "What is tried with the digit")
        self.wipe = sized(look, WipeView(look, viewer, session), least_height=170)
        self.wear = WearView(look, viewer, session)
        self.teach = TeachView(look, viewer, session)
        self._shown = session.experiment_shown
        self._after_maps = single_shot(self, "reasons after maps", self._on_after_maps)
        at_right = (0, 0, 12, 0)
        self.head = row(look, (self.title, 1), margins=at_right)
        choice = row(look, self.subject, 1, self.to_stage, margins=at_right)
        told = (parts.sentence, (parts.body, 1), parts.pixel, parts.table, parts.times)
        tried = (row(look, self.experiment, 1), self.wipe, self.wear, self.teach)
        inside = column(look, *told, *tried, spacing=8, margins=at_right)
        sized(look, parts.picture, least_height=110)
        self.area = scroll = QScrollArea()
        scroll.setAccessibleName("Why this answer")
        scroll.setWidget(held(inside, "panel"))
        scroll.setWidgetResizable(True)
        whole = (self.head, choice, (scroll, 1))
        self.setLayout(column(look, *whole, spacing=4, margins=(16, 8, 4, 6)))
        sized(look, self, least_width=280)
        self.subject.chosen.connect(lambda key: self.why.ask_about(cast(Subject, key)))
        self.why.changed.connect(self._on_question)
        self._into_view = single_shot(self, "experiment into view", self._on_into_view)
        self.experiment.chosen.connect(self.try_out)
        self.teach.grown.connect(self._into_view.start)
        self._shown.changed.connect(self._show_experiment)
        self._show_experiment()

    def apply_theme(self, theme: Theme) -> None:
        if self.isVisible():  # what nobody sees is not taken apart
            self._show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show()

    def show_scene(self, old: Scene, new: Scene) -> None:
        if old.trace is not new.trace or old.answer_hidden != new.answer_hidden:
            self._after_maps.start()
        elif old.selected != new.selected and self.why.subject == "number":
            self._show()
        elif (old.pointed, old.pixel) != (new.pointed, new.pixel):
            self.parts.point(new)

    def _on_after_maps(self) -> None:
        self._show()

    def _on_question(self) -> None:
        if self.isVisible():
            self.catch_up()
            self._show()

    def try_out(self, kind: str) -> None:
        """Bring an experiment into view, by its key."""
        self._shown.choose(kind=kind)
        self._into_view.start()

    def _show_experiment(self) -> None:
        """Show the experiment that was chosen; the others compute nothing."""
        kind = self._shown.now.kind
        self.experiment.show_choice(kind)
        self.wipe.setVisible(kind == "wiped")
        self.wear.setVisible(kind == "worn")
        self.teach.setVisible(kind == "taught")

    def _on_into_view(self) -> None:
        """Scroll down to the experiment, laid out anew."""
        bar = self.area.verticalScrollBar()
        bar.setValue(bar.maximum())

    def _show(self) -> None:
        self.subject.show_choice(self.why.subject)
        self.parts.show(self.scene)
        if self.parts.now is not None:
            self.title.show_text(*self.parts.now.title)
