"""Labels of the axes: round, whole, apart, and always those of now."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.views.curves.runs import a_run
from tests.views.painted import unreadable_in
from visualizer.views.base.look import Look
from visualizer.views.curves.curve_plot import CurvePlot
from visualizer.views.curves.ticks import log_ticks, ticks_down


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
@pytest.mark.parametrize("worst", [0.04, 0.5, 2.0, 40.0, 3e9, 2e29])
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
