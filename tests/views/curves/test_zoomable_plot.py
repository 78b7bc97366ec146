"""What is in view: the whole run, or what the user has chosen, which stays."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.views.curves.runs import a_run, span
from tests.views.painted import unreadable_in
from visualizer.views.base.look import Look
from visualizer.views.curves.curve_plot import CurvePlot
from visualizer.views.curves.run_plot import LOWEST_ON_LOG


@pytest.mark.parametrize("history", [None, "run"])
def test_the_same_room_gives_the_same_ranges_whatever_was_known_first(
    history: str | None, plot: CurvePlot, look: Look, show: Any
) -> None:
    run = a_run() if history else None
    plot.show_history(run, (), 2)  # after it was shown, and then larger than before
    plot.resize(900, 500)
    QApplication.processEvents()
    before = CurvePlot(look, "Loss", "loss")
    before.show_history(run, (), 2)
    show(before, 900, 500)
    after = CurvePlot(look, "Loss", "loss")
    show(after, 900, 500)
    after.show_history(run, (), 2)
    QApplication.processEvents()
    assert span(before) == span(after) == span(plot)


def test_the_whole_run_is_in_view(plot: CurvePlot) -> None:
    plot.show_history(a_run(epochs=5), (), 5)
    (left, right), _ = span(plot)
    assert left <= 0
    assert right >= 5


def test_a_zoom_is_kept_while_data_arrive(plot: CurvePlot, qtbot: QtBot) -> None:
    run = a_run(100)
    plot.show_history(run, (), 2)
    plot.plot.choose((0.5, 1.0), (0.1, 0.2))
    held = span(plot)
    assert held[0] == pytest.approx((0.5, 1.0)) and held[1] == pytest.approx((0.1, 0.2))
    run.add_batch(2.02, 0.7, 0.9)
    plot.show_history(run, (), 2)
    assert span(plot) == held
    qtbot.mouseClick(plot.header.fit_button, Qt.MouseButton.LeftButton)
    assert span(plot) != held and plot.header.fit_button.isHidden()
    plot.show_history(a_run(epochs=9), (), 9)
    assert span(plot)[0][1] >= 9


def test_another_run_is_seen_whole(plot: CurvePlot) -> None:
    plot.show_history(a_run(100), (), 2)
    whole = span(plot)
    plot.plot.choose((0.5, 1.0), (0.1, 0.2))
    assert plot.header.fit_button.isVisible()
    plot.show_history(a_run(100), (), 2)
    assert span(plot) == whole and plot.header.fit_button.isHidden()


def wheel(plot: CurvePlot, at: QPointF, notches: int) -> None:
    where = plot.plot.mapToGlobal(at)
    turned, none = QPoint(0, 120 * notches), Qt.KeyboardModifier.NoModifier
    phase = Qt.ScrollPhase.NoScrollPhase
    buttons = Qt.MouseButton.NoButton
    event = QWheelEvent(at, where, QPoint(), turned, buttons, none, phase, False)
    QApplication.sendEvent(plot.plot, event)


@pytest.mark.parametrize("log", [False, True])
def test_the_wheel_zooms_around_the_pointer_and_never_far_from_the_data(
    log: bool, plot: CurvePlot
) -> None:
    plot.header.log.setChecked(log)
    plot.show_history(a_run(), (), 2)
    whole = span(plot)
    at = plot.plot.place(1.0, sum(whole[1]) / 2)
    wheel(plot, at, 3)
    near = span(plot)
    assert near[0][0] > whole[0][0] and near[0][1] < whole[0][1]
    epoch, value = plot.plot.value_at(at)
    assert epoch == pytest.approx(1.0) and value == pytest.approx(sum(whole[1]) / 2)
    below = QPointF(at.x(), plot.plot.height() - 4)
    wheel(plot, below, 2)  # on the axis below: along that one alone
    assert span(plot)[1] == near[1] and span(plot)[0] != near[0]
    for notches in (60, -200):
        wheel(plot, at, notches)
    plot.plot.choose((0.5, 2.02), near[1])  # the end of the run at the very edge
    assert unreadable_in(plot.plot) == []
    for notches in (60, -200):
        wheel(plot, at, notches)
        assert unreadable_in(plot.plot) == []
        assert len(plot.plot.y_ticks()) >= 1


def test_a_run_that_diverged_can_be_looked_at_where_it_still_learnt(plot: CurvePlot) -> None:
    history = a_run()
    history.loss.test.values[:] = 0.4, 3e20
    plot.show_history(history, (), 2)
    assert span(plot)[1][1] > 3e20
    plot.plot.choose((0.0, 1.0), (0.0, 2.5))
    assert span(plot)[1] == pytest.approx((0.0, 2.5))


@pytest.mark.parametrize("log", [True, False])
def test_what_still_learnt_is_drawn_beside_what_diverged(log: bool, plot: CurvePlot) -> None:
    history = a_run()
    history.loss.raw.values[150:] = history.loss.smooth.values[150:] = 3e20
    plot.show_history(history, (), 2)
    for on in (log, not log):  # both ways to switch it
        plot.header.log.setChecked(on)
    plot.header.log.setChecked(False)
    plot.plot.choose((0.0, 2.0), (0.0, 2.5))
    picture, x = plot.plot.grab().toImage(), plot.plot.place(0.5, 0).toPoint().x()
    train = plot.theme.color("train")
    drawn = [y for y in range(picture.height()) if picture.pixelColor(x, y) == train]
    line = plot.plot.place(0.5, float(history.loss.smooth.values[49])).y()
    assert drawn and max(abs(y + 0.5 - line) for y in drawn) <= 2


def test_dragging_moves_the_curves_with_the_pointer(plot: CurvePlot) -> None:
    plot.show_history(a_run(), (), 2)
    plot.plot.choose((0.5, 1.0), (0.1, 0.2))
    at = plot.plot.place(0.75, 0.15).toPoint()
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(plot.plot, left, pos=at)
    QTest.mouseMove(plot.plot, at + QPoint(-40, 10))
    QTest.mouseRelease(plot.plot, left, pos=at + QPoint(-40, 10))
    moved = plot.plot.place(0.75, 0.15).toPoint()
    assert (moved - at - QPoint(-40, 10)).manhattanLength() <= 2
    held = span(plot)
    QTest.mouseMove(plot.plot, at)
    assert span(plot) == held


def test_without_a_zoom_the_view_follows(plot: CurvePlot) -> None:
    plot.show_history(a_run(epochs=2), (), 2)
    first = span(plot)
    plot.show_history(a_run(epochs=7), (), 7)
    assert span(plot)[0][1] > first[0][1]


def test_the_log_toggle(plot: CurvePlot, qtbot: QtBot) -> None:
    history = a_run()
    history.loss.smooth.values[50] = 0.0
    plot.show_history(history, (), 2)
    qtbot.mouseClick(plot.header.log, Qt.MouseButton.LeftButton)
    plot.show_history(history, (), 2)
    _, y = plot.plot.smooth()
    assert np.isfinite(y).all()
    np.testing.assert_allclose(y[100], np.log10(history.loss.smooth.values[100]), rtol=1e-5)
    assert y.min() == pytest.approx(np.log10(LOWEST_ON_LOG))
    low, high = span(plot)[1]
    assert low < np.log10(history.loss.smooth.values[-1]) < high
    qtbot.mouseClick(plot.header.log, Qt.MouseButton.LeftButton)
    plot.show_history(history, (), 2)
    assert span(plot)[1][0] <= 0.01
