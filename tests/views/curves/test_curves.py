"""Curves: every point of the run, its peaks kept, other runs beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.views.curves.runs import a_run, span
from visualizer.runs.run import Run
from visualizer.session.session import Session
from visualizer.views.base.look import Look
from visualizer.views.base.theme import contrast
from visualizer.views.curves.curve_plot import CurvePlot
from visualizer.views.curves.curves import CurvesPanel
from visualizer.views.curves.run_plot import TEST_SIZE, OtherCurve


def test_the_points_are_the_runs(plot: CurvePlot) -> None:
    history = a_run()
    plot.show_history(history, (), 2)
    x, y = plot.plot.smooth()
    np.testing.assert_array_equal(x, history.epoch.values)
    np.testing.assert_array_equal(y, history.loss.smooth.values)
    x, y = plot.plot.tests()
    np.testing.assert_array_equal(x, [1, 2])
    np.testing.assert_array_equal(y, history.loss.test.values)


def test_accuracy_draws_accuracy(look: Look, show: Any) -> None:
    plot = CurvePlot(look, "Accuracy", "accuracy")
    show(plot, 600, 260)
    history = a_run()
    plot.show_history(history, (), 2)
    np.testing.assert_array_equal(plot.plot.smooth()[1], history.accuracy.smooth.values)
    np.testing.assert_array_equal(plot.plot.tests()[1], history.accuracy.test.values)
    at, low, _ = plot.plot.band()
    assert np.interp(1.0, at, low) == pytest.approx(0.5, abs=0.02)


def test_every_batch_lies_in_the_band(plot: CurvePlot) -> None:
    history = a_run()
    plot.show_history(history, (), 2)
    at, low, high = plot.plot.band()
    epochs, losses = history.epoch.values, history.loss.raw.values
    assert (np.interp(epochs, at, low) <= losses + 1e-6).all()
    assert (np.interp(epochs, at, high) >= losses - 1e-6).all()


def test_a_long_run_is_thinned_but_keeps_its_peaks(plot: CurvePlot) -> None:
    history = a_run(12_000)
    history.loss.raw.values[7_777] = 31.0
    history.loss.raw.values[5_555] = -2.0
    plot.show_history(history, (), 2)
    at, low, high = plot.plot.band()
    assert 100 < len(at) <= 500
    assert len(plot.plot.smooth()[0]) <= 2_000
    assert (high.max(), low.min()) == (31.0, -2.0)
    assert abs(at[high.argmax()] - history.epoch.values[7_777]) < 0.02


@pytest.mark.parametrize("dark", [False, True])
def test_the_band_is_faint_and_the_smoothed_line_stands_out(
    plot: CurvePlot, look: Look, dark: bool
) -> None:
    look.set_dark(dark)
    history = a_run(12_000)
    history.loss.raw.values[6_301] = 0.4  # at epoch 1.05, between two lines of the grid
    plot.show_history(history, (), 2)
    picture = plot.plot.grab().toImage()

    def drawn(loss: float) -> float:
        color = picture.pixelColor(plot.plot.place(1.05, loss).toPoint())
        return contrast(color, look.theme.color("panel"))

    smooth = float(history.loss.smooth.values[6_299])
    assert 1.05 < drawn(0.23) < 2
    assert drawn(smooth) > 1.5 * drawn(0.23)
    assert drawn(0.53) < 1.02


@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize("kind", ["loss", "accuracy"])
def test_points_at_the_very_edge_are_drawn_whole(
    kind: str, log: bool, look: Look, show: Any
) -> None:
    """A perfect test after the last epoch, and the worst after the first."""
    history = a_run(epochs=2)
    for curve, worst, best in ((history.loss, 3.0, 0.0), (history.accuracy, 0.1, 1.0)):
        curve.test.values[:] = worst, best
    plot = CurvePlot(look, kind.title(), kind)
    show(plot, 400, 200)
    plot.header.log.setChecked(log)
    plot.show_history(history, (), 2)
    radius = plot.plot.theme.px(TEST_SIZE) / 2
    for x, y in zip(*plot.plot.tests(), strict=True):
        inside = plot.plot.area.adjusted(radius, radius, -radius, -radius)
        assert inside.contains(plot.plot.place(x, y))


def test_other_runs_are_drawn_in_colours_and_dashes_of_their_own(plot: CurvePlot) -> None:
    others = [OtherCurve(key, f"run {key}", a_run(seed=key)) for key in (1, 2, 3)]
    plot.show_history(a_run(), others, 2)
    looks = {(plot.theme.color("train").name(), Qt.PenStyle.SolidLine)}
    for other in others:
        drawn, pen = plot.plot.other(other)[1], plot.plot.other_pen(other)
        np.testing.assert_array_equal(drawn, other.history.loss.smooth.values)
        looks.add((pen.color().name(), pen.style()))
    colours, dashes = zip(*looks, strict=True)
    assert len(looks) == len(set(colours)) == len(set(dashes)) == 4
    assert "other runs" in plot.header.legend.text()
    plot.show_history(a_run(), others[1:], 2)
    assert [other.key for other in plot.plot.others] == [2, 3]
    plot.show_history(a_run(), (), 2)
    assert not plot.plot.others
    assert "other runs" not in plot.header.legend.text()


def test_another_run_has_all_its_points_where_one_zooms_in(plot: CurvePlot) -> None:
    other = OtherCurve(1, "long", a_run(12_000, seed=1))
    plot.show_history(a_run(), [other], 2)
    assert len(plot.plot.other(other)[0]) < 2_000
    plot.plot.choose((1.0, 1.05), span(plot)[1])
    epochs, _ = plot.plot.other(other)
    there = other.history.epoch.values
    assert set(there[(there > 1.0) & (there < 1.05)]) <= set(epochs)


def test_as_many_images_seen_lie_at_one_place(plot: CurvePlot) -> None:
    other = a_run(seed=1)
    half = OtherCurve(1, "half the digits", other, stretch=0.5)
    np.testing.assert_allclose(plot.plot.other(half)[0], other.epoch.values / 2)


def test_the_curve_pointed_at_stands_out_and_says_its_name(plot: CurvePlot, show: Any) -> None:
    other = OtherCurve(1, "small steps", a_run(seed=5))
    plot.show_history(a_run(), [other], 2)
    said: list[int] = []
    plot.pointed.connect(said.append)
    x, y = plot.plot.other(other)
    plot.plot.looked.emit(plot.plot.place(float(x[100]), float(y[100])))
    assert said[-1] == 1
    assert plot.header.readout.text() == "small steps"
    plot.plot.looked.emit(None)
    assert said[-1] == -1
    thick, thin = (plot.plot.other_pen(replace(other, pointed=on)).widthF() for on in (True, False))
    assert thick > thin


def test_without_a_run_nothing_is_drawn(plot: CurvePlot) -> None:
    plot.show_history(a_run(), (), 2)
    plot.show_history(None, (), 5)
    for drawn in (plot.plot.band(), plot.plot.smooth(), plot.plot.tests()):
        assert len(drawn[0]) == 0
    (left, right), _ = span(plot)
    assert left <= 0
    assert right >= 5


def test_lines_follow_theme_and_zoom(plot: CurvePlot, look: Look) -> None:
    other, widths = OtherCurve(1, "run 1", a_run(seed=1)), []
    for zoom in (1.0, 2.0):
        look.set_zoom(zoom)
        widths.append(plot.plot.other_pen(other).widthF())
    assert widths[1] == pytest.approx(2 * widths[0])
    look.set_dark(True)
    assert plot.plot.grab().toImage().pixelColor(1, 1) == look.theme.color("panel")


# The panel


@pytest.fixture
def panel(look: Look, session: Session, show: Any) -> CurvesPanel:
    made = CurvesPanel(look, session)
    show(made, 1000, 240)
    return made


def test_stored_curves_are_shown(panel: CurvesPanel, session: Session, qtbot: QtBot) -> None:
    history = a_run()
    session.runs.show(Run.stored(session.viewer.scene.model, history))
    qtbot.waitUntil(lambda: len(panel.loss.plot.smooth()[0]) == 200)
    drawn = panel.accuracy.plot.smooth()[1]
    np.testing.assert_array_equal(drawn, history.accuracy.smooth.values)


def test_curves_grow_with_the_run_and_stay_after_reset(
    panel: CurvesPanel, short: Session, qtbot: QtBot
) -> None:
    short.train_or_pause()
    qtbot.waitUntil(lambda: len(panel.loss.plot.smooth()[0]) == 10)
    qtbot.waitUntil(lambda: len(panel.accuracy.plot.tests()[0]) == 1)
    drawn = panel.loss.plot.smooth()[1].copy()
    short.reset()
    qtbot.waitUntil(lambda: bool(panel.loss.plot.others))
    np.testing.assert_array_equal(panel.loss.plot.other(panel.loss.plot.others[0])[1], drawn)
    assert len(panel.loss.plot.smooth()[0]) == 0


def test_many_events_are_two_redraws_at_most(
    panel: CurvesPanel, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    qtbot.waitUntil(lambda: not panel._throttle.pending)
    drawn: list[object] = []
    monkeypatch.setattr(panel.loss, "show_history", lambda *news: drawn.append(news))
    for _ in range(50):
        session.runs.historyChanged.emit()
    qtbot.waitUntil(lambda: not panel._throttle.pending)
    assert len(drawn) <= 2  # at once, and with all that came meanwhile


def test_the_smoothing_is_chosen_in_the_panel(
    panel: CurvesPanel, session: Session, qtbot: QtBot
) -> None:
    history = a_run(batches=900)
    session.runs.show(Run.stored(session.viewer.scene.model, history))
    qtbot.waitUntil(lambda: len(panel.loss.plot.smooth()[0]) == 900)
    slider = panel.smoothing
    assert slider.accessibleName() == "Smoothing"
    roughness = []
    for key in (Qt.Key.Key_End, Qt.Key.Key_Home):
        qtbot.keyClick(slider, key)
        for plot, curve in ((panel.loss, history.loss), (panel.accuracy, history.accuracy)):
            np.testing.assert_array_equal(plot.plot.smooth()[1], curve.smooth.values)
        roughness.append(float(np.abs(np.diff(panel.loss.plot.smooth()[1])[300:]).mean()))
    assert roughness[0] < 0.05 * roughness[1]
    np.testing.assert_allclose(panel.loss.plot.smooth()[1], history.loss.raw.values, rtol=1e-6)
    assert panel.smoothing.toolTip() == "Smoothing: none"
