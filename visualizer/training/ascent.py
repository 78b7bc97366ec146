"""Activation maximisation: the picture that a filter answers to most, by gradient ascent.

Erhan et al., *Visualizing higher-layer features of a deep network* (2009), with every pixel
kept within 0 and 1, as in an image. The ascent follows the filter's pre-activation. A convolution
on the image needs no search: its sum is largest with ink wherever its weight is positive.
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
SHIFT, TURN = 2.0, 5.0  # most pixels and degrees of the jitter for layers above Flatten

Place = tuple[int, int, int]


@dataclass(frozen=True, slots=True, eq=False)
class AscentStep:
    """The best picture found up to a step.

    Attributes
    ----------
    step : int
        Number of the step, from 1; 0 is the best of the noise.
    pixels : (height, width) float32, 0 to 1
        The cell's receptive field, as far as it lies on the image.
    value : float
        The cell's pre-activation as `core` computes it, on an image that is 0 outside these pixels.
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
    """Yield ever better pictures; the last picture is the result.

    The ascent starts from eight pictures of noise and changes their pixels with Adam; for a channel
    with rows and columns it follows the cell of `whole_field_place`. Pictures for layers above
    Flatten are moved and turned a little at each step, so that no pixel counts only in one place;
    the value that is reported is the picture's own.

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
    """Return the position of a layer, and the place of the cell that stands for a channel.

    An element of a Flatten stands for the cell that it repeats.

    Raises
    ------
    ValueError
        There is no such layer or channel.
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
    return position, (*whole_field_place(network, position), channel)


def whole_field_place(network: Network, position: int) -> tuple[int, int]:
    """Return row and column of the cell nearest to the image's middle whose field lies inside.

    If padding leaves no such cell, it is the middle cell.
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
    """The value of a cell by core's own forward pass, for pixels of the cell's field."""

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
    """Put ink under every positive weight of a filter on the image."""
    row, column, channel = cell
    kernel = weights[f"{layer.name}.kernel"][..., 0, channel]
    on_map = layer.on_map(row, column)
    rows, columns = on_map.any(axis=1), on_map.any(axis=0)
    return np.asarray(kernel[rows][:, columns] > 0, np.float32)


def _torch_responses(
    network: Network, weights: Weights, position: int, cell: Place, field: Rect
) -> Callable[[Tensor, bool], Tensor]:
    """Make a function that computes the cell's pre-activation (n,) for pixels of its field.

    It takes pixels (n, 1, height, width), and whether they ascend. If so, a ReLU between the cell's
    pooling or copying and the weights below is left out, because it has no gradient where it gives
    0; a maximum above 0 is at the same place without it.
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
    """Move each picture by at most SHIFT pixels and turn it by at most TURN degrees."""
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
