"""The lab: set something and the drawing, the formula and the arithmetic follow."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.views.lab.hand import center, press, type_into
from visualizer.core.lab.lab import BORDER, FIRST_LAYER, POOL, PRESETS, SAME, STRIDE
from visualizer.core.network.geometry import Rect
from visualizer.session.session import Session
from visualizer.views.base.look import Look
from visualizer.views.base.theme import text_width
from visualizer.views.lab.page import LabPage
from visualizer.views.lab.palette import cell_hue, hues
from visualizer.views.window.window import MainWindow


@pytest.mark.parametrize(
    ("preset", "formula", "output"),
    [
        (BORDER, "(5 − 3) / 1 + 1 = 3", "Output 3 × 3"),
        (SAME, "⌈5 / 1⌉ = 5", "Output 5 × 5"),
        (STRIDE, "(5 − 3) / 2 + 1 = 2", "Output 2 × 2"),
        (FIRST_LAYER, "(28 − 3) / 1 + 1 = 26", "Output 26 × 26"),
        (POOL, "⌊(11 − 2) / 2⌋ + 1 = 5", "Output 5 × 5"),
    ],
)
def test_every_preset_writes_its_output_size_with_its_numbers(
    page: LabPage, preset: str, formula: str, output: str
) -> None:
    assert preset in page.model.preset_names()
    page.model.show_preset(preset)
    assert page.settings.formula.text() == formula
    assert page.view.board.output.heading.text() == output


def test_the_first_layers_response_is_the_networks_own(page: LabPage, session: Session) -> None:
    page.model.show_preset(FIRST_LAYER)
    own = session.viewer.scene.trace.pre_activations[0][:, :, page.model.states.present.filter]
    np.testing.assert_allclose(page.model.response.output, own, rtol=1e-4, atol=1e-5)


def test_another_digit_is_followed(page: LabPage, session: Session) -> None:
    page.model.show_preset(FIRST_LAYER)
    session.show_digit(5)
    expected = session.viewer.scene.digit.pixels / np.float32(255)
    np.testing.assert_allclose(page.view.board.input.grid.values, expected)
    own = session.viewer.scene.trace.pre_activations[0][:, :, page.model.states.present.filter]
    np.testing.assert_allclose(page.model.response.output, own, rtol=1e-4, atol=1e-5)


def test_pooling_eleven_says_which_line_it_drops_and_hatches_it(page: LabPage) -> None:
    page.model.show_preset(POOL)
    assert "Row 10 and column 10 are dropped" in page.settings.dropped.text()
    unseen = page.view.board.input.grid.marks.unseen
    assert unseen is not None
    assert unseen[10].all()
    assert unseen[:, 10].all()
    assert unseen.sum() == 21


def test_pointing_at_an_output_shows_its_window_and_its_sum(page: LabPage, pointer: Any) -> None:
    output = page.view.board.output.grid
    pointer.move(output, center(output, 0, 2))
    assert page.view.readout.heading.text() == "Output [0, 2] = 4"
    sentence = page.view.readout.sum.sentence
    assert sentence.startswith("5 × 0 + 3 × (−1) + 1 × 0")
    assert sentence.endswith("= 4")
    marks = page.view.board.input.grid.marks
    assert (Rect(0, 2, 3, 5), "field") in marks.outlines
    colors = hues(page.theme, (3, 3))
    assert {cell: color.name() for cell, color in marks.tints.items()} == {
        (row, 2 + column): colors[row][column].name() for row in range(3) for column in range(3)
    }


def test_pointing_at_an_input_outlines_the_outputs_it_reaches(page: LabPage, pointer: Any) -> None:
    inputs = page.view.board.input.grid
    pointer.move(inputs, center(inputs, 0, 1))
    marks = page.view.board.output.grid.marks
    assert set(marks.tints) == {(0, 0), (0, 1)}
    assert (Rect(0, 0, 1, 2), "field") in marks.outlines
    assert "reaches 2 of 9 outputs" in page.view.readout.place.text()
    pointer.leave(inputs)
    assert page.view.board.output.grid.marks.tints == {}


def test_pointing_at_a_kernel_cell_tints_every_input_it_multiplies(
    page: LabPage, pointer: Any
) -> None:
    kernel = page.view.board.kernel.grid
    pointer.move(kernel, center(kernel, 2, 0))
    tints = page.view.board.input.grid.marks.tints
    assert set(tints) == {(row, column) for row in (2, 3, 4) for column in (0, 1, 2)}
    assert {color.name() for color in tints.values()} == {cell_hue(page.theme, 2, 0, (3, 3)).name()}
    assert "multiplies 9 input cells" in page.view.readout.place.text()


def test_arrow_keys_move_the_selected_output(page: LabPage, qtbot: QtBot) -> None:
    output = page.view.board.output.grid
    page.model.selected = (0, 0)
    output.show_place((0, 0))
    output.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down):
        QTest.keyClick(output, key)
    assert page.model.selected == (2, 1)
    assert page.view.readout.heading.text().startswith("Output [2, 1]")


def test_a_window_larger_than_the_input_is_explained_in_place(page: LabPage) -> None:
    page.settings.kernel.rows.setValue(6)
    assert page.model.response.output is None
    assert "A 6 × 6 window has no place on a 5 × 5 map." in page.view.board.output.note.text()
    assert page.view.board.output.note.isVisible()
    assert not page.view.player.isEnabled()
    page.settings.padding.chosen.emit("same")
    assert page.view.board.output.grid.isVisible()
    assert page.view.board.output.heading.text() == "Output 5 × 5"


@pytest.mark.motion
def test_the_window_slides_over_its_real_places(page: LabPage, qtbot: QtBot) -> None:
    page.model.show_preset(STRIDE)
    page.view.player.speed.setCurrentIndex(3)
    page.view.player.scrub.setValue(0)
    seen: list[tuple[int, int]] = []
    page.view.player.moved.connect(lambda index: seen.append(divmod(index, 2)))
    qtbot.mouseClick(page.view.player.play, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not page.view.player.playing)
    assert seen == [(0, 1), (1, 0), (1, 1)] or seen == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert (Rect(2, 2, 5, 5), "field") in page.view.board.input.grid.marks.outlines


@pytest.mark.motion
@pytest.mark.parametrize("preset", PRESETS)
def test_a_slide_begins_at_its_first_place_on_ink(preset: str, page: LabPage, qtbot: QtBot) -> None:
    page.model.show_preset(preset)
    response, player = page.model.response, page.view.player
    seen: list[int] = []
    player.moved.connect(seen.append)
    player.play.click()
    first = player.index
    player.play.click()
    window = response.sliding.window(*page.model.selected)
    top, left = max(window.top, 0), max(window.left, 0)
    assert response.inputs[top : window.bottom, left : window.right].any()
    assert first == 0 or response.state.source == "digit"
    player.scrub.setValue(first + 2)
    player.play.click()
    assert player.index == first + 2  # one that was held goes on
    player.pause()


def test_pooling_begins_with_its_own_window_and_each_comes_back_to_what_it_had(
    page: LabPage, qtbot: QtBot
) -> None:
    type_into(qtbot, page.view.board.kernel.grid, (0, 0), "3")
    convolution = page.model.states.present
    press(page.bar.operation, "max")
    pooling = page.model.states.present
    assert (pooling.kernel_size, pooling.stride, pooling.padding) == ((2, 2), (2, 2), "valid")
    assert page.settings.kernel.pair == page.settings.stride.pair == (2, 2)
    press(page.bar.operation, "average")
    assert page.model.states.present.kernel_size == (2, 2)
    page.settings.kernel.chosen.emit((3, 3))
    press(page.bar.operation, "convolution")
    assert page.model.states.present == convolution
    press(page.bar.operation, "max")
    assert page.model.states.present.kernel_size == (3, 3)


def test_the_output_fills_in_while_it_slides(page: LabPage) -> None:
    page.view.player.scrub.setValue(3)
    assert page.view.board.output.grid.marks.shown == 4
    page.view.board.output.grid.selected.emit(0, 0)
    assert page.view.board.output.grid.marks.shown is None


@pytest.mark.motion
def test_the_page_rests_while_it_is_not_on_show(window: MainWindow, session: Session) -> None:
    window.show_page(window.pages[1])
    window.pages[1].model.show_preset(FIRST_LAYER)
    window.pages[1].view.player.play.click()
    assert window.pages[1].view.player.playing
    window.show_page(window.pages[0])
    assert not window.pages[1].view.player.playing
    held = window.pages[1].model.response
    session.show_digit(7)
    assert window.pages[1].model.response is held
    window.show_page(window.pages[1])
    np.testing.assert_allclose(
        window.pages[1].model.response.inputs, session.viewer.scene.digit.pixels / np.float32(255)
    )


def test_with_reduced_motion_nothing_plays_by_itself(page: LabPage, look: Look) -> None:
    look.set_reduce_motion(True)
    assert not page.view.player.play.isEnabled()
    assert page.view.player.step.isEnabled()


def test_max_pooling_names_its_winner(page: LabPage, pointer: Any) -> None:
    page.bar.operation.chosen.emit("max")
    output = page.view.board.output.grid
    pointer.move(output, center(output, 0, 0))
    assert page.view.readout.sum.sentence == "max of 9, 7, 7, 8 = 9"
    assert (Rect.cell(0, 0), "winner") in page.view.board.input.grid.marks.outlines


@pytest.mark.parametrize("preset", [BORDER, SAME, STRIDE, FIRST_LAYER, POOL])
@pytest.mark.parametrize(
    ("width", "height", "zoom"), [(960, 600, 0.8), (960, 600, 1.0), (1860, 1000, 1.75)]
)
def test_numbers_are_never_small_and_no_map_is_cut_off(
    page: LabPage, look: Look, preset: str, width: int, height: int, zoom: float
) -> None:
    look.set_zoom(zoom)
    page.resize(width, height)
    page.model.show_preset(preset)
    for block in page.view.board.blocks:
        assert page.view.board.rect().contains(block.geometry())
        assert block.rect().contains(block.grid.geometry())
        pixels = block.grid.number_pixels()
        if pixels:
            assert pixels >= max(10.4 * zoom, 12)
            widest = max(text_width(text, pixels) for row in block.grid.texts for text in row)
            assert widest < block.grid.cells.width
