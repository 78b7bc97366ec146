"""FilterStage: the digits that the selected channel answers to, in the whole window."""

from __future__ import annotations

from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout

from visualizer.core.responses import LayerResponses, Patch
from visualizer.filters.study import RESPONSES
from visualizer.scene.scene import Scene
from visualizer.scene.trail import Cell
from visualizer.scene.viewer import Viewer
from visualizer.session.session import Session
from visualizer.system.jobs import JobProgress
from visualizer.system.throttle import single_shot
from visualizer.text.filters import sentence
from visualizer.text.numbers import count
from visualizer.views.base.labels import Elided, Sentence, label
from visualizer.views.base.layouts import column, row
from visualizer.views.base.look import Look
from visualizer.views.base.scene_panel import ScenePanel
from visualizer.views.base.theme import Theme
from visualizer.views.filter.channel_words import badge_words, channel_name
from visualizer.views.filter.classes import ClassesView
from visualizer.views.filter.patches import PatchesView
from visualizer.views.maps.captions import channel_text
from visualizer.views.widgets.progress_line import ProgressLine

PATCHES = 9
# In pixels at zoom 1: the least side of a patch, and what is beside one and two rows of patches:
# their words, and 120 for the classes.
LEAST, BESIDE_ONE, BESIDE_TWO = 54, 258, 324


class FilterStage(ScenePanel):
    """The channel's nine strongest patches, its nine weakest, and its mean response by class.

    While the stage is seen, unknown responses of the weights in view are computed.
    """

    def __init__(self, look: Look, viewer: Viewer, session: Session) -> None:
        super().__init__(look, viewer)
        self._session = session
        self.name = Elided(name="heading", natural=True)
        self.of = Elided(name="caption")
        self.says = Sentence("explained")
        self.progress = ProgressLine(look)
        self.most = PatchesView(look, "The strongest patches", LEAST)
        self.least = PatchesView(look, "The weakest patches", LEAST)
        self.classes = ClassesView(look)
        self._soon = single_shot(self, "filter stage", self._show)
        self._titles = [
            label(words, "caption")
            for words in (
                "It answers most to",
                "It answers least to",
                "Mean of the strongest response a digit, by class; line: from quartile to quartile",
            )
        ]
        head = row(look, self.name, (self.of, 1), spacing=10)
        whole = column(look, head, self.says, self.progress, spacing=5)
        self._known = [self.most, self.least, self.classes]
        parts = [
            column(look, title, view, spacing=5)
            for title, view in zip(self._titles, self._known, strict=True)
        ]
        self._both = row(look, (parts[0], 1), (parts[1], 1), spacing=20)
        whole.add(self._both, (parts[2], 1))
        self.setLayout(whole)
        for patches in (self.most, self.least):
            patches.opened.connect(self._on_patch)
        session.study.changed.connect(self._on_news)
        session.jobsChanged.connect(self._on_jobs)

    def apply_theme(self, theme: Theme) -> None:
        self._show()

    def resizeEvent(self, event: object) -> None:
        """Let the patches grow with the room: they say more than taller bars."""
        high = self.height() / self.theme.zoom
        low = high < BESIDE_TWO + 2 * LEAST  # then both kinds of patches stand in one row
        way = QBoxLayout.Direction
        self._both.setDirection(way.LeftToRight if low else way.TopToBottom)
        largest = high - BESIDE_ONE if low else (high - BESIDE_TWO) / 2
        largest = max(largest, LEAST)
        for patches in (self.most, self.least):
            patches.show_at_most(largest)

    # What is shown

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._session.study.watch(self, True)
        self._show()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._session.study.watch(self, False)

    def show_scene(self, old: Scene, new: Scene) -> None:
        where = [(scene.selected.layer, scene.selected.channel) for scene in (old, new)]
        if where[0] != where[1] or old.model is not new.model:
            self._soon.start()

    def _on_news(self, news: object = None) -> None:
        if self.isVisible():
            self._soon.start()

    def _on_jobs(self, jobs: tuple[JobProgress, ...]) -> None:
        for job in jobs:
            if job.key == RESPONSES and self.isVisible():
                self.progress.show_progress(job.done, job.total)
        self._on_news()

    def _show(self) -> None:
        scene, study = self.scene, self._session.study
        channel = scene.selected.channel
        known = study.channel(scene.layer.name, channel)
        self.name.show_text(*channel_name(scene))
        self.progress.setVisible(study.responses.busy)
        for part in (*self._titles, *self._known):
            part.setVisible(known is not None)
        if known is None:
            self.of.show_text("")
            why = "What it answers to is not known."
            if study.layer(scene.layer.name) is not None:
                out = channel_text(scene, scene.selected)
                why = f"Class {out} is taken out of the softmax: it answers to nothing."
            self.says.show_text("Running all test digits …" if study.responses.busy else why, None)
        else:
            self._show_known(scene, known)

    def _show_known(self, scene: Scene, known: LayerResponses) -> None:
        channel, found = scene.selected.channel, self._session.study.results
        assert found is not None
        images, name = count(found.responses.images), found.dataset.name
        older = "" if self._session.study.fresh else ", of weights before"
        words = [] if scene.asked == "filter" else badge_words(known, channel)
        badges = "".join(f" · {word}" for word in words)
        self.of.show_text(f"all {images} test digits of {name}{older}{badges}", f"{images} digits")
        self.says.show_text(sentence(known, channel), (id(known), channel))
        ends = (
            (self.most, known.top(channel, PATCHES)),
            (self.least, known.bottom(channel, PATCHES)),
        )
        for view, patches in ends:
            layer, digits = scene.selected.layer, found.dataset.test
            view.show_patches(scene.network, layer, channel, digits, patches)
        self.classes.show_responses(known, channel)

    def _on_patch(self, patch: Patch) -> None:
        """Open a patch's digit at its cell; the stages before and after then show that cell."""
        cell = self.scene.selected
        self._session.show_digit(patch.digit)
        self.viewer.select(Cell(cell.layer, patch.row, patch.column, cell.channel))
