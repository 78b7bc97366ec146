"""The lab: set something and the drawing, the formula and the arithmetic follow."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from visualizer.core.geometry import Rect
from visualizer.core.kernels import KERNELS
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
    return grid.cells.cell(row, column).center()


def type_into(qtbot: QtBot, grid: LabGrid, cell: tuple[int, int], text: str) -> None:
    """Click a cell, type, press Enter."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # of the editor before
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
    assert page.stage.input.grid.picture.text(-1, -1) == "0"


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


def test_ctrl_z_takes_back_a_step_of_a_spin_box(window: MainWindow) -> None:
    page = window.pages[1]
    window.show_page(page)
    rows = page.settings.kernel.rows
    rows.setFocus()
    rows.stepUp()
    rows.stepUp()
    assert page.edits.present.kernel_size == (5, 5)
    for size in ((4, 4), (3, 3)):
        QTest.keyClick(rows, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert page.edits.present.kernel_size == size
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(rows, Qt.Key.Key_Z, both)
    assert page.edits.present.kernel_size == (4, 4)
    QTest.keyClick(rows, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert page.edits.present.kernel_size == (5, 5)


def test_digits_typed_into_a_cell_do_not_select_layers(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    window.show_page(window.pages[1])
    before = session.viewer.scene.selected
    type_into(qtbot, window.pages[1].stage.input.grid, (2, 2), "3")
    assert window.pages[1].edits.present.grid[2][2] == 3
    assert session.viewer.scene.selected == before


def test_the_page_rests_while_it_is_not_on_show(window: MainWindow, session: Session) -> None:
    window.show_page(window.pages[1])
    window.pages[1].show_preset(FIRST_LAYER)
    window.pages[1].player.play.click()
    assert window.pages[1].player.playing
    window.show_page(window.pages[0])
    assert not window.pages[1].player.playing
    held = window.pages[1].response
    session.show_digit(7)
    assert window.pages[1].response is held
    window.show_page(window.pages[1])
    np.testing.assert_allclose(
        window.pages[1].response.inputs, session.viewer.scene.digit.pixels / np.float32(255)
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
    assert [name.text() for name in page.readout.names] == [
        "Max pooling",
        "Average pooling",
        "Convolution",
    ]
    assert [line.sentence for line in page.readout.sums] == [
        "max of 5, 3, 6, 4 = 6",
        "sum of 5 + 3 + 6 + 4 divided by 4 = 4.5",
        "5 × 0 + 3 × (−1) + 1 × 0 + 6 × (−1) + 4 × 5 + 2 × (−1) + 7 × 0 + 5 × (−1) + 3 × 0 = 4",
    ]
    assert all(line.isVisible() for line in page.readout.sums)
    for block in page.stage.beside:
        assert (Rect.cell(0, 1), "selection") in block.grid.marks.outlines
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


class TestChanged:
    """The preset box says where something is not as its preset has it."""

    @pytest.mark.parametrize("preset", [BORDER, SAME, STRIDE, FIRST_LAYER, POOL])
    def test_a_preset_as_it_is_has_its_name_alone(self, page: LabPage, preset: str) -> None:
        page.show_preset(preset)
        assert page.bar.preset.shown_text() == preset

    @pytest.mark.parametrize("preset", [BORDER, SAME, STRIDE, FIRST_LAYER, POOL])
    def test_an_edit_is_said_and_undone(self, page: LabPage, preset: str) -> None:
        page.show_preset(preset)
        page.settings.stride.chosen.emit((3, 3))
        assert page.bar.preset.shown_text() == f"{preset} (changed)"
        page.undo()
        assert page.bar.preset.shown_text() == preset
        page.redo()
        page.reset()
        assert page.bar.preset.shown_text() == preset

    def test_a_number_that_is_typed_is_an_edit(self, page: LabPage, qtbot: QtBot) -> None:
        page.show_preset(BORDER)
        type_into(qtbot, page.stage.input.grid, (0, 0), "3")
        assert page.bar.preset.shown_text() == f"{BORDER} (changed)"

    def test_another_digit_and_other_weights_change_no_preset(
        self, page: LabPage, session: Session
    ) -> None:
        page.show_preset(FIRST_LAYER)
        session.show_digit(9)
        session.viewer.settle()
        assert page.bar.preset.shown_text() == FIRST_LAYER

    @pytest.mark.parametrize("width", [880, 962, 1280])
    def test_the_word_is_read_in_a_narrow_window(self, page: LabPage, width: int) -> None:
        page.resize(width, 620)
        page.show_preset(BORDER)
        page.settings.padding.chosen.emit("same")
        QApplication.processEvents()
        box = page.bar.preset
        assert box.shown_text().startswith("Border effect")
        assert box.shown_text().endswith("(changed)")
        room = box.width() - page.theme.px(24 + 12)
        assert box.fontMetrics().horizontalAdvance(box.shown_text()) <= room


def test_side_by_side_an_input_is_followed_through_all_three(page: LabPage, pointer: Any) -> None:
    page.show_preset(BORDER)
    page.show_view("beside")
    grid = page.stage.input.grid
    pointer.move(grid, center(grid, 2, 2))
    said = [line.sentence for line in page.readout.sums]
    assert page.readout.heading.text() == "Input [2, 2] = 7"
    assert said[:2] == ["→ [1, 1]", "→ [1, 1]"]
    assert said[2].count("→") == 4
    pointer.move(grid, center(grid, 4, 4))
    assert [line.sentence for line in page.readout.sums][:2] == ["no window sees it"] * 2


def test_one_operation_has_one_line_of_arithmetic(page: LabPage) -> None:
    page.show_view("beside")
    page.show_view("one")
    assert [line.isVisible() for line in page.readout.sums] == [True, False, False]
    assert not any(name.isVisible() for name in page.readout.names)


def test_every_edit_is_undone_one_by_one_and_done_again(page: LabPage, qtbot: QtBot) -> None:
    page.show_preset(BORDER)
    states = [page.edits.present]
    for cell, text in (((0, 0), "3"), ((4, 4), "-2"), ((2, 1), "9")):
        type_into(qtbot, page.stage.input.grid, cell, text)
        states.append(page.edits.present)
    assert len(set(states)) == 4
    seen = []
    for act in (page.undo, page.undo, page.undo, page.redo, page.redo, page.redo):
        act()
        seen.append(page.edits.present)
        expected = np.asarray(page.edits.present.grid, np.float32)
        np.testing.assert_array_equal(page.stage.input.grid.values, expected)
    assert seen == [states[at] for at in (2, 1, 0, 1, 2, 3)]


def test_the_keys_undo_twice(window: MainWindow, qtbot: QtBot) -> None:
    page = window.pages[1]
    window.show_page(page)
    page.show_preset(BORDER)
    first = page.edits.present
    for text in ("3", "4"):
        type_into(qtbot, page.stage.input.grid, (0, 0), text)
    last = page.edits.present
    control = Qt.KeyboardModifier.ControlModifier
    grid = page.stage.input.grid
    for _ in range(2):
        qtbot.keyClick(grid, Qt.Key.Key_Z, control)
    assert page.edits.present == first
    for _ in range(2):
        qtbot.keyClick(grid, Qt.Key.Key_Z, control | Qt.KeyboardModifier.ShiftModifier)
    assert page.edits.present == last


def press(part: QWidget, key: str) -> None:
    """Press one button of a row of them."""
    buttons = {button.property("key"): button for button in part.findChildren(QToolButton)}
    buttons[key].click()


class TestSettings:
    """Every control changes the one thing that it names, and the picture follows."""

    @pytest.mark.parametrize("source", ["digit", "map", "grid"])
    def test_input(self, page: LabPage, source: str) -> None:
        page.show_preset(POOL if source == "grid" else BORDER)
        press(page.settings.source, source)
        assert page.edits.present.source == source
        size = {"digit": (28, 28), "map": (11, 11), "grid": (5, 5)}[source]
        assert page.stage.input.grid.values.shape == size
        assert page.settings.source.choice == source

    @pytest.mark.parametrize("padding", ["same", "valid"])
    def test_padding(self, page: LabPage, padding: str) -> None:
        page.show_preset(BORDER if padding == "same" else SAME)
        press(page.settings.padding, padding)
        assert page.edits.present.padding == padding
        output = page.response.output
        assert output is not None
        assert output.shape == ((5, 5) if padding == "same" else (3, 3))

    @pytest.mark.parametrize(
        ("box", "rows", "columns", "attribute", "expected"),
        [
            ("input_size", 7, None, "grid_size", (7, 7)),
            ("input_size", None, 9, "grid_size", (9, 9)),
            ("kernel", 2, None, "kernel_size", (2, 2)),
            ("kernel", None, 4, "kernel_size", (4, 4)),
            ("stride", 2, None, "stride", (2, 2)),
            ("stride", None, 3, "stride", (3, 3)),
        ],
    )
    def test_sizes_are_square_while_linked(
        self, page: LabPage, box: str, rows: Any, columns: Any, attribute: str, expected: Any
    ) -> None:
        page.show_preset(BORDER)
        pair = getattr(page.settings, box)
        (pair.rows if rows else pair.columns).setValue(rows or columns)
        assert getattr(page.edits.present, attribute) == expected
        assert pair.pair == expected

    @pytest.mark.parametrize("box", ["input_size", "kernel", "stride"])
    def test_sizes_go_apart_when_unlinked_and_together_again(self, page: LabPage, box: str) -> None:
        page.show_preset(BORDER)
        pair = getattr(page.settings, box)
        attribute = {"input_size": "grid_size", "kernel": "kernel_size", "stride": "stride"}[box]
        before = getattr(page.edits.present, attribute)
        pair.link.click()
        pair.columns.setValue(2)
        assert getattr(page.edits.present, attribute) == (before[0], 2)
        pair.link.click()
        assert getattr(page.edits.present, attribute) == (before[0], before[0])

    @pytest.mark.parametrize("name", list(KERNELS))
    def test_named_kernels(self, page: LabPage, name: str) -> None:
        page.show_preset(BORDER)
        values = page.settings.values
        values.setCurrentIndex(values.findData(name))
        values.activated.emit(values.findData(name))
        assert page.edits.present.kernel_name == name
        np.testing.assert_array_equal(page.response.kernel, KERNELS[name]((3, 3)))

    def test_a_filter_of_the_network_and_ones_own(self, page: LabPage, session: Session) -> None:
        page.show_preset(BORDER)
        values = page.settings.values
        values.activated.emit(values.findData(NETWORK))
        assert page.edits.present.kernel_name == NETWORK
        weights = session.viewer.scene.weights["conv2d_1.kernel"]
        for at in (0, 31, 7):
            page.settings.filter.setValue(at)
            assert page.edits.present.filter == at
            np.testing.assert_array_equal(page.response.kernel, weights[:, :, 0, at])
        values.activated.emit(values.findData(OWN))
        assert page.edits.present.kernel_name == OWN
        np.testing.assert_allclose(page.response.kernel, weights[:, :, 0, 7], rtol=1e-6)

    @pytest.mark.parametrize("operation", ["max", "average", "convolution"])
    def test_operation(self, page: LabPage, operation: str) -> None:
        page.show_preset(POOL if operation == "convolution" else BORDER)
        press(page.bar.operation, operation)
        assert page.edits.present.operation == operation
        assert page.settings.window_name.text() == (
            "Kernel" if operation == "convolution" else "Window"
        )
        assert page.settings.values.isVisible() == (operation == "convolution")


@pytest.mark.parametrize("typed", ["3", "x", None])
def test_a_second_cell_is_opened_while_the_first_is_open(page: LabPage, typed: str | None) -> None:
    """The editor that is left must not take the new one with it: that once ended the process."""
    page.show_preset(BORDER)
    grid = page.stage.input.grid
    grid.show_place((0, 0))
    grid.edit(typed)
    first = grid._editor
    grid.show_place((2, 2))
    grid.edit()
    assert grid._editor is not None
    assert grid._editor is not first
    assert grid._editor.isVisible()
    QTest.keyClicks(grid._editor, "5")
    QTest.keyClick(grid._editor, Qt.Key.Key_Return)
    assert page.edits.present.grid[2][2] == 5
    assert page.edits.present.grid[0][0] == (3 if typed == "3" else 9)
    assert grid._editor is None


def test_a_cell_that_goes_while_it_is_typed_into_takes_no_number(page: LabPage) -> None:
    page.show_preset(BORDER)
    grid = page.stage.input.grid
    grid.show_place((4, 4))
    grid.edit("42")
    editor = grid._editor
    assert editor is not None
    page.settings.input_size.rows.setValue(3)
    assert grid._editor is None
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert page.edits.present.grid_size == (3, 3)
    assert all(42 not in row for row in page.edits.present.grid)


def test_side_by_side_an_input_is_pointed_at_where_no_window_has_a_place(
    page: LabPage, pointer: Any
) -> None:
    page.show_preset(BORDER)
    page.show_view("beside")
    page.settings.kernel.rows.setValue(6)
    pointer.move(page.stage.input.grid, center(page.stage.input.grid, 2, 2))
    assert page.readout.heading.text().startswith("Input [2, 2]")
    said = [line.sentence for line in page.readout.sums]
    assert said.count("has no output there") == 1  # the convolution; both poolings have their own
    assert sum("→" in sentence for sentence in said) == 2
