"""Which cell lies under a pixel, and where a cell lies: one undoes the other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF, QSizeF

from visualizer.core.mosaic import Mosaic
from visualizer.core.network.geometry import Rect
from visualizer.views.widgets.viewport import Viewport


@st.composite
def viewports(draw: st.DrawFn) -> Viewport:
    """Maps of any size on an area of any size, some with cells that may be higher than wide."""
    made = Viewport()
    made.area = QSizeF(draw(st.integers(60, 3000)), draw(st.integers(60, 2000)))
    height, width = draw(st.integers(1, 40)), draw(st.integers(1, 40))
    channels = draw(st.integers(1, 80))
    aspect = made.area.width() / made.area.height()
    made.mosaic = Mosaic.fitting(height, width, channels, aspect)
    made.stretch = draw(st.sampled_from([1.0, 2.5]))
    return made


@st.composite
def places(draw: st.DrawFn, viewport: Viewport) -> tuple[int, int, int]:
    mosaic = viewport.mosaic
    return (
        draw(st.integers(0, mosaic.height - 1)),
        draw(st.integers(0, mosaic.width - 1)),
        draw(st.integers(0, mosaic.channels - 1)),
    )


def center_of(viewport: Viewport, place: tuple[int, int, int]) -> QPointF:
    return viewport.on_screen(viewport.mosaic.cell_rect(*place)).center()


@given(st.data())
def test_the_cell_under_a_cells_middle_is_that_cell(data: st.DataObject) -> None:
    viewport = data.draw(viewports())
    place = data.draw(places(viewport))
    assert viewport.place_at(center_of(viewport, place)) == place


@given(st.data(), st.floats(0.3, 20), st.floats(-300, 300), st.floats(-300, 300))
def test_it_stays_so_zoomed_and_moved(
    data: st.DataObject, factor: float, across: float, down: float
) -> None:
    viewport = data.draw(viewports())
    place = data.draw(places(viewport))
    viewport.zoom_about(QPointF(across + 300, down + 300), factor)
    viewport.move(QPointF(across, down))
    assert viewport.place_at(center_of(viewport, place)) == place


@given(st.data())
def test_the_whole_mosaic_is_on_the_area(data: st.DataObject) -> None:
    viewport = data.draw(viewports())
    height, width = viewport.mosaic.shape
    if min((viewport.area.width() - 4) / width, (viewport.area.height() - 4) / height) > 0.1:
        area = QRectF(QPointF(-1, -1), viewport.area + QSizeF(2, 2))
        assert area.contains(viewport.target)


@given(st.data(), st.floats(1.0, 30))
def test_what_is_under_the_pointer_stays_there(data: st.DataObject, factor: float) -> None:
    viewport = data.draw(viewports())
    place = data.draw(places(viewport))
    fixed = center_of(viewport, place)
    viewport.zoom_about(fixed, factor)
    moved = center_of(viewport, place) - fixed
    if viewport.zoomed:
        assert abs(moved.x()) <= 1.01
        assert abs(moved.y()) <= 1.01


@given(st.data(), st.floats(1.01, 4.0))
def test_no_cell_grows_beyond_the_largest(data: st.DataObject, factor: float) -> None:
    viewport = data.draw(viewports())
    for _ in range(20):
        viewport.zoom_about(QPointF(50, 50), factor)
    assert max(viewport.cell.width(), viewport.cell.height()) <= viewport.largest * 1.001


@given(st.data())
def test_an_enlarged_map_is_in_the_middle_and_no_smaller(data: st.DataObject) -> None:
    viewport = data.draw(viewports())
    _, _, channel = data.draw(places(viewport))
    before = viewport.cell
    viewport.show_map(channel)
    assert viewport.cell.width() >= before.width()
    if viewport.zoomed:
        middle = viewport.on_screen(viewport.mosaic.map_rect(channel)).center()
        assert abs(middle.x() - viewport.area.width() / 2) <= 1.01
        assert abs(middle.y() - viewport.area.height() / 2) <= 1.01
    viewport.fit()
    assert not viewport.zoomed
    assert viewport.cell == before


@pytest.mark.parametrize(
    "point", [QPointF(-1, -1), QPointF(0, 0), QPointF(799, 599), QPointF(1e6, 1e6)]
)
def test_there_is_no_cell_beside_the_maps(point: QPointF) -> None:
    viewport = Viewport()
    viewport.area = QSizeF(800, 600)
    viewport.mosaic = Mosaic(3, 3, 4, 2)
    assert viewport.place_at(point) is None


def test_there_is_no_cell_on_a_gap() -> None:
    viewport = Viewport()
    viewport.area = QSizeF(800, 600)
    viewport.mosaic = Mosaic(3, 3, 4, 2, gap=1)
    assert viewport.place_at(viewport.on_screen(Rect.cell(3, 3)).center()) is None
