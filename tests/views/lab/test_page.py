"""The lab: set something and the drawing, the formula and the arithmetic follow."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolTip
from pytestqt.qtbot import QtBot

from visualizer.core.geometry import Rect
from visualizer.core.lab import BORDER, FIRST_LAYER, NETWORK, OWN, POOL, SAME, STRIDE
from visualizer.session import Session
from visualizer.views.lab.editor import CellEditor
from visualizer.views.lab.grid import LabGrid
from visualizer.views.lab.page import LabPage
from visualizer.views.lab.palette import cell_hue, hues
from visualizer.views.shell.window import MainWindow
from visualizer.views.widgets.look import Look
from visualizer.views.widgets.theme import FONT_SIZES


@pytest.fixture
def page(show: Any, look: Look, session: Session) -> LabPage:
    made = LabPage(look, session.viewer, session)
    show(made, 1280, 780)
    return made


def center(grid: LabGrid, row: int, column: int) -> QPointF:
    return grid.cell_rect(row, column).center()


def type_into(qtbot: QtBot, grid: LabGrid, cell: tuple[int, int], text: str) -> None:
    """Click a cell, type, press Enter."""
    point = center(grid, *cell)
    qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=QPoint(int(point.x()), int(point.y())))
    QTest.keyClick(grid, text[0])
    editor = grid.findChild(CellEditor)
    assert editor is not None
    QTest.keyClicks(editor, text[1:])
    QTest.keyClick(editor, Qt.Key.Key_Return)


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
    assert preset in page.preset_names()
    page.show_preset(preset)
    assert page.settings.formula.text() == formula
    assert page.stage.output.heading.text() == output


def test_the_first_layers_response_is_the_networks_own(page: LabPage, session: Session) -> None:
    page.show_preset(FIRST_LAYER)
    own = session.viewer.scene.trace.pre_activations[0][:, :, page.edits.present.filter]
    np.testing.assert_allclose(page.response.output, own, rtol=1e-4, atol=1e-5)


def test_another_digit_is_followed(page: LabPage, session: Session) -> None:
    page.show_preset(FIRST_LAYER)
    session.show_digit(5)
    expected = session.viewer.scene.digit.pixels / np.float32(255)
    np.testing.assert_allclose(page.stage.input.grid.values, expected)
    own = session.viewer.scene.trace.pre_activations[0][:, :, page.edits.present.filter]
    np.testing.assert_allclose(page.response.output, own, rtol=1e-4, atol=1e-5)


def test_without_filters_of_one_channel_the_network_is_no_choice(
    page: LabPage, session: Session
) -> None:
    session.choose_network("dense")
    values = page.settings.values
    item = values.model().item(values.findData(NETWORK))
    assert not item.isEnabled()
    assert "does not begin with a convolution" in values.toolTip()
    page.show_preset(FIRST_LAYER)
    assert page.response.output is not None


def test_pooling_eleven_says_which_line_it_drops_and_hatches_it(page: LabPage) -> None:
    page.show_preset(POOL)
    assert "Row 10 and column 10 are dropped" in page.settings.dropped.text()
    unseen = page.stage.input.grid.marks.unseen
    assert unseen is not None
    assert unseen[10].all()
    assert unseen[:, 10].all()
    assert unseen.sum() == 21


@pytest.mark.parametrize(
    ("size", "said"), [(3, "1 row and column of zeros"), (5, "2 rows and columns of zeros")]
)
def test_padding_is_said_and_drawn(page: LabPage, size: int, said: str) -> None:
    page.show_preset(SAME)
    page.settings.kernel.rows.setValue(size)
    assert said in page.settings.words.text()
    margin = size // 2
    assert page.stage.input.grid.margins == ((margin, margin), (margin, margin))
    assert page.stage.input.grid.text_of(-1, -1) == "0"


def test_pointing_at_an_output_shows_its_window_and_its_sum(page: LabPage, pointer: Any) -> None:
    output = page.stage.output.grid
    pointer.move(output, center(output, 0, 2))
    assert page.readout.heading.text() == "Output [0, 2] = 4"
    sentence = page.readout.sum.sentence
    assert sentence.startswith("5 × 0 + 3 × (−1) + 1 × 0")
    assert sentence.endswith("= 4")
    marks = page.stage.input.grid.marks
    assert (Rect(0, 2, 3, 5), "field") in marks.outlines
    colors = hues(page.theme, (3, 3))
    assert {cell: color.name() for cell, color in marks.tints.items()} == {
        (row, 2 + column): colors[row][column].name() for row in range(3) for column in range(3)
    }


def test_pointing_at_an_input_outlines_the_outputs_it_reaches(page: LabPage, pointer: Any) -> None:
    inputs = page.stage.input.grid
    pointer.move(inputs, center(inputs, 0, 1))
    marks = page.stage.output.grid.marks
    assert set(marks.tints) == {(0, 0), (0, 1)}
    assert (Rect(0, 0, 1, 2), "field") in marks.outlines
    assert "reaches 2 of 9 outputs" in page.readout.place.text()
    pointer.leave(inputs)
    assert page.stage.output.grid.marks.tints == {}


def test_pointing_at_a_kernel_cell_tints_every_input_it_multiplies(
    page: LabPage, pointer: Any
) -> None:
    kernel = page.stage.kernel.grid
    pointer.move(kernel, center(kernel, 2, 0))
    tints = page.stage.input.grid.marks.tints
    assert set(tints) == {(row, column) for row in (2, 3, 4) for column in (0, 1, 2)}
    assert {color.name() for color in tints.values()} == {cell_hue(page.theme, 2, 0, (3, 3)).name()}
    assert "multiplies 9 input cells" in page.readout.place.text()


def test_arrow_keys_move_the_selected_output(page: LabPage, qtbot: QtBot) -> None:
    output = page.stage.output.grid
    page.selected = (0, 0)
    output.show_place((0, 0))
    output.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down):
        QTest.keyClick(output, key)
    assert page.selected == (2, 1)
    assert page.readout.heading.text().startswith("Output [2, 1]")


def test_a_typed_number_is_drawn_and_answered_at_once_and_can_be_undone(
    page: LabPage, qtbot: QtBot
) -> None:
    before = page.response.output
    assert before is not None
    type_into(qtbot, page.stage.input.grid, (1, 1), "-7")
    assert page.stage.input.grid.texts[1][1] == "−7"
    assert page.response.output is not None
    assert page.response.output[0, 0] == before[0, 0] + 5 * (-7 - 8)
    page.undo()
    np.testing.assert_array_equal(page.response.output, before)
    page.redo()
    assert page.stage.input.grid.texts[1][1] == "−7"
    page.reset()
    np.testing.assert_array_equal(page.response.output, before)


def test_a_kernel_cell_takes_fractions_and_the_kernel_becomes_ones_own(
    page: LabPage, qtbot: QtBot
) -> None:
    type_into(qtbot, page.stage.kernel.grid, (0, 0), "1/4")
    assert page.edits.present.kernel[0][0] == 0.25
    assert page.settings.values.currentData() == OWN


@pytest.mark.parametrize("text", ["1000", "2.5", "1e9"])
def test_an_absurd_number_is_refused_and_the_cell_stays_open(
    page: LabPage, qtbot: QtBot, text: str
) -> None:
    before = page.edits
    grid = page.stage.input.grid
    type_into(qtbot, grid, (0, 0), text)
    editor = grid.findChild(CellEditor)
    assert editor is not None
    assert editor.accessibleDescription().endswith("please.")
    assert page.edits is before
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert page.edits is before
    QToolTip.hideText()


def test_a_minus_is_shown_as_the_window_prints_it(page: LabPage) -> None:
    grid = page.stage.input.grid
    grid.edit("-")
    editor = grid.findChild(CellEditor)
    assert editor is not None
    QTest.keyClicks(editor, "4")
    assert editor.text() == "−4"
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert page.edits.present.grid[0][0] == -4


def test_a_filter_stays_as_ones_own_where_the_network_has_none(
    page: LabPage, session: Session
) -> None:
    page.show_preset(FIRST_LAYER)
    kernel = page.response.kernel
    session.choose_network("dense")
    np.testing.assert_array_equal(page.response.kernel, kernel)
    assert page.settings.values.currentData() == OWN


def test_the_digit_cannot_be_typed_into(page: LabPage) -> None:
    page.show_preset(FIRST_LAYER)
    grid = page.stage.input.grid
    grid.edit()
    assert grid.findChild(CellEditor) is None


def test_a_window_larger_than_the_input_is_explained_in_place(page: LabPage) -> None:
    page.settings.kernel.rows.setValue(6)
    assert page.response.output is None
    assert "A 6 × 6 window has no place on a 5 × 5 map." in page.stage.output.note.text()
    assert page.stage.output.note.isVisible()
    assert not page.player.isEnabled()
    page.settings.padding.chosen.emit("same")
    assert page.stage.output.grid.isVisible()
    assert page.stage.output.heading.text() == "Output 5 × 5"


def test_sizes_are_square_until_unlinked(page: LabPage) -> None:
    page.settings.input_size.rows.setValue(8)
    assert page.edits.present.grid_size == (8, 8)
    page.settings.input_size.link.click()
    page.settings.input_size.columns.setValue(6)
    assert page.edits.present.grid_size == (8, 6)
    assert page.settings.formula.text() == ("rows (8 − 3) / 1 + 1 = 6\ncolumns (6 − 3) / 1 + 1 = 4")


def test_the_window_slides_over_its_real_places(page: LabPage, qtbot: QtBot) -> None:
    page.show_preset(STRIDE)
    page.player.speed.setCurrentIndex(3)
    page.player.scrub.setValue(0)
    seen: list[tuple[int, int]] = []
    page.player.moved.connect(lambda index: seen.append(divmod(index, 2)))
    qtbot.mouseClick(page.player.play, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not page.player.playing, timeout=5000)
    assert seen == [(0, 1), (1, 0), (1, 1)] or seen == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert (Rect(2, 2, 5, 5), "field") in page.stage.input.grid.marks.outlines


def test_the_output_fills_in_while_it_slides(page: LabPage) -> None:
    page.player.scrub.setValue(3)
    assert page.stage.output.grid.marks.shown == 4
    page.stage.output.grid.selected.emit(0, 0)
    assert page.stage.output.grid.marks.shown is None


def test_ctrl_z_takes_back_a_step_of_a_spin_box(page: LabPage) -> None:
    rows = page.settings.kernel.rows
    rows.setFocus()
    rows.stepUp()
    assert page.edits.present.kernel_size == (4, 4)
    QTest.keyClick(rows, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.edits.present.kernel_size == (3, 3)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(rows, Qt.Key.Key_Z, both)
    assert page.edits.present.kernel_size == (4, 4)


def test_digits_typed_into_a_cell_do_not_select_layers(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    window.show_page(1)
    before = session.viewer.scene.selected
    type_into(qtbot, window.lab.stage.input.grid, (2, 2), "3")
    assert window.lab.edits.present.grid[2][2] == 3
    assert session.viewer.scene.selected == before


def test_the_page_rests_while_it_is_not_on_show(window: MainWindow, session: Session) -> None:
    window.show_page(1)
    window.lab.show_preset(FIRST_LAYER)
    window.lab.player.play.click()
    assert window.lab.player.playing
    window.show_page(0)
    assert not window.lab.player.playing
    held = window.lab.response
    session.show_digit(7)
    assert window.lab.response is held
    window.show_page(1)
    np.testing.assert_allclose(
        window.lab.response.inputs, session.viewer.scene.digit.pixels / np.float32(255)
    )


def test_with_reduced_motion_nothing_plays_by_itself(page: LabPage, look: Look) -> None:
    look.set_reduce_motion(True)
    assert not page.player.play.isEnabled()
    assert page.player.step.isEnabled()


def test_side_by_side_shows_three_operations_with_their_sizes(page: LabPage, pointer: Any) -> None:
    page.show_view("beside")
    shown = [(b.heading.text(), b.caption.text().split("\n")[-1]) for b in page.stage.beside]
    assert shown == [
        ("Max pooling", "output 2 × 2"),
        ("Average pooling", "output 2 × 2"),
        ("Convolution", "output 2 × 2"),
    ]
    average = page.stage.beside[1].grid
    pointer.move(average, center(average, 0, 1))
    assert page.readout.sum.sentence == "sum of 5 + 3 + 6 + 4 divided by 4 = 4.5"
    assert (Rect(0, 2, 2, 4), "field") in page.stage.input.grid.marks.outlines


def test_side_by_side_any_cell_of_any_map_can_be_pointed_at(page: LabPage, pointer: Any) -> None:
    page.show_preset(FIRST_LAYER)
    page.show_view("beside")
    for block in page.stage.beside:
        rows, columns = block.grid.values.shape
        pointer.move(block.grid, center(block.grid, rows - 1, columns - 1))
        assert page.readout.heading.text().startswith(f"Output [{rows - 1}, {columns - 1}]")
    inputs = page.stage.input.grid
    pointer.move(inputs, center(inputs, 27, 27))
    reached = [len(block.grid.marks.tints) for block in page.stage.beside]
    assert reached == [1, 1, 0]


def test_max_pooling_names_its_winner(page: LabPage, pointer: Any) -> None:
    page.bar.operation.chosen.emit("max")
    output = page.stage.output.grid
    pointer.move(output, center(output, 0, 0))
    assert page.readout.sum.sentence == "max of 9, 7, 5, 7, 8, 6, 5, 6, 7 = 9"
    assert (Rect.cell(0, 0), "winner") in page.stage.input.grid.marks.outlines


@pytest.mark.parametrize("preset", [BORDER, SAME, STRIDE, FIRST_LAYER, POOL])
@pytest.mark.parametrize(
    ("width", "height", "zoom"), [(960, 600, 0.8), (960, 600, 1.0), (1860, 1000, 1.75)]
)
def test_numbers_are_never_small_and_no_map_is_cut_off(
    page: LabPage, look: Look, preset: str, width: int, height: int, zoom: float
) -> None:
    look.set_zoom(zoom)
    page.resize(width, height)
    page.show_preset(preset)
    for block in page.stage.blocks:
        assert page.stage.rect().contains(block.geometry())
        assert block.rect().contains(block.grid.geometry())
        font = block.grid.number_font()
        if font is not None:
            assert font.pixelSize() >= look.theme.px(FONT_SIZES["caption"])
