"""A step taken apart: the digits' gradients, their mean, and the places that they are sums over."""

from __future__ import annotations

import numpy as np
import pytest

from tests.scene.chains import ALL, network_of, weights_of
from visualizer.core.backward.batch import examples, mean_gradients
from visualizer.core.backward.learnt import StepGradients, StepState, taking_apart
from visualizer.core.network.network import Network


def state_of(network: Network, count: int = 5) -> StepState:
    rng, weights = np.random.default_rng(3), weights_of(network)
    pixels = rng.integers(0, 256, (count, 28, 28)).astype(np.uint8)
    labels = rng.integers(0, 10, count).astype(np.uint8)
    return StepState(1, 0.001, pixels, labels, weights, weights, None, exact=True)


def taken_apart(network: Network, state: StepState) -> StepGradients:
    *shares, found = taking_apart(network, state)
    assert shares == pytest.approx(np.arange(1, len(shares) + 1) / len(state.labels))
    assert isinstance(found, StepGradients)
    return found


@pytest.mark.parametrize("name", ALL)
def test_the_mean_over_the_digits_is_the_batchs_gradient(name: str) -> None:
    network = network_of(name)
    state = state_of(network)
    found = taken_apart(network, state)
    images = state.pixels.reshape(-1, 28, 28, 1).astype(np.float32) / np.float32(255)
    batch = examples(network, state.weights, images, state.labels.tolist())
    expected = mean_gradients(network, batch)
    assert found.losses.mean() == pytest.approx(expected.loss, rel=1e-5)
    rng = np.random.default_rng(5)
    for tensor, gradient in expected.weights.items():
        np.testing.assert_allclose(found.means[tensor], gradient, rtol=1e-6)
        index = tuple(int(rng.integers(size)) for size in gradient.shape)
        of_digits = found.of_digits(tensor, index)
        size = np.abs(of_digits).max() + 1e-12
        assert of_digits.mean() == pytest.approx(float(gradient[index]), abs=1e-4 * float(size))
        unit = index[-1]
        largest = found.largest(tensor, unit)
        assert abs(gradient[largest]) == np.abs(gradient[..., unit]).max() and largest[-1] == unit


def test_a_batch_without_digits_is_refused() -> None:
    network = network_of("least")
    with pytest.raises(ValueError, match="at least one"):
        list(taking_apart(network, state_of(network, 0)))
