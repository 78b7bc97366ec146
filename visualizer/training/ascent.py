"""The picture that a filter answers to most, found by gradient ascent on its pre-activation.

Erhan et al., *Visualizing higher-layer features of a deep network* (2009), with every pixel held
to what an image can have, 0 to 1. A convolution on the image needs no search: its sum is largest
with ink wherever its weight is positive.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 - the name everybody knows
from torch import Tensor

from visualizer.core.network.geometry import Rect
from visualizer.core.network.layer import Array, Weights
from visualizer.core.network.layers import Conv2D
from visualizer.core.network.network import Network
from visualizer.training.optimizer import AdamW
from visualizer.training.recipe import Recipe
from visualizer.training.settings import Settings
from visualizer.training.torch_network import activated, layer_modules

STEPS = 128
RATE = 0.05
ADAM = Recipe("ascent", "adamw", RATE, 1, 1, rho=0.999, epsilon=1e-16, momentum=0.9)
STARTS = 8  # pictures of noise that ascend side by side
SHIFT, TURN = 2.0, 5.0  # pixels and degrees by which a picture above Flatten is jittered

Place = tuple[int, int, int]


@dataclass(frozen=True, slots=True, eq=False)
class AscentStep:
    """The best picture found up to a step.

    Attributes
    ----------
    step : int
        From 1; 0 is the best of the noise.
    pixels : (height, width) float32, 0 to 1
        What the cell sees: its receptive field, where it lies on the image.
    value : float
        The cell's pre-activation as `core` computes it, on an image of 0 but for these pixels.
    """

    step: int
    pixels: Array
    value: float


def ascend(
    network: Network,
    weights: Weights,
    layer: str,
    channel: int,
    seed: int,
    steps: int = STEPS,
    settings: Settings | None = None,
) -> Iterator[AscentStep]:
    """A generator of ever better pictures; the last is the result.

    From eight pictures of noise, with Adam on their pixels; of a channel with rows and columns,
    for the cell of `seen_whole`. Pictures for layers above Flatten are moved and turned a little
    at each step, so that no pixel counts only where it is; what is judged is not.

    Raises
    ------
    ValueError
        No such layer or channel.
    """
    position, cell = cell_of(network, layer, channel)
    field = network.fields(position, *cell)[0]
    cell_value = _CellValue(network, weights, position, cell, field)
    if position == 0 and isinstance(network.layers[0], Conv2D) and network.input_shape[2] == 1:
        yield cell_value.step(1, _exact(network.layers[0], weights, cell))
        return
    if settings and settings.threads:
        torch.set_num_threads(settings.threads)
    responses = _torch_responses(network, weights, position, cell, field)
    jitters = not network.layers[position].is_spatial
    numbers = torch.Generator().manual_seed(seed)
    pictures = torch.rand(STARTS, 1, field.height, field.width, generator=numbers)
    adam = AdamW(pictures.requires_grad_(), ADAM)  # torch's own loads 100 MB of its compiler
    found: AscentStep | None = None
    for step in range(steps + 1):
        if step:
            with torch.enable_grad():
                seen = _jittered(pictures, numbers) if jitters else pictures
                (gradient,) = torch.autograd.grad(-responses(seen, True).sum(), pictures)
        with torch.no_grad():
            if step:
                adam.step(gradient, RATE)
            pictures.clamp_(0, 1)
            value, first = responses(pictures, False).max(0)
            if found is None or value > found.value:
                judged = cell_value.step(step, pictures[first, 0].numpy().copy())
                if found is None or judged.value > found.value:
                    found = judged
        yield replace(found, step=step)


def cell_of(network: Network, layer: str, channel: int) -> tuple[int, Place]:
    """The position of a layer and the cell of it that stands for a channel.

    An element of a Flatten is the cell that it repeats.

    Raises
    ------
    ValueError
        No such layer or channel.
    """
    names = [each.name for each in network.layers]
    if layer not in names:
        raise ValueError(f"there is no layer {layer!r}; there are {', '.join(names)}")
    position = names.index(layer)
    channels = network.layers[position].map_shape[2]
    if not 0 <= channel < channels:
        raise ValueError(f"{layer} has no filter {channel}: it has 0 to {channels - 1}")
    if not network.layers[position].is_spatial:
        return position, (0, 0, channel)
    return position, (*seen_whole(network, position), channel)


def seen_whole(network: Network, position: int) -> tuple[int, int]:
    """Row and column of the cell nearest the middle of the image whose field lies inside it.

    Where padding keeps every cell's field from that, the middle cell.
    """
    field = network.receptive_field(position)
    assert field is not None
    return _middle(network, position, 0), _middle(network, position, 1)


def _middle(network: Network, position: int, axis: int) -> int:
    field, size = network.receptive_field(position), network.input_shape[axis]
    assert field is not None
    count = network.layers[position].map_shape[axis]
    starts = [field.start[axis] + place * field.jump[axis] for place in range(count)]
    inside = [place for place in range(count) if 0 <= starts[place] <= size - field.size[axis]]
    return min(
        inside or range(count),
        key=lambda place: abs(2 * starts[place] + field.size[axis] - size),
    )


class _CellValue:
    """Core's own value of a cell for the pixels of its field."""

    def __init__(
        self, network: Network, weights: Weights, position: int, cell: Place, field: Rect
    ) -> None:
        self._network = Network(network.name, network.input_shape, network.layers[: position + 1])
        self._weights, self._cell, self._field = weights, cell, field

    def step(self, step: int, pixels: Array) -> AscentStep:
        image = np.zeros(self._network.input_shape, np.float32)
        field = self._field
        image[field.top : field.bottom, field.left : field.right] = pixels[..., None]
        before = self._network.forward(image, self._weights).pre_activations[-1]
        values = before.reshape(self._network.layers[-1].map_shape)
        return AscentStep(step, pixels, float(values[self._cell]))


