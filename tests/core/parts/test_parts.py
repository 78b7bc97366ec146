"""The parts of a number add up to it, whatever the network and whatever was altered in it."""

from __future__ import annotations

import numpy as np
import pytest

from tests.core.backward.networks import NAMES, network_and_weights
from visualizer.core.network.layer import Array
from visualizer.core.network.network import Trace
from visualizer.core.parts.parts import Parts, parts_of_cell, parts_of_class
from visualizer.data.dataset import Dataset
from visualizer.data.synthetic.synthetic import synthetic_digits
from visualizer.scene.scene import Model

DRAWS = 13  # of each of the sixteen networks: 208 in all
CLOSE = 1e-4


@pytest.fixture(scope="module")
def digits() -> Array:
    pixels = synthetic_digits(0, 40).test.pixels
    return pixels[..., None].astype(np.float32) / np.float32(255)


def adds_up(parts: Parts, value: float) -> bool:
    """Whether a reader who adds up everything gets the number, to 1e-4."""
    return parts.total == pytest.approx(value, rel=CLOSE, abs=CLOSE)


@pytest.mark.parametrize("name", NAMES)
def test_the_parts_of_a_logit_and_of_a_difference_add_up_to_it(name: str, digits: Array) -> None:
    rng = np.random.default_rng(1)
    for draw in range(DRAWS):
        network, weights = network_and_weights(name, draw)
        trace = network.forward(digits[rng.integers(40)], weights)
        logits = trace.pre_activations[-1]
        label, other = (int(k) for k in rng.choice(10, 2, replace=False))
        parts = parts_of_class(network, weights, trace, label)
        assert parts.value == logits[label] and adds_up(parts, parts.value)
        difference = parts_of_class(network, weights, trace, label, other)
        assert difference.value == pytest.approx(logits[label] - logits[other])
        assert adds_up(difference, difference.value)
        second = parts_of_class(network, weights, trace, other).sums
        for key, total in difference.sums.items():
            assert total == pytest.approx(parts.sums[key] - second[key], abs=CLOSE)


@pytest.mark.parametrize("name", NAMES)
def test_the_parts_of_any_cell_add_up_to_it(name: str, digits: Array) -> None:
    rng = np.random.default_rng(2)
    network, weights = network_and_weights(name)
    for digit in rng.choice(40, DRAWS, replace=False):
        trace = network.forward(digits[digit], weights)
        for layer, own in enumerate(network.layers):
            place = tuple(int(rng.integers(size)) for size in own.map_shape)
            for sums in (True,) if own.activation_name == "softmax" else (True, False):
                values = (trace.pre_activations if sums else trace.outputs)[layer]
                parts = parts_of_cell(network, weights, trace, layer, place, pre_activation=sums)
                assert parts.value == values.reshape(own.map_shape)[place]
                assert adds_up(parts, parts.value)
                assert list(parts.biases) == [
                    each.name for each in network.layers[: layer + 1] if each.parameters
                ]


def check_shape(parts: Parts, trace: Trace) -> None:
    np.testing.assert_array_equal(parts.ink, trace.inputs[..., 0])
    np.testing.assert_array_equal(parts.pixels, parts.ink * parts.gradient)
    assert not parts.pixels[parts.ink == 0].any()


def test_white_paper_adds_nothing_and_a_cell_only_what_it_sees(digits: Array) -> None:
    network, weights = network_and_weights("book")
    trace = network.forward(digits[3], weights)
    check_shape(parts_of_class(network, weights, trace, 8, 3), trace)
    parts = parts_of_cell(network, weights, trace, 2, (5, 6, 1), pre_activation=True)
    check_shape(parts, trace)
    field = network.fields(2, 5, 6)[0]
    outside = np.ones((28, 28), bool)
    outside[field.top : field.bottom, field.left : field.right] = False
    assert parts.gradient.any() and not parts.gradient[outside].any()
    assert parts.biases["conv2d_1"].shape == (26, 26, 32)
    assert np.argwhere(parts.biases["conv2d_2"]).tolist() == [[5, 6, 1]]


def test_a_drawing_without_ink_has_only_biases() -> None:
    network, weights = network_and_weights("book")
    trace = network.forward(np.zeros((28, 28, 1), np.float32), weights)
    parts = parts_of_class(network, weights, trace, 0)
    assert not parts.pixels.any()
    assert sum(float(each.sum()) for each in parts.biases.values()) == pytest.approx(parts.value)


def test_a_class_that_was_taken_out_adds_up_too(digits: Array) -> None:
    network, weights = network_and_weights("a class out")
    trace = network.forward(digits[3], weights)
    parts = parts_of_class(network, weights, trace, 4)
    assert parts.sums["dense_2"] == parts.total == parts.value == -10_000


def test_what_cannot_be_compared_is_refused(digits: Array) -> None:
    network, weights = network_and_weights("book")
    trace = network.forward(digits[3], weights)
    with pytest.raises(ValueError, match="class 4 cannot be set against itself"):
        parts_of_class(network, weights, trace, 4, 4)
    with pytest.raises(ValueError, match="there is no class -1: there are 0 to 9"):
        parts_of_class(network, weights, trace, 4, -1)
    with pytest.raises(ValueError, match="dense_2: a probability is no sum"):
        parts_of_cell(network, weights, trace, 7, (0, 0, 3))


def test_the_biases_make_a_nine_of_test_digit_740(mnist: Dataset, bundled: Model) -> None:
    """Its pixels speak for the 4, and the biases of the first two convolutions outvote them."""
    trace = bundled.trace(mnist.test.pixels[740])
    nine, four = (
        parts_of_class(bundled.network, bundled.weights, trace, label) for label in (9, 4)
    )
    difference = nine.minus(four)
    assert mnist.test.labels[740] == 4 and trace.probabilities.argmax() == 9
    assert [round(each.total, 2) for each in (nine, four, difference)] == [4.37, 4.09, 0.27]
    assert [round(each, 2) for each in nine.sums.values()] == [
        5.60,
        -1.08,
        0.03,
        -0.10,
        -0.06,
        -0.02,
    ]
    shares = {name: round(each, 2) for name, each in difference.sums.items()}
    assert shares["pixels"] == -0.99
    assert (shares["conv2d_1"], shares["conv2d_2"]) == (0.82, 0.40)
    assert max(abs(shares[name]) for name in ("conv2d_3", "dense_1", "dense_2")) <= 0.03
    assert difference.gradient[7, 14] == pytest.approx(2.954, abs=0.001)
