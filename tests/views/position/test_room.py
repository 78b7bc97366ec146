"""What is left of Position's room makes its numbers and its maps larger."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from visualizer.session.first_look import NUMBER
from visualizer.views.position.conv_view import ConvView
from visualizer.views.position.panel import PositionPanel
from visualizer.views.position.pool_view import PoolView
from visualizer.views.position.products_view import BARS
from visualizer.views.widgets.grid_row import LOW_HEIGHT, ROW_HEIGHT
from visualizer.views.window.window import MainWindow


def panel_at(window: MainWindow, layer: int, width: int, height: int) -> PositionPanel:
    window.session.viewer.select_layer(layer)
    window.session.viewer.settle()
    window.resize(width, height)
    for _ in range(3):
        QApplication.processEvents()
    return window.pages[0].position


def test_numbers_and_maps_of_a_short_sum_grow_with_the_room(window: MainWindow) -> None:
    cells, maps = [], []
    for size in ((1280, 720), (1920, 1080)):
        position = panel_at(window, 0, *size)
        view = position._shown
        assert isinstance(view, ConvView)
        cells.append(view.grids.cells[0].height)
        maps.append(min(position.slide.input_map.height(), position.slide.output_map.height()))
    assert cells[1] > cells[0] and maps[1] > 1.5 * maps[0] >= 120


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080), (2560, 1440)])
def test_little_stays_empty_under_a_short_sum(size: tuple[int, int], window: MainWindow) -> None:
    """Less than a fifth of the panel, or the maps are as wide as there is room for."""
    position = panel_at(window, 0, *size)
    slide = position.slide
    bottom = max(view.geometry().bottom() for view in (slide.input_map, slide.output_map))
    empty = slide.height() - bottom
    wide = slide.input_map.cells.whole.width() > 0.4 * slide.width()
    assert empty < position.height() / 5 or wide


def test_the_windows_of_a_pooling_grow_with_the_room(window: MainWindow) -> None:
    heights = []
    for size in ((1280, 720), (1920, 1080)):
        view = panel_at(window, 1, *size)._shown
        assert isinstance(view, PoolView)
        heights.append(view.map.height())
    assert heights[1] > heights[0]


@pytest.mark.parametrize("layer", [0, 1, 2, 6])
def test_nothing_is_scrolled_for_what_has_grown(layer: int, window: MainWindow) -> None:
    """Back and forth between sizes everything that fits is there, and the same as before."""
    before = panel_at(window, layer, 1366, 768)._scroll.verticalScrollBar().maximum()
    for size in ((1920, 1080), (1366, 768), (2560, 1440), (1366, 768)):
        position = panel_at(window, layer, *size)
    assert position._scroll.verticalScrollBar().maximum() == before


@pytest.mark.parametrize("layer", [2, 4])
@pytest.mark.parametrize("size", [(1024, 700), (1280, 720), (1280, 800), (1366, 768)])
def test_the_room_is_used_under_a_sum_that_was_shrunk(
    layer: int, size: tuple[int, int], window: MainWindow
) -> None:
    """What is shrunk for many channels is made no smaller than the room asks for."""
    position = panel_at(window, layer, *size)
    view = position._shown
    assert isinstance(view, ConvView) and view.subtotals.isVisible()
    bar = position._scroll.verticalScrollBar()
    assert not bar.isVisible() and bar.maximum() == 0
    room = position._scroll.viewport()
    needed = position._inside.totalHeightForWidth(room.width())
    assert 0 <= room.height() - needed <= 40


@pytest.mark.parametrize("layer", [2, 4])
def test_the_bars_become_lower_before_the_grids(layer: int, window: MainWindow) -> None:
    """The higher the panel, the higher the bars; the grids keep their size meanwhile."""
    seen: dict[tuple[bool, ...], list[tuple[int, int, int]]] = {}
    for height in range(640, 861, 10):
        position = panel_at(window, layer, 1100, height)
        view = position._shown
        assert isinstance(view, ConvView)
        shown = view.caption.isVisible(), view.channel_title.isVisible(), position.slide.isVisible()
        seen.setdefault(shown, []).append((position.height(), view._bars, view._cells))
    rows = view.grids.rows_at(view.grids.width())
    usual = ROW_HEIGHT if rows == 1 else LOW_HEIGHT
    for sizes in seen.values():  # with the same words and maps beside them
        _, bars, cells = zip(*sorted(sizes), strict=True)
        held = [bar for bar, cell in zip(bars, cells, strict=True) if cell == usual]
        assert held == sorted(held) and list(cells) == sorted(cells)
        for bar, cell in zip(bars, cells, strict=True):
            assert cell >= usual or bar < BARS[-1]
            assert cell <= usual or bar == BARS[-1]
    assert max(len({bar for _, bar, cell in sizes if cell == usual}) for sizes in seen.values()) > 2


@pytest.mark.parametrize("layer", [2, 4])
def test_a_sum_looks_the_same_whichever_size_came_before(layer: int, window: MainWindow) -> None:
    for size in ((1024, 700), (1280, 720), (1366, 768)):
        seen = set()
        for before in ((1920, 1080), (1024, 700), (1200, 740)):
            panel_at(window, layer, *before)
            view = panel_at(window, layer, *size)._shown
            assert isinstance(view, ConvView)
            seen.add((view.subtotals.height(), view.grids.height(), view.width()))
        assert len(seen) == 1


def test_room_is_made_for_a_hint_that_comes(window: MainWindow) -> None:
    position = panel_at(window, 4, 1280, 720)
    first_look = window.session.first_look
    for wanted in (False, True, False):
        if wanted:
            first_look.begin(())
        else:
            first_look.finish(NUMBER)
        QApplication.processEvents()
        assert position.hint.isHidden() is not wanted
        room = position._scroll.viewport()
        needed = position._inside.totalHeightForWidth(room.width())
        assert 0 <= room.height() - needed <= 40
