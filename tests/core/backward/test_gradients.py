"""Gradients of small networks by hand, and what has none."""

from __future__ import annotations

import numpy as np
import pytest

from visualizer.core.backward.batch import mean_gradients
from visualizer.core.backward.gradients import cell_gradients, loss_gradients, loss_of
from visualizer.core.network.layer import Array, Layer, Shape
from visualizer.core.network.layers import AveragePool2D, Conv2D, Dense, Flatten, MaxPool2D
from visualizer.core.network.network import Network

from .networks import NAMES, network_and_weights, smooth_image


def handed(layer: Layer, inputs: Array, gradient: Array) -> Array:
    """What a pooling hands down, as one channel."""
    bound = layer.bind("pool", inputs[:, :, None].shape)
    return bound.backward(inputs[:, :, None].astype(np.float32), {}, gradient[:, :, None])[:, :, 0]


def test_of_equal_cells_the_first_in_row_order_wins() -> None:
    inputs = np.array([[1, 3, 0, 0], [3, 3, 0, 0]])
    gradient = np.array([[5.0, 7.0]], np.float32)
    assert handed(MaxPool2D(), inputs, gradient).tolist() == [[0, 5, 7, 0], [0, 0, 0, 0]]


def test_a_cell_that_wins_several_windows_gets_all_their_gradients() -> None:
    inputs = np.array([[0, 0, 0], [0, 9, 0], [0, 0, 0]])
    gradient = np.array([[1.0, 2.0], [3.0, 4.0]], np.float32)
    assert handed(MaxPool2D((2, 2), (1, 1)), inputs, gradient).tolist() == [
        [0, 0, 0], [0, 10, 0], [0, 0, 0],
    ]  # fmt: skip


def test_a_dropped_line_gets_nothing_and_padding_takes_nothing_away() -> None:
    ones = np.ones((1, 1), np.float32)
    assert handed(MaxPool2D(), np.eye(3), ones).tolist() == [[1, 0, 0], [0, 0, 0], [0, 0, 0]]
    mean = handed(AveragePool2D(), np.eye(3), ones)
    assert mean.tolist() == [[0.25, 0.25, 0], [0.25, 0.25, 0], [0, 0, 0]]
    fours = np.full((2, 2), 4.0, np.float32)
    same = handed(AveragePool2D(padding="same"), np.eye(3), fours)
    assert same.tolist() == [[1, 1, 2], [1, 1, 2], [2, 2, 4]]
    below_zero = -np.ones((3, 3))
    winners = handed(MaxPool2D(padding="same"), below_zero, fours)
    assert winners.tolist() == [[4, 0, 4], [0, 0, 0], [4, 0, 4]]


def test_a_relu_at_zero_is_closed() -> None:
    network = Network.build("n", (1, 1, 1), (Conv2D(1, (1, 1)), Flatten(), Dense(2, "softmax")))
    weights = {
        "conv2d_1.kernel": np.ones((1, 1, 1, 1), np.float32),
        "conv2d_1.bias": np.zeros(1, np.float32),
        "dense_1.kernel": np.array([[1.0, -1.0]], np.float32),
        "dense_1.bias": np.zeros(2, np.float32),
    }
    for value, slope in ((0, 0), (1e-30, 1), (-1, 0)):
        trace = network.forward(np.full((1, 1, 1), value, np.float32), weights)
        gradients = loss_gradients(network, weights, trace, 0)
        assert gradients.outputs[0].item() == pytest.approx(-1)
        assert gradients.pre_activations[0].item() == pytest.approx(-slope)


@pytest.mark.parametrize("name", NAMES)
def test_a_loss_whose_logits_are_all_alike_is_the_log_of_ten(name: str) -> None:
    network, weights = network_and_weights(name)
    nothing = {key: np.zeros_like(value) for key, value in weights.items()}
    trace = network.forward(np.zeros((28, 28, 1), np.float32), nothing)
    gradients = loss_gradients(network, nothing, trace, 3)
    assert loss_of(trace, 3) == pytest.approx(np.log(10))
    assert gradients.pre_activations[-1].tolist() == pytest.approx([0.1] * 3 + [-0.9] + [0.1] * 6)
    assert gradients.outputs[-1].tolist() == pytest.approx([0] * 3 + [-10] + [0] * 6)


