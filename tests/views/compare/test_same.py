"""The same digits through two networks: counted, opened, and followed cell by cell."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.views.conftest import Pointer
from visualizer.compare.pair import counterpart
from visualizer.scene.trail import Cell
from visualizer.session.session import Session
from visualizer.views.base.look import Look
from visualizer.views.compare.page import ComparePage
from visualizer.views.compare.same_view import SameView
from visualizer.views.window.window import MainWindow


@pytest.fixture
def view(page: ComparePage, qtbot: QtBot) -> SameView:
    made = page.show_part("same")
    assert isinstance(made, SameView)
    qtbot.waitUntil(lambda: made.known)
    return made


def test_four_counts_make_up_all_digits_and_open_theirs(
    page: ComparePage, view: SameView, session: Session
) -> None:
    test = session.source.dataset.test
    first, second = (page.comparison.measurements.answers(m) for m in page.comparison.same.models)
    assert first is not None and second is not None
    total = 0
    for at, button in enumerate(view.counts):
        button.click()
        digits = view.list.digits.indices.tolist()
        assert button.text().split()[0] == str(len(digits)) and button.isChecked()
        total += len(digits)
        for index in digits:
            right = [
                bool(each.predictions[index] == test.labels[index]) for each in (first, second)
            ]
            assert right == [[True, True], [True, False], [False, True], [False, False]][at]
    assert total == len(test)


def test_a_digit_of_a_group_is_shown_in_both_and_in_the_window(
    page: ComparePage, view: SameView, session: Session
) -> None:
    indices = max((view.show_group(at) for at in range(4)), key=len)
    view.list.picked.emit(int(indices[-1]))
    assert session.viewer.scene.digit.index == indices[-1]
    for viewer in page.comparison.same.viewers:
        assert viewer.scene.digit is session.viewer.scene.digit


def test_a_click_on_a_small_map_beside_another_network_selects_its_strongest_cell(
    page: ComparePage, view: SameView, pointer: Pointer
) -> None:
    viewer, maps = page.comparison.same.viewers[0], view.maps[0].maps
    viewer.select_layer(0)
    values = viewer.scene.trace.outputs[0]
    channel = int(values.max(axis=(0, 1)).argmax())
    assert maps._viewport.cell.width() < 8
    pointer.click(maps, maps.cell_center((0, 0, channel)))
    selected = viewer.scene.selected
    assert selected.channel == channel
    assert values[selected.row, selected.column, channel] == values[:, :, channel].max()


def test_what_is_selected_in_one_is_followed_in_the_other_both_ways(
    page: ComparePage, view: SameView
) -> None:
    pair = page.comparison.same
    for side, cell in ((0, Cell(4, 2, 0, 11)), (1, Cell(2, 20, 3, 40))):
        view.maps[side].maps.clicked.emit((cell.row, cell.column, cell.channel))
        pair.select(side, cell)
        one, other = pair.viewers[side].scene, pair.viewers[1 - side].scene
        assert one.selected == cell
        assert other.selected == counterpart(one, cell, other)
    fields = [digit.view._field for digit in view.digits]
    assert [len(field.rows) for field in fields] == [18, 7]


def test_from_the_first_moment_on_both_look_at_the_same_place(
    page: ComparePage, view: SameView
) -> None:
    one, other = (viewer.scene for viewer in page.comparison.same.viewers)
    assert other.selected == counterpart(one, one.selected, other)


def test_another_layer_is_followed_by_the_one_that_does_the_same_work(
    page: ComparePage, view: SameView
) -> None:
    view.maps[0].layers.activated.emit(3)  # the second pooling
    other = page.comparison.same.viewers[1].scene
    assert other.layer.name == "conv2d_2"
    assert view.maps[1].layers.currentText() == "conv2d_2"
    view.maps[1].layers.activated.emit(5)
    assert page.comparison.same.viewers[0].scene.layer.name == "dense_2"


def test_other_networks_are_sorted_anew(page: ComparePage, view: SameView, qtbot: QtBot) -> None:
    page.comparison.same.choose(1, "dense")
    qtbot.waitUntil(lambda: view.known)
    assert view.counts[2].text().endswith("only dense right")


def test_the_digits_of_the_chosen_group_are_on_the_stage_and_one_is_picked_there(
    page: ComparePage, view: SameView, session: Session, window: MainWindow, look: Look
) -> None:
    group = max(range(4), key=lambda at: len(view.show_group(at)))
    look.set_present(True)
    window.resize(1920, 1080)
    window.open_stage(next(each for each in page.stages() if "same digits" in each.title))
    window.settle()
    QApplication.processEvents()
    stage = window.stage.content
    assert isinstance(stage, SameView) and stage.list.isVisible()
    stage.counts[group].click()
    indices = stage.list.digits.indices
    assert np.array_equal(indices, view.show_group(group)) and len(indices) > 3
    assert stage.list.tile >= 60 and stage.list.height() > 4 * stage.list.tile
    at = stage.list.visualRect(stage.list.digits.index(2)).center()
    QTest.mouseClick(stage.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert session.viewer.scene.digit.index == indices[2]
