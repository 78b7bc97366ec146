"""FlowStage: how large the gradient and the update of every layer are, while the network trains."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent

from visualizer.core.flow import LOOKED_AT, USUAL, Flow, diagnoses, learning_layers
from visualizer.runs.run import Run
from visualizer.session.session import Session
from visualizer.system.throttle import Throttle
from visualizer.text.flow import (
    BAND,
    BEFORE,
    NOT_KEPT,
    NOTHING_YET,
    diagnosis_sentence,
    flow_sentence,
)
from visualizer.views.base.labels import Elided, Sentence
from visualizer.views.base.layouts import column
from visualizer.views.base.look import Look, Panel
from visualizer.views.base.theme import Theme
from visualizer.views.curves.flow_plot import FlowPlot
from visualizer.views.curves.ticks import rounded_up

REDRAW_SECONDS = 0.1  # at least, between two drawings
GRADIENT = (
    "Size of the gradient: the root mean square over a layer's weights and biases",
    "Size of the gradient: root mean square of each layer",
    "Size of the gradient",
)
UPDATE = (
    "Update / weights: the length of one batch's change over the length of a layer's weights",
    "Update / weights of one batch, in each layer",
    "Update / weights",
)


class FlowStage(Panel):
    """What is wrong with a layer in a sentence, and two plots with a line for every layer.

    The values are those of the moment in view. What nobody sees is not drawn.
    """

    def __init__(self, look: Look, session: Session) -> None:
        super().__init__(look)
        self._session = session
        self.sentence = Sentence("explained", lines=2)
        self.gradient_title, self.update_title = Elided(name="heading"), Elided(name="heading")
        self.gradient_title.show_text(*GRADIENT)
        self.update_title.show_text(*UPDATE)
        self.gradients = FlowPlot(look, GRADIENT[-1])
        self.ratios = FlowPlot(look, UPDATE[-1], USUAL)
        self.band = Elided(BAND, "caption")
        above = (self.gradient_title, (self.gradients, 1))
        below = (self.update_title, (self.ratios, 1), self.band)
        self.setLayout(column(look, self.sentence, *above, *below, spacing=4))
        self._throttle = Throttle("gradient flow redraw", self.refresh, self)
        session.runs.historyChanged.connect(self._on_news)
        session.time.changed.connect(self._on_news)

    def apply_theme(self, theme: Theme) -> None:
        self._on_news()

    def showEvent(self, event: QShowEvent) -> None:
        self._on_news()

    def _on_news(self) -> None:
        if self.isVisible():
            self._throttle.request()

    def refresh(self) -> None:
        """Draw what has been measured, and say what is wrong at the moment in view."""
        self._throttle.stop()
        self._throttle.hold_off(REDRAW_SECONDS)
        run, held = self._session.runs.run, self._session.time.held
        flow, names = run.history.flow, [at.name for at in learning_layers(run.model.network)]
        known = bool(len(flow))
        empty = "" if known else NOT_KEPT if len(run.history) else NOTHING_YET
        until = len(flow) if held is None else flow.until(held.epoch)
        at = float(flow.epochs[until - 1]) if until else None
        end = _end(run)
        for plot, values in ((self.gradients, flow.gradients), (self.ratios, flow.ratios)):
            plot.show_flow(names, flow.epochs, values, end, empty)
            plot.show_mark(at)
        for widget in (self.gradient_title, self.update_title, self.ratios, self.band):
            widget.setVisible(known)
        said = self._said(run, flow, until, names) if known else ""
        self.sentence.show_text(said, run)

    def _said(self, run: Run, flow: Flow, until: int, names: list[str]) -> str:
        found = diagnoses(run.model.network, flow.last(LOOKED_AT, until))
        if found:
            return " ".join(map(diagnosis_sentence, found))
        return flow_sentence(flow[until - 1], names) if until else BEFORE


def _end(run: Run) -> float:
    """Return where the axis of epochs ends: a little past what is done, so that it rarely moves."""
    done = float(run.history.epoch.values[-1]) if len(run.history) else 0.0
    return min(rounded_up(done), float(max(run.history.epochs, 1))) if done else 1.0
