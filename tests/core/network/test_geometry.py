"""Windows, padding and receptive fields hold against counting them out one by one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visualizer.core.network.geometry import ReceptiveField, Rect, Sliding, output_size, pad_sizes

sizes = st.integers(1, 14)
small = st.integers(1, 5)
strides = st.integers(1, 4)
paddings = st.sampled_from(["valid", "same"])


@st.composite
def slidings(draw: st.DrawFn) -> Sliding:
    """Any window, square or not, that has a place on its map."""
    padding = draw(paddings)
    kernel = draw(small), draw(small)
    low = kernel if padding == "valid" else (1, 1)
    size = draw(st.integers(low[0], 14)), draw(st.integers(low[1], 14))
    return Sliding(size, kernel, (draw(strides), draw(strides)), padding)


def inputs_of(sliding: Sliding, row: int, column: int) -> set[tuple[int, int]]:
    """The cells of the map that one place covers, counted out on the padded map."""
    (top, _), (left, _) = sliding.margins
    rows = [row * sliding.stride[0] + i - top for i in range(sliding.kernel[0])]
    columns = [column * sliding.stride[1] + j - left for j in range(sliding.kernel[1])]
    height, width = sliding.size
    return {(y, x) for y in rows for x in columns if 0 <= y < height and 0 <= x < width}


def cells_of(rect: Rect) -> set[tuple[int, int]]:
    return {(y, x) for y in range(rect.top, rect.bottom) for x in range(rect.left, rect.right)}


@pytest.mark.parametrize(
    ("size", "kernel", "stride", "padding", "places"),
    [
        (28, 3, 1, "valid", 26),
        (5, 3, 1, "valid", 3),
        (5, 3, 1, "same", 5),
        (11, 2, 2, "valid", 5),
        (11, 2, 2, "same", 6),
        (5, 3, 2, "valid", 2),
        (2, 3, 1, "valid", 0),
        (1, 5, 3, "same", 1),
    ],
)
def test_output_size_is_the_books(
    size: int, kernel: int, stride: int, padding: str, places: int
) -> None:
    assert output_size(size, kernel, stride, padding) == places


@pytest.mark.parametrize(
    ("size", "kernel", "stride", "pads"),
    [(5, 3, 1, (1, 1)), (5, 5, 1, (2, 2)), (5, 2, 1, (0, 1)), (6, 4, 1, (1, 2)), (6, 3, 2, (0, 1))],
)
def test_same_padding_puts_the_odd_line_at_the_end_as_keras_does(
    size: int, kernel: int, stride: int, pads: tuple[int, int]
) -> None:
    assert pad_sizes(size, kernel, stride, "same") == pads


@given(sizes, small, strides)
def test_valid_has_as_many_places_as_can_be_counted(size: int, kernel: int, stride: int) -> None:
    counted = sum(1 for start in range(0, size, stride) if start + kernel <= size)
    assert output_size(size, kernel, stride, "valid") == counted


@given(slidings())
def test_a_window_covers_the_cells_that_its_place_covers(sliding: Sliding) -> None:
    rows, columns = sliding.places
    for row in range(rows):
        for column in range(columns):
            window = sliding.window(row, column).clip(*sliding.size)
            assert cells_of(window) == inputs_of(sliding, row, column)


@given(slidings(), st.data())
def test_what_cells_see_is_the_box_around_their_windows(
    sliding: Sliding, data: st.DataObject
) -> None:
    rows, columns = sliding.places
    top, left = data.draw(st.integers(0, rows - 1)), data.draw(st.integers(0, columns - 1))
    cells = Rect(
        top, left, data.draw(st.integers(top + 1, rows)), data.draw(st.integers(left + 1, columns))
    )
    seen = set().union(*(inputs_of(sliding, *cell) for cell in cells_of(cells)))
    box = sliding.seen_by(cells)
    if not seen:
        assert box.empty
        return
    ys, xs = {y for y, _ in seen}, {x for _, x in seen}
    assert (box.top, box.bottom - 1) == (min(ys), max(ys))
    assert (box.left, box.right - 1) == (min(xs), max(xs))


@given(slidings(), st.data())
def test_the_cells_that_see_an_input_are_all_those_whose_window_meets_it(
    sliding: Sliding, data: st.DataObject
) -> None:
    height, width = sliding.size
    y, x = data.draw(st.integers(0, height - 1)), data.draw(st.integers(0, width - 1))
    rows, columns = sliding.places
    meeting = {
        (row, column)
        for row in range(rows)
        for column in range(columns)
        if (y, x) in inputs_of(sliding, row, column)
    }
    assert cells_of(sliding.seeing(Rect.cell(y, x))) == meeting


@given(st.integers(12, 40), st.lists(st.tuples(small, strides, paddings), max_size=4))
def test_a_field_starts_and_ends_where_the_windows_of_its_cells_do(
    side: int, steps: list[tuple[int, int, str]]
) -> None:
    """Every cell, followed down window by window; onto padding too, which nothing clips."""
    size, stack = (side, side + 3), []
    field = ReceptiveField()
    for kernel, stride, padding in steps:
        try:
            stack.append(Sliding(size, (kernel, kernel), (stride, stride), padding))
        except ValueError:
            break
        size = stack[-1].places
        field = field.through(stack[-1])
    for row in range(size[0]):
        for column in range(size[1]):
            box = Rect.cell(row, column)
            for sliding in reversed(stack):
                first = sliding.window(box.top, box.left)
                last = sliding.window(box.bottom - 1, box.right - 1)
                box = Rect(first.top, first.left, last.bottom, last.right)
            top = field.start[0] + row * field.jump[0]
            left = field.start[1] + column * field.jump[1]
            assert box == Rect(top, left, top + field.size[0], left + field.size[1])


def test_the_fields_of_the_book_grow_as_its_table_says() -> None:
    field = ReceptiveField()
    steps = [((28, 28), 3, 1), ((26, 26), 2, 2), ((13, 13), 3, 1), ((11, 11), 2, 2), ((5, 5), 3, 1)]
    found = []
    for size, kernel, stride in steps:
        field = field.through(Sliding(size, (kernel, kernel), (stride, stride)))
        found.append((field.size[0], field.jump[0]))
    assert found == [(3, 1), (4, 2), (8, 2), (10, 4), (18, 4)]
    assert field.start == (0, 0)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (((2, 2), (3, 3)), "a 3 × 3 window has no place on a 2 × 2 map"),
        (((5, 5), (0, 3)), "kernel must be at least 1 × 1, not 0 × 3"),
        (((5, 5), (3, 3), (0, 1)), "stride must be at least 1 × 1, not 0 × 1"),
        (((5, 5), (3, 3), (1, 1), "full"), 'padding must be "valid" or "same", not \'full\''),
    ],
)
def test_a_window_that_cannot_be_says_why(arguments: tuple, message: str) -> None:
    with pytest.raises(ValueError, match=message.replace("(", r"\(")):
        Sliding(*arguments)
