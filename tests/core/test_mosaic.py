"""A mosaic shows every value once, and a point on it finds the cell that is drawn there."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from visualizer.core.mosaic import Mosaic

mosaics = st.builds(
    Mosaic,
    st.integers(1, 6),
    st.integers(1, 6),
    st.integers(1, 12),
    st.integers(1, 5),
    st.integers(0, 3),
)


@given(mosaics)
def test_every_cell_is_drawn_once_and_found_again(mosaic: Mosaic) -> None:
    shape = (mosaic.height, mosaic.width, mosaic.channels)
    maps = np.arange(np.prod(shape), dtype=np.float32).reshape(shape)
    image = mosaic.compose(maps)
    assert image.shape == mosaic.shape
    drawn = {}
    for y in range(image.shape[0]):
        for x in range(image.shape[1]):
            cell = mosaic.cell_at(y + 0.5, x + 0.5)
            assert np.isnan(image[y, x]) == (cell is None)
            if cell is not None:
                drawn[cell] = image[y, x]
                box = mosaic.cell_rect(*cell)
                assert (box.top, box.left) == (y, x)
    assert drawn == dict(np.ndenumerate(maps))


@given(mosaics, st.floats(0, 30), st.floats(0, 30), st.data())
def test_beyond_every_edge_there_is_no_cell(
    mosaic: Mosaic, beyond: float, along: float, data: st.DataObject
) -> None:
    """Also right at the edge, and where no gap keeps the maps apart."""
    height, width = mosaic.shape
    before = -beyond - 1e-9
    inside = data.draw(st.booleans())
    y, x = (along % height, along % width) if inside else (along, along)
    for point in ((before, x), (y, before), (height + beyond, x), (y, width + beyond)):
        assert mosaic.cell_at(*point) is None


def test_a_point_in_the_corner_of_a_cell_is_in_it() -> None:
    mosaic = Mosaic(2, 3, 4, 2, gap=0)
    assert mosaic.cell_at(0, 0) == (0, 0, 0)
    assert mosaic.cell_at(3.999, 5.999) == (1, 2, 3)
    assert mosaic.cell_at(2, 3) == (0, 0, 3)
    assert mosaic.cell_at(1.999, 6) is None


@given(st.integers(1, 30), st.integers(1, 30), st.integers(1, 64), st.floats(0.3, 4))
def test_the_fitting_layout_is_the_one_that_draws_cells_largest(
    height: int, width: int, channels: int, aspect: float
) -> None:
    def cell(mosaic: Mosaic) -> float:
        return min(aspect / mosaic.shape[1], 1 / mosaic.shape[0])

    fitting = Mosaic.fitting(height, width, channels, aspect)
    others = [Mosaic(height, width, channels, n, fitting.gap) for n in range(1, channels + 1)]
    assert cell(fitting) == pytest.approx(max(map(cell, others)))
    assert fitting.channels == channels
