"""Torch's autograd and finite differences as judges of the gradients that core computes."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch
import torch.nn.functional as F  # noqa: N812 - the name everybody knows
from torch import Tensor

from tests.core.backward.networks import NAMES, network_and_weights, smooth_image
from visualizer.core.backward.batch import examples, mean_gradients
from visualizer.core.network.layer import Array
from visualizer.core.network.network import Network
from visualizer.training.torch_network import layer_modules

BATCH = 3
CLOSE = 1e-4


class Judge:
    """A network in torch, in double precision, whose every number keeps its gradient."""

    def __init__(self, network: Network, weights: dict[str, Array]) -> None:
        self.network = network
        self.chain = [each.double().requires_grad_() for each in layer_modules(network, weights)]
        self.tensors = {
            f"{layer.name}.{key}": parameter
            for layer, module in zip(network.layers, self.chain, strict=True)
            for key, parameter in zip(layer.parameters, module.parameters(), strict=True)
        }

    def run(self, images: Array, labels: list[int]) -> tuple[Tensor, Tensor, list[Tensor]]:
        """The mean loss, the images, and all pre-activations and outputs, two a layer."""
        pixels = torch.from_numpy(images).double().permute(0, 3, 1, 2).requires_grad_()
        values, numbers = pixels, []
        for layer, module in zip(self.network.layers, self.chain, strict=True):
            before = module(values)
            values = F.softmax(before, 1) if layer.activation_name == "softmax" else before
            values = F.relu(before) if layer.activation_name == "relu" else values * 1.0
            numbers += [before, values]
        probabilities = numbers[-2].softmax(1)
        numbers[-1] = probabilities
        chosen = probabilities[torch.arange(len(labels)), labels]
        return -chosen.log().mean(), pixels, numbers

    def loss(self, images: Array, labels: list[int]) -> float:
        with torch.no_grad():
            return float(self.run(images, labels)[0])


def ours(tensor: Tensor) -> Array:
    """A map or a kernel of torch in our order."""
    return (tensor.permute(0, 2, 3, 1) if tensor.dim() == 4 else tensor).numpy()


def kernel(tensor: Tensor) -> Array:
    """A weight tensor of torch in our order."""
    return tensor.numpy().transpose((2, 3, 1, 0) if tensor.dim() == 4 else None)


def agree(found: Array, expected: Array, what: str) -> None:
    """To 1e-4 of each number, and of the largest where numbers cancel out to almost nothing."""
    assert found.shape == expected.shape, what
    most = float(np.abs(expected).max())
    np.testing.assert_allclose(found, expected, rtol=CLOSE, atol=CLOSE * most, err_msg=what)
    assert np.linalg.norm(found - expected) <= CLOSE * np.linalg.norm(expected), what


def batches(name: str, seed: int) -> tuple[Network, dict[str, Array], Array, list[int]]:
    network, weights = network_and_weights(name, seed)
    rng = np.random.default_rng(seed)
    images = np.stack([smooth_image(network, weights, rng)[0] for _ in range(BATCH)])
    classes = [k for k in range(10) if weights[f"{network.layers[-1].name}.bias"][k] > -100]
    return network, weights, images, [int(rng.choice(classes)) for _ in range(BATCH)]


def check_batch(name: str, seed: int) -> None:
    network, weights, images, labels = batches(name, seed)
    judge = Judge(network, weights)
    loss, pixels, numbers = judge.run(images, labels)
    wanted = [pixels, *numbers, *judge.tensors.values()]
    found = torch.autograd.grad(loss, wanted, materialize_grads=True)
    one_by_one = list(examples(network, weights, images, labels))
    for at, example in enumerate(one_by_one):
        gradients, of_mean = example.gradients, [ours(each * BATCH)[at] for each in found[:-1]]
        agree(gradients.inputs, of_mean[0], f"{name}: pixels")
        for depth, layer in enumerate(network.layers):
            agree(gradients.pre_activations[depth], of_mean[1 + 2 * depth], f"{layer.name}, sums")
            agree(gradients.outputs[depth], of_mean[2 + 2 * depth], f"{layer.name}, outputs")
    mean = mean_gradients(network, one_by_one)
    assert mean.loss == pytest.approx(loss.item(), rel=1e-5)
    assert list(mean.weights) == list(judge.tensors)
    for key, gradient in zip(judge.tensors, found[1 + len(numbers) :], strict=True):
        agree(mean.weights[key], kernel(gradient), key)


@pytest.mark.parametrize("name", NAMES)
def test_all_gradients_are_those_of_autograd(name: str) -> None:
    check_batch(name, 1)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(50))
def test_all_gradients_of_fifty_batches_are_those_of_autograd(seed: int) -> None:
    for name in NAMES:
        check_batch(name, seed)


def slope(loss_after: Callable[[float], float], step: float = 1e-6) -> float:
    """The central difference of a loss after a change."""
    return (loss_after(step) - loss_after(-step)) / (2 * step)


def some(gradient: Array, on: Array, rng: np.random.Generator) -> list[tuple[int, ...]]:
    """The places of a weight at random, whose filter is on, and of one whose gradient is not 0."""
    at_random = (*(int(rng.integers(size)) for size in gradient.shape[:-1]), int(rng.choice(on)))
    not_zero = np.argwhere(gradient)
    return [at_random, *(tuple(each) for each in rng.choice(not_zero, min(len(not_zero), 1)))]


@pytest.mark.parametrize("name", NAMES)
def test_a_gradient_is_how_much_the_loss_rises(name: str) -> None:
    """Central differences of the loss in double precision, at weights and pixels by chance."""
    network, weights, images, labels = batches(name, 2)
    judge, rng = Judge(network, weights), np.random.default_rng(3)
    one_by_one = list(examples(network, weights, images, labels))
    mean = mean_gradients(network, one_by_one)
    for key, parameter in judge.tensors.items():
        on = np.flatnonzero(weights[f"{key.partition('.')[0]}.bias"])  # what is off is at a bend
        for index in some(mean.weights[key], on, rng):
            place = (index[3], index[2], *index[:2]) if len(index) == 4 else index[::-1]
            weight = parameter.data[place]
            before = weight.item()

            def loss_after(change: float, weight: Tensor = weight, old: float = before) -> float:
                weight.fill_(old + change)
                return judge.loss(images, labels)

            rise = slope(loss_after)
            weight.fill_(before)
            assert rise == pytest.approx(mean.weights[key][index], rel=1e-4, abs=1e-7), (key, index)
    for at, row, column in rng.integers((BATCH, 28, 28), size=(3, 3)):

        def loss_with_ink(change: float, place: tuple[int, ...] = (at, row, column)) -> float:
            moved = images.astype(np.float64)
            moved[place] += change
            return judge.loss(moved, labels)

        by_pixel = one_by_one[at].gradients.inputs[row, column, 0]
        assert BATCH * slope(loss_with_ink) == pytest.approx(by_pixel, rel=1e-4, abs=1e-7)
