"""Torch against the book's own definitions in core, layer by layer and network by network."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from visualizer.core.network.layer import Array, Layer, Shape
from visualizer.core.network.layers import AveragePool2D, Conv2D, Dense, Flatten, MaxPool2D
from visualizer.core.network.network import Network
from visualizer.core.network.networks import NETWORKS, named
from visualizer.training.initial import initial_weights
from visualizer.training.torch_network import TorchNetwork, operation

MAP: Shape = (9, 7, 3)
LAYERS: list[tuple[Shape, Layer]] = [
    (MAP, Conv2D(4)),
    (MAP, Conv2D(4, (3, 3), padding="same")),
    (MAP, Conv2D(4, (2, 2), padding="same")),
    (MAP, Conv2D(4, (4, 3), (2, 2), padding="same")),
    (MAP, Conv2D(4, (2, 5), (3, 2), padding="same", activation="linear")),
    (MAP, Conv2D(4, (3, 2), (2, 3))),
    (MAP, MaxPool2D()),
    (MAP, MaxPool2D((3, 2), (2, 1))),
    (MAP, MaxPool2D((2, 2), padding="same")),
    (MAP, MaxPool2D((3, 3), (2, 2), padding="same")),
    (MAP, AveragePool2D()),
    (MAP, AveragePool2D((2, 2), padding="same")),
    (MAP, AveragePool2D((3, 2), (2, 2), padding="same")),
    (MAP, Flatten()),
    ((30,), Dense(6)),
    ((30,), Dense(6, "linear")),
]


def random_weights(network: Network, seed: int = 0) -> dict[str, Array]:
    """Glorot kernels, and biases that are not zero, so that a lost bias shows."""
    numbers = np.random.default_rng(seed)
    weights = initial_weights(network, seed)
    for key in weights:
        if key.endswith("bias"):
            weights[key] = numbers.normal(0, 0.3, weights[key].shape).astype(np.float32)
    return weights


def in_torch(network: Network, weights: dict[str, Array], images: Array, last: bool) -> Array:
    """Outputs (n, …) in our order; `last`: in channels_last."""
    model = TorchNetwork(network, weights, channels_last=last)
    inputs = torch.from_numpy(images)
    if inputs.dim() == 4:
        inputs = inputs.permute(0, 3, 1, 2)
    with torch.no_grad():
        outputs = model.chain(inputs)
    return (outputs.permute(0, 2, 3, 1) if outputs.dim() == 4 else outputs).numpy()


@pytest.mark.parametrize("channels_last", [False, True])
@pytest.mark.parametrize(("shape", "layer"), LAYERS, ids=lambda value: str(value)[:60])
def test_each_layer_gives_what_the_definition_gives(
    shape: Shape, layer: Layer, channels_last: bool
) -> None:
    network = Network("one layer", shape, (layer.bind("one", shape),))
    weights = random_weights(network)
    images = np.random.default_rng(3).normal(size=(5, *shape)).astype(np.float32)
    outputs = in_torch(network, weights, images, channels_last)
    for image, output in zip(images, outputs, strict=True):
        expected = network.forward(image, weights).outputs[-1]
        np.testing.assert_allclose(output, expected, rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("channels_last", [False, True])
@pytest.mark.parametrize("name", NETWORKS)
def test_every_activation_of_every_network_agrees(name: str, channels_last: bool) -> None:
    network = named(name)
    weights = random_weights(network)
    images = np.random.default_rng(4).random((3, 28, 28, 1), dtype=np.float32)
    traces = [network.forward(image, weights) for image in images]
    for depth, layer in enumerate(network.layers):
        part = Network(name, network.input_shape, network.layers[: depth + 1])
        own = {key: weights[key] for key in part.parameters}
        outputs = in_torch(part, own, images, channels_last)
        for trace, output in zip(traces, outputs, strict=True):
            logits = depth == len(network.layers) - 1
            expected = (trace.pre_activations if logits else trace.outputs)[depth]
            np.testing.assert_allclose(output, expected, rtol=1e-4, atol=1e-4, err_msg=layer.name)


@pytest.mark.parametrize("channels_last", [False, True])
@pytest.mark.parametrize("name", NETWORKS)
def test_cells_that_no_logit_sees_are_not_computed_and_not_missed(
    name: str, channels_last: bool
) -> None:
    """Logits and gradients are those of the whole image."""
    network = named(name)
    weights = random_weights(network)
    pixels = torch.randint(0, 256, (8, 28, 28), generator=torch.manual_seed(1)).to(torch.uint8)
    whole, part = (TorchNetwork(network, weights, channels_last=channels_last) for _ in range(2))
    computed: list[torch.Size] = []
    part.chain[0].register_forward_hook(lambda _module, _inputs, out: computed.append(out.shape))
    expected, logits = whole.chain((pixels / 255).unsqueeze(1)), part.logits(pixels)
    for outputs in (expected, logits):
        torch.nn.functional.cross_entropy(outputs, torch.arange(8)).backward()
    torch.testing.assert_close(logits, expected, rtol=1e-5, atol=1e-5)
    torch.testing.assert_close(part.gradients, whole.gradients, rtol=1e-4, atol=1e-6)
    places = {"book": 24, "average-pool": 24, "no-max-pool": 26, "strided": 13, "same-padding": 28}
    if name in places:
        assert computed[0][2:] == (places[name], places[name])


@pytest.mark.parametrize("channels_last", [False, True])
@pytest.mark.parametrize("name", NETWORKS)
def test_weights_come_back_as_they_went_in(name: str, channels_last: bool) -> None:
    network = named(name)
    weights = random_weights(network)
    back = TorchNetwork(network, weights, channels_last=channels_last).weights()
    assert list(back) == list(network.parameters)
    for key, array in back.items():
        np.testing.assert_array_equal(array, weights[key])
        assert array.dtype == np.float32
        assert array.flags.c_contiguous


def test_published_weights_are_no_window_into_the_training() -> None:
    network = named("book")
    model = TorchNetwork(network, initial_weights(network, 0), channels_last=True)
    before = model.weights()
    kept = {key: array.copy() for key, array in before.items()}
    model.values.add_(1)
    for key, array in before.items():
        np.testing.assert_array_equal(array, kept[key])


@pytest.mark.parametrize("channels_last", [False, True])
def test_gradients_are_those_of_the_loss(channels_last: bool) -> None:
    """A step along the gradient changes the loss by what the gradient says."""
    network = named("same-padding")
    weights = random_weights(network)
    model = TorchNetwork(network, weights, channels_last=channels_last)
    pixels = torch.randint(0, 256, (8, 28, 28), generator=torch.manual_seed(0)).to(torch.uint8)
    labels = torch.arange(8)

    def loss() -> torch.Tensor:
        return torch.nn.functional.cross_entropy(model.logits(pixels), labels)

    before = loss()
    before.backward()
    step = 1e-3 / model.gradients.norm()
    with torch.no_grad():
        model.values.sub_(step * model.gradients)
        change = loss().item() - before.item()
    assert change == pytest.approx(-step.item() * model.gradients.norm().item() ** 2, rel=0.05)


def test_a_layer_that_torch_does_not_know_is_named() -> None:
    with pytest.raises(TypeError, match="Layer"):
        operation(Layer())
