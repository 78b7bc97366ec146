"""A network in torch: its layers as modules, its weights as one vector.

Torch's own layout (channels first, units first) is used only in this file. All parameters
are views of one flat vector, and so are their gradients: an optimizer step or a publication is
a few operations on one vector, whatever the number of layers.
"""

from __future__ import annotations

import math
from functools import singledispatch

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 - the name everybody knows
from torch import Tensor, nn

from visualizer.core.network.geometry import Rect, RowsColumns
from visualizer.core.network.layer import Array, Layer, Weights, rows_and_columns
from visualizer.core.network.layers import AveragePool2D, Conv2D, Dense, Flatten, MaxPool2D
from visualizer.core.network.network import Network
from visualizer.core.network.windowed import Windowed
from visualizer.data.dataset import UInt8
from visualizer.training.small_conv import FEW_PLACES, SmallMapConv2d


class Pad(nn.Module):
    """Padding "same" of a map (n, c, h, w), which may differ between the sides."""

    def __init__(self, layer: Windowed, value: float) -> None:
        super().__init__()
        (top, bottom), (left, right) = layer.sliding.margins
        self.margins, self.value = (left, right, top, bottom), value

    def forward(self, inputs: Tensor) -> Tensor:
        return F.pad(inputs, self.margins, value=self.value)


class MeanOfPresent(nn.Module):
    """Mean over the cells of each window that lie on the map; padded cells are not counted."""

    share: Tensor

    def __init__(self, layer: AveragePool2D) -> None:
        super().__init__()
        self.window, self.stride = layer.window_size, layer.sliding.stride
        self.register_buffer("share", torch.from_numpy(1 / layer.window_counts()))

    def forward(self, inputs: Tensor) -> Tensor:
        return F.avg_pool2d(inputs, self.window, self.stride, divisor_override=1) * self.share


class RowColumnChannel(nn.Module):
    """Flattening of (n, c, h, w) in [row, column, channel] order."""

    def forward(self, inputs: Tensor) -> Tensor:
        return inputs.permute(0, 2, 3, 1).flatten(1)


@singledispatch
def operation(layer: Layer) -> nn.Module:
    """Make the torch module of a layer, without its activation.

    Raises
    ------
    TypeError
        This type of layer has no function here.
    """
    raise TypeError(f"no torch operation for {type(layer).__name__}")


@operation.register
def _(layer: Conv2D) -> nn.Module:
    margins = layer.sliding.margins
    even = all(before == after for before, after in margins)
    padding: RowsColumns = (margins[0][0], margins[1][0]) if even else (0, 0)
    small = math.prod(layer.sliding.places) <= FEW_PLACES and layer.sliding.padding == "valid"
    conv = (SmallMapConv2d if small else nn.Conv2d)(
        layer.input_shape[2], layer.filters, layer.kernel_size, layer.sliding.stride, padding
    )
    return conv if even else nn.Sequential(Pad(layer, 0.0), conv)


@operation.register
def _(layer: MaxPool2D) -> nn.Module:
    pool = nn.MaxPool2d(layer.window_size, layer.sliding.stride)
    return nn.Sequential(Pad(layer, -math.inf), pool) if layer.padding == "same" else pool


@operation.register
def _(layer: AveragePool2D) -> nn.Module:
    if layer.padding == "same":
        return nn.Sequential(Pad(layer, 0.0), MeanOfPresent(layer))
    return nn.AvgPool2d(layer.window_size, layer.sliding.stride)


@operation.register
def _(layer: Flatten) -> nn.Module:
    return RowColumnChannel()


@operation.register
def _(layer: Dense) -> nn.Module:
    return nn.Linear(layer.input_shape[0], layer.units)


def modules(network: Network) -> nn.Sequential:
    """Build the network from (n, channels, height, width) to logits: a last softmax is left out.

    A ReLU moves behind a max pooling: the values are the same, at a quarter of the work.
    """
    chain = nn.Sequential()
    relu_waits = False
    for layer in network.layers:
        if relu_waits and not isinstance(layer, MaxPool2D):
            chain.append(nn.ReLU())
            relu_waits = False
        chain.append(operation(layer))
        if layer.activation_name == "softmax" and layer is not network.layers[-1]:
            chain.append(nn.Softmax(dim=1))
        relu_waits = relu_waits or layer.activation_name == "relu"
    if relu_waits:
        chain.append(nn.ReLU())
    return chain


def layer_modules(network: Network, weights: Weights) -> list[nn.Module]:
    """Make one module for each layer, with its weights, without its activation, for the CPU.

    Unlike in `modules`, layers keep their order, and maps are complete; maps are channels_last.
    """
    chain = [operation(layer).requires_grad_(False) for layer in network.layers]
    for layer, module in zip(network.layers, chain, strict=True):
        for key, parameter in zip(layer.parameters, module.parameters(), strict=True):
            value = torch.tensor(_to_torch(weights[f"{layer.name}.{key}"]))
            last = torch.channels_last if value.dim() == 4 else torch.contiguous_format
            parameter.data = value.contiguous(memory_format=last)
    return chain


