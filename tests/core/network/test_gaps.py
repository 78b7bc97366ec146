"""What a cell sees where a stride exceeds its window, against changing the pixels one by one."""

from __future__ import annotations

from functools import partial

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from visualizer.core.editing.draft import Draft
from visualizer.core.network.geometry import Lines, Rect
from visualizer.core.network.layer import Layer
from visualizer.core.network.layers import AveragePool2D, Conv2D, Dense, Flatten
from visualizer.core.network.measures import measures, size_cells
from visualizer.core.network.network import Network
from visualizer.core.network.summary import as_json, as_table

SIDE = 14
SPARSE = (Conv2D(1, (2, 2), (3, 3)), Conv2D(1, (2, 2)))


def network(*layers: Layer, side: int = SIDE) -> Network:
    return Network.build("sparse", (side, side, 1), layers)


def changes(made: Network, layer: int, row: int, column: int) -> set[tuple[int, int]]:
    """The pixels with which the value of a cell changes, all weights being one."""
    weights = {name: np.ones(shape, np.float32) for name, shape in made.parameters.items()}
    height, width, _ = made.input_shape
    at = (row, column, 0) if made.layers[layer].is_spatial else (column,)
    blank = made.forward(np.zeros(made.input_shape, np.float32), weights).outputs[layer][at]
    found = set()
    for y in range(height):
        for x in range(width):
            image = np.zeros(made.input_shape, np.float32)
            image[y, x] = 1
            if made.forward(image, weights).outputs[layer][at] != blank:
                found.add((y, x))
    return found


def crossings(lines: Lines) -> set[tuple[int, int]]:
    return {(row, column) for row in lines.rows for column in lines.columns}


def cells_of(rect: Rect) -> set[tuple[int, int]]:
    return {(y, x) for y in range(rect.top, rect.bottom) for x in range(rect.left, rect.right)}


pairs = partial(st.tuples, st.integers(1, 3), st.integers(1, 4))


@st.composite
def stacks(draw: st.DrawFn) -> Network:
    """Up to three layers with windows, square or not, and perhaps a vector above them."""
    layers: list[Layer] = []
    for _ in range(draw(st.integers(1, 3))):
        padding = draw(st.sampled_from(["valid", "same"]))
        window, stride = draw(pairs()), draw(pairs())
        layer: Layer = AveragePool2D(window, stride, padding)
        if draw(st.booleans()):
            layer = Conv2D(1, window, stride, padding, "linear")
        try:
            network(*layers, layer)
        except ValueError:
            continue
        layers.append(layer)
    return network(*layers, Flatten(), Dense(2, "linear"))


@settings(deadline=None, max_examples=40)
@given(stacks(), st.data())
def test_a_cell_sees_the_pixels_that_change_it_and_no_others(
    made: Network, data: st.DataObject
) -> None:
    layer = data.draw(st.integers(0, len(made.layers) - 1))
    rows, columns, channels = made.layers[layer].map_shape
    row, column = data.draw(st.integers(0, rows - 1)), data.draw(st.integers(0, columns - 1))
    channel = 0 if made.layers[layer].is_spatial else data.draw(st.integers(0, channels - 1))
    place = (row, column) if made.layers[layer].is_spatial else (0, channel)
    seen = made.lines(layer, row, column, channel)
    assert crossings(seen[0]) == changes(made, layer, *place)
    assert seen[0].count == len(crossings(seen[0]))
    parts = [cells_of(part) for part in seen[0].parts]
    assert set().union(*parts) == crossings(seen[0]) and sum(map(len, parts)) == seen[0].count
    assert tuple(lines.box for lines in seen) == made.fields(layer, row, column, channel)


def test_sixteen_pixels_lie_within_five_by_five() -> None:
    seen = network(*SPARSE).lines(1, 1, 2)[0]
    assert (seen.rows, seen.columns) == ((3, 4, 6, 7), (6, 7, 9, 10))
    assert (seen.count, seen.has_gaps) == (16, True)
    assert len(seen.parts) == 4
    assert not network(Conv2D(1), Conv2D(1)).lines(1, 1, 2)[0].has_gaps


TALL = (Conv2D(4, (3, 7), (1, 2)), Flatten(), Dense(10, "softmax"))


def test_the_summary_has_both_sides_of_a_field_that_is_not_square() -> None:
    made = network(*TALL, side=28)
    line = next(line for line in as_table(made).splitlines() if line.startswith("conv2d_1"))
    assert line.endswith("3 × 7   1 × 2")
    facts = as_json(made)["layers"]
    assert isinstance(facts, list)
    assert (facts[0]["receptive_field"], facts[0]["jump"]) == ([3, 7], [1, 2])
    assert (facts[1]["receptive_field"], facts[1]["jump"]) == (None, None)


def test_the_editor_and_the_comparison_say_how_many_pixels_are_seen() -> None:
    made = network(*SPARSE, Flatten(), Dense(10, "softmax"), side=28)
    assert "16 in 5 × 5" in size_cells(measures(made))
    seen = Draft.of(made).sizes[1].seen
    assert seen is not None and (seen.count, seen.has_gaps) == (16, True)
