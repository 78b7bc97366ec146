"""What is clicked is what is selected, what is marked, and what the sum is of."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from tests.views.conftest import Pointer
from visualizer.core.edits import SwitchOff
from visualizer.session import Session
from visualizer.trail import Cell
from visualizer.views.inspect.page import InspectPage
from visualizer.views.shell.window import MainWindow


@pytest.fixture
def page(window: MainWindow) -> InspectPage:
    page = window.pages[0]
    assert isinstance(page, InspectPage)
    return page


def test_a_double_click_selects_the_cell_that_was_clicked_and_explains_it(
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
        assert viewer.scene.selected == Cell(0, *place)
        assert viewer.scene.shown == viewer.scene.selected


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


def test_the_present_line_says_whose_accuracy_it_is(
    window: MainWindow, short: Session, qtbot: QtBot
) -> None:
    short.train_or_pause()
    qtbot.waitUntil(lambda: short.runs.state.phase == "finished")
    for altered in (False, True):
        if altered:
            short.what_if.add(SwitchOff("conv2d_1", 3))
        window.line.show_state(short.runs.state)
        told = window.line.run.whole
        assert "test accuracy" in told and ("unaltered" in told) == altered
