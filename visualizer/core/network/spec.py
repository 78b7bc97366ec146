"""A network as plain values, ready for JSON, and back; values from outside are never trusted."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from typing import Any, get_args

from visualizer.core.network.geometry import Padding, RowsColumns
from visualizer.core.network.layer import Layer
from visualizer.core.network.layers import LAYERS
from visualizer.core.network.limits import MOST
from visualizer.core.network.network import Network
from visualizer.core.network.networks import NETWORKS, named
from visualizer.core.network.terms import Activation

LARGEST = 1_000_000
LONGEST_NAME = 60
LONGEST_SHOWN = 40

Spec = dict[str, object]


class SpecError(ValueError):
    """An error in a description of a network, as one sentence that names the layer."""


def to_spec(network: Network) -> Spec:
    """Describe a network as a dict of strings, whole numbers and lists."""
    return {
        "name": network.name,
        "input_shape": list(network.input_shape),
        "layers": [layer_spec(layer) for layer in network.layers],
    }


def layer_spec(layer: Layer) -> Spec:
    """Describe a layer by its type and settings."""
    spec: Spec = {"type": type(layer).__name__}
    for field in settings_of(type(layer)):
        value = getattr(layer, field.name)
        spec[field.name] = list(value) if isinstance(value, tuple) else value
    return spec


def from_spec(spec: object) -> Network:
    """Build the network that a description describes.

    Raises
    ------
    SpecError
        It is not a description, has an unknown type or setting, an impossible value, layers that do
        not fit on each other, sizes beyond all reason, or a built-in name with other layers.
    """
    entries = _mapping(spec, "the network", {"name", "input_shape", "layers"})
    name = entries.get("name", "")
    if not isinstance(name, str) or len(name) > LONGEST_NAME or not name.isprintable():
        raise SpecError(f"the name must be a text of at most {LONGEST_NAME} characters")
    shape = entries.get("input_shape")
    if not isinstance(shape, list) or len(shape) != 3:
        raise SpecError(f"the input shape must be three whole numbers, not {shown(shape)}")
    rows, columns, channels = (_whole(number, "the input shape") for number in shape)
    layers = entries.get("layers")
    if not isinstance(layers, list) or not 1 <= len(layers) <= MOST["layers"]:
        raise SpecError(f"the layers must be a list of 1 to {MOST['layers']}")
    read = [_layer(entry, f"layer {at}") for at, entry in enumerate(layers, start=1)]
    try:
        network = Network.build(name, (rows, columns, channels), read)
    except ValueError as error:
        raise SpecError(str(error)) from error
    if name in NETWORKS and network != named(name):
        raise SpecError(f"it has the name {name}, but not the layers of that network")
    return network


def _layer(entry: object, where: str) -> Layer:
    """Read one layer, not yet bound to a place."""
    kind = kind_of(entry)
    if not isinstance(kind, str) or kind not in LAYERS:
        raise SpecError(f"{where}: its type must be one of {', '.join(LAYERS)}")
    layer, where = LAYERS[kind], f"{where} ({kind})"
    fields = {field.name: field for field in settings_of(layer)}
    settings = _mapping(entry, where, {"type", *fields})
    values: dict[str, Any] = {}
    for key, field in fields.items():
        if key in settings:
            values[key] = READERS[str(field.type)](settings[key], f"{where}: {key}")
        elif field.default is dataclasses.MISSING:
            raise SpecError(f"{where}: {key} is missing")
    return layer(**values)


def kind_of(entry: object) -> object:
    """Return the type that a row names; None if it names none."""
    return entry.get("type") if isinstance(entry, dict) else None


def settings_of(layer: type[Layer]) -> Iterator[dataclasses.Field[Any]]:
    """Return a layer's settings: all fields but its name and its place in a network."""
    common = {field.name for field in dataclasses.fields(Layer)}
    return (field for field in dataclasses.fields(layer) if field.name not in common)


def _mapping(value: object, where: str, known: set[str]) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise SpecError(f"{where} must be a set of names and values, not {shown(value)}")
    for key in value:
        if key not in known:
            raise SpecError(f"{where}: there is no setting {shown(key)}")
    return value


def _whole(value: object, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= LARGEST:
        raise SpecError(f"{where} must be a whole number from 1 to {LARGEST:,}, not {shown(value)}")
    return value


def _pair(value: object, where: str) -> RowsColumns:
    if not isinstance(value, list) or len(value) != 2:
        raise SpecError(f"{where} must be two whole numbers, not {shown(value)}")
    return _whole(value[0], where), _whole(value[1], where)


def _pair_or_none(value: object, where: str) -> RowsColumns | None:
    return None if value is None else _pair(value, where)


def _choice(choices: tuple[str, ...]) -> Callable[[object, str], str]:
    def read(value: object, where: str) -> str:
        if not isinstance(value, str) or value not in choices:
            raise SpecError(f"{where} must be {' or '.join(choices)}, not {shown(value)}")
        return value

    return read


READERS: dict[str, Callable[[object, str], object]] = {
    "int": _whole,
    "RowsColumns": _pair,
    "RowsColumns | None": _pair_or_none,
    "Padding": _choice(get_args(Padding)),
    "Activation": _choice(get_args(Activation)),
}


def shown(value: object) -> str:
    """Write a foreign value for an error's sentence; only its kind if it may be long or deep."""
    if isinstance(value, dict | list):
        return "a list" if isinstance(value, list) else "a set of names and values"
    if isinstance(value, int) and abs(value) > 10**LONGEST_SHOWN:
        return "an enormous number"
    text = repr(value) if isinstance(value, str) else str(value).replace("-", "\u2212")
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"
