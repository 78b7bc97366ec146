"""Wherever two accuracies stand together it is said what they were trained and tested on."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from tests.views.compare.cells import cell_of
from visualizer.compare.networks import COMES_WITH
from visualizer.session.session import Session
from visualizer.views.compare.page import ComparePage, NetworksView
from visualizer.views.compare.table_grid import WEIGHTS, TableGrid


def trained(grid: TableGrid) -> dict[str, str]:
    return {str(name): cell_of(grid, str(name), "Trained").text for name in grid.model().keys}


def box_of(grid: TableGrid, name: str) -> QComboBox:
    row = grid.model().keys.index(name)
    box = grid.indexWidget(grid.model().index(row, WEIGHTS))
    assert isinstance(box, QComboBox)
    return box


def test_the_table_says_how_each_was_trained_and_lets_one_choose_its_weights(
    page: ComparePage, short: Session, qtbot: QtBot
) -> None:
    view = page.show_part("networks")
    assert isinstance(view, NetworksView)
    grid = view.table.grid
    dataset = short.source.dataset.name
    assert any(dataset in heading.text for heading in grid.model().headings)
    assert trained(grid)["strided"] == "5 epochs MNIST"
    assert trained(grid)["same-padding"] == "untrained"
    short.choose_network("strided")
    short.step()
    own = f"0.1 of 1 epoch {dataset}"
    qtbot.waitUntil(lambda: trained(grid)["strided"] == own)
    assert f"strided (0.1 of 1 epoch {dataset})" in view.table.apart.text()
    box = box_of(grid, "strided")
    assert box.currentText() == short.runs.run.name
    box.activated.emit(box.findData(COMES_WITH))
    assert trained(grid)["strided"] == "5 epochs MNIST"
    assert box.currentText() == COMES_WITH
    assert "strided" not in view.table.apart.text()
    assert "5 epochs MNIST" in cell_of(grid, "strided", "Network").tip
