"""What the pointer reads, and the line above the curves that says it."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QLabel

from tests.views.curves.runs import a_run, hover
from visualizer.views.base.look import Look
from visualizer.views.curves.curve_plot import CurvePlot
from visualizer.views.curves.run_plot import OtherCurve
from visualizer.views.curves.smoothing import SmoothingSlider


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
