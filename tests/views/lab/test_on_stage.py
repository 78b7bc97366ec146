"""The lab has a form for the whole window: what is tried there is what the page shows, too."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from visualizer.core.lab.lab import PRESETS
from visualizer.session.session import Session
from visualizer.views.base.look import Look
from visualizer.views.base.theme import text_width
from visualizer.views.lab.page import LabPage
from visualizer.views.lab.view import LabView
from visualizer.views.window.window import MainWindow


def opened(window: MainWindow) -> tuple[LabPage, LabView]:
    page = window.pages[1]
    assert isinstance(page, LabPage)
    window.show_page(page)
    page.bar.to_stage.click()
    view = window.stage.content
    assert isinstance(view, LabView)
    QApplication.processEvents()
    return page, view


def test_a_step_of_the_player_on_the_stage_is_seen_on_the_page(window: MainWindow) -> None:
    page, view = opened(window)
    view.player.moved.emit(1)
    said = view.readout.heading.text()
    assert page.model.selected == (0, 1) and "[0, 1]" in said
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert page.isVisible() and page.view.readout.heading.text() == said


def test_a_number_typed_on_the_stage_can_be_undone_there(window: MainWindow) -> None:
    page, view = opened(window)
    before = page.model.states.present
    view.board.input.grid.edited.emit(0, 0, 42.0)
    assert page.model.states.present.grid[0][0] == 42
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.model.states.present == before


def test_another_digit_is_followed_on_the_stage(window: MainWindow, session: Session) -> None:
    page, view = opened(window)
    page.model.show_preset(list(PRESETS)[3])
    before = page.model.response.inputs
    session.next_digit()
    session.viewer.settle()
    assert (page.model.response.inputs != before).any()
    assert view.scene is session.viewer.scene


def test_nothing_scrolls_on_the_stage_in_present_mode(window: MainWindow, look: Look) -> None:
    look.set_present(True)
    window.resize(1920, 1080)
    page, view = opened(window)
    for name in page.model.preset_names():
        for way in ("one", "beside"):
            page.model.show_preset(name)
            page.model.show_view(way)
            QApplication.processEvents()
            bars = (view.area.horizontalScrollBar(), view.area.verticalScrollBar())
            assert [bar.maximum() for bar in bars] == [0, 0], (name, way)


@pytest.mark.parametrize("present", [True, False])
def test_numbers_stand_wherever_a_cell_has_room_for_them(
    window: MainWindow, look: Look, present: bool
) -> None:
    look.set_present(present)
    window.resize(1920, 1080)
    page, view = opened(window)
    least = 26 if present else 12
    for name in page.model.preset_names():
        page.model.show_preset(name)
        QApplication.processEvents()
        for block in view.board.blocks:
            grid = block.grid
            widest = max(
                (text_width(t, least) for row in grid._texts(True) for t in row), default=0
            )
            room = grid.cell - grid.theme.px(3)
            fits = max(widest, least * 1.17) <= room
            assert (grid.number_pixels() >= least) == fits, (name, block.heading.text())
    if present:
        page.model.show_preset(list(PRESETS)[1])  # padding "same": cells of 60 pixels
        QApplication.processEvents()
        assert all(block.grid.number_pixels() >= 26 for block in view.board.blocks)
