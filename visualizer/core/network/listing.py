"""A network as code, in the form of the book: it builds the same layers in Keras or PyTorch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import singledispatch

from visualizer.core.network.geometry import RowsColumns
from visualizer.core.network.layer import Layer
from visualizer.core.network.layers import AveragePool2D, Conv2D, Dense, Flatten, MaxPool2D, Pooling
from visualizer.core.network.network import Network
from visualizer.core.network.windowed import Windowed

KERAS_NAMES = {
    Conv2D: "Conv2D",
    MaxPool2D: "MaxPooling2D",
    AveragePool2D: "AveragePooling2D",
    Flatten: "Flatten",
    Dense: "Dense",
}

MEAN_OF_PRESENT = '''\
class MeanOfPresent(nn.Module):
    """Mean of the cells of each window that lie on the map, as Keras's padding 'same' has it."""

    def __init__(self, window, stride, margins):
        super().__init__()
        self.pad = nn.ZeroPad2d(margins)  # left, right, top, bottom
        self.pool = nn.AvgPool2d(window, stride)

    def forward(self, x):
        return self.pool(self.pad(x)) / self.pool(self.pad(torch.ones_like(x)))
'''


def keras_code(network: Network) -> str:
    """Write the book's listing: a Sequential model of Keras, one line a layer.

    It takes our weights as they are: `model.set_weights(list(weights.values()))`.
    """
    lines = [
        "from keras import layers",
        "from keras import models",
        "",
        "model = models.Sequential()",
    ]
    for layer in network.layers:
        arguments = list(_keras_arguments(layer))
        if layer is network.layers[0]:
            arguments.append(f"input_shape={network.input_shape}")
        lines.append(f"model.add(layers.{KERAS_NAMES[type(layer)]}({', '.join(arguments)}))")
    return "\n".join([*lines, ""])


def torch_code(network: Network) -> str:
    """Write the network as an `nn.Sequential`, from (n, channels, rows, columns) to probabilities.

    Its kernels are ours with the axes in torch's order; `nn.Flatten` counts channels first, so
    the rows of the dense kernel above it are in another order, too.
    """
    lines = [line for layer in network.layers for line in _torch_lines(layer)]
    body = "\n".join(f"    {line}," for line in lines)
    own = MEAN_OF_PRESENT if "MeanOfPresent" in body else None
    height, width, channels = network.input_shape
    return "\n".join(
        [
            *(["import torch"] if own else []),
            "from torch import nn",
            "",
            *(["", own, ""] if own else []),
            f"model = nn.Sequential(  # images (n, {channels}, {height}, {width})",
            body,
            ")",
            "",
        ]
    )


FRAMEWORKS: dict[str, Callable[[Network], str]] = {"keras": keras_code, "torch": torch_code}


def _keras_arguments(layer: Layer) -> Iterator[str]:
    """Yield a layer's arguments; Keras's defaults are left out, as in the book."""
    if isinstance(layer, Conv2D):
        yield from (str(layer.filters), str(layer.kernel_size))
        if layer.stride != (1, 1):
            yield f"strides={layer.stride}"
    elif isinstance(layer, Pooling):
        yield str(layer.window_size)
        if layer.sliding.stride != layer.window_size:
            yield f"strides={layer.sliding.stride}"
    elif isinstance(layer, Dense):
        yield str(layer.units)
    if isinstance(layer, Windowed) and layer.sliding.padding == "same":
        yield "padding='same'"
    if layer.activation_name != "linear":
        yield f"activation='{layer.activation_name}'"


def _torch_lines(layer: Layer) -> Iterator[str]:
    """Yield a layer's modules, its activation included."""
    yield from _modules(layer)
    if layer.activation_name == "relu":
        yield "nn.ReLU()"
    elif layer.activation_name == "softmax":
        yield "nn.Softmax(dim=1)"


@singledispatch
def _modules(layer: Layer) -> list[str]:
    raise TypeError(f"no listing for {type(layer).__name__}")


@_modules.register
def _(layer: Conv2D) -> list[str]:
    arguments = f"{layer.input_shape[2]}, {layer.filters}, {layer.kernel_size}"
    if layer.stride != (1, 1):
        arguments += f", stride={layer.stride}"
    return _padded(layer, f"nn.Conv2d({arguments}", "nn.ZeroPad2d({margins})")


@_modules.register
def _(layer: MaxPool2D) -> list[str]:
    pool = f"nn.MaxPool2d({_window(layer)}"
    return _padded(layer, pool, "nn.ConstantPad2d({margins}, float('-inf'))")


@_modules.register
def _(layer: AveragePool2D) -> list[str]:
    if any(sum(pair) for pair in layer.sliding.margins):
        window, stride = layer.window_size, layer.sliding.stride
        return [f"MeanOfPresent({window}, {stride}, {_margins(layer)})"]
    return [f"nn.AvgPool2d({_window(layer)})"]


@_modules.register
def _(layer: Flatten) -> list[str]:
    return ["nn.Flatten()"]


@_modules.register
def _(layer: Dense) -> list[str]:
    return [f"nn.Linear({layer.input_shape[0]}, {layer.units})"]


def _window(layer: Pooling) -> str:
    stride = layer.sliding.stride
    return f"{layer.window_size}" + (f", {stride}" if stride != layer.window_size else "")


def _padded(layer: Windowed, module: str, pad: str) -> list[str]:
    """Return the module with its padding: torch only knows equal padding on both sides."""
    (top, bottom), (left, right) = layer.sliding.margins
    if (top, left) != (bottom, right):
        return [pad.format(margins=_margins(layer)), f"{module})"]
    padding: RowsColumns = (top, left)
    return [f"{module}, padding={padding})" if any(padding) else f"{module})"]


def _margins(layer: Windowed) -> tuple[int, int, int, int]:
    """Return the padding in torch's order: left, right, top, bottom."""
    (top, bottom), (left, right) = layer.sliding.margins
    return left, right, top, bottom
