"""Curves: every point of the run, its peaks kept, and the user's zoom respected."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot

from visualizer.core.history import History
from visualizer.run import Run
from visualizer.session import Session
from visualizer.views.inspect.curve_plot import LOWEST_ON_LOG, CurvePlot
from visualizer.views.inspect.curves import CurvesPanel
from visualizer.views.widgets.look import Look


def a_run(batches: int = 200, epochs: int = 2, seed: int = 0) -> History:
    numbers = np.random.default_rng(seed)
    history = History(epochs)
    for step in range(1, batches + 1):
        at = step / batches * epochs
        history.add_batch(at, 2.3 / step + numbers.random() * 0.1, min(1.0, step / batches))
    for epoch in range(1, epochs + 1):
        history.add_test(epoch, 0.5 / epoch, 0.9 + 0.01 * epoch)
    return history


@pytest.fixture
def plot(look: Look, show: Any) -> CurvePlot:
    made = CurvePlot(look, "Loss", "loss")
    show(made, 600, 260)
    return made


def points(item: Any) -> tuple[np.ndarray, np.ndarray]:
    """What a plot item draws, in the units of the data."""
    if item.xData is None:
        return np.zeros(0), np.zeros(0)
    return np.asarray(item.xData), np.asarray(item.yData)


def span(plot: CurvePlot) -> tuple[list[float], list[float]]:
    x, y = plot.plot.getViewBox().viewRange()
    return list(x), list(y)


def test_the_points_are_the_runs(plot: CurvePlot) -> None:
    history = a_run()
    plot.show_history(history, None, 2)
    for item, column in ((plot._raw, "loss"), (plot._smooth, "smooth_loss")):
        x, y = points(item)
        np.testing.assert_array_equal(x, history.epoch.values)
        np.testing.assert_array_equal(y, getattr(history, column).values)
    x, y = points(plot._test)
    np.testing.assert_array_equal(x, [1, 2])
    np.testing.assert_array_equal(y, history.test_loss.values)


def test_accuracy_draws_accuracy(look: Look, show: Any) -> None:
    plot = CurvePlot(look, "Accuracy", "accuracy")
    show(plot, 600, 260)
    history = a_run()
    plot.show_history(history, None, 2)
    np.testing.assert_array_equal(points(plot._raw)[1], history.accuracy.values)
    np.testing.assert_array_equal(points(plot._test)[1], history.test_accuracy.values)


def test_a_long_run_is_thinned_but_keeps_its_peaks(plot: CurvePlot) -> None:
    history = a_run(12_000)
    history.loss.values[7_777] = 31.0
    history.loss.values[5_555] = -2.0
    plot.show_history(history, None, 2)
    x, y = points(plot._raw)
    assert len(x) <= 2_000
    assert (y.max(), y.min()) == (31.0, -2.0)
    assert x[y.argmax()] == history.epoch.values[7_777]
    assert (np.diff(x) >= 0).all()


def test_the_run_before_stays_faintly(plot: CurvePlot) -> None:
    before = a_run(seed=1)
    plot.show_history(a_run(), before, 2)
    np.testing.assert_array_equal(points(plot._before)[1], before.smooth_loss.values)
    assert "run before" in plot.legend.text()
    assert plot._before.opts["pen"].color() != plot._smooth.opts["pen"].color()
    assert plot._before.opts["pen"].style() != plot._smooth.opts["pen"].style()
    plot.show_history(a_run(), None, 2)
    assert len(points(plot._before)[0]) == 0
    assert "run before" not in plot.legend.text()


def test_without_a_run_nothing_is_drawn(plot: CurvePlot) -> None:
    plot.show_history(a_run(), None, 2)
    plot.show_history(None, None, 5)
    assert len(points(plot._raw)[0]) == 0
    assert not plot.grab().isNull()
    (left, right), _ = span(plot)
    assert left <= 0
    assert right >= 5


def test_the_whole_run_is_in_view(plot: CurvePlot) -> None:
    plot.show_history(a_run(epochs=5), None, 5)
    (left, right), _ = span(plot)
    assert left <= 0
    assert right >= 5


def test_a_zoom_is_kept_while_data_arrive(plot: CurvePlot, qtbot: QtBot) -> None:
    plot.show_history(a_run(100), None, 2)
    box = plot.plot.getViewBox()
    box.setRange(xRange=(0.5, 1.0), yRange=(0.1, 0.2), padding=0)
    box.sigRangeChangedManually.emit(box.state["mouseEnabled"])
    held = span(plot)
    plot.show_history(a_run(300), None, 2)
    assert span(plot) == held
    qtbot.mouseClick(plot.fit_button, Qt.MouseButton.LeftButton)
    assert span(plot) != held
    plot.show_history(a_run(epochs=9), None, 9)
    assert span(plot)[0][1] >= 9


def test_without_a_zoom_the_view_follows(plot: CurvePlot) -> None:
    plot.show_history(a_run(epochs=2), None, 2)
    first = span(plot)
    plot.show_history(a_run(epochs=7), None, 7)
    assert span(plot)[0][1] > first[0][1]


def test_the_log_toggle(plot: CurvePlot, qtbot: QtBot) -> None:
    history = a_run()
    history.loss.values[50] = 0.0
    plot.show_history(history, None, 2)
    qtbot.mouseClick(plot.log, Qt.MouseButton.LeftButton)
    plot.show_history(history, None, 2)
    _, y = plot._raw.getData()
    assert np.isfinite(y).all()
    np.testing.assert_allclose(y[100], np.log10(history.loss.values[100]), rtol=1e-5)
    assert y.min() == pytest.approx(np.log10(LOWEST_ON_LOG))
    low, high = span(plot)[1]
    assert low < np.log10(history.loss.values[-1]) < high
    qtbot.mouseClick(plot.log, Qt.MouseButton.LeftButton)
    plot.show_history(history, None, 2)
    assert span(plot)[1][0] <= 0.01


def test_hover_reads_the_batch_under_the_pointer(plot: CurvePlot) -> None:
    history = a_run()
    plot.show_history(history, None, 2)
    box = plot.plot.getViewBox()
    at = 120
    scene = box.mapViewToScene(QPointF(float(history.epoch.values[at]), 0.1))
    plot.plot.scene().sigMouseMoved.emit(scene)
    text = plot.readout.toolTip() or plot.readout.text()
    assert f"epoch {history.epoch.values[at]:.2f}" in text
    assert f"{history.loss.values[at]:.4f}" in text
    assert f"{history.smooth_loss.values[at]:.4f}" in text


def test_hover_without_a_run_reads_nothing(plot: CurvePlot) -> None:
    plot.show_history(None, None, 2)
    plot.plot.scene().sigMouseMoved.emit(plot.plot.getViewBox().sceneBoundingRect().center())
    assert (plot.readout.toolTip() or plot.readout.text()) == ""


def test_lines_follow_theme_and_zoom(plot: CurvePlot, look: Look) -> None:
    widths = []
    for zoom in (1.0, 2.0):
        look.set_zoom(zoom)
        widths.append(plot._smooth.opts["pen"].widthF())
    assert widths[1] == pytest.approx(2 * widths[0])
    look.set_dark(True)
    assert plot._smooth.opts["pen"].color() == look.theme.color("train")
    assert plot.plot.backgroundBrush().color() == look.theme.color("panel")


# The panel


@pytest.fixture
def panel(look: Look, session: Session, show: Any) -> CurvesPanel:
    made = CurvesPanel(look, session)
    show(made, 1000, 240)
    return made


def test_stored_curves_are_shown(panel: CurvesPanel, session: Session, qtbot: QtBot) -> None:
    history = a_run()
    session.runs.show(Run.stored(session.viewer.scene.model, history))
    qtbot.waitUntil(lambda: len(points(panel.loss._raw)[0]) == 200)
    np.testing.assert_array_equal(points(panel.accuracy._raw)[1], history.accuracy.values)


def test_curves_grow_with_the_run_and_stay_after_reset(
    panel: CurvesPanel, short: Session, qtbot: QtBot
) -> None:
    short.train_or_pause()
    qtbot.waitUntil(lambda: len(points(panel.loss._raw)[0]) == 10, timeout=60_000)
    qtbot.waitUntil(lambda: len(points(panel.accuracy._test)[0]) == 1, timeout=60_000)
    drawn = points(panel.loss._smooth)[1].copy()
    short.reset()
    qtbot.waitUntil(lambda: len(points(panel.loss._before)[0]) == 10)
    np.testing.assert_array_equal(points(panel.loss._before)[1], drawn)
    assert len(points(panel.loss._raw)[0]) == 0


def test_many_events_are_one_redraw(
    panel: CurvesPanel, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    qtbot.waitUntil(lambda: not panel._timer.isActive())
    drawn: list[object] = []
    monkeypatch.setattr(panel.loss, "show_history", lambda *news: drawn.append(news))
    for _ in range(50):
        session.runs.historyChanged.emit()
    qtbot.waitUntil(lambda: not panel._timer.isActive())
    assert len(drawn) == 1
