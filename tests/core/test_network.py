"""The six networks have the book's numbers, and their fields are those of perturbed pixels."""

from __future__ import annotations

import numpy as np
import pytest

from visualizer.core.geometry import Rect
from visualizer.core.layers import Conv2D, Dense, Flatten, MaxPool2D
from visualizer.core.network import Network
from visualizer.core.networks import NETWORKS, named
from visualizer.training.initial import initial_weights

SHAPES = {
    "book": [
        (26, 26, 32),
        (13, 13, 32),
        (11, 11, 64),
        (5, 5, 64),
        (3, 3, 64),
        (576,),
        (64,),
        (10,),
    ],
    "no-max-pool": [(26, 26, 32), (24, 24, 64), (22, 22, 64), (30976,), (64,), (10,)],
    "strided": [(13, 13, 32), (6, 6, 64), (4, 4, 64), (1024,), (64,), (10,)],
    "average-pool": [
        *((26, 26, 32), (13, 13, 32), (11, 11, 64), (5, 5, 64), (3, 3, 64)),
        *((576,), (64,), (10,)),
    ],
    "same-padding": [
        *((28, 28, 32), (14, 14, 32), (14, 14, 64), (7, 7, 64), (7, 7, 64)),
        *((3136,), (64,), (10,)),
    ],
    "dense": [(784,), (512,), (10,)],
}


@pytest.mark.parametrize(
    ("name", "parameters", "base"),
    [
        ("book", 93_322, 55_744),
        ("no-max-pool", 2_038_922, 55_744),
        ("strided", 121_994, 55_744),
        ("average-pool", 93_322, 55_744),
        ("same-padding", 257_162, 55_744),
        ("dense", 407_050, 0),
    ],
)
def test_parameters(name: str, parameters: int, base: int) -> None:
    network = named(name)
    assert network.parameter_count == parameters
    assert network.base_parameter_count == base


@pytest.mark.parametrize("name", NETWORKS)
def test_output_shapes(name: str) -> None:
    assert [layer.output_shape for layer in named(name).layers] == SHAPES[name]


def test_the_book_names_its_layers_and_counts_their_parameters() -> None:
    rows = [(row.name, row.parameters, row.field, row.jump) for row in named("book").summary()]
    assert rows == [
        ("conv2d_1", 320, 3, 1),
        ("maxpooling2d_1", 0, 4, 2),
        ("conv2d_2", 18_496, 8, 2),
        ("maxpooling2d_2", 0, 10, 4),
        ("conv2d_3", 36_928, 18, 4),
        ("flatten_1", 0, None, None),
        ("dense_1", 36_928, None, None),
        ("dense_2", 650, None, None),
    ]


def test_without_pooling_fields_stay_small_and_a_dense_top_grows_huge() -> None:
    network = named("no-max-pool")
    assert [row.field for row in network.summary()[:3]] == [3, 5, 7]
    assert network["flatten_1"].output_shape == (30_976,)
    assert Dense(512).bind("top", (30_976,)).parameter_count == 15_860_224


def test_an_unknown_network_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(ValueError, match=r"no network named 'vgg'; there are book, no-max-pool"):
        named("vgg")


def test_a_layer_that_does_not_fit_is_named() -> None:
    with pytest.raises(ValueError, match=r"conv2d_2: a 3 × 3 window has no place on a 1 × 1 map"):
        Network.build("n", (3, 3, 1), (Conv2D(4), Conv2D(4)))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"conv2d_1.bias": None}, "conv2d_1.bias is missing"),
        ({"conv2d_1.bias": np.zeros(31, np.float32)}, r"has shape \(31,\), not \(32,\)"),
        ({"conv2d_1.bias": np.full(32, np.nan, np.float32)}, "values that are not finite"),
        ({"dense_9.bias": np.zeros(3, np.float32)}, "dense_9.bias is not a tensor of network book"),
    ],
)
def test_weights_that_do_not_fit_are_refused_by_name(change: dict, message: str) -> None:
    network = named("book")
    weights = {**initial_weights(network, 0), **change}
    for key in [key for key, value in change.items() if value is None]:
        del weights[key]
    with pytest.raises(ValueError, match=message):
        network.check_weights(weights)


