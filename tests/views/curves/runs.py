"""Runs to be drawn, and what a plot shows of them."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF

from visualizer.core.history import History
from visualizer.views.curves.curve_plot import CurvePlot


def a_run(batches: int = 200, epochs: int = 2, seed: int = 0) -> History:
    numbers = np.random.default_rng(seed)
    history = History(epochs)
    for step in range(1, batches + 1):
        at = step / batches * epochs
        history.add_batch(at, 2.3 / step + numbers.random() * 0.1, min(1.0, step / batches))
    for epoch in range(1, epochs + 1):
        history.add_test(epoch, 0.5 / epoch, 0.9 + 0.01 * epoch)
    return history


def span(plot: CurvePlot) -> tuple[tuple[float, float], tuple[float, float]]:
    return plot.plot.x_ends, plot.plot.y_ends


def hover(plot: CurvePlot, epoch: float) -> None:
    at = QPointF(plot.plot.place(epoch, 0).x(), plot.plot.area.center().y())
    plot.plot.looked.emit(at)
