"""Cells of the table of networks, by name and heading."""

from __future__ import annotations

from visualizer.views.compare.table_grid import TableGrid, column_of
from visualizer.views.widgets.table_model import Cell


def cell_of(grid: TableGrid, name: str, heading: str) -> Cell:
    return grid.model().rows[name][column_of(heading)]
