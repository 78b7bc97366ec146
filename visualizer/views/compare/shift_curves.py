"""ShiftCurves: accuracy of every network on test digits moved by ever more pixels."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QHideEvent, QShowEvent

from visualizer.compare.comparison import Comparison
from visualizer.compare.measurements import SHIFTS, ShiftCurve
from visualizer.compare.sentences import about_shifts
from visualizer.core.trained import comparable
from visualizer.data.shift import MOST
from visualizer.system.jobs import JobProgress
from visualizer.views.base.labels import Elided, label
from visualizer.views.base.layouts import column, row
from visualizer.views.base.look import Look, Panel
from visualizer.views.curves.line_plot import Line, LinePlot
from visualizer.views.widgets.buttons import Button
from visualizer.views.widgets.controls import Segments
from visualizer.views.widgets.progress_line import ProgressLine

MANY, FEW = 1000, 200
WAYS = (
    ("right", "Sideways", "Digits moved left (negative) and right"),
    ("down", "Up and down", "Digits moved up (negative) and down"),
)
HOW_MANY = (
    ("all", "All digits", "Every test digit: exact, and takes minutes"),
    (str(MANY), f"{MANY:,}", f"The first {MANY:,} test digits: in a minute or less"),
    (str(FEW), f"{FEW:,}", f"The first {FEW:,} test digits: a first look, in seconds"),
)


class ShiftCurves(Panel):
    """One curve per trained network, computed in the background when asked for."""

    def __init__(self, look: Look, comparison: Comparison, on_stage: bool = False) -> None:
        super().__init__(look)
        self._comparison, self._session = comparison, comparison.session
        self._on_stage = on_stage
        self.title = Elided(name="caption")
        self.way = Segments(WAYS, "Which way the digits are moved")
        self.count = Segments(HOW_MANY, "How many test digits are moved")
        self.ask = Button("Test moved digits", act=self._on_ask)
        self.cancel = Button("Cancel", act=self._on_cancel)
        self.progress = ProgressLine(look, width=120)
        self.plot = LinePlot(look, "Accuracy against shift", "pixels moved")
        self.says = label("", "explained" if on_stage else "", wraps=True)
        acts = (self.progress, self.cancel, self.ask, self.count, self.way)
        head = row(look, (self.title, 1), *acts, spacing=8)
        self.setLayout(column(look, head, (self.plot, 1), self.says, spacing=4))
        for widget in (self.ask, self.cancel, self.count):
            widget.setVisible(not on_stage)
        shown = comparison.shown
        self.way.chosen.connect(lambda way: shown.choose(way=way))
        shown.changed.connect(self._on_news)
        self.count.chosen.connect(self._on_count)
        comparison.measurements.changed.connect(self._on_news)
        comparison.networks.changed.connect(self._on_news)
        self._session.jobsChanged.connect(self._on_jobs)
        comparison.moved.changed.connect(self._show_mark)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._session.jobs.watch(self, SHIFTS)
        self._show()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._session.jobs.watch(self)

    def _on_news(self) -> None:
        if self.isVisible():
            self._show()

    def _show(self, news: object = None) -> None:
        measurements, down = self._comparison.measurements, self._goes_down
        self.way.show_choice(self._comparison.shown.now.way)
        self.count.show_choice(str(measurements.shift_images or "all"))
        curves: dict[str, ShiftCurve] = {}
        trained = {each.name: each.trained for each in self._comparison.networks.all}
        lines, fellows = [], comparable(trained)
        for compared in self._comparison.networks.all:
            curve = measurements.shift(compared.model)
            if curve is not None:
                curves[compared.name] = curve
                x, y = curve.along(down)
                line = Line(
                    compared.name,
                    np.array(x, np.float32),
                    np.array(y, np.float32),
                    compared.place,
                    "" if compared.name in fellows else str(compared.trained),
                )
                lines.append(line)
        self.plot.show_lines(
            lines,
            (-MOST, MOST),
            (0.0, 1.0),
            whole=True,
            empty="How well does each network read digits that are moved? Test it.",
        )
        self.says.setText(about_shifts(curves, self._digits, trained))
        self.says.setVisible(bool(self.says.text()))
        name = self._comparison.dataset.name
        self.title.show_text(f"Accuracy on {self._digits}", f"Accuracy on {name}", f"on {name}")
        busy = measurements.shifting.busy
        found = [measurements.shift(model) for model in self._comparison.models]
        known = all(curve is not None and curve.whole for curve in found)
        self.progress.setVisible(busy)
        self.cancel.setVisible(busy and not self._on_stage)
        self.ask.setVisible(not known and not self._on_stage)
        self.ask.setEnabled(not busy)  # it keeps its place, so that Cancel does not move there
        self._show_mark()

    @property
    def _digits(self) -> str:
        measurements = self._comparison.measurements
        count, first = len(measurements.digits), measurements.shift_images
        name = self._comparison.dataset.name
        if first is None or first >= count:
            return f"all {count:,} test digits of {name}"
        return f"the first {first:,} test digits of {name}"

    @property
    def _goes_down(self) -> bool:
        """Whether the digits are moved down, not sideways."""
        return self._comparison.shown.now.way == "down"

    def _show_mark(self) -> None:
        pair = self._comparison.moved
        self.plot.show_mark(pair.dy if self._goes_down else pair.dx)

    def _on_jobs(self, jobs: tuple[JobProgress, ...]) -> None:
        for job in jobs:
            if job.key == SHIFTS and self.isVisible():
                self.progress.show_progress(job.done, job.total)

    def _on_count(self, choice: str) -> None:
        measurements = self._comparison.measurements
        measurements.shifting.cancel()
        measurements.shift_images = None if choice == "all" else int(choice)
        self._show()

    def play(self) -> None:
        """Test some digits, where nothing is known yet."""
        measurements = self._comparison.measurements
        if not any(measurements.shift(model) for model in self._comparison.models):
            self._on_count(str(FEW))
            self._on_ask()

    def _on_ask(self) -> None:
        self._comparison.measurements.measure_shifts(self._comparison.models)

    def _on_cancel(self) -> None:
        self._comparison.measurements.shifting.cancel()
