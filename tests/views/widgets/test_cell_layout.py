"""Cells and pixels: there and back, with padding, at any size."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF

from visualizer.core.network.geometry import Rect
from visualizer.views.widgets.cell_layout import CellLayout

SIZES = st.integers(1, 30)
MARGINS = st.tuples(*[st.tuples(st.integers(0, 3), st.integers(0, 3))] * 2)
AREA = QRectF(7, 11, 310, 207)


@given(st.tuples(SIZES, SIZES), MARGINS, st.booleans(), st.sampled_from([0.0, 0.5, 1.0]))
def test_every_cell_is_found_under_its_own_middle(
    shape: tuple, margins: tuple, square: bool, step: float
) -> None:
    cells = CellLayout.fitting(AREA, shape, margins, square=square, step=step)
    for row, column in cells.places():
        middle = cells.cell(row, column).center()
        on_map = 0 <= row < shape[0] and 0 <= column < shape[1]
        assert cells.cell_at(middle) == ((row, column) if on_map else None)
        assert cells.position(middle) == pytest.approx((row + 0.5, column + 0.5))
    # The middle is in whole pixels, so that a map may stand half a pixel beside it.
    assert AREA.adjusted(-1, -1, 1, 1).contains(cells.padded)
    if square:
        assert cells.width == cells.height


@given(st.tuples(SIZES, SIZES), MARGINS)
def test_whole_padded_and_extent_agree(shape: tuple, margins: tuple) -> None:
    cells = CellLayout.fitting(AREA, shape, margins)
    assert cells.whole.width() == pytest.approx(shape[1] * cells.width)
    assert cells.padded.height() == pytest.approx(cells.extent[0] * cells.height)
    assert len(list(cells.places())) == cells.extent[0] * cells.extent[1]


def test_a_rectangle_of_cells_lies_where_its_cells_do() -> None:
    cells = CellLayout(10, 20, 8, 6, (5, 5))
    assert cells.on_screen(Rect(1, 2, 3, 5)) == QRectF(26, 26, 24, 12)
    assert cells.cell_at(QPointF(9.9, 21)) is None
    assert cells.cell_at(QPointF(10, 20)) == (0, 0)
    assert cells.cell_at(QPointF(50, 20)) is None


def test_cells_are_no_larger_than_they_may_be_and_stand_in_the_middle() -> None:
    cells = CellLayout.fitting(AREA, (2, 2), largest=(40, 20), square=False)
    assert (cells.width, cells.height) == (40, 20)
    away = cells.whole.center() - AREA.center()
    assert away.manhattanLength() <= 1
