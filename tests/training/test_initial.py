"""The weights a run starts from."""

from __future__ import annotations

import math

import numpy as np
import pytest

from visualizer.core.network.networks import NETWORKS, named
from visualizer.training.initial import fans, initial_weights


@pytest.mark.parametrize("name", NETWORKS)
def test_kernels_are_glorot_uniform_and_biases_zero(name: str) -> None:
    network = named(name)
    weights = initial_weights(network, 0)
    network.check_weights(weights)
    for key, array in weights.items():
        assert array.dtype == np.float32
        if key.endswith("bias"):
            assert not array.any()
        else:
            limit = math.sqrt(6 / sum(fans(array.shape)))
            assert np.abs(array).max() <= limit
            assert array.std() == pytest.approx(limit / math.sqrt(3), rel=0.15)


@pytest.mark.parametrize(
    ("shape", "expected"),
    [((3, 3, 1, 32), (9, 288)), ((3, 3, 32, 64), (288, 576)), ((576, 64), (576, 64))],
)
def test_fans_are_those_of_keras(shape: tuple[int, ...], expected: tuple[int, int]) -> None:
    assert fans(shape) == expected


def test_a_seed_always_gives_the_same_weights() -> None:
    one, same, other = (initial_weights(named("book"), seed) for seed in (3, 3, 4))
    assert all(np.array_equal(one[key], same[key]) for key in one)
    assert not np.array_equal(one["conv2d_1.kernel"], other["conv2d_1.kernel"])
