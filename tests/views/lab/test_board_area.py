"""Side by side: cells can be read in a small window, and what is explained stays in view."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from visualizer.core.lab.lab import BORDER, FIRST_LAYER, POOL
from visualizer.core.network.geometry import Rect
from visualizer.session.session import Session
from visualizer.views.base.look import Look
from visualizer.views.lab.grid import LabGrid
from visualizer.views.lab.page import LabPage

SMALLEST, SMALL = (962, 596), (1304, 664)  # the page in windows of 1024 × 700 and 1366 × 768
READABLE = 20


@pytest.fixture
def page(show: Any, look: Look, session: Session) -> LabPage:
    made = LabPage(look, session.viewer, session)
    show(made, *SMALLEST)
    return made


def beside(page: LabPage, preset: str, size: tuple[int, int] = SMALLEST) -> None:
    page.resize(*size)
    page.model.show_preset(preset)
    page.model.show_view("beside")
    QApplication.processEvents()


def in_view(page: LabPage, grid: LabGrid, cells: Rect) -> bool:
    """Whether some cells of a map are seen whole."""
    viewport = page.view.area.viewport()
    place = grid.cells.on_screen(cells).translated(grid.mapTo(viewport, QPoint(0, 0)).toPointF())
    return QRectF(viewport.rect()).contains(place)


def window_of(page: LabPage) -> Rect:
    return page.model.current.sliding.window(*page.model.selected)


def scrolled(page: LabPage) -> tuple[int, int]:
    return page.view.area.horizontalScrollBar().value(), page.view.area.verticalScrollBar().value()


@pytest.mark.parametrize("preset", [BORDER, FIRST_LAYER, POOL])
@pytest.mark.parametrize(
    ("size", "zoom"), [(SMALLEST, 1.0), (SMALL, 1.0), ((1700, 960), 1.75)], ids=str
)
class TestReadable:
    def test_cells_are_large_enough_and_no_block_is_cut_or_covered(
        self, page: LabPage, look: Look, preset: str, size: tuple[int, int], zoom: float
    ) -> None:
        look.set_zoom(zoom)
        beside(page, preset, size)
        blocks = page.view.board.blocks
        assert len(blocks) == 4
        assert min(block.grid.cell for block in blocks) >= look.theme.px(READABLE)
        boxes = [block.geometry() for block in blocks]
        assert all(page.view.board.rect().contains(box) for box in boxes)
        assert all(block.rect().contains(block.grid.geometry()) for block in blocks)
        assert not any(a.intersects(b) for a, b in combinations(boxes, 2))

    def test_only_the_drawing_scrolls_and_only_where_it_must(
        self, page: LabPage, look: Look, preset: str, size: tuple[int, int], zoom: float
    ) -> None:
        look.set_zoom(zoom)
        beside(page, preset, size)
        around = page.rect()
        for part in (page.bar, page.settings, page.view.area, page.view.player, page.view.readout):
            assert around.contains(QRect(part.mapTo(page, QPoint(0, 0)), part.size()))
        view = page.view
        bars = view.area.horizontalScrollBar(), view.area.verticalScrollBar()
        if preset != POOL:  # which has the room, or lacks a few pixels
            assert any(bar.maximum() > 0 for bar in bars) == (preset == FIRST_LAYER)
        for bar, room, length in zip(
            bars,
            view.area.viewport().size().toTuple(),
            view.board.size().toTuple(),
            strict=True,
        ):
            assert bar.maximum() == max(length - room, 0)

    def test_every_step_of_the_player_is_seen(
        self, page: LabPage, look: Look, preset: str, size: tuple[int, int], zoom: float
    ) -> None:
        look.set_zoom(zoom)
        beside(page, preset, size)
        for chosen in range(3):
            page.model.chosen = chosen
            output = page.model.current.output
            assert output is not None
            places = range(0, output.size, 1 if output.size < 30 else 5)
            for index in (*places, output.size - 1):
                page.view.player.moved.emit(index)
                assert page.model.selected == divmod(index, output.shape[1])
                assert in_view(
                    page, page.view.board.beside[chosen].grid, Rect.cell(*page.model.selected)
                )


def test_beginning_shows_the_strongest_output_with_its_window(page: LabPage) -> None:
    beside(page, FIRST_LAYER)
    assert in_view(page, page.view.board.beside[0].grid, Rect.cell(*page.model.selected))
    assert in_view(page, page.view.board.input.grid, window_of(page))


def test_sideways_the_window_is_seen_with_the_output_beside_it(page: LabPage) -> None:
    beside(page, FIRST_LAYER)
    for index in range(0, 14 * 11, 5):
        page.view.player.moved.emit(index)
        assert in_view(page, page.view.board.beside[0].grid, Rect.cell(*page.model.selected))
        assert in_view(page, page.view.board.input.grid, window_of(page))


def test_arrow_keys_bring_their_cell_into_view(page: LabPage) -> None:
    beside(page, FIRST_LAYER)
    for grid in (page.view.board.input.grid, *(block.grid for block in page.view.board.beside)):
        rows, columns = grid.values.shape
        grid.setFocus()
        for cell in ((0, 0), (rows - 2, columns - 2)):
            grid.show_place(cell)
            QTest.keyClick(grid, Qt.Key.Key_Down)
            QTest.keyClick(grid, Qt.Key.Key_Right)
            place = cell[0] + 1, cell[1] + 1
            assert grid.place == place
            assert in_view(page, grid, Rect.cell(*place))


def test_nothing_moves_under_the_pointer(page: LabPage, pointer: Any) -> None:
    beside(page, FIRST_LAYER)
    before = scrolled(page)
    for block in page.view.board.blocks:
        grid: QWidget = block.grid
        for point in (block.grid.cells.cell(0, 0).center(), block.grid.cells.cell(9, 9).center()):
            pointer.move(grid, point)
            assert scrolled(page) == before


def test_what_is_explained_stays_in_view_when_the_window_is_resized(page: LabPage) -> None:
    beside(page, FIRST_LAYER, (1800, 1000))
    page.view.player.moved.emit(14 * 14 - 1)
    page.resize(*SMALLEST)
    QApplication.processEvents()
    assert in_view(page, page.view.board.beside[0].grid, Rect.cell(13, 13))


def test_one_operation_has_the_whole_room_again(page: LabPage) -> None:
    beside(page, FIRST_LAYER)
    assert page.view.board.width() > page.view.area.width()
    page.model.show_view("one")
    assert page.view.board.size() == page.view.area.size()
