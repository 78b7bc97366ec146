"""TableView: the sizes, accuracies and speeds of all networks, and which of them to train."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QShowEvent

from visualizer.compare.comparison import Comparison
from visualizer.compare.measurements import ANSWERS, SPEEDS
from visualizer.compare.networks import ComparedNetwork
from visualizer.compare.sentences import objections
from visualizer.core.trained import not_compared
from visualizer.views.base.labels import Elided, label
from visualizer.views.base.layouts import column, row
from visualizer.views.base.look import Look, Panel
from visualizer.views.compare.table_grid import TableGrid
from visualizer.views.widgets.buttons import Button
from visualizer.views.widgets.progress_line import ProgressLine

MINE = (ANSWERS, SPEEDS)


class TableView(Panel):
    """A line per network; accuracies are computed by themselves, speeds when asked for."""

    def __init__(self, look: Look, comparison: Comparison, on_stage: bool = False) -> None:
        super().__init__(look)
        self._comparison, self._session = comparison, comparison.session
        self._on_stage = on_stage
        self._shown: list[ComparedNetwork] = []
        self._sought: object = None
        self.grid = TableGrid(look, on_stage)
        self.says = label(objections(), "explained" if on_stage else "", wraps=True)
        self.apart = label("", "explained" if on_stage else "caption", wraps=True)
        self.of = Elided(name="caption")
        measured = "Measure how long an epoch and a digit take, one after the other"
        self.speed = Button("Measure speed", measured, self._on_speed)
        self.train = Button(act=self._on_train)
        self.progress = ProgressLine(look)
        self.state = Elided(name="caption")
        self.cancel = Button("Cancel", act=self._on_cancel)
        self._lay_out()
        self.grid.wanted_changed.connect(self._show_state)
        self.grid.weights_chosen.connect(comparison.networks.choose)
        self.grid.refitted.connect(self._show_state)
        session = self._session
        for news in (
            comparison.networks.changed,
            comparison.measurements.changed,
            comparison.queue.changed,
            session.runs.setupChanged,
            session.runs.stateChanged,
            session.jobsChanged,
        ):
            news.connect(self._on_news)

    def _lay_out(self) -> None:
        look = self.look
        acts = row(look, self.train, self.speed, (self.of, 1), spacing=8)
        under_way = row(look, (self.state, 1), (self.progress, 1), self.cancel, spacing=8)
        parts = (self.grid, self.apart, acts, under_way, self.says)
        self.setLayout(column(look, *parts, 1, spacing=10))
        for widget in (self.train, self.speed):
            widget.setVisible(not self._on_stage)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._session.jobs.watch(self, *MINE)
        self._sought = None
        self._on_news()

    def resizeEvent(self, event: object) -> None:
        self._give_way()

    def _give_way(self) -> None:
        """Leave out the sentence on the stage where it would take the room of a network's row."""
        if self._on_stage:
            wide, apart = self.width(), self.theme.px(10)
            lines = (self.apart, self.says)
            rows = (each.heightForWidth(wide) + apart for each in lines if each.text())
            needed = self.grid.sizeHint().height() + sum(rows)
            others = 2 * (self.of.sizeHint().height() + apart)
            self.says.setVisible(needed + others <= self.height())

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._session.jobs.watch(self)

    def _on_news(self, news: object = None) -> None:
        if self.isVisible():
            self._show()
            self._find()

    def _find(self) -> None:
        """Compute the accuracies, once, while nothing trains."""
        comparison = self._comparison
        sought = comparison.models, comparison.measurements.digits
        if sought != self._sought and not self._session.runs.moving:
            self._sought = sought
            comparison.measurements.measure_answers(comparison.models)

    # What is shown

    def _show(self) -> None:
        comparison = self._comparison
        self._shown = list(comparison.networks.all)
        name = comparison.dataset.name
        self.grid.show_networks(self._shown, comparison.measurements, name)
        trained = {each.name: each.trained for each in self._shown if each.model is not None}
        self.apart.setText(not_compared(trained))
        self.apart.setVisible(bool(self.apart.text()))
        self._give_way()
        self._show_state()

    def _show_state(self, news: object = None) -> None:
        comparison, runs = self._comparison, self._session.runs
        queue, measurements = comparison.queue, comparison.measurements
        wanted = self.grid.wanted
        some, every = Qt.CheckState.PartiallyChecked, len(wanted) == len(self._shown)
        whole = Qt.CheckState.Checked if every else some if wanted else Qt.CheckState.Unchecked
        self.grid.every.setCheckState(whole)
        count = f"{len(wanted)} network{'s' if len(wanted) != 1 else ''}"
        self.train.setText(f"Train {count}" if wanted else "Train …")
        self.train.setToolTip(
            f"One after the other, with the recipe {runs.recipe.title} and seed {runs.seed}"
            if wanted
            else "Choose the networks at the left of the table"
        )
        self.train.setEnabled(bool(wanted) and not queue.active)
        answering, measuring = measurements.answering.busy, measurements.timing.busy
        self.speed.setEnabled(not (measuring or queue.active or runs.moving))
        dataset = comparison.dataset
        digits = f"{len(dataset.test):,} test digits of {dataset.name}"
        setup = f"recipe {runs.recipe.title}, seed {runs.seed}"
        left_out = self.grid.left_out
        accuracy = f"accuracy on {digits}"
        if left_out:
            accuracy += f" · {left_out} more columns in a wider window"
        said = accuracy if self._on_stage else f"{accuracy} · training: {setup}"
        self.of.show_text(said, accuracy, f"on {dataset.name}")
        busy = queue.active or answering or measuring
        for widget in (self.state, self.progress, self.cancel):
            widget.setVisible(busy)
        self.cancel.setVisible(busy and not self._on_stage)
        if queue.active:
            at = queue.names.index(queue.current) + 1
            self.state.show_text(f"Training {queue.current}, {at} of {len(queue.names)}")
            self.progress.show_progress(round(1000 * queue.done), 1000)
        elif busy:
            job = next(each for each in self._session.jobs.progress if each.key in MINE)
            self.state.show_text(job.name)
            self.progress.show_progress(job.done, job.total)

    # The user

    def _on_train(self) -> None:
        wanted = self.grid.wanted
        self._comparison.queue.start([it.network for it in self._shown if it.name in wanted])

    def _on_speed(self) -> None:
        self._comparison.measurements.measure_speeds(self._comparison.models)

    def _on_cancel(self) -> None:
        if self._comparison.queue.active:
            self._comparison.queue.cancel()
        else:
            self._comparison.measurements.answering.cancel()
            self._comparison.measurements.timing.cancel()

    def as_text(self) -> str:
        """Return the table as tab-separated values."""
        return self.grid.as_text()