def linear_probe(network: Network) -> dict[str, np.ndarray]:
    """Weights under which every path from a pixel shows: all positive, so that ReLU is open."""
    rng = np.random.default_rng(3)
    return {
        key: rng.uniform(0.01, 0.02, shape).astype(np.float32)
        for key, shape in network.parameters.items()
    }


@pytest.mark.parametrize("name", NETWORKS)
def test_fields_both_ways_are_those_found_by_changing_every_pixel(name: str) -> None:
    """A pixel made very bright changes exactly the cells that see it, and no others."""
    network = named(name)
    weights = linear_probe(network)
    height, width, _ = network.input_shape
    dark = np.full(network.input_shape, 0.5, np.float32)
    before = network.forward(dark, weights)
    spatial = [at for at, layer in enumerate(network.layers) if layer.is_spatial]
    changed_by = {
        at: np.zeros((height, width, *network.layers[at].map_shape[:2]), bool) for at in spatial
    }
    for row, column in np.ndindex(height, width):
        bright = dark.copy()
        bright[row, column] = 9.0
        after = network.forward(bright, weights)
        seeing = network.cells_seeing(row, column)
        for at in spatial:
            changed = (after.pre_activations[at] != before.pre_activations[at]).any(axis=2)
            expected = np.zeros(changed.shape, bool)
            box = seeing[at]
            expected[box.top : box.bottom, box.left : box.right] = True
            np.testing.assert_array_equal(changed, expected)
            changed_by[at][row, column] = changed
    for at in spatial:
        for y, x in np.ndindex(*network.layers[at].map_shape[:2]):
            field = network.fields(at, y, x)[0]
            expected = np.zeros((height, width), bool)
            expected[field.top : field.bottom, field.left : field.right] = True
            np.testing.assert_array_equal(changed_by[at][:, :, y, x], expected)


@pytest.mark.parametrize(
    ("name", "rows", "layer"),
    [
        ("book", (26, 27), "maxpooling2d_2"),
        ("average-pool", (26, 27), "averagepooling2d_2"),
        ("strided", (27,), "conv2d_1"),
        ("no-max-pool", (), None),
        ("same-padding", (), None),
        ("dense", (), None),
    ],
)
def test_blind_lines_and_the_layer_that_loses_them(
    name: str, rows: tuple[int, ...], layer: str | None
) -> None:
    network = named(name)
    assert network.blind_lines() == (rows, rows)
    blinding = network.blinding_layer()
    assert (blinding.name if blinding else None) == layer
    assert network.seen() == Rect.whole(28 - len(rows), 28 - len(rows))


def test_the_blind_border_of_the_book_reaches_no_unit() -> None:
    network = named("book")
    for line in (26, 27):
        for other in range(28):
            assert network.cells_seeing(line, other)[-1].empty
            assert network.cells_seeing(other, line)[-1].empty
    assert not network.cells_seeing(25, 25)[-1].empty
    field = network.fields(len(network.layers) - 1, 0, 0, 3)[0]
    assert (field.top, field.left, field.bottom, field.right) == (0, 0, 26, 26)


def test_a_flattened_element_sees_what_the_cell_it_came_from_sees() -> None:
    network = Network.build("n", (9, 9, 1), (Conv2D(2), MaxPool2D(), Flatten(), Dense(3)))
    flatten = network["flatten_1"]
    assert isinstance(flatten, Flatten)
    assert network.fields(2, 0, 0, flatten.lands_at(1, 2, 1))[0] == network.fields(1, 1, 2)[0]


def test_forward_is_what_the_layers_do_in_turn() -> None:
    network = named("book")
    weights = initial_weights(network, 0)
    image = np.random.default_rng(0).random((28, 28, 1), dtype=np.float32)
    trace = network.forward(image, weights)
    values = image
    for position, layer in enumerate(network.layers):
        assert trace.below(position) is (trace.outputs[position - 1] if position else trace.inputs)
        before, values = layer.forward(values, weights)
        np.testing.assert_array_equal(trace.pre_activations[position], before)
        np.testing.assert_array_equal(trace.outputs[position], values)
    assert trace.probabilities.sum() == pytest.approx(1, abs=1e-5)