def activated(layer: Layer, before: Tensor) -> Tensor:
    """Compute a layer's output (n, channels, …) from its pre-activation, which ReLU overwrites."""
    if layer.activation_name == "softmax":
        return F.softmax(before, dim=1)
    return F.relu_(before) if layer.activation_name == "relu" else before


def image_tensor(pixels: UInt8) -> Tensor:
    """Convert images (n, height, width) uint8 to (n, 1, height, width), 0 to 1, channels_last."""
    return (torch.from_numpy(pixels) / 255).unsqueeze(-1).permute(0, 3, 1, 2)


def needed(network: Network) -> Rect:
    """Return the part of the image that the outputs see; the whole image if a layer pads.

    Cells that a pooling drops at the end of a map are then not computed in the maps below either:
    the logits are the same, in the book's network with a sixth less work.
    """
    pads = any(
        isinstance(layer, Windowed) and layer.sliding.padding == "same" for layer in network.layers
    )
    return Rect.whole(*rows_and_columns(network.input_shape)) if pads else network.seen()


def _to_torch(kernel: Array) -> Array:
    """View our parameter in torch's shape: (out, in, kh, kw), (out, in) or (out,)."""
    return kernel.transpose(3, 2, 0, 1) if kernel.ndim == 4 else kernel.T


def _from_torch(parameter: Array) -> Array:
    """View torch's parameter in our shape: (kh, kw, in, out), (in, out) or (out,)."""
    return parameter.transpose(2, 3, 1, 0) if parameter.ndim == 4 else parameter.T


class TorchNetwork:
    """A network with weights, ready to train or to evaluate.

    Attributes
    ----------
    values : (parameters,) float32 tensor
        The weights that an optimizer changes; call `refresh` after each change.
    gradients : (parameters,) tensor in the working precision
        Filled by `backward` on a loss of the logits; zero it before.
    """

    def __init__(
        self,
        network: Network,
        weights: Weights,
        *,
        device: str = "cpu",
        dtype: torch.dtype = torch.float32,
        channels_last: bool = False,
    ) -> None:
        self.network, self.dtype = network, dtype
        self.channels_last = channels_last
        self._needed = needed(network)
        self.values = self.flat(weights).to(device)
        same = dtype == torch.float32
        self._working = self.values if same else self.values.to(dtype)
        self.gradients = torch.zeros_like(self._working)
        self.chain = modules(network).to(device)
        for buffer in self.chain.buffers():
            buffer.data = buffer.data.to(dtype)
        self._tie(self._views(self._working), self._views(self.gradients))

    def _tie(self, values: list[Tensor], gradients: list[Tensor]) -> None:
        """Make the modules' parameters and gradients views of the two vectors."""
        parameters = list(self.chain.parameters())
        for parameter, value, gradient in zip(parameters, values, gradients, strict=True):
            parameter.data = value
            parameter.grad = gradient

    def _views(self, flat: Tensor) -> list[Tensor]:
        """View a flat vector in torch's shapes; channels_last parts lie (out, kh, kw, in)."""
        views, start = [], 0
        for shape in self.network.parameters.values():
            part = flat[start : start + math.prod(shape)]
            start += part.numel()
            if len(shape) < 4:
                views.append(part.view(shape[::-1]))
            elif self.channels_last:
                height, width, inputs, filters = shape
                views.append(part.view(filters, height, width, inputs).permute(0, 3, 1, 2))
            else:
                height, width, inputs, filters = shape
                views.append(part.view(filters, inputs, height, width))
        return views

    def flat(self, weights: Weights) -> Tensor:
        """Return our weights as one float32 vector, in the order of `values`."""
        vector = torch.empty(self.network.parameter_count)
        for view, key in zip(self._views(vector), self.network.parameters, strict=True):
            view.copy_(torch.tensor(_to_torch(weights[key])))
        return vector

    def weights(self) -> dict[str, Array]:
        """Return fresh float32 arrays of the current values in our layout."""
        return self.arrays(self.values)

    def arrays(self, flat: Tensor) -> dict[str, Array]:
        """Return fresh float32 arrays, in our layout, of a vector laid out as `values` is."""
        views = self._views(flat.cpu())
        return {
            key: np.array(_from_torch(view.numpy()), np.float32, order="C")
            for view, key in zip(views, self.network.parameters, strict=True)
        }

    def refresh(self) -> None:
        """Copy `values` into the working copy."""
        if self._working is not self.values:
            self._working.copy_(self.values)

    def logits(self, pixels: Tensor) -> Tensor:
        """Compute logits (n, classes) float32 of images (n, height, width) uint8."""
        pixels = pixels[:, : self._needed.bottom, : self._needed.right]
        inputs = pixels.to(self.dtype) / 255
        if self.channels_last:
            inputs = inputs.unsqueeze(-1).permute(0, 3, 1, 2)
        else:
            inputs = inputs.unsqueeze(1)
        logits: Tensor = self.chain(inputs).float()
        return logits
