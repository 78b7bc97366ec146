"""The forward pass of every layer holds against loops that follow its definition."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visualizer.core.network.layer import Layer, activate
from visualizer.core.network.layers import AveragePool2D, Conv2D, Dense, Flatten, MaxPool2D
from visualizer.core.network.windowed import Windowed

sides = st.integers(1, 4)


@st.composite
def windows(draw: st.DrawFn) -> tuple[tuple[int, int, int], tuple, tuple, str]:
    padding = draw(st.sampled_from(["valid", "same"]))
    kernel = draw(sides), draw(sides)
    low = kernel if padding == "valid" else (1, 1)
    shape = (
        draw(st.integers(low[0], 9)),
        draw(st.integers(low[1], 9)),
        draw(st.integers(1, 3)),
    )
    return shape, kernel, (draw(sides), draw(sides)), padding


def random(shape: tuple[int, ...], seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=shape).astype(np.float32)


def windows_of(layer: Windowed, inputs: np.ndarray):
    """Each place with the list of (row in window, column in window, input cell) on the map."""
    rows, columns = layer.sliding.places
    height, width, _ = inputs.shape
    for row in range(rows):
        for column in range(columns):
            box = layer.window(row, column, 0)
            yield (
                (row, column),
                [
                    (y - box.top, x - box.left, (y, x))
                    for y in range(box.top, box.bottom)
                    for x in range(box.left, box.right)
                    if 0 <= y < height and 0 <= x < width
                ],
            )


@settings(max_examples=60)
@given(windows(), st.integers(1, 3))
def test_convolution_sums_patch_times_kernel_plus_bias(window, filters: int) -> None:
    shape, kernel, stride, padding = window
    layer = Conv2D(filters, kernel, stride, padding).bind("c", shape)
    inputs = random(shape)
    weights = {"c.kernel": random((*kernel, shape[2], filters), 1), "c.bias": random((filters,), 2)}
    before, after = layer.forward(inputs, weights)
    assert after.shape == layer.output_shape
    for place, cells in windows_of(layer, inputs):
        for n in range(filters):
            expected = float(weights["c.bias"][n]) + sum(
                float(inputs[at] @ weights["c.kernel"][i, j, :, n]) for i, j, at in cells
            )
            assert before[(*place, n)] == pytest.approx(expected, rel=1e-5, abs=1e-5)
    np.testing.assert_array_equal(after, np.maximum(before, 0))


@settings(max_examples=60)
@given(windows())
def test_pooling_takes_largest_and_mean_of_the_cells_on_the_map(window) -> None:
    shape, kernel, stride, padding = window
    inputs = random(shape) - 5
    largest = MaxPool2D(kernel, stride, padding).bind("m", shape)
    mean = AveragePool2D(kernel, stride, padding).bind("a", shape)
    most, average = largest.forward(inputs, {})[1], mean.forward(inputs, {})[1]
    for place, cells in windows_of(largest, inputs):
        if not cells:
            continue
        values = np.array([inputs[at] for _, _, at in cells])
        np.testing.assert_array_equal(most[place], values.max(axis=0))
        np.testing.assert_allclose(average[place], values.mean(axis=0), rtol=1e-5)


def test_flatten_runs_in_row_column_channel_order() -> None:
    layer = Flatten().bind("f", (3, 4, 5))
    inputs = random((3, 4, 5))
    vector = layer.forward(inputs, {})[1]
    for index in range(60):
        row, column, channel = layer.source(index)
        assert vector[index] == inputs[row, column, channel]
        assert layer.lands_at(row, column, channel) == index


def test_dense_sums_every_input_times_its_weight() -> None:
    layer = Dense(4).bind("d", (7,))
    inputs, kernel, bias = random((7,)), random((7, 4), 1), random((4,), 2)
    before, _ = layer.forward(inputs, {"d.kernel": kernel, "d.bias": bias})
    for unit in range(4):
        expected = sum(float(inputs[i] * kernel[i, unit]) for i in range(7)) + float(bias[unit])
        assert before[unit] == pytest.approx(expected, rel=1e-5)


def test_softmax_adds_up_to_one_and_survives_large_logits() -> None:
    probabilities = activate(np.array([1000.0, 999.0, -1000.0], np.float32), "softmax")
    assert probabilities.sum() == pytest.approx(1, abs=1e-6)
    assert probabilities[0] / probabilities[1] == pytest.approx(np.e, rel=1e-5)


@pytest.mark.parametrize(
    ("layer", "shape", "sheet"),
    [
        (Flatten(), (3, 3, 64), (3, 3, 64)),
        (Flatten(), (28, 28, 1), (1, 28, 28)),
        (Dense(512), (784,), (1, 16, 32)),
        (Dense(10), (64,), (1, 2, 5)),
        (Dense(7), (64,), (1, 1, 7)),
    ],
)
def test_a_vector_is_laid_out_whole(layer, shape, sheet) -> None:
    bound = layer.bind("v", shape)
    assert bound.sheet == sheet
    assert np.prod(bound.sheet) == bound.output_shape[0]


def test_a_layer_of_no_kind_answers_nothing() -> None:
    layer = Layer().bind("l", (2, 2, 1))
    nothing = np.zeros((2, 2, 1), np.float32)
    layer.check()
    assert (layer.parameters, layer.parameter_count, layer.activation_name) == ({}, 0, "linear")
    assert layer.source(0) is layer.lands_at(0, 0, 0) is None
    for ask in (
        lambda: layer.output_shape,
        lambda: layer.pre_activation(nothing, {}),
        lambda: layer.terms(nothing, {}, (0, 0, 0)),
        lambda: Conv2D(1).bind("c", (3, 3, 1)).sheet,
    ):
        with pytest.raises(NotImplementedError):
            ask()


def test_a_map_of_another_size_has_no_patches() -> None:
    layer = Conv2D(2, (3, 3), input_shape=(28, 28, 1))
    for shape in ((27, 28, 1), (28, 29, 1), (3, 3, 1)):
        with pytest.raises(ValueError, match="no such windows"):
            layer.patches(np.zeros(shape, np.float32))
