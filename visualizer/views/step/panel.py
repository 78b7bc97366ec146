"""StepPanel: why a weight changed in the last step; StepView: what it shares with the stage."""

from __future__ import annotations

from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QScrollArea

from visualizer.scene.scene import Scene
from visualizer.scene.viewer import Viewer
from visualizer.session.last_step import TAKING_APART
from visualizer.session.session import Session
from visualizer.system.jobs import JobProgress
from visualizer.views.base.labels import Elided
from visualizer.views.base.layouts import column, held, row, sized
from visualizer.views.base.look import Look
from visualizer.views.base.scene_panel import ScenePanel
from visualizer.views.step.parts import StepParts
from visualizer.views.widgets.controls import stage_button


class StepView(ScenePanel):
    """A view of the last step; it is taken apart in the background while it is seen."""

    def __init__(self, look: Look, viewer: Viewer, session: Session, large: bool = False) -> None:
        super().__init__(look, viewer)
        self._session = session
        self.parts = StepParts(look, session, large, self)
        session.last_step.changed.connect(self._on_news)
        session.runs.stateChanged.connect(self._on_news)
        session.jobsChanged.connect(self._on_jobs)

    def apply_theme(self, theme: object) -> None:
        self._on_news()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._session.jobs.watch(self, TAKING_APART)
        self._on_news()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._session.jobs.watch(self)

    def show_scene(self, old: Scene, new: Scene) -> None:
        if old.selected != new.selected or old.network is not new.network:
            self._on_news()

    def _on_news(self, news: object = None) -> None:
        if not self.isVisible():
            return
        self.catch_up()
        model = self._session.last_step
        if not (self._session.runs.moving or model.found.busy):
            model.find()
        self.parts.show(self.scene)
        self.parts.progress.setVisible(model.found.busy)

    def _on_jobs(self, jobs: tuple[JobProgress, ...]) -> None:
        for job in jobs:
            if job.key == TAKING_APART and self.isVisible():
                self.parts.progress.show_progress(job.done, job.total)


class StepPanel(StepView):
    """The last step in the panel at the right of Inspect."""

    def __init__(self, look: Look, viewer: Viewer, session: Session) -> None:
        super().__init__(look, viewer, session)
        self.setObjectName("panel")
        self.to_stage = stage_button(look)
        parts, at_right = self.parts, (0, 0, 4, 0)
        sized(look, parts.batch, height=96)
        sized(look, parts.bars, height=56)
        sized(look, parts.products, height=120)
        self.title = Elided(name="heading")
        self.title.show_text("The last step", "Last step")
        self.head = row(look, (self.title, 1), margins=at_right)
        which = row(look, (parts.weight, 1), parts.input, parts.bias, spacing=6)
        inside = column(
            look,
            *(parts.said, parts.batch, parts.digit, which, parts.grids, parts.moved),
            *(parts.gradient, parts.bars, parts.rule, parts.lines),
            *(parts.products_title, parts.products, parts.listed, 1),
            spacing=6,
            margins=at_right,
        )
        scroll = QScrollArea()
        scroll.setAccessibleName("The last step")
        scroll.setWidget(held(inside, "panel"))
        scroll.setWidgetResizable(True)
        below = row(look, (parts.title, 1), self.to_stage, margins=at_right)
        whole = (self.head, below, parts.progress, (scroll, 1))
        self.setLayout(column(look, *whole, spacing=4, margins=(16, 8, 4, 6)))
        sized(look, self, least_width=280)
