"""FilterPanel: the digits that the selected channel answers to, over the whole test set."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QScrollArea,
)

from visualizer.core.edits import SetKernel, edited_layer
from visualizer.core.responses import LayerResponses, Patch, has_responses
from visualizer.filters.activation_max import KEY as ASCENT
from visualizer.filters.study import RESPONSES
from visualizer.scene.scene import Scene
from visualizer.scene.trail import Cell
from visualizer.scene.viewer import Viewer
from visualizer.session.session import Session
from visualizer.system.jobs import JobProgress
from visualizer.system.throttle import single_shot
from visualizer.text.filters import sentence
from visualizer.text.numbers import count, percent
from visualizer.views.base.labels import Elided, Sentence
from visualizer.views.base.layouts import column, held, row, sized
from visualizer.views.base.look import Look
from visualizer.views.base.scene_panel import ScenePanel
from visualizer.views.base.theme import Theme
from visualizer.views.filter.ablation_view import AblationView
from visualizer.views.filter.activation_max_view import ActivationMaxView
from visualizer.views.filter.channel_words import badge_words, channel_name
from visualizer.views.filter.kernel_view import KernelView
from visualizer.views.filter.responses_view import ResponsesView
from visualizer.views.filter.save_sheets import SaveSheets
from visualizer.views.filter.what_if_view import WhatIfView
from visualizer.views.widgets.buttons import Button
from visualizer.views.widgets.controls import IconButton, stage_button
from visualizer.views.widgets.progress_line import ProgressLine


class FilterPanel(ScenePanel):
    """One channel: its kernel, its responses, its best patches, and what happens without it.

    Signals
    -------
    opened
        The user opened a digit at the cell of its response and wants to see the sum.
    """

    opened = Signal()

    def __init__(self, look: Look, viewer: Viewer, session: Session) -> None:
        super().__init__(look, viewer)
        self.setObjectName("panel")
        self._session = session
        self.title = Elided(name="heading")
        self.sentence = Sentence(lines=2)  # enough for a what-if's longer text: nothing moves
        self.of = Elided(name="caption")
        self.to_stage = stage_button(look)
        self.sheets = SaveSheets(self, session)
        self.save = IconButton(
            look, "save", "Save sheets of this layer's filters", act=self._on_save
        )
        self.ask = Button("Find out now", act=session.study.ask)
        self.cancel = Button("Cancel", act=session.study.responses.cancel)
        self.progress = ProgressLine(look)
        stays = self.progress.sizePolicy()
        stays.setRetainSizeWhenHidden(True)  # nothing below moves when a pass begins or ends
        self.progress.setSizePolicy(stays)
        self.responses = ResponsesView(look, session)
        self.kernel = KernelView(look)
        self.ascent = ActivationMaxView(look, session.activation_max)
        self.what_if = WhatIfView(look, session.what_if)
        self.ablation = AblationView(look, session)
        self._after_maps = single_shot(self, "filter after maps", self._on_after_maps)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        look, at_right = self.look, (0, 0, 12, 0)
        self.head = row(look, (self.title, 1), margins=at_right)
        state = row(
            look, (self.of, 1), self.cancel, self.ask, self.save, self.to_stage, margins=at_right
        )
        parts = (self.responses, self.kernel, self.ascent, self.what_if, self.ablation)
        self.content = held(column(look, *parts, 1, spacing=14, margins=(0, 4, 12, 0)), "panel")
        self._scroll = QScrollArea()
        self._scroll.setAccessibleName("What the filter answers to")
        self._scroll.setWidget(self.content)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        bar = row(look, self.progress, margins=at_right)
        whole = (self.head, self.sentence, state, bar, (self._scroll, 1))
        self.setLayout(column(look, *whole, spacing=4, margins=(16, 8, 4, 6)))
        sized(look, self, least_width=280)

    def _connect(self) -> None:
        session = self._session
        for part in (session.study, session.what_if):
            part.changed.connect(self._on_news)
        session.runs.stateChanged.connect(self._on_run)
        session.jobsChanged.connect(self._on_jobs)
        self.responses.opened.connect(self._on_patch)
        self.kernel.edited.connect(self._on_kernel)
        self.what_if.asked.connect(session.study.ask)
        self.what_if.noticed.connect(session.noticed)
        self.ablation.chosen.connect(self._on_filter)
        self.ablation.asked.connect(self._on_ablation)

    def apply_theme(self, theme: Theme) -> None:
        self.of.setFixedHeight(self.cancel.sizeHint().height())
        self._show()

    # What is shown

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._session.study.watch(self, True)
        self._session.jobs.watch(self.ascent, ASCENT)
        self._show()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._session.study.watch(self, False)
        self._session.jobs.watch(self.ascent)

    def show_scene(self, old: Scene, new: Scene) -> None:
        if _filter(old) != _filter(new):
            self._show()
        elif old.model is not new.model:
            self._after_maps.start()

    def _on_news(self) -> None:
        if self.isVisible():
            self._after_maps.start()

    def _on_after_maps(self) -> None:
        """Show new weights or results, after the maps have been painted."""
        self._show()

    def _on_run(self, state: object) -> None:
        if self.isVisible():
            self._show_ascent(self._known)

    @property
    def _known(self) -> LayerResponses | None:
        scene = self.scene
        return self._session.study.channel(scene.layer.name, scene.selected.channel)

    @property
    def _is_out(self) -> bool:
        """Whether the channel is a class that was taken out of the softmax."""
        return self._known is None and self._session.study.layer(self.scene.layer.name) is not None

    def _show(self) -> None:
        """Show everything known about the selected channel."""
        scene, known = self.scene, self._known
        layer, channel = scene.layer, scene.selected.channel
        self.title.show_text(*channel_name(scene))
        self._show_known(known)
        self._show_state()
        self.responses.show_filter(scene, known)
        self.kernel.show_filter(scene, layer, channel)
        self._show_ascent(known)
        self._show_what_if()
        self.ablation.show_filter(layer, channel)

    def _show_known(self, known: LayerResponses | None) -> None:
        layer, channel = self.scene.layer, self.scene.selected.channel
        if known is not None:
            words = " · ".join(badge_words(known, channel))
            said = sentence(known, channel)
            if words:
                said = f'<b style="color:{self.theme.palette.warning}">{words}</b> · {said}'
        elif self._is_out:
            said = f"Class {channel} is taken out of the softmax: it answers to nothing."
        elif has_responses(layer):
            said = "What it answers to is not known yet."
        else:
            said = f"{layer.name} is too wide: its responses are not collected."
        self.sentence.show_text(said, _filter(self.scene))

    def _show_state(self) -> None:
        """Show which weights and digits the numbers are of, and the button to renew them."""
        session, study = self._session, self._session.study
        found, busy = study.results, study.responses.busy
        self.progress.setVisible(busy)
        self.cancel.setVisible(busy)
        self.ask.setVisible(busy or not study.fresh)
        self.ask.setEnabled(not busy)  # it keeps its place, so that no other button moves there
        if busy:
            digits = count(len(session.dataset.test))
            self.of.show_text(f"Running all {digits} test digits", "Running")
        elif found is None:
            self.of.show_text("")
        else:
            images, name = count(found.responses.images), found.dataset.name
            of = "" if study.fresh else f" · of {found.model.origin}, not the weights in view"
            short = "" if study.fresh else f" · of {found.model.origin}"
            self.of.show_text(f"All {images} test digits of {name}{of}", f"{images} digits{short}")

    def _show_ascent(self, known: LayerResponses | None) -> None:
        scene = self.scene
        cell, layer = scene.selected, scene.layer
        source = layer.source(cell.channel)
        best = None if known is None else float(known.strongest[:, cell.channel].max())
        rests = not self._session.runs.moving
        out = self._is_out
        self.ascent.setVisible((source is None or layer.map_shape[2] > 0) and not out)
        if not out:  # no input drives a class that was taken out of the softmax
            self.ascent.show_filter(scene.model, layer.name, cell.channel, best, rests)

    def complete(self) -> bool:
        """Return whether everything about the selected channel is known and shown."""
        scene = self.scene
        if not self._session.study.fresh or self._after_maps.isActive():
            return False
        seed = self.ascent.seed.value()
        of = (scene.model, scene.layer.name, scene.selected.channel, seed)
        found = self._session.activation_max.found(*of)
        return found is not None and found.done

    def _show_what_if(self) -> None:
        scene, study = self.scene, self._session.study
        layer, channel = scene.layer, scene.selected.channel
        try:
            by = edited_layer(scene.network, layer.name)
            why = "" if by is layer else f"Its values come from filter {channel} of {by.name}"
            if layer.activation_name == "softmax":
                why = f"Off takes class {channel} out of the softmax; × multiplies its logit"
            self.what_if.show_filter(layer.name, channel, True, why)
        except ValueError as error:
            self.what_if.show_filter(layer.name, channel, False, str(error))
        found, before = study.of(scene.model), study.of(self.viewer.unaltered)
        if not self._session.what_if.edits or found is None:
            self.what_if.show_accuracy("", known=found is not None)
            return
        now = percent(found.responses.accuracy)
        was = "" if before is None else f", {percent(before.responses.accuracy)} without"
        whole = f"Test accuracy with this change {now}{was}"
        self.what_if.show_accuracy(whole, f"Accuracy {now}{was}", f"Accuracy {now}", known=True)

    def _on_jobs(self, jobs: tuple[JobProgress, ...]) -> None:
        mine = [job for job in jobs if job.key == RESPONSES]
        if self.isVisible() and bool(mine) != self.cancel.isVisibleTo(self):
            self._show_state()
        if mine and self.isVisible():
            self.progress.show_progress(mine[0].done, mine[0].total)

    # The user

    def _on_save(self) -> None:
        self.sheets.offer(self.save.mapToGlobal(self.save.rect().bottomLeft()))

    def _on_patch(self, patch: Patch) -> None:
        cell = self.scene.selected
        self._session.show_digit(patch.digit)
        self.viewer.select(Cell(cell.layer, patch.row, patch.column, cell.channel))
        self.opened.emit()

    def _on_kernel(self, row: int, column: int, value: float) -> None:
        scene = self.scene
        self.what_if.add(SetKernel(scene.layer.name, scene.selected.channel, row, column, value))

    def _on_ablation(self) -> None:
        """Scroll to the place where the ranking will be."""
        self.ablation.column.activate()
        self.ablation.updateGeometry()  # a change inside reaches the outer layout only later
        self.content.resize(self.content.width(), self.content.sizeHint().height())
        self._scroll.ensureWidgetVisible(self.ablation)

    def _on_filter(self, channel: int) -> None:
        selected = self.scene.selected
        self.viewer.select(Cell(selected.layer, selected.row, selected.column, channel))


def _filter(scene: Scene) -> tuple[int, int]:
    return scene.selected.layer, scene.selected.channel