def test_where_the_answer_is_almost_sure_its_gradient_keeps_its_digits() -> None:
    network = Network.build("n", (1, 1, 1), (Flatten(), Dense(2, "softmax")))
    weights = {
        "dense_1.kernel": np.array([[17.0, 0.0]], np.float32),
        "dense_1.bias": np.zeros(2, np.float32),
    }
    trace = network.forward(np.ones((1, 1, 1), np.float32), weights)
    other = np.exp(-17) / (1 + np.exp(-17))
    found = loss_gradients(network, weights, trace, 0)
    assert found.pre_activations[-1].tolist() == pytest.approx([-other, other], rel=1e-6)
    assert found.inputs.item() == pytest.approx(-17 * other, rel=1e-6)


def test_of_an_image_that_is_surely_right_nothing_is_learnt() -> None:
    network = Network.build("n", (1, 1, 1), (Flatten(), Dense(2, "softmax")))
    weights = {
        "dense_1.kernel": np.array([[200.0, -200.0]], np.float32),
        "dense_1.bias": np.zeros(2, np.float32),
    }
    trace = network.forward(np.ones((1, 1, 1), np.float32), weights)
    assert loss_of(trace, 0) == 0
    assert not loss_gradients(network, weights, trace, 0).inputs.any()
    assert loss_of(trace, 1) == 400
    assert loss_gradients(network, weights, trace, 1).inputs.item() == 400


@pytest.mark.parametrize("name", NAMES)
def test_a_cells_gradient_is_how_much_it_rises_with_a_pixel(name: str) -> None:
    """Away from bends every network is linear: one small step tells the slope."""
    network, weights = network_and_weights(name)
    rng = np.random.default_rng(5)
    image, trace = smooth_image(network, weights, rng)
    for layer, own in enumerate(network.layers[:3]):
        place = tuple(int(rng.integers(size)) for size in own.map_shape)
        last = own.activation_name == "softmax"
        for sums in (True,) if last else (True, False):
            found = cell_gradients(network, weights, trace, layer, place, pre_activation=sums)
            assert len(found.outputs) == len(found.pre_activations) == layer + 1
            row, column = np.unravel_index(np.abs(found.inputs).argmax(), (28, 28))
            moved = image.copy()
            moved[row, column] += np.float32(2e-3)
            step = float(moved[row, column, 0] - image[row, column, 0])
            after = network.forward(moved, weights)
            of, to = (t.pre_activations if sums else t.outputs for t in (trace, after))
            rise = (to[layer] - of[layer]).reshape(own.map_shape)[place] / step
            assert rise == pytest.approx(found.inputs[row, column, 0], rel=0.02, abs=1e-3)


def test_what_a_number_does_not_depend_on_has_no_gradient() -> None:
    network, weights = network_and_weights("book")
    trace = network.forward(np.ones((28, 28, 1), np.float32), weights)
    found = cell_gradients(network, weights, trace, 2, (0, 0, 5)).parameters(network, trace)
    assert list(found) == [f"conv2d_{n}.{key}" for n in (1, 2) for key in ("kernel", "bias")]
    assert not np.delete(found["conv2d_2.bias"], 5).any()


SHAPES: list[tuple[Shape, tuple[Layer, ...]]] = [
    ((28, 28, 1), (Flatten(), Dense(10))),
    ((28, 28, 1), (Conv2D(10),)),
]


@pytest.mark.parametrize(("shape", "layers"), SHAPES)
def test_without_softmax_there_is_no_loss(shape: Shape, layers: tuple[Layer, ...]) -> None:
    network = Network.build("n", shape, layers)
    weights = {key: np.ones(size, np.float32) for key, size in network.parameters.items()}
    trace = network.forward(np.ones(shape, np.float32), weights)
    with pytest.raises(ValueError, match="_1: only a last layer with softmax has a loss"):
        loss_gradients(network, weights, trace, 0)


def test_what_cannot_be_asked_is_refused_by_name() -> None:
    network, weights = network_and_weights("dense")
    trace = network.forward(np.ones((28, 28, 1), np.float32), weights)
    with pytest.raises(ValueError, match="there is no class 10: there are 0 to 9"):
        loss_gradients(network, weights, trace, 10)
    with pytest.raises(ValueError, match="dense_2: a probability is no sum; its logit is"):
        cell_gradients(network, weights, trace, 2, (0, 0, 3))
    with pytest.raises(ValueError, match="a batch needs at least one image"):
        mean_gradients(network, [])


def test_huge_weights_end_in_no_warning() -> None:
    network, weights = network_and_weights("book")
    huge = {key: value * np.float32(1e30) for key, value in weights.items()}
    trace = network.forward(np.ones((28, 28, 1), np.float32), huge)
    loss_gradients(network, huge, trace, 0).parameters(network, trace)
