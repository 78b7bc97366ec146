"""Curves: loss and accuracy while the network trains, and the moments of the run."""

from __future__ import annotations

import math

from PySide6.QtWidgets import QToolButton

from visualizer.runs.run import Run
from visualizer.session.session import Session
from visualizer.system.throttle import Throttle
from visualizer.views.base.layouts import column, row
from visualizer.views.base.look import Look, Panel
from visualizer.views.base.theme import Theme
from visualizer.views.curves.curve_plot import CurvePlot
from visualizer.views.curves.run_list import RunList, key_of
from visualizer.views.curves.run_plot import OtherCurve
from visualizer.views.curves.smoothing import SmoothingSlider
from visualizer.views.curves.time_bar import TimeBar
from visualizer.views.widgets.controls import IconButton, stage_button

REDRAW_SECONDS = 0.1  # at least, between two drawings
ROOM_FOR_TIME = 168  # of height at zoom 1: below it the plots have all of it
# Widths at zoom 1: below the first the list has the place of one plot, below the second of both.
ROOM_FOR_BOTH, ROOM_FOR_ONE = 720, 480


class CurvesPanel(Panel):
    """The plots of loss and accuracy, and under them the moments of the run.

    The line on the plots stands at the moment in view, and drags it. On the stage the plots lie one
    above the other, and several runs are listed beside them.
    """

    def __init__(
        self, look: Look, session: Session, on_stage: bool = False, listed: bool = True
    ) -> None:
        """Make the panel; `listed` is whether the runs can be listed beside the plots."""
        super().__init__(look)
        self.setObjectName("panel")
        self.to_stage = stage_button(look)
        self.to_flow = IconButton(look, "flow", "Gradient flow: how every layer learns")
        for button in (self.to_stage, self.to_flow):
            button.setParent(self)
            button.hide()
        self._session, self._on_stage, self._listed = session, on_stage, listed
        self._choices = session.curves_shown
        self.smoothing = SmoothingSlider(look)
        self.loss = CurvePlot(look, "Loss", "loss")
        self.accuracy = CurvePlot(look, "Accuracy", "accuracy", self.smoothing)
        self.plots = self.loss, self.accuracy
        if not on_stage:
            self.accuracy.header.show_in_corner(self.to_stage)
            self.loss.header.show_in_corner(self.to_flow)
        self.time = TimeBar(look, session)
        self.runs = RunList(look, session)
        self.list = QToolButton()
        self.list.setObjectName("flat")
        self.list.setCheckable(True)
        self.list.setToolTip("The runs of this session, and those kept from earlier ones")
        self._several = False
        self._lay_out()
        self._open_list()
        self._throttle = Throttle("curves redraw", self.refresh, self)
        self.list.toggled.connect(self._give_way)
        choose = self._choices.choose
        self.smoothing.chosen.connect(lambda strength: choose(smoothing=strength))
        self._choices.changed.connect(self._on_choices)
        for plot in self.plots:
            plot.header.log.clicked.connect(self._on_log)
            plot.pointed.connect(self._on_pointed)
            plot.handle.moved.connect(session.time.show_epoch)
            plot.plot.stepped.connect(session.time.step)
            plot.plot.ended.connect(self._on_ended)
        session.library.changed.connect(self._on_runs)
        session.time.changed.connect(self._on_time)
        session.runs.historyChanged.connect(self._on_history)
        session.runs.setupChanged.connect(self._on_history)
        session.study.changed.connect(self._on_altered)
        session.what_if.changed.connect(self._on_altered)

    def _lay_out(self) -> None:
        lay_out = column if self._on_stage else row
        plots = lay_out(self.look, (self.loss, 1), (self.accuracy, 1), spacing=0)
        beside = row(self.look, (plots, 1), self.runs, spacing=0)
        below = row(self.look, (self.time, 1), self.list, margins=(0, 0, 12, 0))
        self.setLayout(column(self.look, (beside, 1), below, spacing=0))

    def apply_theme(self, theme: Theme) -> None:
        self._give_way()

    def resizeEvent(self, event: object) -> None:
        self._give_way()

    def _give_way(self) -> None:
        """Give room to the plots first, then to the moments, then to the list of runs."""
        runs, room = self._session.library.runs, self.height() >= self.theme.px(ROOM_FOR_TIME)
        self.list.setText(f"Runs ({len(runs)})")
        some = len(runs) > self._on_stage  # on the stage only where there are several
        self.list.setVisible(some and room and self._listed)
        self.time.setVisible(self._session.time.available and room)
        beside = bool(runs) and room and self.list.isChecked()
        self.runs.setVisible(beside)
        for plot, wide in ((self.loss, ROOM_FOR_BOTH), (self.accuracy, ROOM_FOR_ONE)):
            across = not self._on_stage and self.width() < self.theme.px(wide)
            plot.setVisible(not (beside and across))

    def _on_history(self) -> None:
        """Draw the news of a run at once, so that all they change is painted together."""
        if self.isVisible():
            self._throttle.request()

    def _on_log(self) -> None:
        self._choices.choose(log=frozenset(p.kind for p in self.plots if p.header.log.isChecked()))

    def _on_choices(self) -> None:
        if self.isVisible():
            self.refresh()

    def _on_altered(self) -> None:
        if self.accuracy.plot.altered != self._altered_accuracy:
            self._on_history()

    @property
    def _altered_accuracy(self) -> float | None:
        """Share of right answers of the altered network in view; None where it is not known."""
        session = self._session
        known = session.study.results if session.what_if.edits and session.study.fresh else None
        return known.responses.accuracy if known else None

    def showEvent(self, event: object) -> None:
        self._on_history()

    def _open_list(self) -> None:
        """Open the list on the stage as soon as there is more than one run."""
        several = self._on_stage and self._listed and len(self._session.library.runs) > 1
        if several != self._several:
            self._several = several
            self.list.setChecked(several)

    def _on_runs(self) -> None:
        self._open_list()
        self._give_way()
        self._on_history()

    def _on_time(self) -> None:
        """Move the lines alone: the curves have not changed."""
        if not self.isVisible():
            return
        if self.time.isHidden() == self._session.time.available:
            self._give_way()
        self._place_handles()

    def _place_handles(self) -> None:
        time = self._session.time
        for plot in self.plots:
            plot.handle.show_moment(time.epoch if time.available else None, time.held is None)

    def _on_ended(self, last: bool) -> None:
        self._session.time.live() if last else self._session.time.show(0)

    def _on_pointed(self, key: int) -> None:
        library = self._session.library
        library.point(next((run for run in library.runs if key_of(run) == key), None))

    def refresh(self) -> None:
        """Draw the curves as they are now."""
        self._throttle.stop()
        self._throttle.hold_off(REDRAW_SECONDS)
        runs, library, chosen = self._session.runs, self._session.library, self._choices.now
        self.smoothing.show_strength(chosen.smoothing)
        for run in (library.in_view, *library.others):
            run.history.smoothing = chosen.smoothing
        self.accuracy.plot.altered = self._altered_accuracy
        others = [self._beside(run) for run in library.others if len(run.history)]
        ends = [float(other.history.epoch.values[-1]) * other.stretch for other in others]
        epochs = max([runs.epochs, *(math.ceil(end - 1e-6) for end in ends)])
        for plot in self.plots:
            plot.header.log.setChecked(plot.kind in chosen.log)
            plot.show_history(runs.history, others, epochs)
        self._place_handles()

    def _beside(self, run: Run) -> OtherCurve:
        """Return another run's curve, stretched so that as many images lie at one place."""
        images, own = run.train_images, self._session.library.in_view.train_images
        stretch = images / own if images and own else 1.0
        pointed = run is self._session.library.pointed
        return OtherCurve(key_of(run), run.name, run.history, stretch, pointed)
