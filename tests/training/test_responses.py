"""Every response of every filter: against core's forward pass, one image at a time."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from visualizer.core.network.layer import Array
from visualizer.core.network.layers import Conv2D, Dense, Flatten, MaxPool2D
from visualizer.core.network.network import Network
from visualizer.core.network.networks import NETWORKS, named
from visualizer.core.responses import MOST_CHANNELS, LayerResponses, Responses
from visualizer.data.dataset import Dataset, Images
from visualizer.data.synthetic.synthetic import synthetic_digits
from visualizer.storage.resources import resource
from visualizer.storage.weights import load_weights
from visualizer.training.initial import initial_weights
from visualizer.training.responses import CHUNK, collect
from visualizer.training.settings import Settings

ONE_THREAD = Settings(threads=1)
COUNT = 300


@cache
def digits() -> Images:
    images = synthetic_digits(train=0, test=COUNT).test
    assert len(images) == COUNT > CHUNK
    return images


def last(network: Network, weights: dict[str, Array], images: Images) -> Responses:
    *shares, responses = collect(network, weights, images, ONE_THREAD)
    assert shares[-1] == 1
    assert isinstance(responses, Responses)
    return responses


def one_by_one(network: Network, weights: dict[str, Array], images: Images, part: str) -> list:
    """All values of each layer by core, (images, height, width, channels)."""
    traces = [
        network.forward(pixels[:, :, None] / np.float32(255), weights) for pixels in images.pixels
    ]
    return [
        np.stack([getattr(trace, part)[at].reshape(layer.map_shape) for trace in traces])
        for at, layer in enumerate(network.layers)
    ]


def biased(network: Network, seed: int = 0) -> dict[str, Array]:
    """Initial weights with biases of both signs, as training gives them."""
    numbers = np.random.default_rng(seed)
    weights = initial_weights(network, seed)
    return {
        key: numbers.normal(0, 0.1, value.shape).astype(np.float32) if "bias" in key else value
        for key, value in weights.items()
    }


@pytest.mark.parametrize("name", NETWORKS)
def test_it_is_what_core_says_of_every_cell(name: str) -> None:
    network = named(name)
    weights = biased(network)
    images = digits()
    if name == "no-max-pool":  # large maps: fewer digits
        images = Images(images.pixels[:120], images.labels[:120])
    responses = last(network, weights, images)
    befores = dict(
        zip(
            [layer.name for layer in network.layers],
            one_by_one(network, weights, images, "pre_activations"),
            strict=True,
        )
    )
    outputs = dict(zip(befores, one_by_one(network, weights, images, "outputs"), strict=True))
    answers = outputs[network.layers[-1].name].reshape(len(images), -1).argmax(1)
    assert responses.accuracy == np.mean(answers == images.labels)
    assert [layer.name for layer in responses.layers] == [
        layer.name for layer in network.layers if layer.map_shape[2] <= MOST_CHANNELS
    ]
    for layer in responses.layers:
        check_layer(layer, befores[layer.name], outputs[layer.name])


def check_layer(layer: LayerResponses, values: Array, outputs: Array) -> None:
    """Hold what was collected against all values; float32 sums differ in their last digits."""
    flat = values.reshape(len(values), -1, layer.channels)
    close = 1e-5 * max(float(np.abs(flat).max()), 1)
    np.testing.assert_allclose(layer.strongest, flat.max(1), atol=close)
    there = np.take_along_axis(flat, layer.place[:, None].astype(int), axis=1)[:, 0]
    np.testing.assert_allclose(there, flat.max(1), atol=close)
    np.testing.assert_allclose(layer.least, flat.min((0, 1)), atol=close)
    np.testing.assert_allclose(layer.most, flat.max((0, 1)), atol=close)
    np.testing.assert_array_equal(layer.counts.sum(1), layer.total)
    for channel in range(0, layer.channels, 7):
        own = np.sort(flat[..., channel].ravel())
        at_least, at_most = (np.searchsorted(own, by) for by in (-close, close))
        assert len(own) - at_most <= layer.above_zero[channel] <= len(own) - at_least
        cumulated = layer.counts[channel].cumsum()[:-1]
        edges = layer.edges[channel, 1:-1]
        assert (np.searchsorted(own, edges - close) <= cumulated).all()
        assert (cumulated <= np.searchsorted(own, edges + close, "right")).all()
    rows = outputs.reshape(-1, layer.channels).astype(np.float64)
    lengths = np.maximum(np.linalg.norm(rows, axis=0), 1e-30)
    cosine = rows.T @ rows / lengths / lengths[:, None]
    np.testing.assert_allclose(layer.cosine, cosine, atol=5e-5)  # of outputs near 0, few digits


def test_planted_filters_are_found() -> None:
    """Dead, always on, rare, and two that are each other's twin but for their size."""
    network = Network.build("planted", (28, 28, 1), (Conv2D(5), MaxPool2D(), Flatten(), Dense(10)))
    weights = biased(network)
    kernel, bias = weights["conv2d_1.kernel"], weights["conv2d_1.bias"]
    kernel[..., 1], bias[1] = -1, 0  # no ink is below none
    kernel[..., 2], bias[2] = 0, 0.5
    kernel[..., 3], bias[3] = 3 * kernel[..., 0], 3 * bias[0]
    kernel[..., 4], kernel[1, 1, :, 4], bias[4] = -1, 1, -0.9  # a lone pixel of ink
    images = digits()
    pixels = images.pixels.copy()
    pixels[17, :3, :3] = 0
    pixels[17, 1, 1] = 255
    conv, pool, _, _ = last(network, weights, Images(pixels, images.labels)).layers
    for layer in (conv, pool):
        assert layer.badges(1) == ("dead",)
        assert layer.badges(2) == ("always on",)
        assert layer.twins(0) == ((3, pytest.approx(1, abs=1e-5)),)
        assert layer.badges(3) == ("twin",)
        assert layer.above_zero[4] == 1
    assert conv.badges(4) == ("rare",)
    (patch,) = conv.top(4, 1)
    assert (patch.digit, patch.row, patch.column) == (17, 0, 0)
    assert patch.value == pytest.approx(0.1, abs=1e-5)


