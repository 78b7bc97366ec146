"""Clicks and double clicks in the maps, grids and lists that explain a number."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPointF

from visualizer.core.network.geometry import Rect
from visualizer.core.network.terms import ConvTerms, DenseTerms, PoolTerms
from visualizer.scene.trail import Cell
from visualizer.session.session import Session
from visualizer.views.base.look import Look
from visualizer.views.position.conv_view import ConvView
from visualizer.views.position.dense_view import DenseView
from visualizer.views.position.panel import PositionPanel
from visualizer.views.position.pool_view import PoolView
from visualizer.views.widgets.window_map import WindowMap


@pytest.fixture
def panel(look: Look, session: Session, show: Any) -> PositionPanel:
    made = PositionPanel(look, session.viewer, session)
    show(made, 460, 1100)
    return made


def dense(panel: PositionPanel) -> DenseView:
    view = panel.views[DenseTerms]
    assert isinstance(view, DenseView)
    return view


def pool(panel: PositionPanel) -> PoolView:
    view = panel.views[PoolTerms]
    assert isinstance(view, PoolView)
    return view


@pytest.mark.parametrize("place", [(0, 0, 0), (2, 1, 63), (1, 2, 17)])
def test_a_double_click_on_a_contribution_follows_its_input(
    place: tuple[int, int, int], panel: PositionPanel, session: Session, pointer: Any
) -> None:
    session.viewer.select(Cell(6, 0, 0, 17))
    view = dense(panel)
    pointer.double_click(view.map, view.map.cell_center(place))
    row, column, channel = place
    element = (row * 3 + column) * 64 + channel
    assert session.viewer.scene.selected == Cell(5, 0, 0, element)
    assert session.viewer.scene.trail.steps[0] == Cell(6, 0, 0, 17)


def test_one_click_on_a_contribution_goes_nowhere(
    panel: PositionPanel, session: Session, pointer: Any
) -> None:
    session.viewer.select(Cell(6, 0, 0, 17))
    view = dense(panel)
    pointer.click(view.map, view.map.cell_center((1, 1, 5)))
    pointer.double_click(view.map, QPointF(view.map.width() - 1, view.map.height() - 1))
    assert session.viewer.scene.selected == Cell(6, 0, 0, 17)


@pytest.mark.parametrize("row", [0, 4, 7])
def test_a_double_click_on_a_listed_contribution_follows_it(
    row: int, panel: PositionPanel, session: Session, pointer: Any
) -> None:
    session.viewer.select(Cell(6, 0, 0, 17))
    terms = session.viewer.scene.terms(Cell(6, 0, 0, 17))
    assert isinstance(terms, DenseTerms)
    view = dense(panel)
    value = view.ranked.lines[row].value
    pointer.double_click(view.ranked, view.ranked.places()[row].center())
    selected = session.viewer.scene.selected
    assert selected.layer == 5
    assert terms.products[selected.channel] == np.float32(value)
    assert row == sorted(-abs(terms.products)).index(-abs(np.float32(value)))


def test_the_rest_and_the_bias_lead_nowhere(
    panel: PositionPanel, session: Session, pointer: Any
) -> None:
    session.viewer.select(Cell(6, 0, 0, 17))
    view = dense(panel)
    for row in (8, 9):
        pointer.double_click(view.ranked, view.ranked.places()[row].center())
        assert session.viewer.scene.selected == Cell(6, 0, 0, 17)


@pytest.mark.parametrize("unit", [0, 3, 9])
def test_a_click_on_a_row_of_the_softmax_selects_its_unit(
    unit: int, panel: PositionPanel, session: Session, pointer: Any
) -> None:
    session.viewer.select(Cell(7, 0, 0, 5))
    view = dense(panel)
    pointer.click(view.softmax_rows, view.softmax_rows.places()[unit].center())
    assert session.viewer.scene.selected == Cell(7, 0, 0, unit)
    assert view.softmax_rows.lines[unit].marked
    pointer.click(view.softmax_rows, view.softmax_rows.places()[10].center())
    assert session.viewer.scene.selected == Cell(7, 0, 0, unit)


@pytest.mark.parametrize(("row", "column"), [(0, 0), (1, 0), (1, 1)])
def test_a_double_click_in_a_pooling_window_follows_that_cell(
    row: int, column: int, panel: PositionPanel, session: Session, pointer: Any
) -> None:
    session.viewer.select(Cell(1, 6, 4, 9))
    grid = pool(panel).numbers
    pointer.double_click(grid, grid.cells[0].cell(row, column).center())
    assert session.viewer.scene.selected == Cell(0, 12 + row, 8 + column, 9)


@pytest.mark.parametrize(("row", "column"), [(0, 0), (7, 10), (9, 9)])
def test_a_click_on_the_map_below_selects_the_window_over_it(
    row: int, column: int, panel: PositionPanel, session: Session, pointer: Any
) -> None:
    session.viewer.select(Cell(3, 2, 2, 9))
    view = pool(panel)
    pointer.click(view.map, view.map.cells.cell(row, min(column, 9)).center())
    assert session.viewer.scene.selected == Cell(3, row // 2, min(column, 9) // 2, 9)


def test_a_click_where_no_window_reaches_selects_nothing(
    panel: PositionPanel, session: Session, pointer: Any
) -> None:
    session.viewer.select(Cell(3, 2, 2, 9))
    view = pool(panel)
    for row, column in ((10, 4), (4, 10), (10, 10)):
        pointer.click(view.map, view.map.cells.cell(row, column).center())
        assert session.viewer.scene.selected == Cell(3, 2, 2, 9)


@pytest.mark.parametrize(("row", "column"), [(0, 0), (3, 10), (10, 0)])
def test_a_click_on_the_output_map_selects_that_place(
    row: int, column: int, panel: PositionPanel, session: Session, pointer: Any
) -> None:
    session.viewer.select(Cell(2, 5, 5, 9))
    view = panel.slide.output_map
    pointer.click(view, view.cells.cell(row, column).center())
    assert session.viewer.scene.selected == Cell(2, row, column, 9)
    pointer.click(view, QPointF(0, 0))
    assert session.viewer.scene.selected == Cell(2, row, column, 9)


def test_padding_leads_nowhere(panel: PositionPanel, session: Session, pointer: Any) -> None:
    session.choose_network("same-padding")
    session.viewer.select(Cell(0, 0, 0, 3))
    view = panel.views[ConvTerms]
    assert isinstance(view, ConvView)
    grids = view.grids
    patch, _, products = grids.cells
    for cells in (patch, products):
        pointer.double_click(grids, cells.cell(0, 1).center())
        assert session.viewer.scene.pixel is None
    assert grids.tip_at(patch.cell(0, 1).center()) == "padding: 0"
    assert grids.texts[0][0] == ["0", "0", "0"]
    pointer.double_click(grids, patch.cell(1, 1).center())
    assert session.viewer.scene.pixel == (0, 0)


@pytest.mark.parametrize("margins", [((0, 0), (0, 0)), ((1, 2), (2, 1))])
def test_a_window_map_tells_the_cell_and_nothing_of_padding(
    margins: Any, look: Look, show: Any, pointer: Any
) -> None:
    view = WindowMap(look, "map")
    show(view, 200, 160)
    view.show_map(np.zeros((7, 9), np.float32), 0, 1, look.theme.sequential)
    view.show_padding(margins)
    view.show_window(Rect(0, 0, 2, 2), "field")
    told: list[tuple[int, int]] = []
    view.clicked.connect(lambda row, column: told.append((row, column)))
    for row, column in view.cells.places():
        pointer.click(view, view.cells.cell(row, column).center())
    assert told == [(row, column) for row in range(7) for column in range(9)]
