"""Curves: loss and accuracy while the network trains. The plots are made after the first paint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout

from visualizer.session import Session
from visualizer.views.widgets.controls import stage_button
from visualizer.views.widgets.look import Look, Panel

if TYPE_CHECKING:
    from visualizer.views.inspect.curve_plot import CurvePlot
    from visualizer.views.inspect.smoothing import SmoothingSlider

REDRAW_MILLISECONDS = 350


class CurvesPanel(Panel):
    """Both plots, redrawn at most four times a second."""

    def __init__(self, look: Look, session: Session, on_stage: bool = False) -> None:
        super().__init__(look)
        self.setObjectName("panel")
        self.stage = stage_button(look)
        self.stage.setParent(self)
        self.stage.hide()
        self._on_stage = on_stage
        self._session = session
        self._made: tuple[CurvePlot, CurvePlot, SmoothingSlider] | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._timer = QTimer(self)
        self._timer.setObjectName("curves redraw")
        self._timer.setSingleShot(True)
        self._timer.setInterval(REDRAW_MILLISECONDS)
        self._timer.timeout.connect(self.refresh)
        session.runs.historyChanged.connect(self._on_history)
        session.runs.setupChanged.connect(self._on_history)
        session.study.changed.connect(self._on_altered)
        session.what_if.changed.connect(self._on_altered)

    @property
    def _parts(self) -> tuple[CurvePlot, CurvePlot, SmoothingSlider]:
        """What the panel holds; the library that draws loads when it is first needed."""
        if self._made is None:
            from visualizer.views.inspect.curve_plot import CurvePlot
            from visualizer.views.inspect.smoothing import SmoothingSlider

            smoothing = SmoothingSlider(self.look)
            smoothing.chosen.connect(self.refresh)
            loss = CurvePlot(self.look, "Loss", "loss")
            accuracy = CurvePlot(self.look, "Accuracy", "accuracy", smoothing)
            self._made = loss, accuracy, smoothing
            if not self._on_stage:
                accuracy.header.show_in_corner(self.stage)
            for plot in self.plots:
                self._row.addWidget(plot)
                plot.header.log.toggled.connect(self._on_history)
        return self._made

    @property
    def plots(self) -> tuple[CurvePlot, CurvePlot]:
        return self._parts[:2]

    @property
    def loss(self) -> CurvePlot:
        return self._parts[0]

    @property
    def accuracy(self) -> CurvePlot:
        return self._parts[1]

    @property
    def smoothing(self) -> SmoothingSlider:
        return self._parts[2]

    def _on_history(self) -> None:
        if self.isVisible() and not self._timer.isActive():
            self._timer.start()

    def _on_altered(self) -> None:
        if self._made is not None:
            self._on_history()

    @property
    def _altered_accuracy(self) -> float | None:
        """Share of right answers of the altered network, where one is in view and it is known."""
        session = self._session
        known = session.study.study if session.what_if.edits and session.study.fresh else None
        return known.responses.accuracy if known else None

    def showEvent(self, event: object) -> None:
        self._on_history()

    def refresh(self) -> None:
        """Draw the curves as they are now."""
        runs = self._session.runs
        for history in filter(None, (runs.history, runs.previous_history)):
            history.smoothing = self.smoothing.strength
        self.accuracy.show_altered(self._altered_accuracy)
        for plot in self.plots:
            plot.show_history(runs.history, runs.previous_history, runs.epochs)
