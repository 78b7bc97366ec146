"""What a filter answers to most: a picture that an image can be, judged by core itself."""

from __future__ import annotations

import numpy as np
import pytest

from visualizer.core.network.layer import Array
from visualizer.core.network.layers import Conv2D
from visualizer.core.network.network import Network
from visualizer.core.network.networks import NETWORKS, named
from visualizer.storage.resources import resource
from visualizer.storage.weights import load_weights
from visualizer.training.ascent import AscentStep, ascend, cell_of
from visualizer.training.initial import initial_weights
from visualizer.training.settings import Settings

FIELDS = {
    "conv2d_1": (3, 3),
    "maxpooling2d_1": (4, 4),
    "conv2d_2": (8, 8),
    "maxpooling2d_2": (10, 10),
    "conv2d_3": (18, 18),
    "flatten_1": (18, 18),
    "dense_1": (28, 28),
    "dense_2": (28, 28),
}


def cores_value(
    network: Network, weights: dict[str, Array], layer: str, channel: int, pixels: Array
) -> float:
    """The cell's pre-activation for a picture on its field, by a whole forward pass."""
    position, cell = cell_of(network, layer, channel)
    field = network.fields(position, *cell)[0]
    image = np.zeros((28, 28, 1), np.float32)
    image[field.top : field.bottom, field.left : field.right, 0] = pixels
    before = network.forward(image, weights).pre_activations[position]
    return float(before.reshape(network.layers[position].map_shape)[cell])


def ascended(
    name: str, layer: str, channel: int = 3, steps: int = 12, seed: int = 0
) -> list[AscentStep]:
    network = named(name)
    return list(ascend(network, initial_weights(network, 2), layer, channel, seed, steps))


@pytest.mark.parametrize("layer", FIELDS)
def test_the_value_is_cores_and_only_the_field_is_drawn_on(layer: str) -> None:
    network = named("book")
    weights = initial_weights(network, 2)
    taken = ascended("book", layer)
    for one in taken:
        assert one.pixels.dtype == np.float32
        assert one.pixels.min() >= 0
        assert one.pixels.max() <= 1
        assert one.value == cores_value(network, weights, layer, 3, one.pixels)
    height, width = FIELDS[layer]
    if height < 28:
        assert taken[-1].pixels.shape == (height, width)
    values = [one.value for one in taken]
    assert values == sorted(values)
    if layer != "conv2d_1":
        assert [one.step for one in taken] == list(range(13))
        assert values[-1] > values[0]


@pytest.mark.parametrize("name", NETWORKS)
def test_every_layer_of_every_network_has_a_picture(name: str) -> None:
    network = named(name)
    weights = initial_weights(network, 2)
    for layer in network.layers:
        *_, last = ascended(name, layer.name, steps=1)
        assert last.value == cores_value(network, weights, layer.name, 3, last.pixels)


def test_on_the_image_no_picture_gives_more() -> None:
    """All 512 pictures of ink or none on a 3 × 3 field."""
    network = named("book")
    weights = initial_weights(network, 2)
    (only,) = ascended("book", "conv2d_1", channel=5)
    kernel = weights["conv2d_1.kernel"][..., 0, 5].reshape(-1)
    pictures = (np.arange(512)[:, None] >> np.arange(9)) & 1
    assert only.value == pytest.approx((pictures @ kernel).max(), abs=1e-6)


def test_the_same_seed_gives_the_same_picture_and_another_starts_elsewhere() -> None:
    one, same, other = (ascended("book", "conv2d_2", steps=3, seed=seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one[-1].pixels, same[-1].pixels)
    assert (one[0].pixels != other[0].pixels).any()


@pytest.mark.parametrize("name", ["same-padding", "strided", "no-max-pool"])
def test_the_cell_that_stands_for_a_filter_sees_no_padding_where_one_can(name: str) -> None:
    network = named(name)
    for layer in network.layers:
        if not layer.is_spatial:
            continue
        position, cell = cell_of(network, layer.name, 0)
        field = network.receptive_field(position)
        seen = network.fields(position, *cell)[0]
        assert field is not None
        if max(field.size) <= 18:
            assert (seen.height, seen.width) == field.size


def test_a_field_that_reaches_onto_padding_is_clipped() -> None:
    network = Network.build("wide", (4, 4, 1), (Conv2D(2, (7, 7), padding="same"),))
    weights = initial_weights(network, 0)
    (only,) = ascend(network, weights, "conv2d_1", 1, 0)
    position, cell = cell_of(network, "conv2d_1", 1)
    field = network.fields(position, *cell)[0]
    assert only.pixels.shape == (field.height, field.width) == (4, 4)


def test_it_can_be_left_after_any_step() -> None:
    network = named("book")
    steps = ascend(network, initial_weights(network, 0), "conv2d_3", 0, 0)
    next(steps)
    steps.close()
    assert list(steps) == []


def test_what_there_is_not_is_named() -> None:
    network = named("book")
    weights = initial_weights(network, 0)
    with pytest.raises(ValueError, match="no layer 'conv2d_7'; there are conv2d_1, "):
        next(ascend(network, weights, "conv2d_7", 0, 0))
    with pytest.raises(ValueError, match="conv2d_1 has no filter 32"):
        next(ascend(network, weights, "conv2d_1", 32, 0))


@pytest.mark.parametrize("layer", ["conv2d_2", "maxpooling2d_2"])
def test_a_trained_filter_that_noise_does_not_wake_is_woken(layer: str) -> None:
    """There ReLU gives 0 and no gradient; the way up is below it."""
    stored = load_weights(resource("pretrained", "book.safetensors"))
    for channel in (0, 20, 41):
        *_, last = ascend(
            stored.network, stored.weights, layer, channel, 0, 60, Settings(threads=1)
        )
        assert last.value > 0
