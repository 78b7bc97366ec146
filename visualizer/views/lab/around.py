"""What a scene has at hand for the lab: the digit, a map of 11×11, the first layer's filters."""

from __future__ import annotations

import numpy as np

from visualizer.core.lab.response import MAP_SIZE, Surroundings
from visualizer.core.network.layers import Conv2D
from visualizer.core.network.terms import unbounded
from visualizer.scene.scene import Scene


@unbounded
def surroundings_of(scene: Scene) -> Surroundings:
    """The digit, the strongest map of the first layer of 11×11, and the first layer's filters."""
    found, map_name = None, ""
    for layer, outputs in zip(scene.network.layers, scene.trace.outputs, strict=True):
        if layer.is_spatial and layer.map_shape[:2] == MAP_SIZE:
            channel = int(outputs.sum(axis=(0, 1), dtype=np.float64).argmax())
            found = np.ascontiguousarray(outputs[:, :, channel])
            map_name = f"{layer.name}, map {channel}"
            break
    digit = scene.digit.pixels.astype(np.float32) / np.float32(255)
    first = scene.network.layers[0]
    if not isinstance(first, Conv2D) or first.input_shape[2] != 1:
        return Surroundings(digit, scene.digit.source, found, map_name)
    return Surroundings(
        digit,
        scene.digit.source,
        found,
        map_name,
        scene.weights[f"{first.name}.kernel"][:, :, 0, :],
        scene.weights[f"{first.name}.bias"],
        first.name,
        int(scene.trace.outputs[0].sum(axis=(0, 1), dtype=np.float64).argmax()),
    )
