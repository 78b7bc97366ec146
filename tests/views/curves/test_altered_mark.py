"""How right the altered network is, at the end of the run's accuracy, and only where it is so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from tests.views.curves.test_curves import a_run
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
    plot.show_altered(accuracy)
    plot.show_history(a_run(epochs=2), None, 2)
    box, at, word = plot.plot.getViewBox(), plot.mark.point(), plot.mark.word
    assert at is not None and word.isVisible()
    value = box.mapToView(at)
    shown = 10 ** value.y() if log else value.y()
    assert (value.x(), shown) == (pytest.approx(2), pytest.approx(accuracy))
    written = word.mapRectToParent(word.boundingRect())
    assert box.rect().contains(written)
    assert not written.contains(at)
    assert percent(accuracy) in word.toPlainText()
    if size[0] >= 300:
        assert word.toPlainText() == f"altered {percent(accuracy)}"
    assert look.theme.font("caption").pixelSize() >= 12


def test_the_mark_stands_at_the_end_of_a_run_under_way(plot: CurvePlot) -> None:
    plot.show_altered(0.9)
    plot.show_history(a_run(epochs=2), None, 5)
    assert plot.mark.item.xData.tolist() == [2.0]
    plot.show_history(None, None, 5)
    assert plot.mark.item.xData.tolist() == [5.0]


def test_the_mark_goes_with_the_zoom(plot: CurvePlot) -> None:
    plot.show_altered(0.9841)
    plot.show_history(a_run(epochs=2), None, 2)
    box = plot.plot.getViewBox()
    box.setRange(xRange=(1.9, 2.1), yRange=(0.98, 0.99), padding=0)
    at = plot.mark.point()
    assert at is not None
    assert (box.mapToView(QPointF(at)).y()) == pytest.approx(0.9841)
    assert box.rect().contains(plot.mark.word.mapRectToParent(plot.mark.word.boundingRect()))
    box.setRange(xRange=(0.1, 0.2), padding=0)
    plot.grab()
    assert not plot.mark.word.isVisible()


def test_only_an_altered_network_that_is_known_has_a_mark(
    panel: CurvesPanel, session: Session, study: Callable[[], None], qtbot: QtBot
) -> None:
    word = panel.accuracy.mark.word

    def said() -> str:
        panel.refresh()
        return word.toPlainText() if word.isVisible() else ""

    study()
    assert said() == ""
    session.what_if.add(KeepOnly("conv2d_1", 3))
    session.viewer.settle()
    assert said() == ""
    study()
    known = session.study.study
    assert known is not None
    qtbot.waitUntil(word.isVisible)
    assert said() == f"altered {percent(known.responses.accuracy)}"
    session.what_if.add(SwitchOff("conv2d_1", 3))
    session.viewer.settle()
    assert said() == ""
    session.what_if.clear()
    session.viewer.settle()
    qtbot.waitUntil(lambda: not word.isVisible())
    assert not panel.loss.mark.word.isVisible()


def test_an_edit_makes_no_plots_before_they_are_seen(
    look: Look, session: Session, study: Callable[[], None]
) -> None:
    panel = CurvesPanel(look, session)
    session.what_if.add(SwitchOff("conv2d_1", 3))
    study()
    assert panel._made is None
    panel.deleteLater()