def _exact(layer: Conv2D, weights: Weights, cell: Place) -> Array:
    """Ink under every positive weight of a filter on the image."""
    row, column, channel = cell
    kernel = weights[f"{layer.name}.kernel"][..., 0, channel]
    on_map = layer.on_map(row, column)
    rows, columns = on_map.any(axis=1), on_map.any(axis=0)
    return np.asarray(kernel[rows][:, columns] > 0, np.float32)


def _torch_responses(
    network: Network, weights: Weights, position: int, cell: Place, field: Rect
) -> Callable[[Tensor, bool], Tensor]:
    """A function that gives the cell's pre-activation (n,) for pixels of its field.

    It takes pixels (n, 1, height, width), and whether they ascend: then a ReLU between the cell's
    pooling or copying and the weights below is left out, because where it gives 0 there is no
    way up. What is above 0 behind it is largest where it is largest before it.
    """
    height, width, channels = network.input_shape
    margins = (field.left, width - field.right, field.top, height - field.bottom)
    part = Network(network.name, network.input_shape, network.layers[: position + 1])
    pairs = list(zip(part.layers, layer_modules(part, weights), strict=True))
    weighted = max((at for at, layer in enumerate(part.layers) if layer.parameters), default=0)
    row, column, channel = cell

    def responses(pixels: Tensor, ascending: bool) -> Tensor:
        values = F.pad(pixels, margins).expand(-1, channels, -1, -1)
        values = values.contiguous(memory_format=torch.channels_last)
        for at, (layer, module) in enumerate(pairs[:-1]):
            values = module(values)
            if not (ascending and at == weighted):
                values = activated(layer, values)
        before: Tensor = pairs[-1][1](values)
        return before[:, channel, row, column] if before.dim() == 4 else before[:, channel]

    return responses


def _jittered(pictures: Tensor, numbers: torch.Generator) -> Tensor:
    """Each picture moved by at most SHIFT pixels and turned by at most TURN degrees."""
    count, _, height, width = pictures.shape
    turn, down, right = 2 * torch.rand(3, count, generator=numbers) - 1
    angle = turn * math.radians(TURN)
    rows = torch.stack(
        (
            torch.stack((angle.cos(), -angle.sin(), right * 2 * SHIFT / width), 1),
            torch.stack((angle.sin(), angle.cos(), down * 2 * SHIFT / height), 1),
        ),
        dim=1,
    )
    grid = F.affine_grid(rows, [count, 1, height, width], align_corners=False)
    return F.grid_sample(pictures, grid, align_corners=False)
