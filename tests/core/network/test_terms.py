"""The terms of a number add up to the network's own value, for every kind of layer."""

from __future__ import annotations

import numpy as np
import pytest

from visualizer.core.network.layers import AveragePool2D, Conv2D, Dense, Flatten, MaxPool2D
from visualizer.core.network.network import Network
from visualizer.core.network.networks import NETWORKS, named
from visualizer.core.network.terms import ConvTerms, CopyTerms, DenseTerms, PoolTerms
from visualizer.training.initial import initial_weights

DRAWS = 200


def weights_of(network: Network, seed: int) -> dict[str, np.ndarray]:
    """Initial weights with biases that are not zero, so that a forgotten bias shows."""
    rng = np.random.default_rng(seed)
    return {
        key: rng.normal(0, 0.3, value.shape).astype(np.float32) if key.endswith("bias") else value
        for key, value in initial_weights(network, seed).items()
    }


def explained(terms: ConvTerms | PoolTerms | CopyTerms | DenseTerms, below: np.ndarray) -> float:
    """The output that a reader finds who adds up what is shown."""
    match terms:
        case ConvTerms():
            assert terms.subtotals.sum() == pytest.approx(terms.total, rel=1e-4, abs=1e-5)
            before = terms.total + terms.bias
            assert before == pytest.approx(terms.pre_activation, rel=1e-4, abs=1e-5)
            return max(0.0, before)
        case PoolTerms(reduction="max"):
            assert (terms.window[terms.winners] == terms.output).all()
            assert terms.winners.any()
            return float(terms.counted.max())
        case PoolTerms():
            assert not terms.winners.any()
            return float(terms.counted.mean())
        case CopyTerms():
            return float(below[terms.source])
        case DenseTerms(softmax=True):
            own = np.exp(np.float64(terms.total + terms.bias))
            return float(own / terms.exponentials.sum())
        case _:
            return max(0.0, terms.total + terms.bias)


