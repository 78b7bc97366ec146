"""CurvesView: the training curves of the networks on the same axes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtGui import QShowEvent

from visualizer.compare.comparison import Comparison
from visualizer.core.history import decimate
from visualizer.views.base.labels import Elided
from visualizer.views.base.layouts import column, row
from visualizer.views.base.look import Look, Panel
from visualizer.views.curves.line_plot import Line, LinePlot
from visualizer.views.widgets.controls import Segments

POINTS = 600
QUANTITIES = (
    ("accuracy", "Accuracy", "Share of right answers in training, smoothed"),
    ("loss", "Loss", "Cross-entropy in training, smoothed"),
)


class CurvesView(Panel):
    """The smoothed training curves of every network that has any, by epochs."""

    def __init__(self, look: Look, comparison: Comparison) -> None:
        super().__init__(look)
        self._comparison, self._session = comparison, comparison.session
        self.title = Elided("Learning, smoothed", "caption")
        self.quantity = Segments(QUANTITIES, "Which curves are drawn")
        self.plot = LinePlot(look, "Training curves of the networks", "epochs")
        head = row(look, (self.title, 1), self.quantity)
        self.setLayout(column(look, head, (self.plot, 1), spacing=4))
        shown = comparison.shown
        self.quantity.chosen.connect(lambda curves: shown.choose(curves=curves))
        shown.changed.connect(self._on_news)
        comparison.networks.changed.connect(self._on_news)
        self._session.ticked.connect(self._on_tick)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show()

    def _on_news(self) -> None:
        if self.isVisible():
            self._show()

    def _on_tick(self) -> None:
        """Draw the curves anew while a queue trains."""
        queue = self._comparison.queue
        if self.isVisible() and queue.active:
            self._show()

    def _show(self, news: object = None) -> None:
        quantity = self._comparison.shown.now.curves
        self.quantity.show_choice(quantity)
        loss = quantity == "loss"
        lines, longest, runs = [], 1.0, self._session.runs
        for compared in self._comparison.networks.all:
            run = runs.registry.of(compared.network)
            if run is None or not len(run.history):
                continue
            curve = run.history.loss if loss else run.history.accuracy
            x, y = decimate(run.history.epoch.values, curve.smooth.values, POINTS)
            longest = max(longest, float(x[-1]))
            lines.append(Line(compared.name, x, y, compared.place, run.state.dataset))
        on = {line.note for line in lines}
        if len(on) == 1:  # then the title names the data set
            lines = [replace(line, note="") for line in lines]
        dataset = f" on {on.pop()}" if len(on) == 1 else ""
        self.title.show_text(f"Learning{dataset}, smoothed", f"Learning{dataset}", "Learning")
        known = np.concatenate(
            [line.y[np.isfinite(line.y)] for line in lines] or [np.zeros(0, np.float32)]
        )
        ends = (0.0, 1.0)
        if len(known):
            early = np.percentile(known, 97 if loss else 3)  # without the first, extreme batches
            ends = (0.0, float(max(early, 0.05))) if loss else (float(min(early, 0.95)), 1.0)
        self.plot.show_lines(
            lines,
            (0.0, longest),
            ends,
            shares=not loss,
            empty="No network has curves yet: train some.",
        )
