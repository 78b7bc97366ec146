"""Edits of the weights: switch a filter off, keep only one, rescale, set a kernel, learn a digit.

An edit of a filter's *output* is written into its own kernel and bias, where it is exact: with
both 0 the pre-activation is 0 and so is its ReLU; a factor of at least 0 passes through ReLU and
through pooling. In a last layer with softmax the logit is scaled; a class that is switched off is
taken out of the softmax, because with a logit of 0 it would often be likelier than before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from visualizer.core.gradient_step import GradientStep, stepped
from visualizer.core.network.layer import Array, Layer, Weights
from visualizer.core.network.network import Network
from visualizer.core.network.terms import OUT


@dataclass(frozen=True, slots=True)
class SwitchOff:
    """Makes a filter's output 0 everywhere; a class of the last layer gets no probability."""

    layer: str
    channel: int

    def __str__(self) -> str:
        return f"{self.layer} · {self.channel} off"


@dataclass(frozen=True, slots=True)
class KeepOnly:
    """Switches every other filter of the layer off."""

    layer: str
    channel: int

    def __str__(self) -> str:
        return f"{self.layer}: only {self.channel}"


@dataclass(frozen=True, slots=True)
class Rescale:
    """Multiplies a filter's output by a factor of at least 0."""

    layer: str
    channel: int
    factor: float

    def __str__(self) -> str:
        return f"{self.layer} · {self.channel} × {self.factor:g}"


@dataclass(frozen=True, slots=True)
class SetKernel:
    """Sets one weight of a kernel of a convolution on the image itself."""

    layer: str
    channel: int
    row: int
    column: int
    value: float

    def __str__(self) -> str:
        value = f"{self.value:g}".replace("-", "\u2212")
        return f"{self.layer} · {self.channel} kernel [{self.row}, {self.column}] = {value}"


FilterEdit = SwitchOff | KeepOnly | Rescale | SetKernel
Edit = FilterEdit | GradientStep

_CHANNEL = r"([a-z0-9_]+)\s*[\s·.]\s*([0-9]{1,6})"
_NUMBER = r"([+-]?[0-9]{1,16}(?:\.[0-9]{0,16})?(?:e[+-]?[0-9]{1,3})?)"
_WRITTEN: dict[str, Callable[..., FilterEdit]] = {
    rf"{_CHANNEL}\s+off": SwitchOff,
    r"([a-z0-9_]+)\s*:\s*only\s+([0-9]{1,6})": KeepOnly,
    rf"{_CHANNEL}\s*[×x*]\s*{_NUMBER}": Rescale,
    rf"{_CHANNEL}\s+kernel\s*\[([0-9]{{1,4}}),\s*([0-9]{{1,4}})\]\s*=\s*{_NUMBER}": SetKernel,
}


def edit_of(text: str) -> FilterEdit:
    """Read an edit of a filter that is written as `str` writes it; a hyphen may be the minus.

    Raises
    ------
    ValueError
        The text is no edit.
    """
    for pattern, kind in _WRITTEN.items():
        if match := re.fullmatch(pattern, text.strip().replace("\u2212", "-")):
            layer, *numbers = match.groups()
            *whole, last = numbers
            value = float(last) if kind in (Rescale, SetKernel) else int(last)
            return kind(layer, *map(int, whole), value)
    raise ValueError(f"{text[:40]!r} is no edit; one is written like {SwitchOff('conv2d_2', 38)}")


def altered(network: Network, weights: Weights, edits: Iterable[Edit]) -> dict[str, Array]:
    """Return the weights after these edits, one after the other; the given weights stay unchanged.

    Raises
    ------
    ValueError
        An edit names an impossible layer, filter, place or number; the sentence says which.
    """
    changed, out = dict(weights), dict[Layer, set[int]]()
    for edit in edits:
        if isinstance(edit, GradientStep):
            changed = stepped(network, _without(changed, out), edit)
            continue
        layer = edited_layer(network, edit.layer)
        _check_index(edit.channel, layer.map_shape[2], f"{edit.layer} has no filter")
        if isinstance(edit, SetKernel):
            _set_weight(network, layer, edit, changed)
            continue
        factors = _factors(edit, layer.map_shape[2])
        if layer.activation_name == "softmax" and not isinstance(edit, Rescale):
            out.setdefault(layer, set()).update(np.flatnonzero(factors == 0).tolist())
        _multiply(layer, factors, changed)
    return _without(changed, out)


def _without(weights: dict[str, Array], out: Mapping[Layer, set[int]]) -> dict[str, Array]:
    """Return the weights with these classes taken out of their layer's softmax."""
    changed = dict(weights)
    for layer, classes in out.items():
        key = f"{layer.name}.bias"
        changed[key] = changed[key].copy()
        changed[key][list(classes)] = OUT
    return changed


def edited_layer(network: Network, name: str) -> Layer:
    """Return the layer whose weights make a layer's channels: itself, or the layer that it pools.

    Raises
    ------
    ValueError
        There is no such layer, or no layer with weights makes its channels.
    """
    names = [layer.name for layer in network.layers]
    if name not in names:
        raise ValueError(f"there is no layer {name!r}; there are {', '.join(names)}")
    for layer in reversed(network.layers[: names.index(name) + 1]):
        if layer.source(0) is not None:
            raise ValueError(f"{layer.name} has no filters: it only repeats what is below it")
        if layer.parameters:
            return layer
    raise ValueError(f"{name} has no filters: nothing below it has weights")


def _factors(edit: SwitchOff | KeepOnly | Rescale, channels: int) -> Array:
    """Return the factor of each channel, (channels,)."""
    factors = np.ones(channels, np.float32)
    match edit:
        case SwitchOff():
            factors[edit.channel] = 0
        case KeepOnly():
            factors[np.arange(channels) != edit.channel] = 0
        case Rescale():
            if not 0 <= edit.factor < np.inf:
                raise ValueError(
                    f"{edit.layer}: a filter can be scaled by 0 or more, not by {edit.factor:g}; "
                    "a negative factor does not pass through ReLU"
                )
            factors[edit.channel] = edit.factor
    return factors


def _multiply(layer: Layer, factors: Array, weights: dict[str, Array]) -> None:
    for key in (f"{layer.name}.{part}" for part in layer.parameters):
        weights[key] = np.where(factors, weights[key] * factors, np.float32(0))


def _set_weight(network: Network, layer: Layer, edit: SetKernel, weights: dict[str, Array]) -> None:
    key = f"{layer.name}.kernel"
    kernel = weights[key].copy()
    if layer is not network.layers[0] or layer.name != edit.layer or kernel.ndim != 4:
        raise ValueError(f"{edit.layer} is no convolution on the image: its cells cannot be set")
    if kernel.shape[2] != 1:
        raise ValueError(f"{edit.layer}: its kernels have {kernel.shape[2]} channels, not one")
    _check_index(edit.row, kernel.shape[0], f"a kernel of {edit.layer} has no row")
    _check_index(edit.column, kernel.shape[1], f"a kernel of {edit.layer} has no column")
    if not np.isfinite(edit.value):
        raise ValueError(f"{edit.layer}: a kernel's cell must be a finite number")
    kernel[edit.row, edit.column, 0, edit.channel] = edit.value
    weights[key] = kernel


def _check_index(index: int, count: int, none: str) -> None:
    if not 0 <= index < count:
        raise ValueError(f"{none} {index}: there are 0 to {count - 1}")
