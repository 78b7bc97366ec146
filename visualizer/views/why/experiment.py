"""Experiment: something tried with the digit, found in the background while it is seen."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QHideEvent, QShowEvent

from visualizer.scene.scene import Scene
from visualizer.scene.viewer import Viewer
from visualizer.session.session import Session
from visualizer.system.cached_job import CachedJob
from visualizer.system.jobs import JobProgress
from visualizer.system.throttle import single_shot
from visualizer.views.base.look import Look
from visualizer.views.base.scene_panel import ScenePanel
from visualizer.views.widgets.progress_line import ProgressLine

SETTLE_MILLISECONDS = 250  # a digit that stays so long is experimented with


class Experiment(ScenePanel):
    """A panel of results that are looked for once the digit stays and the weights rest.

    A kind of experiment says `is_known`, `find_it` and `show_found`.
    """

    def __init__(
        self, look: Look, viewer: Viewer, session: Session, results: CachedJob[Any]
    ) -> None:
        super().__init__(look, viewer)
        self._session, self.why, self._results = session, session.why, results
        self.progress = ProgressLine(look)
        policy = self.progress.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # nothing moves when it comes and goes
        self.progress.setSizePolicy(policy)
        self._soon = single_shot(self, f"{results.key} soon", self._begin, SETTLE_MILLISECONDS)
        self.why.changed.connect(self.ask)
        results.changed.connect(self._on_news)
        session.jobsChanged.connect(self._on_jobs)
        session.runs.stateChanged.connect(self._on_run)

    # What a kind of experiment says

    def is_known(self) -> bool:
        """Return whether nothing has to be found for the scene in view."""
        raise NotImplementedError

    def find_it(self) -> None:
        """Begin to find the results."""
        raise NotImplementedError

    def show_found(self) -> None:
        """Show the results, as far as they are known; emits nothing."""
        raise NotImplementedError

    # When

    def ask(self) -> None:
        """Show what is known; what is not is soon looked for, if somebody sees it."""
        if self.isVisible():
            self.catch_up()
            self.show_found()
            self._wait(not self.is_known())

    def _wait(self, wanted: bool) -> None:
        if wanted:
            self._soon.start()
            self.why.waiting.add(self)
        else:
            self._soon.stop()
            self.why.waiting.discard(self)

    def _begin(self) -> None:
        """Begin, while the weights rest."""
        self.why.waiting.discard(self)
        if not self._session.runs.moving:
            self.find_it()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._session.jobs.watch(self, self._results.key)
        self.ask()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._session.jobs.watch(self)
        self._wait(False)

    def apply_theme(self, theme: object) -> None:
        if self.isVisible():
            self.show_found()

    def show_scene(self, old: Scene, new: Scene) -> None:
        if old.trace is not new.trace:
            self.ask()

    def _on_run(self, news: object) -> None:
        if self.isVisible() and not self._session.runs.moving and not self.is_known():
            self.ask()

    def _on_news(self) -> None:
        if self.isVisible():
            self.show_found()

    def _on_jobs(self, jobs: tuple[JobProgress, ...]) -> None:
        for job in jobs:
            if job.key == self._results.key and self.isVisible():
                self.progress.show_progress(job.done, job.total)
