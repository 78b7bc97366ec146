"""What is clicked is what is selected, what is marked, and what the sum is of."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from tests.views.conftest import Pointer
from visualizer.core.edits import SwitchOff
from visualizer.scene.trail import Cell
from visualizer.session.session import Session
from visualizer.views.inspect.page import InspectPage
from visualizer.views.widgets.run_words import run_words
from visualizer.views.window.window import MainWindow


@pytest.fixture
def page(window: MainWindow) -> InspectPage:
    page = window.pages[0]
    assert isinstance(page, InspectPage)
    return page


def strongest_of_map(session: Session, layer: int, channel: int) -> Cell:
    values = session.viewer.scene.trace.outputs[layer][:, :, channel]
    row, column = np.unravel_index(int(values.argmax()), values.shape)
    return Cell(layer, int(row), int(column), channel)


def test_a_double_click_selects_the_strongest_cell_of_the_map_and_explains_it(
    page: InspectPage, session: Session, pointer: Pointer
) -> None:
    """The map comes forward under the pointer, which then lies on another cell."""
    viewer, maps = session.viewer, page.maps.maps
    for place in ((3, 4, 7), (20, 22, 30)):
        maps.fit()
        at = maps.cell_center(place)
        pointer.move(maps, at)
        pointer.double_click(maps, at)
        assert maps.zoomed
        assert viewer.scene.selected == strongest_of_map(session, 0, place[2])
        assert viewer.scene.shown == viewer.scene.selected


@pytest.mark.parametrize("layer", range(5))
def test_a_click_on_a_small_map_selects_its_strongest_cell_not_the_white_paper(
    layer: int, page: InspectPage, session: Session, pointer: Pointer
) -> None:
    viewer, maps = session.viewer, page.maps.maps
    viewer.select_layer(layer)
    outputs = viewer.scene.trace.outputs[layer]
    for channel in np.flatnonzero(outputs.max(axis=(0, 1)) > 0)[:3].tolist():
        white = np.unravel_index(int(outputs[:, :, channel].argmin()), outputs.shape[:2])
        place = (int(white[0]), int(white[1]), channel)
        at = maps.cell_center(place)
        pointer.move(maps, at)
        pointer.click(maps, at)
        small = maps._viewport.cell.width() < 8
        best = strongest_of_map(session, layer, channel)
        assert viewer.scene.selected == (best if small else Cell(layer, *place))
        assert viewer.scene.shown == viewer.scene.selected
        pointer.move(maps, at + QPointF(1, 1))
        assert viewer.scene.shown == viewer.scene.selected
        pointer.move(maps, maps.cell_center((0, 0, (channel + 1) % outputs.shape[2])))
        assert viewer.scene.hovered is not None


def test_once_a_map_is_large_the_clicked_cell_is_selected(
    page: InspectPage, session: Session, pointer: Pointer
) -> None:
    maps = page.maps.maps
    maps.show_channel(7)
    assert maps._viewport.cell.width() >= 8
    pointer.click(maps, maps.cell_center((12, 12, 7)))
    assert session.viewer.scene.selected == Cell(0, 12, 12, 7)


def test_the_sum_goes_where_the_mark_is_moved_though_the_pointer_rests(
    page: InspectPage, session: Session, pointer: Pointer
) -> None:
    viewer, maps = session.viewer, page.maps.maps
    pointer.move(maps, maps.cell_center((5, 5, 3)))
    assert viewer.scene.shown == Cell(0, 5, 5, 3)
    viewer.select(Cell(0, 10, 10, 4))
    assert viewer.scene.shown == viewer.scene.selected == Cell(0, 10, 10, 4)
    maps.moved.emit(1, 0, 0)
    assert viewer.scene.shown == viewer.scene.selected == Cell(0, 11, 10, 4)
    pointer.move(maps, maps.cell_center((5, 6, 3)))
    assert viewer.scene.shown == Cell(0, 5, 6, 3)


def test_the_accuracy_of_the_run_is_not_shown_as_that_of_an_altered_network(
    window: MainWindow, session: Session
) -> None:
    caption = window.run_bar.accuracy.caption
    own = caption.whole
    session.what_if.add(SwitchOff("conv2d_1", 3))
    assert "naltered" in caption.whole and "naltered" not in own
    session.what_if.undo()
    assert caption.whole == own


def test_in_present_no_accuracy_is_said_to_be_that_of_an_altered_network(
    window: MainWindow, short: Session, qtbot: QtBot
) -> None:
    short.train_or_pause()
    qtbot.waitUntil(lambda: short.runs.state.phase == "finished")
    for altered in (False, True):
        if altered:
            short.what_if.add(SwitchOff("conv2d_1", 3))
        told = run_words(short, rests=True)[0]
        assert ("test accuracy" in told) != altered and ("altered" in told) == altered
