"""AblationView: the accuracy that the network loses without each filter of a layer."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Signal

from visualizer.core.network.layer import Layer
from visualizer.filters.study import ABLATIONS, FilterStudy
from visualizer.session.session import Session
from visualizer.system.jobs import JobProgress
from visualizer.text.numbers import percent
from visualizer.views.base.labels import Elided
from visualizer.views.base.layouts import row, sized
from visualizer.views.base.look import Look
from visualizer.views.filter.section import Section
from visualizer.views.widgets.bars_view import BarsView
from visualizer.views.widgets.buttons import Button
from visualizer.views.widgets.progress_line import ProgressLine

BARS = 96
MOST = 512


class AblationView(Section):
    """The filters of a layer as bars, ranked by the accuracy lost without each.

    Each filter is switched off in turn, in the background.

    Signals
    -------
    chosen : int
        A filter's bar was clicked.
    asked
        The search has begun; its result should be brought into view.
    """

    chosen = Signal(int)
    asked = Signal()

    def __init__(self, look: Look, session: Session) -> None:
        super().__init__(look, "Which filters matter")
        self._session = session
        self._layer: Layer | None = None
        self._channel = 0
        self._order = np.zeros(1, np.intp)
        self.ask = Button("Switch each off", act=self._on_ask)
        self.stop = Button("Cancel", act=self._study.ablations.cancel)
        self.progress = ProgressLine(look)
        self.bars = sized(look, BarsView(look, compact=True), height=BARS)
        self.bars.setAccessibleName("What the network loses without each filter")
        self.words = Elided(name="caption")
        self.head.add(self.ask)
        under_way = row(look, self.stop, (self.progress, 1), spacing=8)
        self.column.add(under_way, self.bars, self.words)
        self.bars.clicked.connect(self._on_bar)
        self._study.changed.connect(self._show)
        session.jobsChanged.connect(self._on_jobs)

    @property
    def _study(self) -> FilterStudy:
        return self._session.study

    @property
    def ranking(self) -> list[int]:
        """The filters in order; the one whose absence costs most comes first."""
        return [int(channel) for channel in self._order]

    def show_filter(self, layer: Layer, channel: int) -> None:
        self._layer, self._channel = layer, channel
        self._show()

    def _show(self) -> None:
        layer = self._layer
        if layer is None:
            return
        few = layer.map_shape[2] <= MOST and layer.source(0) is None
        self.setVisible(few)
        if not few:
            return
        known, busy = self._study.without(layer.name), self._study.ablations.busy
        self.ask.setVisible(known is None)
        self.ask.setEnabled(not busy)  # it keeps its place, so that no other button moves there
        self.ask.setToolTip(f"Switch each filter of {layer.name} off in turn; see what it costs")
        for part in (self.stop, self.progress):
            part.setVisible(busy)
        for found in (self.bars, self.words):
            stays = found.sizePolicy()
            stays.setRetainSizeWhenHidden(busy)  # the result keeps its place from now on
            found.setSizePolicy(stays)
            found.setVisible(known is not None)
        if known is None:
            return
        lost = known.accuracy - known.without
        self._order = np.argsort(-lost, kind="stable")
        shown = np.asarray(lost[self._order] * 100, np.float32)
        names = [str(channel) for channel in self._order]
        self.bars.show_values(shown, max(float(np.abs(shown).max()), 1e-6), names)
        place = int(np.flatnonzero(self._order == self._channel)[0])
        self.bars.show_selection(place, -1)
        without = float(known.without[self._channel])
        what = "class" if layer.activation_name == "softmax" else "filter"
        self.words.show_text(
            f"Without {what} {self._channel}: {percent(without)} instead of "
            f"{percent(known.accuracy)}; number {place + 1} of {len(lost)}",
            f"Without {self._channel}: {percent(without)} instead of {percent(known.accuracy)}",
            f"Without {self._channel}: {percent(without)}",
        )

    def _on_jobs(self, jobs: tuple[JobProgress, ...]) -> None:
        mine = [job for job in jobs if job.key == ABLATIONS]
        if bool(mine) != self.stop.isVisibleTo(self):
            self._show()
        if mine and self.isVisible():
            self.progress.show_progress(mine[0].done, mine[0].total)

    def _on_ask(self) -> None:
        if self._layer is not None:
            self._study.switch_each_off(self._layer.name)
            self.asked.emit()

    def _on_bar(self, place: int) -> None:
        self.chosen.emit(int(self._order[place]))
