"""Networks for the tests of the chain: the six, and three that were edited."""

from __future__ import annotations

import numpy as np

from visualizer.core.network.layers import AveragePool2D, Conv2D, Dense, Flatten, MaxPool2D
from visualizer.core.network.network import Network
from visualizer.core.network.networks import NETWORKS, named
from visualizer.scene.scene import Digit, Model, Scene
from visualizer.scene.trail import Cell
from visualizer.scene.viewer import first_scene

TWELVE = (
    *(Conv2D(8, padding="same"), Conv2D(8), MaxPool2D()),
    *(Conv2D(16, padding="same"), AveragePool2D(), Conv2D(16, padding="same")),
    *(MaxPool2D((3, 3), (2, 2)), Conv2D(16, (2, 2)), Flatten()),
    *(Dense(64), Dense(32, "linear"), Dense(10, "softmax")),
)
GAPS = (
    *(Conv2D(4, (2, 2), (3, 3)), AveragePool2D((3, 2), (2, 2), padding="same")),
    *(Conv2D(5, (2, 3), padding="same", activation="linear"), Flatten(), Dense(10, "softmax")),
)
LEAST = (Flatten(), Dense(10, "softmax"))
EDITED = {"twelve": TWELVE, "gaps": GAPS, "least": LEAST}
ALL = (*NETWORKS, *EDITED)


def network_of(name: str) -> Network:
    return Network.build(name, (28, 28, 1), EDITED[name]) if name in EDITED else named(name)


def weights_of(network: Network, seed: int = 0) -> dict[str, np.ndarray]:
    """Kernels by chance, and biases that are not zero."""
    rng = np.random.default_rng(seed)
    return {
        key: rng.normal(0, 1 / np.sqrt(np.prod(shape[:-1]) or 1), shape).astype(np.float32)
        for key, shape in network.parameters.items()
    }


def picture(seed: int = 3) -> Digit:
    pixels = np.random.default_rng(seed).integers(0, 256, (28, 28), dtype=np.uint8)
    return Digit(pixels, 3, "test digit 0", 0)


def scene_of(name: str, seed: int = 0) -> Scene:
    network = network_of(name)
    return first_scene(Model(network, weights_of(network, seed), "random"), picture())


def some_cell(scene: Scene, layer: int, rng: np.random.Generator) -> Cell:
    shape = scene.network.layers[layer].map_shape
    return Cell(layer, *(int(rng.integers(size)) for size in shape))