@pytest.mark.parametrize("name", NETWORKS)
def test_terms_add_up_to_the_networks_own_value(name: str) -> None:
    network = named(name)
    rng = np.random.default_rng(len(name))
    for draw in range(4):
        weights = weights_of(network, draw)
        trace = network.forward(rng.random(network.input_shape, dtype=np.float32), weights)
        for position, layer in enumerate(network.layers):
            shape = layer.map_shape
            for _ in range(DRAWS // 4):
                place = tuple(int(rng.integers(size)) for size in shape)
                terms = layer.terms(trace.below(position), weights, place)
                value = float(trace.outputs[position].reshape(shape)[place])
                assert explained(terms, trace.below(position)) == pytest.approx(
                    value, rel=1e-4, abs=1e-5
                )
                assert terms.output == pytest.approx(value, rel=1e-4, abs=1e-6)


def products(terms: ConvTerms | PoolTerms | CopyTerms | DenseTerms) -> dict[object, float]:
    """Size of every term by its place, one by one."""
    match terms:
        case ConvTerms():
            sizes = {}
            for place in np.ndindex(terms.products.shape):
                if terms.on_map[place[:2]]:
                    sizes[place] = abs(float(terms.patch[place] * terms.kernel[place]))
            return sizes
        case PoolTerms():
            places = list(np.ndindex(terms.window.shape))
            return {p: float(terms.window[p]) for p in places if np.isfinite(terms.window[p])}
        case CopyTerms():
            return {terms.source: terms.output}
        case DenseTerms():
            pairs = zip(terms.inputs, terms.weights, strict=True)
            return {index: abs(float(x * w)) for index, (x, w) in enumerate(pairs)}


@pytest.mark.parametrize("name", NETWORKS)
def test_the_largest_term_is_the_largest_of_them_all(name: str) -> None:
    network = named(name)
    weights = weights_of(network, 7)
    rng = np.random.default_rng(5)
    trace = network.forward(rng.random(network.input_shape, dtype=np.float32), weights)
    for position, layer in enumerate(network.layers):
        for _ in range(40):
            place = tuple(int(rng.integers(size)) for size in layer.map_shape)
            terms = layer.terms(trace.below(position), weights, place)
            sizes = products(terms)
            assert terms.largest in sizes
            assert sizes[terms.largest] == max(sizes.values())
            if isinstance(terms, PoolTerms) and terms.reduction == "max":
                assert terms.winners[terms.largest]


def test_where_all_products_are_nothing_the_largest_is_on_the_map() -> None:
    layer = Conv2D(1, padding="same").bind("c", (3, 3, 2))
    weights = {"c.kernel": np.ones((3, 3, 2, 1), np.float32), "c.bias": np.zeros(1, np.float32)}
    terms = layer.terms(np.zeros((3, 3, 2), np.float32), weights, (0, 0, 0))
    assert terms.largest == (1, 1, 0)


def test_what_is_not_a_number_is_not_the_largest() -> None:
    layer = Dense(1, "linear").bind("d", (3,))
    weights = {"d.kernel": np.ones((3, 1), np.float32), "d.bias": np.zeros(1, np.float32)}
    inputs = np.array([np.nan, 1, -2], np.float32)
    assert layer.terms(inputs, weights, (0, 0, 0)).largest == 2
    inputs[0] = -np.inf
    assert layer.terms(inputs, weights, (0, 0, 0)).largest == 0


@pytest.mark.parametrize("activation", ["linear", "relu", "softmax"])
def test_terms_know_their_activation(activation: str) -> None:
    weights = {"x.kernel": -np.ones((1, 1), np.float32), "x.bias": np.zeros(1, np.float32)}
    ones = np.ones(1, np.float32)
    dense = Dense(1, activation).bind("x", (1,)).terms(ones, weights, (0, 0, 0))
    assert dense.activation == activation
    assert dense.softmax is (activation == "softmax")
    assert dense.output == {"linear": -1, "relu": 0, "softmax": 1}[activation]
    if activation != "softmax":
        layer = Conv2D(1, (1, 1), activation=activation).bind("x", (1, 1, 1))
        weights["x.kernel"] = -np.ones((1, 1, 1, 1), np.float32)
        conv = layer.terms(np.ones((1, 1, 1), np.float32), weights, (0, 0, 0))
        assert (conv.activation, conv.output) == (activation, dense.output)


def test_padding_is_marked_and_adds_nothing() -> None:
    layer = Conv2D(1, padding="same").bind("c", (3, 3, 1))
    weights = {"c.kernel": np.ones((3, 3, 1, 1), np.float32), "c.bias": np.zeros(1, np.float32)}
    terms = layer.terms(np.ones((3, 3, 1), np.float32), weights, (0, 0, 0))
    assert terms.on_map.tolist() == [[False] * 3, [False, True, True], [False, True, True]]
    assert terms.output == 4


def test_a_tie_has_several_winners() -> None:
    layer = MaxPool2D().bind("m", (2, 2, 1))
    terms = layer.terms(np.array([[[1.0], [3.0]], [[3.0], [0.0]]], np.float32), {}, (0, 0, 0))
    assert terms.winners.tolist() == [[False, True], [True, False]]


def test_padding_neither_wins_nor_counts() -> None:
    inputs = np.full((3, 3, 1), -2.0, np.float32)
    most = MaxPool2D(padding="same").bind("m", (3, 3, 1)).terms(inputs, {}, (1, 1, 0))
    mean = AveragePool2D(padding="same").bind("a", (3, 3, 1)).terms(inputs, {}, (1, 1, 0))
    assert most.output == mean.output == -2
    assert most.counted.tolist() == [-2]


def test_a_flattened_element_says_where_it_came_from() -> None:
    layer = Flatten().bind("f", (2, 2, 3))
    terms = layer.terms(np.arange(12, dtype=np.float32).reshape(2, 2, 3), {}, (0, 0, 7))
    assert terms.source == (1, 0, 1)
    assert terms.output == 7


def test_softmax_divides_exponentials_by_their_sum() -> None:
    layer = Dense(3, "softmax").bind("d", (2,))
    weights = {"d.kernel": np.eye(2, 3, dtype=np.float32), "d.bias": np.zeros(3, np.float32)}
    terms = layer.terms(np.array([1.0, 2.0], np.float32), weights, (0, 0, 1))
    assert terms.output == pytest.approx(np.e**2 / (np.e + np.e**2 + 1), rel=1e-6)
    assert terms.logits.tolist() == [1, 2, 0]