def test_top_patches_are_the_largest_in_the_data() -> None:
    network = named("book")
    weights = biased(network)
    images = digits()
    at = network.index("conv2d_2")
    values = one_by_one(network, weights, images, "pre_activations")[at]
    layer = last(network, weights, images)["conv2d_2"]
    for channel in (0, 40, 63):
        patches = layer.top(channel, 9)
        for patch in patches:
            own = values[patch.digit, ..., channel]
            assert patch.value == pytest.approx(own[patch.row, patch.column], abs=1e-5)
            assert patch.value == pytest.approx(own.max(), abs=1e-5)
        strongest = np.sort(values[..., channel].max((1, 2)))
        np.testing.assert_allclose([p.value for p in patches], strongest[:-10:-1], atol=1e-5)
        lowest = [patch.value for patch in layer.bottom(channel, 9)]
        np.testing.assert_allclose(lowest, strongest[:9], atol=1e-5)


@pytest.mark.parametrize("name", ["book", "same-padding", "dense"])
def test_blank_paper_is_counted_in_full(name: str) -> None:
    network = named(name)
    weights = biased(network)
    blank = Images(np.zeros((3, 28, 28), np.uint8), np.arange(3, dtype=np.uint8))
    values = one_by_one(network, weights, blank, "pre_activations")
    outputs = one_by_one(network, weights, blank, "outputs")
    at = {layer.name: position for position, layer in enumerate(network.layers)}
    for layer in last(network, weights, blank).layers:
        check_layer(layer, values[at[layer.name]], outputs[at[layer.name]])


def test_it_can_be_left_after_any_chunk() -> None:
    network = named("dense")
    steps = collect(network, initial_weights(network, 0), digits(), ONE_THREAD)
    assert next(steps) == pytest.approx(CHUNK / COUNT)
    steps.close()
    assert list(steps) == []


def test_no_images_and_numbers_beyond_all_are_errors() -> None:
    network = named("dense")
    weights = initial_weights(network, 0)
    empty = Images(np.empty((0, 28, 28), np.uint8), np.empty(0, np.uint8))
    with pytest.raises(ValueError, match="no images"):
        list(collect(network, weights, empty))
    weights["dense_1.kernel"][:] = 1e38
    with pytest.raises(ValueError, match="not finite"):
        list(collect(network, weights, digits()))


def test_the_bundled_network_on_the_real_digits(mnist: Dataset) -> None:
    stored = load_weights(resource("pretrained", "book.safetensors"))
    responses = last(stored.network, stored.weights, mnist.test)
    assert responses.accuracy == pytest.approx(float(stored.metadata["test_accuracy"]), abs=2e-4)
    flatten, conv = responses["flatten_1"], responses["conv2d_3"]
    assert not flatten.place.any()
    elements = np.maximum(flatten.strongest.reshape(-1, 9, 64).max(1), 0)
    np.testing.assert_array_equal(elements, np.maximum(conv.strongest, 0))
    assert kept(responses) < 50e6


def kept(responses: Responses) -> int:
    """Bytes that are held; a value that is repeated without being copied is held once."""
    arrays = [responses.labels] + [
        getattr(layer, name)
        for layer in responses.layers
        for name in ("strongest", "place", "counts", "edges", "cosine")
    ]
    return sum(array.itemsize if 0 in array.strides else array.nbytes for array in arrays)
