"""How right the altered network is, at the end of the run's accuracy, and only where it is so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from tests.views.curves.runs import a_run
from tests.views.painted import unreadable_in
from visualizer.core.edits import KeepOnly, SwitchOff
from visualizer.session.session import Session
from visualizer.text.numbers import percent
from visualizer.views.base.look import Look
from visualizer.views.curves.curve_plot import CurvePlot
from visualizer.views.curves.curves import CurvesPanel


@pytest.fixture
def plot(look: Look, show: Any) -> CurvePlot:
    made = CurvePlot(look, "Accuracy", "accuracy")
    show(made, 600, 260)
    return made


@pytest.fixture
def panel(look: Look, session: Session, show: Any) -> CurvesPanel:
    made = CurvesPanel(look, session)
    show(made, 1000, 240)
    made.refresh()
    return made


@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize("size", [(600, 260), (300, 120), (160, 110)])
@pytest.mark.parametrize("accuracy", [1.0, 0.9841, 0.4, 0.098])
def test_the_word_is_whole_and_clear_of_its_mark(
    accuracy: float, size: tuple[int, int], log: bool, plot: CurvePlot, look: Look
) -> None:
    plot.resize(*size)
    plot.header.log.setChecked(log)
    plot.plot.altered = accuracy
    plot.show_history(a_run(epochs=2), (), 2)
    at, written = plot.plot.altered_at, plot.plot.altered_word()
    assert at is not None and written is not None
    word, box = written
    epoch, value = plot.plot.value_at(at)
    shown = 10**value if log else value
    assert (epoch, shown) == (pytest.approx(2), pytest.approx(accuracy))
    assert plot.plot.area.contains(box)
    assert not box.contains(at)
    assert percent(accuracy) in word
    assert unreadable_in(plot.plot) == []
    if size[0] >= 300:
        assert word == f"altered {percent(accuracy)}"
    assert look.theme.font("caption").pixelSize() >= 12


def test_the_mark_stands_at_the_end_of_a_run_under_way(plot: CurvePlot) -> None:
    plot.plot.altered = 0.9
    for history, end in ((a_run(epochs=2), 2), (None, 5)):
        plot.show_history(history, (), 5)
        at = plot.plot.altered_at
        assert at is not None
        assert plot.plot.value_at(at)[0] == pytest.approx(end)


def test_the_mark_goes_with_the_zoom(plot: CurvePlot) -> None:
    plot.plot.altered = 0.9841
    plot.show_history(a_run(epochs=2), (), 2)
    plot.plot.choose((1.9, 2.1), (0.98, 0.99))
    at, written = plot.plot.altered_at, plot.plot.altered_word()
    assert at is not None and written is not None
    assert plot.plot.value_at(at)[1] == pytest.approx(0.9841)
    assert plot.plot.area.contains(written[1])
    plot.plot.choose((0.1, 0.2), (0.98, 0.99))
    assert plot.plot.altered_at is None and plot.plot.altered_word() is None


def test_only_an_altered_network_that_is_known_has_a_mark(
    panel: CurvesPanel, session: Session, study: Callable[[], None], qtbot: QtBot
) -> None:
    plot = panel.accuracy.plot

    def said() -> str:
        panel.refresh()
        written = plot.altered_word()
        return written[0] if written else ""

    study()
    assert said() == ""
    session.what_if.add(KeepOnly("conv2d_1", 3))
    session.viewer.settle()
    assert said() == ""
    study()
    known = session.study.results
    assert known is not None
    qtbot.waitUntil(lambda: plot.altered_word() is not None)
    assert said() == f"altered {percent(known.responses.accuracy)}"
    session.what_if.add(SwitchOff("conv2d_1", 3))
    session.viewer.settle()
    assert said() == ""
    session.what_if.clear()
    session.viewer.settle()
    qtbot.waitUntil(lambda: plot.altered_word() is None)
    assert panel.loss.plot.altered_word() is None
