"""Maps side by side: every cell is found where it is drawn, and lines join window and cell."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from visualizer.core.network.geometry import Rect
from visualizer.views.base.look import Look
from visualizer.views.widgets.map_columns import ColumnMap, MapColumns, Units

AREA = QRectF(10, 20, 800, 300)


def maps(look: Look) -> list[ColumnMap]:
    zeros = [np.zeros(shape, np.float32) for shape in ((28, 28), (14, 7), (3, 3), (64, 1))]
    made = [ColumnMap.of(values, 1.0, look.theme.sequential) for values in zeros]
    marked = [
        ColumnMap(made[0].image, (4, 5), Rect(9, 9, 12, 12)),
        ColumnMap(made[1].image, (6, 6), Rect(-1, 4, 2, 9)),
        ColumnMap(made[2].image, (1, 1), Rect(0, 0, 3, 3)),
    ]
    return [*marked, ColumnMap(made[3].image, (41, 0), upright=True)]


def test_every_cell_is_found_where_it_is_drawn(look: Look) -> None:
    columns = MapColumns(maps(look), AREA)
    for index, one in enumerate(columns.maps):
        room = columns.column(index)
        assert room.adjusted(-0.5, -0.5, 0.5, 0.5).contains(columns.cells[index].whole)
        for row in range(one.shape[0]):
            for across in range(one.shape[1]):
                centre = columns.cells[index].cell(row, across).center()
                assert columns.cell_at(centre) == (index, row, across)
    assert columns.cell_at(AREA.topLeft()) is None


def test_a_window_ends_where_the_map_does(look: Look) -> None:
    columns = MapColumns(maps(look), AREA)
    for index in range(3):
        box = columns.window_box(index)
        assert box is not None and columns.cells[index].whole.contains(box)
    assert columns.window_box(3) is None


def test_lines_join_the_window_with_the_next_columns_cell(look: Look) -> None:
    columns = MapColumns(maps(look), AREA)
    picture = QImage(820, 340, QImage.Format.Format_RGB32)
    picture.fill(QColor("white"))
    painter = QPainter(picture)
    columns.paint(painter, look.theme, 12)
    painter.end()
    field = look.theme.color("field")
    window, cell = columns.window_box(0), columns.cell_box(1)
    assert window is not None and cell is not None
    for start, end in (
        (window.topRight(), cell.topLeft()),
        (window.bottomRight(), cell.bottomLeft()),
    ):
        middle = (start + end) / 2
        near = [picture.pixelColor(round(middle.x()), round(middle.y()) + up) for up in (-1, 0, 1)]
        assert any(abs(color.hue() - field.hue()) < 8 for color in near)


@pytest.mark.parametrize("count", [1, 10, 64, 129, 512, 1000])
def test_units_stand_below_each_other(count: int) -> None:
    units = Units(count)
    values = np.arange(count, dtype=np.float32)
    laid = units.laid_out(values)
    assert laid.shape == units.shape and units.shape[0] <= 128
    for unit in range(count):
        row, column = units.place(unit)
        assert units.unit(row, column) == unit and laid[row, column] == unit
    assert int(np.isfinite(laid).sum()) == count
