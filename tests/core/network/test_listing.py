"""The network as code: run, it is the same network."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from tests.core.network.test_spec import networks
from visualizer.core.network.geometry import Padding
from visualizer.core.network.layer import Array, Weights
from visualizer.core.network.layers import AveragePool2D, Conv2D, Dense, Flatten, MaxPool2D
from visualizer.core.network.listing import keras_code, torch_code
from visualizer.core.network.network import Network
from visualizer.core.network.networks import NETWORKS, named


def unusual(padding: Padding) -> Network:
    return Network.build(
        "unusual",
        (28, 28, 1),
        (
            Conv2D(5, (4, 3), (1, 2), "same", "linear"),
            MaxPool2D((3, 2), (2, 2), "same"),
            AveragePool2D((2, 3), (1, 1), padding),
            Flatten(),
            Dense(7, "linear"),
            Dense(10, "softmax"),
        ),
    )


UNUSUAL = unusual("same")
# Keras on top of torch repeats the border where on TensorFlow it leaves padding out of a mean.
IN_KERAS = [*map(named, NETWORKS), unusual("valid")]


def random_weights(network: Network) -> Weights:
    numbers = np.random.default_rng(4)
    return {
        key: numbers.normal(0, 0.3, shape).astype(np.float32)
        for key, shape in network.parameters.items()
    }


def in_torchs_order(network: Network, weights: Weights) -> Iterator[Array]:
    """Kernels (out, in, kh, kw) and (out, in), the latter's inputs channels first."""
    for below, layer in zip((None, *network.layers), network.layers, strict=False):
        if isinstance(layer, Conv2D):
            yield weights[f"{layer.name}.kernel"].transpose(3, 2, 0, 1)
        elif isinstance(layer, Dense):
            kernel = weights[f"{layer.name}.kernel"]
            if isinstance(below, Flatten):
                maps = kernel.reshape(*below.input_shape, -1)
                kernel = maps.transpose(2, 0, 1, 3).reshape(kernel.shape)
            yield kernel.T
        if layer.parameters:
            yield weights[f"{layer.name}.bias"]


def run(code: str) -> Any:
    """What a listing calls `model`, in a module of its own."""
    module: dict[str, Any] = {"__name__": "listing"}
    exec(compile(code, "listing", "exec"), module)
    return module["model"]


def same_as_torch(network: Network) -> None:
    import torch

    weights = random_weights(network)
    image = np.random.default_rng(5).random(network.input_shape, np.float32)
    model = run(torch_code(network))
    with torch.no_grad():
        parameters = list(model.parameters())
        for parameter, value in zip(parameters, in_torchs_order(network, weights), strict=True):
            parameter.copy_(torch.tensor(np.ascontiguousarray(value)))
        outputs = model(torch.tensor(image.transpose(2, 0, 1)[None])).numpy()[0]
    expected = network.forward(image, weights).probabilities
    np.testing.assert_allclose(outputs, expected, atol=1e-4)


@pytest.mark.parametrize("name", NETWORKS)
def test_the_pytorch_listing_of_a_named_network_is_that_network(name: str) -> None:
    same_as_torch(named(name))


def test_the_pytorch_listing_pads_as_keras_does() -> None:
    same_as_torch(UNUSUAL)


@settings(max_examples=30, deadline=None)
@given(networks())
def test_the_pytorch_listing_of_any_network_is_that_network(network: Network) -> None:
    same_as_torch(network)


def test_the_pytorch_listing_reads_as_one_writes_it() -> None:
    assert (
        torch_code(named("book"))
        == """\
from torch import nn

model = nn.Sequential(  # images (n, 1, 28, 28)
    nn.Conv2d(1, 32, (3, 3)),
    nn.ReLU(),
    nn.MaxPool2d((2, 2)),
    nn.Conv2d(32, 64, (3, 3)),
    nn.ReLU(),
    nn.MaxPool2d((2, 2)),
    nn.Conv2d(64, 64, (3, 3)),
    nn.ReLU(),
    nn.Flatten(),
    nn.Linear(576, 64),
    nn.ReLU(),
    nn.Linear(64, 10),
    nn.Softmax(dim=1),
)
"""
    )


def test_the_keras_listing_is_the_books() -> None:
    assert (
        keras_code(named("book"))
        == """\
from keras import layers
from keras import models

model = models.Sequential()
model.add(layers.Conv2D(32, (3, 3), activation='relu', input_shape=(28, 28, 1)))
model.add(layers.MaxPooling2D((2, 2)))
model.add(layers.Conv2D(64, (3, 3), activation='relu'))
model.add(layers.MaxPooling2D((2, 2)))
model.add(layers.Conv2D(64, (3, 3), activation='relu'))
model.add(layers.Flatten())
model.add(layers.Dense(64, activation='relu'))
model.add(layers.Dense(10, activation='softmax'))
"""
    )


def test_the_keras_listing_says_what_is_unusual() -> None:
    assert keras_code(UNUSUAL).splitlines()[4:] == [
        "model.add(layers.Conv2D(5, (4, 3), strides=(1, 2), padding='same', "
        "input_shape=(28, 28, 1)))",
        "model.add(layers.MaxPooling2D((3, 2), strides=(2, 2), padding='same'))",
        "model.add(layers.AveragePooling2D((2, 3), strides=(1, 1), padding='same'))",
        "model.add(layers.Flatten())",
        "model.add(layers.Dense(7))",
        "model.add(layers.Dense(10, activation='softmax'))",
    ]


@pytest.mark.filterwarnings("ignore")  # those of Keras and what it brings
@pytest.mark.parametrize("network", IN_KERAS, ids=lambda it: it.name)
def test_in_keras_the_listing_has_our_summary_and_takes_our_weights(network: Network) -> None:
    pytest.importorskip("keras", reason="needs Keras, which the program does without")
    model = run(keras_code(network))
    assert [tuple(layer.output.shape[1:]) for layer in model.layers] == [
        layer.output_shape for layer in network.layers
    ]
    assert [layer.count_params() for layer in model.layers] == [
        layer.parameter_count for layer in network.layers
    ]
    weights = random_weights(network)
    model.set_weights([weights[key] for key in network.parameters])
    image = np.random.default_rng(5).random(network.input_shape, np.float32)
    outputs = np.asarray(model.predict(image[None], verbose=0))[0]
    expected = network.forward(image, weights).probabilities
    np.testing.assert_allclose(outputs, expected, atol=1e-4)
