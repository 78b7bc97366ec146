"""The six networks have the book's numbers, and their fields are those of perturbed pixels."""

from __future__ import annotations

import re

import numpy as np
import pytest

from visualizer.core.network.geometry import Rect
from visualizer.core.network.layer import Layer
from visualizer.core.network.layers import AveragePool2D, Conv2D, Dense, Flatten, MaxPool2D
from visualizer.core.network.network import Network
from visualizer.core.network.networks import CLASSES, INPUT_SHAPE, NETWORKS, named
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
        ("conv2d_1", 320, (3, 3), (1, 1)),
        ("maxpooling2d_1", 0, (4, 4), (2, 2)),
        ("conv2d_2", 18_496, (8, 8), (2, 2)),
        ("maxpooling2d_2", 0, (10, 10), (4, 4)),
        ("conv2d_3", 36_928, (18, 18), (4, 4)),
        ("flatten_1", 0, None, None),
        ("dense_1", 36_928, None, None),
        ("dense_2", 650, None, None),
    ]


def test_without_pooling_fields_stay_small_and_a_dense_top_grows_huge() -> None:
    network = named("no-max-pool")
    assert [row.field for row in network.summary()[:3]] == [(3, 3), (5, 5), (7, 7)]
    assert network["flatten_1"].output_shape == (30_976,)
    assert Dense(512).bind("top", (30_976,)).parameter_count == 15_860_224


def test_an_unknown_network_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(ValueError, match=r"no network named 'vgg'; there are book, no-max-pool"):
        named("vgg")


def test_a_layer_that_does_not_fit_is_named() -> None:
    with pytest.raises(ValueError, match=r"conv2d_2: a 3 × 3 window has no place on a 1 × 1 map"):
        Network.build("n", (3, 3, 1), (Conv2D(4), Conv2D(4)))


SOFTMAX = Dense(10, "softmax")

MISFITS = {
    "no layers": ((), "a network needs at least one layer"),
    "dense on maps": ((Conv2D(2), Dense(3)), "dense_1: it needs a vector below it: put a Flatten"),
    "dense on the image": ((Dense(3),), "dense_1: it needs a vector below it: put a Flatten"),
    "flatten twice": ((Flatten(), Flatten()), "flatten_2: what is below it is a vector already"),
    "convolution on a vector": (
        (Flatten(), Conv2D(2)), "conv2d_1: its window needs rows and columns, and below it is a v"),
    "pooling on a vector": (
        (Flatten(), MaxPool2D()), "maxpooling2d_1: its window needs rows and columns"),
    "a layer after the last": (
        (Flatten(), SOFTMAX, Dense(3)), "dense_2: after the softmax of dense_1 no layer can"),
    "softmax twice": (
        (Flatten(), SOFTMAX, SOFTMAX), "dense_2: after the softmax of dense_1 no layer can"),
    "a window beyond its map": (
        (Conv2D(2), Conv2D(2, (27, 1))), "conv2d_2: a 27 × 1 window has no place on a 26 × 26 map"),
    "a pooling beyond its map": (
        (MaxPool2D((29, 29)),), "maxpooling2d_1: a 29 × 29 window has no place on a 28 × 28 map"),
    "a window mostly on padding": (
        (Conv2D(2, (3, 56), padding="same"),), "conv2d_1: a 3 × 56 window is too large for a 2"),
    "no filters": ((Conv2D(0),), "conv2d_1: it needs at least 1 filter, not 0"),
    "no units": ((Flatten(), Dense(0)), "dense_1: it needs at least 1 unit, not 0"),
    "softmax on maps": (
        (Conv2D(2, activation="softmax"),), "conv2d_1: its activation must be linear or relu"),
    "an unknown activation": (
        (Flatten(), Dense(3, "tanh")), "dense_1: its activation must be linear or relu or softmax"),
    "an unknown padding": (
        (Conv2D(2, padding="full"),), 'conv2d_1: padding must be "valid" or "same", not \'full\''),
    "no stride": ((Conv2D(2, stride=(0, 1)),), "conv2d_1: stride must be at least 1 × 1"),
    "many layers": ((AveragePool2D((1, 1)),) * 65, "averagepooling2d_65: with it there are 65 lay"),
    "many parameters": (
        (Flatten(), Dense(60_000), Dense(60)),
        "dense_2: with it there are 50,700,060 parameters, and 50,000,000 is the most"),
    "large maps": (
        (Conv2D(1000, padding="same"), Conv2D(300, (1, 1))),
        "conv2d_2: with it there are 1,019,200 values in its maps, and 1,000,000 is the most"),
    "large windows": (
        (Conv2D(100, padding="same"), Conv2D(1, (20, 20), padding="same")),
        "conv2d_2: with it there are 31,367,056 values in its windows, and 20,000,000 is the most"),
    "much work": (
        (Conv2D(500, padding="same"), Conv2D(500, padding="same")),
        "conv2d_2: with it there are 1,767,528,000 products an image, and 1,000,000,000 is the"),
}  # fmt: skip


@pytest.mark.parametrize("case", MISFITS)
def test_a_misfit_is_refused_by_its_name(case: str) -> None:
    layers, reason = MISFITS[case]
    with pytest.raises(ValueError, match=f"^{re.escape(reason)}"):
        Network.build("n", (28, 28, 1), layers)


@pytest.mark.parametrize("shape", [(), (28, 28), (28, 0, 1), (1, 28, 28, 1)])
def test_an_image_has_rows_columns_and_channels(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="a network needs an image of rows, columns, channels"):
        Network.build("n", shape, (Flatten(), SOFTMAX))


@pytest.mark.parametrize("name", NETWORKS)
def test_the_named_networks_give_a_probability_for_each_class(name: str) -> None:
    named(name).check_classifier(INPUT_SHAPE, CLASSES)


@pytest.mark.parametrize(
    ("shape", "layers", "reason"),
    [
        ((28, 28, 1), (Flatten(), Dense(10)), "dense_1: the last layer must be dense with softmax"),
        ((28, 28, 1), (Flatten(), Dense(9, "softmax")), "dense_1: the last layer must be dense"),
        ((28, 28, 1), (Conv2D(10),), "conv2d_1: the last layer must be dense with softmax and 10"),
        ((28, 28, 3), (Flatten(), SOFTMAX), r"its input is (28, 28, 3), not (28, 28, 1)"),
    ],
)
def test_what_gives_no_probabilities_is_no_classifier(
    shape: tuple[int, ...], layers: tuple[Layer, ...], reason: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(reason)):
        Network.build("n", shape, layers).check_classifier(INPUT_SHAPE, CLASSES)


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
