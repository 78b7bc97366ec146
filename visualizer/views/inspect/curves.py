"""Curves: loss and accuracy while the network trains. The plots are made after the first paint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout

from visualizer.session import Session
from visualizer.views.widgets.look import Look, Panel

if TYPE_CHECKING:
    from visualizer.views.inspect.curve_plot import CurvePlot

REDRAW_MILLISECONDS = 350


class CurvesPanel(Panel):
    """Both plots, redrawn at most four times a second."""

    def __init__(self, look: Look, session: Session) -> None:
        super().__init__(look)
        self.setObjectName("panel")
        self._session = session
        self._plots: tuple[CurvePlot, CurvePlot] | None = None
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

    @property
    def plots(self) -> tuple[CurvePlot, CurvePlot]:
        """Loss and accuracy; the library that draws them loads when they are first needed."""
        if self._plots is None:
            from visualizer.views.inspect.curve_plot import CurvePlot

            self._plots = (
                CurvePlot(self.look, "Loss", "loss"),
                CurvePlot(self.look, "Accuracy", "accuracy"),
            )
            for plot in self._plots:
                self._row.addWidget(plot)
                plot.log.toggled.connect(self._on_history)
        return self._plots

    @property
    def loss(self) -> CurvePlot:
        return self.plots[0]

    @property
    def accuracy(self) -> CurvePlot:
        return self.plots[1]

    def _on_history(self) -> None:
        if self.isVisible() and not self._timer.isActive():
            self._timer.start()

    def showEvent(self, event: object) -> None:
        self._on_history()

    def refresh(self) -> None:
        """Draw the curves as they are now."""
        runs = self._session.runs
        for plot in self.plots:
            plot.show_history(runs.history, runs.previous_history, runs.epochs)
