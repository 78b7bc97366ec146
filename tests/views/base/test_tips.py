"""A tool tip that is seen follows the number that it tells, and hides where there is none."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from tests.views.conftest import Show
from visualizer.text.numbers import exact
from visualizer.views.base.labels import Elided
from visualizer.views.base.look import Look
from visualizer.views.base.tips import Tip
from visualizer.views.widgets.grid_row import GridRow
from visualizer.views.widgets.map_view import MapView
from visualizer.views.widgets.number_grid import Factor
from visualizer.views.widgets.pixels import ColourScale


def ask(widget: QWidget, point: QPoint) -> str:
    """Rest with the pointer at a point; what the tip says."""
    place = widget.mapToGlobal(point)
    QApplication.sendEvent(widget, QHelpEvent(QEvent.Type.ToolTip, point, place))
    return QToolTip.text()


def test_the_tip_of_a_cell_follows_while_the_network_learns(
    show: Show, look: Look, qtbot: QtBot
) -> None:
    maps, grid = MapView(look), GridRow(look, "Products")
    scale = ColourScale(0, 1, look.theme.sequential)

    def show_value(value: float) -> None:
        values = np.full((3, 3), value, np.float32)
        maps.show_maps(values[:, :, None], values[:, :, None], scale)
        grid.show_factors(Factor(values, 0, 1, "sequential"))

    show_value(0.0457071997)
    for widget in (maps, grid):
        show(widget, 300, 300)
        said = ask(widget, widget.rect().center())
        assert said == exact(float(np.float32(0.0457071997)))
        show_value(0.04)
        qtbot.waitUntil(lambda: QToolTip.text() == exact(float(np.float32(0.04))))
        show_value(0.0457071997)
        QToolTip.hideText()
        clock = widget.findChild(Tip)
        qtbot.waitUntil(lambda clock=clock: not clock.isActive())  # type: ignore[misc]


def test_the_tip_of_a_shortened_line_follows_and_hides_when_the_line_is_whole(
    show: Show, look: Look, qtbot: QtBot
) -> None:
    line = Elided("conv2d_1 [12, 13, 4] = 0.0457071997")
    show(line, 60, 20)
    assert ask(line, line.rect().center()).endswith("0.0457071997")
    line.show_text("conv2d_1 [12, 13, 4] = 0.04")
    qtbot.waitUntil(lambda: QToolTip.text().endswith("= 0.04"))
    line.show_text("4")
    qtbot.waitUntil(lambda: not QToolTip.isVisible())


def test_a_place_where_there_is_nothing_has_no_tip(show: Show, look: Look) -> None:
    maps = MapView(look)
    show(maps, 300, 300)
    assert maps.tip_at(QPointF(-5, -5)) == "" and ask(maps, QPoint(-5, -5)) == ""
