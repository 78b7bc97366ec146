"""Curves: every point of the run, its peaks kept, and the user's zoom respected."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.views.painted import unreadable_in
from visualizer.core.history import History
from visualizer.runs.run import Run
from visualizer.session.session import Session
from visualizer.views.base.look import Look
from visualizer.views.base.theme import contrast
from visualizer.views.curves.curve_plot import CurvePlot
from visualizer.views.curves.curves import CurvesPanel
from visualizer.views.curves.run_plot import LOWEST_ON_LOG, TEST_SIZE, OtherCurve
from visualizer.views.curves.smoothing import SmoothingSlider
from visualizer.views.curves.ticks import log_ticks, ticks_down


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


def span(plot: CurvePlot) -> tuple[tuple[float, float], tuple[float, float]]:
    return plot.plot.x_ends, plot.plot.y_ends


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


def test_axes_that_change_beneath_something_show_their_new_numbers(
    plot: CurvePlot, qtbot: QtBot
) -> None:
    """As beneath a notice, at the first start: what was covered is painted anew."""

    def painted() -> QImage:
        pictures = [QImage()]

        def stays() -> bool:
            pictures.append(plot.screen().grabWindow(plot.winId()).toImage())
            return pictures[-1] == pictures[-2]

        plot.update()
        QApplication.processEvents()
        qtbot.waitUntil(stays)
        return pictures[-1]

    cover = QWidget(plot)
    cover.setAutoFillBackground(True)
    cover.setGeometry(plot.rect().adjusted(0, 40, 0, 0))
    seen = []
    for covered in (False, True):
        plot.show_history(None, (), 5)
        painted()
        cover.setVisible(covered)
        painted()
        plot.show_history(a_run(), (), 2)
        painted()
        cover.hide()
        seen.append(painted())
    assert seen[0] == seen[1]


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
        assert unreadable_in(plot.plot) == []
        assert len(plot.plot.y_ticks()) >= 1


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


@pytest.mark.parametrize(
    ("low", "high", "most", "labels"),
    [
        (-2, 0, 9, ["0.01", "0.02", "0.05", "0.1", "0.2", "0.5", "1"]),
        (-5, 1, 6, ["0.00001", "0.0001", "0.001", "0.01", "0.1", "1", "10"]),
        (-5, 1, 4, ["0.00001", "0.001", "0.1", "10"]),
        (-5, 1, 12, ["0.00001", "0.0001", "0.001", "0.01", "0.1", "1", "10"]),
        (-0.097, 0, 6, ["0.80", "0.85", "0.90", "0.95", "1"]),
        (-1.1, 0.2, 1, ["1"]),
    ],
)
def test_log_labels_are_round_and_apart(
    low: float, high: float, most: int, labels: list[str]
) -> None:
    values = log_ticks(low, high, most)
    gaps = np.diff(values)
    assert (gaps >= (high - low) / most - 1e-9).all()
    marks = ticks_down(low, high, most, log=True)
    assert marks == list(zip(values, [text for _, text in marks], strict=True))
    assert [float(text) for _, text in marks] == [float(text) for text in labels]


@pytest.mark.parametrize(
    ("low", "high", "most", "values"),
    [
        (0.68, 1.03, 2, [0.8, 1.0]),
        (0.68, 1.03, 7, [0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0]),
        (-0.1, 2.6, 1, [0.0]),
        (-0.1, 2.6, 6, [0.0, 0.5, 1.0, 1.5, 2.0, 2.5]),
    ],
)
def test_linear_labels_are_as_many_as_there_is_room_for(
    low: float, high: float, most: int, values: list[float]
) -> None:
    assert [value for value, _ in ticks_down(low, high, most)] == pytest.approx(values)


@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize("zoom", [1.0, 1.75, 3.0])
@pytest.mark.parametrize("height", [120, 260])
@pytest.mark.parametrize("worst", [0.04, 0.5, 2.0, 40.0])
def test_labels_of_the_value_axis_never_touch(
    worst: float, height: int, zoom: float, log: bool, look: Look, show: Any
) -> None:
    look.set_zoom(zoom)
    plot = CurvePlot(look, "Loss", "loss")
    show(plot, round(400 * zoom), round(height * zoom))
    history = a_run(epochs=1)
    history.loss.test.values[:] = worst
    plot.header.log.setChecked(log)
    plot.show_history(history, (), 1)
    marks = plot.plot.y_ticks()
    places = sorted(plot.plot.place(0, value).y() for value, _ in marks)
    assert len(places) >= 1
    assert (np.diff(places) >= 1.2 * plot.theme.font("caption").pixelSize()).all()
    assert len({text for _, text in marks}) == len(marks)
    assert unreadable_in(plot.plot) == []


def hover(plot: CurvePlot, epoch: float) -> None:
    at = QPointF(plot.plot.place(epoch, 0).x(), plot.plot.area.center().y())
    plot.plot.looked.emit(at)


def test_hover_reads_the_batch_under_the_pointer(plot: CurvePlot) -> None:
    history = a_run()
    plot.show_history(history, (), 2)
    at = 120
    hover(plot, float(history.epoch.values[at]))
    text = plot.header.readout.text()
    assert f"epoch {history.epoch.values[at]:.2f}" in text
    assert f"batch {history.loss.raw.values[at]:.4f}" in text
    assert f"smoothed {history.loss.smooth.values[at]:.4f}" in text
    assert plot.plot.read_epoch == pytest.approx(history.epoch.values[at])


def test_hover_without_a_run_reads_nothing(plot: CurvePlot) -> None:
    plot.show_history(None, (), 2)
    hover(plot, 1.0)
    assert plot.header.readout.text() == ""
    assert plot.plot.read_epoch is None


def test_nothing_is_read_once_the_pointer_has_left(plot: CurvePlot, pointer: Any) -> None:
    plot.show_history(a_run(), (), 2)
    for leave in (
        lambda: pointer.leave(plot.plot),
        lambda: plot.plot.looked.emit(QPointF(-5, -5)),
        lambda: plot.show_history(None, (), 2),
    ):
        plot.show_history(a_run(), (), 2)
        hover(plot, 1.0)
        assert plot.plot.read_epoch is not None
        leave()
        assert plot.plot.read_epoch is None
        assert plot.header.readout.text() == ""
        assert plot.header.readout.isHidden()


@pytest.mark.parametrize("zoom", [1.0, 1.75, 3.0])
@pytest.mark.parametrize("width", [206, 250, 320, 400, 600])
@pytest.mark.parametrize("kind", ["loss", "accuracy"])
def test_what_the_header_says_is_never_cut(
    kind: str, width: int, zoom: float, look: Look, show: Any
) -> None:
    look.set_zoom(zoom)
    control = SmoothingSlider(look) if kind == "accuracy" else None
    plot = CurvePlot(look, kind.title(), kind, control)
    show(plot, round(width * zoom), round(180 * zoom))
    header = plot.header
    for at, word in ((None, header.title), (1.0, header.readout), (None, header.title)):
        plot.show_history(a_run(), [OtherCurve(1, "run 1", a_run(seed=1))], 2)
        hover(plot, at) if at else plot.plot.looked.emit(None)
        header.layout().activate()
        assert word.isVisible()
        for part in header.findChildren(QLabel):
            if part.isVisible():
                assert part.width() >= part.sizeHint().width()
                corner = part.mapTo(header, part.rect().bottomRight())
                assert corner.x() < header.log.x()
    if kind == "loss":
        assert "test" in header.legend.text()
        assert header.legend.isVisible()
    else:
        assert header.isAncestorOf(control)
        assert control.isVisible()


def test_a_control_in_use_stays_while_the_pointer_reads(look: Look, show: Any) -> None:
    control = SmoothingSlider(look)
    plot = CurvePlot(look, "Accuracy", "accuracy", control)
    show(plot, 206, 180)
    plot.show_history(a_run(), (), 2)
    plot.header.log.setFocus()
    hover(plot, 1.0)
    assert not control.isVisible()
    plot.plot.looked.emit(None)
    assert control.isVisible()
    control.setFocus()
    hover(plot, 1.0)
    assert control.isVisible()
    assert plot.header.readout.isVisible()


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
