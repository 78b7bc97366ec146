"""The six networks, and ten that were edited in their layers or in their filters."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from visualizer.core.edits import Edit, KeepOnly, Rescale, SetKernel, SwitchOff, altered
from visualizer.core.network.layer import Array, Layer
from visualizer.core.network.layers import AveragePool2D, Conv2D, Dense, Flatten, MaxPool2D
from visualizer.core.network.network import Network, Trace
from visualizer.core.network.networks import INPUT_SHAPE, NETWORKS, named
from visualizer.training.initial import initial_weights

HEAD = (Flatten(), Dense(10, "softmax"))

LAYERS: dict[str, tuple[Layer, ...]] = {
    "overlapping windows": (Conv2D(6), MaxPool2D((3, 3), (2, 2)), Conv2D(5, (2, 4)), *HEAD),
    "pooling on padding": (
        Conv2D(4, (2, 2), padding="same"), MaxPool2D((3, 2), (2, 3), "same"),
        AveragePool2D((2, 2), padding="same"), *HEAD),
    "strides and padding": (
        Conv2D(5, (4, 3), (3, 2), "same"), Conv2D(4, (2, 5), (2, 1), "same", "linear"), *HEAD),
    "gaps between windows": (Conv2D(6, (2, 2), (3, 3)), MaxPool2D((1, 2), (2, 3)), *HEAD),
    "linear all the way": (
        Conv2D(3, activation="linear"), AveragePool2D((3, 3), (2, 2)), Flatten(),
        Dense(7, "linear"), Dense(10, "softmax")),
    "deep and narrow": (
        Conv2D(4, (1, 1)), Conv2D(6, (5, 5), (2, 2)), AveragePool2D((3, 3), (1, 1), "same"),
        Conv2D(8, activation="linear"), MaxPool2D(), Flatten(), Dense(12), Dense(10, "softmax")),
}  # fmt: skip

FILTERS: dict[str, tuple[str, tuple[Edit, ...]]] = {
    "a filter off": ("book", (SwitchOff("conv2d_2", 3), SwitchOff("conv2d_1", 0))),
    "louder and quieter": ("average-pool", (Rescale("conv2d_1", 2, 3.0), Rescale("dense_1", 5, 0))),
    "one filter alone": ("same-padding", (KeepOnly("conv2d_3", 1),)),
    "a class out": ("strided", (SwitchOff("dense_2", 4), SetKernel("conv2d_1", 7, 2, 1, -1.5))),
}  # fmt: skip

EDITED = (*LAYERS, *FILTERS)
NAMES = (*NETWORKS, *EDITED)


def network_and_weights(name: str, seed: int = 0) -> tuple[Network, dict[str, Array]]:
    """One of the sixteen, with biases that are not zero, so that a forgotten bias shows."""
    base, edits = FILTERS.get(name, (name, ()))
    layers = LAYERS.get(name)
    network = Network.build(name, INPUT_SHAPE, layers) if layers else named(base)
    rng = np.random.default_rng(seed)
    weights = initial_weights(network, seed)
    for key in weights:
        if key.endswith("bias"):
            weights[key] = rng.normal(0, 0.1, weights[key].shape).astype(np.float32)
    return network, altered(network, weights, edits)


def images(rng: np.random.Generator) -> Iterator[Array]:
    """Endless images of noise, which have no two windows alike."""
    while True:
        yield rng.random(INPUT_SHAPE, dtype=np.float32)


def bends(network: Network, trace: Trace, margin: float = 2e-6) -> bool:
    """Whether rounding could take a number over a bend: a ReLU near 0, a pooling near a tie.

    There the gradient jumps, and two ways to add up may rightly give two.
    """
    for at, layer in enumerate(network.layers):
        sums, below = trace.pre_activations[at], trace.below(at)
        if layer.activation_name == "relu" and (np.abs(sums[sums != 0]) < margin).any():
            return True
        if isinstance(layer, MaxPool2D):
            patches = layer.patches(below, fill=-np.inf)
            rows, columns, *window, channels = patches.shape
            ordered = np.sort(patches.reshape(rows, columns, -1, channels), axis=2)
            gaps = ordered[:, :, -1] - ordered[:, :, -2] if np.prod(window) > 1 else sums
            if ((np.abs(gaps) < margin) & (ordered[:, :, -1] != 0)).any():
                return True
    return False


def smooth_image(
    network: Network, weights: dict[str, Array], rng: np.random.Generator
) -> tuple[Array, Trace]:
    """An image at which nothing is near a bend, and its values."""
    for image in images(rng):
        trace = network.forward(image, weights)
        if not bends(network, trace):
            return image, trace
    raise AssertionError("there are always more images")
