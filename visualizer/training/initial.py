"""The weights that a run starts from, by seed; no torch, so that Reset works without it."""

from __future__ import annotations

import math

import numpy as np

from visualizer.core.network.layer import Array, Shape
from visualizer.core.network.network import Network

MOST_SEED = 999_999


def random_seed() -> int:
    """Draw a seed at random."""
    return int(np.random.default_rng().integers(MOST_SEED + 1))


def initial_weights(network: Network, seed: int) -> dict[str, Array]:
    """Make Glorot-uniform kernels and zero biases, as Keras starts its layers.

    Kernels are uniform in ±sqrt(6 / (fan_in + fan_out)) (Glorot & Bengio 2010).
    """
    generator = np.random.default_rng(seed)
    weights: dict[str, Array] = {}
    for key, shape in network.parameters.items():
        if key.endswith(".bias"):
            weights[key] = np.zeros(shape, np.float32)
        else:
            limit = math.sqrt(6 / sum(fans(shape)))
            weights[key] = generator.uniform(-limit, limit, shape).astype(np.float32)
    return weights


def fans(shape: Shape) -> tuple[int, int]:
    """Return inputs and outputs of one unit, as Keras counts them: kernel cells times channels."""
    cells = math.prod(shape[:-2])
    return cells * shape[-2], cells * shape[-1]
