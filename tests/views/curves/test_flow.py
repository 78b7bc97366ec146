"""Gradient flow on the stage: a line a layer, a sentence, and what is written where nothing is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from tests.session.listening import until
from tests.views.painted import unreadable_in
from visualizer.core.flow import USUAL, LayerFlow
from visualizer.session.session import Session
from visualizer.training.settings import Settings
from visualizer.views.base.look import Look
from visualizer.views.curves.flow_plot import FlowPlot, exponents, powers_around
from visualizer.views.curves.flow_stage import FlowStage
from visualizer.views.window.window import MainWindow

SIZES = [(1874, 957, 2.5), (1366, 660, 1.78), (1024, 640, 1.0)]
NAMES = ["conv2d_1", "conv2d_2", "conv2d_3", "dense_1", "dense_2"]


@pytest.fixture
def stage(look: Look, trained: Session, show: Any) -> FlowStage:
    made = FlowStage(look, trained)
    show(made, 1366, 660)
    made.refresh()
    return made


def told(plot: FlowPlot) -> dict[str, str]:
    """What stands beside the lines: a name, and its value at the place that is told."""
    at = plot.place_told
    assert at is not None
    return {line.name: plot.value_text(line.at(at)) for line in plot._lines}


def test_the_lines_are_what_was_measured(stage: FlowStage, trained: Session) -> None:
    flow = trained.runs.history.flow
    assert len(flow) == 10
    for plot, values in ((stage.gradients, flow.gradients), (stage.ratios, flow.ratios)):
        assert [line.name for line in plot._lines] == NAMES
        for at, line in enumerate(plot._lines):
            np.testing.assert_array_equal(line.x, flow.epochs)
            np.testing.assert_allclose(10.0**line.y, values[:, at], rtol=1e-5)
        assert plot.y_ends[0] < min(line.y.min() for line in plot._lines)
        assert plot.y_ends[1] > max(line.y.max() for line in plot._lines)
    low, high = stage.ratios.y_ends
    assert 10**low <= USUAL[0] and USUAL[1] <= 10**high


def test_the_sentence_tells_the_last_batch(stage: FlowStage, trained: Session) -> None:
    assert stage.sentence.text().startswith("Batch 10 changed the weights by ")
    last = trained.runs.history.flow[9]
    assert set(told(stage.ratios)) == set(NAMES)
    assert float(told(stage.ratios)["conv2d_1"]) == pytest.approx(last.ratios[0], rel=0.05)
    assert float(told(stage.gradients)["dense_2"]) == pytest.approx(last.gradients[4], rel=0.05)


def test_at_an_earlier_moment_the_values_are_that_ones(stage: FlowStage, trained: Session) -> None:
    flow = trained.runs.history.flow
    trained.time.show(4)
    stage.refresh()
    assert stage.sentence.text().startswith("Batch 4 changed the weights by ")
    assert stage.ratios.place_told == pytest.approx(0.4)
    value = float(told(stage.ratios)["conv2d_3"])
    assert value == pytest.approx(flow[3].ratios[2], rel=0.05)
    trained.time.show(0)
    stage.refresh()
    assert stage.sentence.text() == "Before the first batch nothing is measured."
    assert stage.ratios.place_told is None
    assert {stage.ratios.value_text(line.at(1.0001)) for line in stage.ratios._lines} == {"–"}


def test_the_pointer_reads_the_nearest_measurement(stage: FlowStage, trained: Session) -> None:
    plot, flow = stage.gradients, trained.runs.history.flow
    plot.looked.emit(QPointF(plot.place(0.33, -2).x(), plot.area.center().y()))
    assert plot.place_told == pytest.approx(0.3)
    assert float(told(plot)["dense_1"]) == pytest.approx(flow[2].gradients[3], rel=0.05)
    plot.looked.emit(None)
    assert plot.place_told == pytest.approx(1.0)


def test_a_dead_layer_lies_at_the_foot_and_is_named(
    look: Look, session: Session, show: Any
) -> None:
    stage = FlowStage(look, session)
    show(stage, 1366, 660)
    history = session.runs.run.history
    for step in range(1, 7):
        flow = LayerFlow(step, (0.0, 0.0, 0.01, 0.01, 0.02), (0.0, 1e-9, 0.01, 0.01, np.inf))
        history.add_batch(step / 10, 1.0, 0.5, flow)
    stage.refresh()
    assert "conv2d_2 is dead: its gradient is exactly 0" in stage.sentence.text()
    assert "dense_2 explodes" in stage.sentence.text()
    assert told(stage.gradients)["conv2d_2"] == "0"
    assert told(stage.ratios) == {
        **dict(zip(NAMES, ("0", "1.0 · 10⁻⁹", "0.010", "0.010"), strict=False)),
        "dense_2": "∞",
    }
    low, high = stage.ratios.y_ends
    assert stage.ratios._lines[0].y.max() == low < stage.ratios._lines[1].y.min()
    assert stage.ratios._lines[4].y.min() == high
    assert unreadable_in(stage) == []


@pytest.mark.parametrize(
    ("values", "band", "ends"),
    [
        ([[0.02, 0.3]], None, (-2, 0)),
        ([[0.01, 1.0]], None, (-3, 1)),  # nothing but 0 lies on the foot
        ([[0.0, 0.0]], None, (-2, 0)),
        ([[0.0, np.nan, np.inf]], (1e-4, 1e-2), (-5, -1)),
        ([[3e-9, 0.5]], (1e-4, 1e-2), (-9, 0)),
        ([], None, (-2, 0)),
    ],
)
def test_the_axis_holds_all_values(values: list, band: Any, ends: tuple[int, int]) -> None:
    assert powers_around(np.array(values, np.float32), band) == ends


def test_zero_and_infinity_have_places_of_their_own() -> None:
    values = np.array([0.0, 1e-3, np.inf, np.nan], np.float32)
    np.testing.assert_allclose(exponents(values, -5, 1), [-5, -3, 1, 1], rtol=1e-6)


def test_where_nothing_is_measured_it_says_so(look: Look, session: Session, show: Any) -> None:
    stage = FlowStage(look, session)
    show(stage, 1366, 660)
    stage.refresh()
    assert (
        stage.gradients._empty
        == "Nothing has been trained here yet: Space trains, S trains one batch."
    )
    session.runs.run.history.add_batch(1.0, 0.1, 0.9)
    stage.refresh()
    assert stage.gradients._empty.startswith("This run was not measured here:")
    assert stage.ratios.isHidden() and stage.sentence.text() == ""
    assert unreadable_in(stage) == []


@pytest.mark.parametrize(("width", "height", "zoom"), SIZES)
def test_every_word_is_whole(
    look: Look, trained: Session, show: Any, width: int, height: int, zoom: float
) -> None:
    look._change(replace(look.theme, zoom=zoom))
    stage = FlowStage(look, trained)
    show(stage, width, height)
    stage.refresh()
    assert unreadable_in(stage) == []
    assert stage.gradients.area.height() > 90 and stage.ratios.area.height() > 90
    assert stage.gradients.area.left() == stage.ratios.area.left()


def test_what_nobody_sees_is_not_drawn(
    look: Look, trained: Session, show: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = FlowStage(look, trained)
    show(stage, 1366, 660)
    stage.hide()
    drawn: list[object] = []
    monkeypatch.setattr(stage.gradients, "show_flow", lambda *all: drawn.append(all))
    trained.runs.historyChanged.emit()
    trained.time.show(3)
    assert drawn == []


def test_it_grows_while_the_network_trains(
    look: Look, short: Session, show: Any, qtbot: QtBot
) -> None:
    stage = FlowStage(look, short)
    show(stage, 1366, 660)
    short.train_or_pause()
    until(qtbot, short, "finished")
    qtbot.waitUntil(lambda: stage.sentence.text().startswith("Batch 10 "))


def test_a_dead_layer_is_seen_in_a_run_at_a_deadly_rate(
    look: Look, short: Session, show: Any, qtbot: QtBot
) -> None:
    pinned = Settings("float32", threads=1, device="cpu")
    short.runs.configure(replace(short.runs.recipe, learning_rate=3.0), 3, pinned)
    short.train_or_pause()
    until(qtbot, short, "finished")
    stage = FlowStage(look, short)
    show(stage, 1366, 660)
    stage.refresh()
    assert " is dead: its gradient is exactly 0" in stage.sentence.text()


def test_menu_and_button_open_the_stage(window: MainWindow) -> None:
    curves = window.pages[0].curves
    curves.to_flow.click()
    assert isinstance(window.faces.stage.content, FlowStage)
    window.close_stage()
