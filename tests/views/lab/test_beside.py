"""The lab's three operations side by side: what each makes of one place."""

from __future__ import annotations

from typing import Any

from tests.views.lab.hand import center
from visualizer.core.lab.lab import BORDER, FIRST_LAYER
from visualizer.core.network.geometry import Rect
from visualizer.views.lab.page import LabPage


def test_side_by_side_shows_three_operations_with_their_sizes(page: LabPage, pointer: Any) -> None:
    page.model.show_view("beside")
    shown = [(b.heading.text(), b.caption.text().split("\n")[-1]) for b in page.view.board.beside]
    assert shown == [
        ("Max pooling", "output 2 × 2"),
        ("Average pooling", "output 2 × 2"),
        ("Convolution", "output 2 × 2"),
    ]
    average = page.view.board.beside[1].grid
    pointer.move(average, center(average, 0, 1))
    assert [name.text() for name in page.view.readout.names] == [
        "Max pooling",
        "Average pooling",
        "Convolution",
    ]
    assert [line.sentence for line in page.view.readout.sums] == [
        "max of 5, 3, 6, 4 = 6",
        "sum of 5 + 3 + 6 + 4 divided by 4 = 4.5",
        "5 × 0 + 3 × (−1) + 1 × 0 + 6 × (−1) + 4 × 5 + 2 × (−1) + 7 × 0 + 5 × (−1) + 3 × 0 = 4",
    ]
    assert all(line.isVisible() for line in page.view.readout.sums)
    for block in page.view.board.beside:
        assert (Rect.cell(0, 1), "selection") in block.grid.marks.outlines
    assert (Rect(0, 2, 2, 4), "field") in page.view.board.input.grid.marks.outlines


def test_side_by_side_any_cell_of_any_map_can_be_pointed_at(page: LabPage, pointer: Any) -> None:
    page.model.show_preset(FIRST_LAYER)
    page.model.show_view("beside")
    for block in page.view.board.beside:
        rows, columns = block.grid.values.shape
        pointer.move(block.grid, center(block.grid, rows - 1, columns - 1))
        assert page.view.readout.heading.text().startswith(f"Output [{rows - 1}, {columns - 1}]")
    inputs = page.view.board.input.grid
    pointer.move(inputs, center(inputs, 27, 27))
    reached = [len(block.grid.marks.tints) for block in page.view.board.beside]
    assert reached == [1, 1, 0]


def test_side_by_side_an_input_is_followed_through_all_three(page: LabPage, pointer: Any) -> None:
    page.model.show_preset(BORDER)
    page.model.show_view("beside")
    grid = page.view.board.input.grid
    pointer.move(grid, center(grid, 2, 2))
    said = [line.sentence for line in page.view.readout.sums]
    assert page.view.readout.heading.text() == "Input [2, 2] = 7"
    assert said[:2] == ["→ [1, 1]", "→ [1, 1]"]
    assert said[2].count("→") == 4
    pointer.move(grid, center(grid, 4, 4))
    assert [line.sentence for line in page.view.readout.sums][:2] == ["no window sees it"] * 2


def test_one_operation_has_one_line_of_arithmetic(page: LabPage) -> None:
    page.model.show_view("beside")
    page.model.show_view("one")
    assert [line.isVisible() for line in page.view.readout.sums] == [True, False, False]
    assert not any(name.isVisible() for name in page.view.readout.names)


def test_side_by_side_an_input_is_pointed_at_where_no_window_has_a_place(
    page: LabPage, pointer: Any
) -> None:
    page.model.show_preset(BORDER)
    page.model.show_view("beside")
    page.settings.kernel.rows.setValue(6)
    pointer.move(page.view.board.input.grid, center(page.view.board.input.grid, 2, 2))
    assert page.view.readout.heading.text().startswith("Input [2, 2]")
    said = [line.sentence for line in page.view.readout.sums]
    assert said.count("has no output there") == 1  # the convolution; both poolings have their own
    assert sum("→" in sentence for sentence in said) == 2
