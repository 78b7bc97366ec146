"""The lab's numbers are torch's, its relations are what perturbing cell by cell finds."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from torch.nn import functional

from visualizer.core.lab.kernels import KERNELS
from visualizer.core.lab.lab import (
    BORDER,
    FIRST_LAYER,
    NETWORK,
    OWN,
    POOL,
    PRESETS,
    SAME,
    STRIDE,
    LabState,
    LabStates,
    Rows,
    as_rows,
    default_grid,
    parse_number,
    with_grid_cell,
    with_grid_size,
    with_kernel,
    with_kernel_cell,
    with_kernel_size,
)
from visualizer.core.lab.response import (
    Response,
    Surroundings,
    from_network,
    preset_state,
    refreshed,
    respond,
    side_by_side,
)
from visualizer.core.network.layer import Array

NUMBERS = np.random.default_rng(5)


def _around(filters: int = 4) -> Surroundings:
    return Surroundings(
        NUMBERS.random((28, 28), np.float32),
        map=NUMBERS.random((11, 11), np.float32),
        filters=NUMBERS.normal(size=(3, 3, filters)).astype(np.float32),
        biases=NUMBERS.normal(size=filters).astype(np.float32),
        filters_name="conv2d_1",
        strongest=2,
    )


def _rows(shape: tuple[int, int]) -> Rows:
    return as_rows(NUMBERS.integers(-9, 10, shape).astype(np.float32))


def _random_state() -> LabState:
    """Any setting that has at least one place."""
    while True:
        size, kernel, stride = (
            tuple(int(n) for n in NUMBERS.integers(1, top, 2)) for top in (13, 8, 4)
        )
        padding = NUMBERS.choice(["valid", "same"])
        if padding == "same" or (kernel[0] <= size[0] and kernel[1] <= size[1]):
            return LabState(
                operation=NUMBERS.choice(["convolution", "max", "average"]),
                grid=_rows((size[0], size[1])),
                kernel=_rows((kernel[0], kernel[1])),
                kernel_name=OWN,
                stride=(stride[0], stride[1]),
                padding=padding,
            )


def _padded(response: Response, fill: float) -> torch.Tensor:
    (top, bottom), (left, right) = response.sliding.margins
    inputs = torch.from_numpy(response.inputs)[None, None]
    return functional.pad(inputs, (left, right, top, bottom), value=fill)


def _torchs(response: Response) -> Array:
    """The same response by torch, padded by hand."""
    sliding = response.sliding
    if response.state.operation == "convolution":
        kernel = torch.from_numpy(response.kernel)[None, None]
        bias = torch.tensor([response.bias])
        made = functional.conv2d(_padded(response, 0.0), kernel, bias, sliding.stride)
    elif response.state.operation == "max":
        padded = _padded(response, -np.inf)
        made = functional.max_pool2d(padded, sliding.kernel, sliding.stride)
    else:
        ones = torch.ones(1, 1, *response.inputs.shape)
        (top, bottom), (left, right) = sliding.margins
        share = functional.pad(ones, (left, right, top, bottom))
        sums = functional.avg_pool2d(_padded(response, 0.0), sliding.kernel, sliding.stride)
        made = sums / functional.avg_pool2d(share, sliding.kernel, sliding.stride)
    return np.asarray(made[0, 0].numpy(), np.float32)


@pytest.mark.parametrize("draw", range(200))
def test_responses_are_those_of_torch(draw: int) -> None:
    response = respond(_random_state(), _around())
    assert response.output is not None
    np.testing.assert_allclose(response.output, _torchs(response), rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("draw", range(40))
def test_terms_of_a_cell_add_up_to_its_output(draw: int) -> None:
    response = respond(_random_state(), _around())
    assert response.output is not None
    for row, column in np.ndindex(response.output.shape):
        terms = response.terms(row, column)
        assert terms.output == pytest.approx(response.output[row, column], rel=1e-4, abs=1e-4)


def _touching(state: LabState) -> np.ndarray:
    """For every input cell the outputs that change with it, (h, w, rows, columns) bool."""
    state = replace(state, operation="convolution", kernel=as_rows(np.ones(state.kernel_size)))
    before = respond(state, _around()).output
    assert before is not None
    size = state.grid_size
    touches = np.zeros((*size, *before.shape), bool)
    for row, column in np.ndindex(size):
        changed = with_grid_cell(state, row, column, state.grid[row][column] + 1)
        touches[row, column] = respond(changed, _around()).output != before
    return touches


@pytest.mark.parametrize("draw", range(25))
def test_reached_outputs_and_unseen_inputs_are_those_that_perturbing_finds(draw: int) -> None:
    state = _random_state()
    response = respond(state, _around())
    touches = _touching(state)
    for row, column in np.ndindex(state.grid_size):
        reached = response.reached(row, column)
        found = np.zeros(touches.shape[2:], bool)
        found[reached.top : reached.bottom, reached.left : reached.right] = True
        np.testing.assert_array_equal(found, touches[row, column])
    np.testing.assert_array_equal(response.unseen(), ~touches.any(axis=(2, 3)))


@pytest.mark.parametrize("draw", range(25))
def test_a_kernel_cell_multiplies_the_inputs_that_count_when_it_stands_alone(draw: int) -> None:
    state = replace(_random_state(), operation="convolution")
    response = respond(state, _around())
    for cell in np.ndindex(state.kernel_size):
        alone = np.zeros(state.kernel_size, np.float32)
        alone[cell] = 1
        one = replace(state, kernel=as_rows(alone))
        before = respond(one, _around()).output
        for row, column in np.ndindex(state.grid_size):
            changed = with_grid_cell(one, row, column, state.grid[row][column] + 1)
            counts = bool((respond(changed, _around()).output != before).any())
            assert response.multiplied(*cell)[row, column] == counts


@pytest.mark.parametrize(
    ("name", "places", "unseen"),
    [(BORDER, (3, 3), 0), (SAME, (5, 5), 0), (STRIDE, (2, 2), 0), (POOL, (5, 5), 21)],
)
def test_presets_have_the_places_that_their_names_promise(
    name: str, places: tuple[int, int], unseen: int
) -> None:
    response = respond(preset_state(name, _around()), _around())
    assert response.sliding.places == places
    assert int(response.unseen().sum()) == unseen


def test_our_first_layer_takes_the_filter_that_answers_most_with_its_bias() -> None:
    around = _around()
    response = respond(preset_state(FIRST_LAYER, around), around)
    assert response.sliding.places == (26, 26)
    assert around.filters is not None
    np.testing.assert_array_equal(response.kernel, around.filters[:, :, 2])
    assert response.bias == pytest.approx(float(around.biases[2]))


def test_without_a_first_layer_of_filters_the_preset_takes_an_edge() -> None:
    around = Surroundings(np.zeros((28, 28), np.float32))
    assert preset_state(FIRST_LAYER, around).kernel_name == "vertical edge"


def test_without_a_map_of_its_size_pooling_takes_a_made_up_one() -> None:
    around = Surroundings(np.zeros((28, 28), np.float32))
    response = respond(PRESETS[POOL], around)
    assert response.inputs.shape == (11, 11)
    assert response.output is not None


def test_a_window_larger_than_the_input_is_explained() -> None:
    state = with_kernel_size(LabState(), (6, 3))
    response = respond(state, _around())
    assert response.output is None
    assert response.problem == "a 6 × 3 window has no place on a 5 × 5 map"
    assert respond(replace(state, padding="same"), _around()).output is not None


def test_an_edited_filter_of_the_network_becomes_ones_own_without_bias() -> None:
    around = _around()
    state = from_network(LabState(), around, 1)
    edited = with_kernel_cell(state, 0, 0, 9.0)
    response = respond(edited, around)
    assert around.filters is not None
    assert edited.kernel_name == OWN
    assert response.bias == 0
    assert response.kernel[0, 0] == 9
    np.testing.assert_array_equal(response.kernel[1:], around.filters[1:, :, 1])


@pytest.mark.parametrize("size", [(1, 1), (2, 2), (3, 3), (3, 5), (5, 5), (7, 7)])
def test_named_kernels_keep_their_sum_at_every_size(size: tuple[int, int]) -> None:
    sums = {name: float(made(size).sum()) for name, made in KERNELS.items()}
    assert sums["identity"] == sums["sharpen"] == 1
    assert sums["blur"] == pytest.approx(1)
    if size[0] % 2 and size[1] % 2:
        assert sums["horizontal edge"] == sums["vertical edge"] == 0


def test_named_kernels_at_three_by_three_are_the_textbooks() -> None:
    made = {name: make((3, 3)).tolist() for name, make in KERNELS.items()}
    assert made["sharpen"] == [[0, -1, 0], [-1, 5, -1], [0, -1, 0]]
    assert made["vertical edge"] == [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]
    assert made["horizontal edge"] == [[-1, -2, -1], [0, 0, 0], [1, 2, 1]]
    assert made["emboss"] == [[-2, -1, 0], [-1, 1, 1], [0, 1, 2]]


@pytest.mark.parametrize("size", [(1, 1), (2, 4), (3, 3), (4, 6), (7, 7)])
def test_identity_with_padding_same_gives_back_the_input(size: tuple[int, int]) -> None:
    state = with_kernel(with_kernel_size(LabState(padding="same"), size), "identity")
    response = respond(state, _around())
    np.testing.assert_array_equal(response.output, response.inputs)


def test_side_by_side_is_pooling_and_the_kernel_at_stride_two_on_one_map() -> None:
    state = LabState(grid=default_grid((8, 8)), padding="same")
    largest, mean, convolved = side_by_side(state, _around())
    assert [r.state.operation for r in (largest, mean, convolved)] == [
        "max",
        "average",
        "convolution",
    ]
    for response, places in ((largest, (4, 4)), (mean, (4, 4)), (convolved, (3, 3))):
        assert response.sliding.places == places
        np.testing.assert_array_equal(response.inputs, largest.inputs)


def test_resizing_keeps_numbers_that_stay() -> None:
    state = with_grid_cell(LabState(), 1, 1, -4)
    smaller = with_grid_size(state, (2, 3))
    assert smaller.grid_size == (2, 3)
    assert smaller.grid[1][1] == -4
    own = with_kernel_cell(LabState(), 0, 1, 7)
    larger = with_kernel_size(own, (5, 4))
    assert larger.kernel_size == (5, 4)
    assert larger.kernel[0][1] == 7
    assert larger.kernel[4] == (0, 0, 0, 0)


@pytest.mark.parametrize(
    ("text", "value"),
    [("3", 3), ("−2", -2), ("-0.5", -0.5), ("0,25", 0.25), (" 1/8 ", 0.125), ("-0", 0)],
)
def test_numbers_are_read_as_people_write_them(text: str, value: float) -> None:
    assert parse_number(text) == value


@pytest.mark.parametrize("text", ["", "x", "nan", "inf", "1e999", "100", "-99.5", "1/0", "1/2/3"])
def test_what_is_no_sensible_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\.$|please"):
        parse_number(text)


def test_a_grid_takes_whole_numbers_only() -> None:
    assert parse_number("−7", whole=True) == -7
    with pytest.raises(ValueError, match="Whole"):
        parse_number("0.5", whole=True)


def test_edits_can_be_undone_and_redone_until_the_next_edit() -> None:
    first = LabState()
    second = replace(first, stride=(2, 2))
    steps = LabStates(first).then(second)
    assert steps.then(second) is steps
    undone = steps.undo()
    assert undone.present == first
    assert undone.redo().present == second
    assert undone.undo() is undone
    assert undone.then(replace(first, padding="same")).future == ()


def test_many_edits_are_undone_and_redone_one_by_one() -> None:
    states = [replace(LabState(), filter=number) for number in range(5)]
    steps = LabStates(states[0])
    for state in states[1:]:
        steps = steps.then(state)
    for state in (*reversed(states[:-1]), states[0]):
        steps = steps.undo()
        assert steps.present is state
    for state in (*states[1:3], states[3]):
        steps = steps.redo()
        assert steps.present is state
    steps = steps.undo().undo()
    assert (steps.past, steps.future) == ((states[0],), (states[2], states[3], states[4]))
    other = steps.then(replace(states[0], padding="same"))
    assert other.undo().present is states[1]
    assert other.undo().undo().present is states[0]
    assert other.redo() is other


def test_a_filter_of_the_network_is_live() -> None:
    around = _around()
    state = LabState(kernel_name=NETWORK, filter=1)
    assert around.filters is not None
    trained = replace(around, filters=around.filters + 1)
    np.testing.assert_allclose(
        respond(state, trained).kernel, respond(state, around).kernel + 1, rtol=1e-6
    )


def test_a_filter_that_is_gone_leaves_its_numbers() -> None:
    around = _around()
    assert around.filters is not None
    last = around.filters.shape[2] - 1
    state = from_network(LabState(), around, last)
    gone = refreshed(state, replace(around, filters=None))
    assert (gone.kernel_name, gone.kernel) == (OWN, state.kernel)
    fewer = refreshed(state, replace(around, filters=around.filters[:, :, :1] + 1))
    assert (fewer.kernel_name, fewer.filter) == (NETWORK, 0)
    np.testing.assert_allclose(fewer.kernel, around.filters[:, :, 0] + 1)


def test_there_is_nothing_to_redo_at_the_end() -> None:
    steps = LabStates(LabState())
    assert steps.redo() is steps
