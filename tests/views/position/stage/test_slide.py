"""The sliding window, large: what it shows at a place is the network's own."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from tests.views.conftest import Show
from visualizer.core.network.layer import Array
from visualizer.core.network.terms import ConvTerms, PoolTerms
from visualizer.scene.trail import Cell
from visualizer.session.session import Session
from visualizer.views.base.look import Look
from visualizer.views.position.stage.slide import SlideStage
from visualizer.views.widgets.number_grid import NumberGrids
from visualizer.views.window.window import MainWindow


@pytest.fixture
def stage(show: Show, look: Look, session: Session) -> SlideStage:
    made = SlideStage(look, session.viewer)
    show(made, 1200, 700)
    return made


def same_as_printed(grid: NumberGrids, values: Array, at: int = 0) -> bool:
    """Whether every number that a grid prints is the value, to the digits printed."""
    printed = [[text.replace("−", "-") for text in row] for row in grid.texts[at]]
    return all(
        abs(float(text) - value) <= 0.51 * 10.0 ** -len(text.partition(".")[2])
        for row, of_row in zip(printed, values.tolist(), strict=True)
        for text, value in zip(row, of_row, strict=True)
    )


@pytest.mark.parametrize("layer", [0, 2, 4])
def test_patch_kernel_and_products_are_those_of_the_selected_cell(
    stage: SlideStage, session: Session, layer: int
) -> None:
    session.viewer.select_layer(layer)
    scene = session.viewer.scene
    terms = scene.terms(scene.selected)
    assert isinstance(terms, ConvTerms)
    channel = int(np.abs(terms.subtotals).argmax())
    for at, values in enumerate((terms.patch, terms.kernel, terms.products)):
        assert same_as_printed(stage.grids, values[:, :, channel], at)
    assert f"{terms.output:.3f}" in stage.sentence.text()


def test_a_pooling_shows_its_window(stage: SlideStage, session: Session) -> None:
    session.viewer.select_layer(1)
    scene = session.viewer.scene
    terms = scene.terms(scene.selected)
    assert isinstance(terms, PoolTerms)
    assert same_as_printed(stage.grids, terms.window) and len(stage.grids.factors) == 1
    assert f"{terms.output:.3f}" in stage.sentence.text()


@pytest.mark.motion
def test_the_channel_stays_while_the_window_slides(stage: SlideStage, session: Session) -> None:
    session.viewer.select_layer(2)
    player = stage.slide.player
    player.play.click()
    shown = stage.place.whole.split("channel")[1]
    for place in range(0, 121, 7):
        player.moved.emit(place)
        row, column = divmod(place, 11)
        selected = session.viewer.scene.selected
        assert (selected.row, selected.column) == (row, column)
        assert stage.place.whole.split("channel")[1] == shown
    player.pause()


def test_the_output_fills_in_as_the_window_goes(stage: SlideStage, session: Session) -> None:
    session.viewer.select(Cell(2, 0, 0, 5))
    stage.slide.player.moved.emit(60)
    empty = stage.grab().toImage()
    session.viewer.select(Cell(2, 0, 0, 5))
    session.viewer.select(Cell(2, 5, 5, 5))
    QApplication.processEvents()
    assert stage.grab().toImage() != empty


def test_the_remote_passes_it_by_where_nothing_slides(window: MainWindow, session: Session) -> None:
    session.viewer.select_layer(6)
    titles = []
    window.open_stage(window.page.stages()[0])
    for _ in window.page.stages():
        stage = window.stage.stage
        assert stage is not None
        titles.append(stage.title)
        window.stage.go_on()
    assert "The sliding window" not in titles and "Loss and accuracy" in titles
