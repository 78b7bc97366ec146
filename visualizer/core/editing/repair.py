"""Check that layers can stand on a digit, and find changes that make them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from visualizer.core.network.layer import Layer
from visualizer.core.network.layers import Conv2D
from visualizer.core.network.network import Network
from visualizer.core.network.networks import INPUT_SHAPE
from visualizer.core.network.windowed import Windowed

Change = tuple[str, Any]  # a setting and its new value


def stacked(layers: Sequence[Layer]) -> list[Layer]:
    """Bind the layers to their places, from the digit up; ValueError if one does not fit."""
    return list(Network.build("", INPUT_SHAPE, layers).layers) if layers else []


def refusal(layers: Sequence[Layer]) -> str | None:
    """Return why these layers cannot stand on each other, without the layer's name, or None."""
    try:
        stacked(layers)
    except ValueError as error:
        return reason_of(error)
    return None


def reason_of(error: ValueError) -> str:
    """Return the reason in an error of `stacked`, without the layer's name."""
    return str(error).partition(": ")[2]


def changed(layer: Layer, change: Change) -> Layer:
    """Return the layer with one setting changed."""
    settings: dict[str, Any] = dict([change])
    return replace(layer, **settings)


def largest_count(layers: Sequence[Layer], at: int) -> Change | None:
    """Find the most filters or units of the layer at a position with which all can stand."""
    setting = next((name for name in ("filters", "units") if hasattr(layers[at], name)), None)
    if setting is None:
        return None
    fits, too_many = 0, getattr(layers[at], setting)
    while too_many - fits > 1:
        middle = (fits + too_many) // 2
        other = changed(layers[at], (setting, middle))
        if refusal([*layers[:at], other, *layers[at + 1 :]]) is None:
            fits = middle
        else:
            too_many = middle
    return (setting, fits) if fits else None


def smaller_windows(below: Sequence[Layer], layer: Layer) -> Iterator[Change]:
    """Yield smaller windows, the nearest first, beginning with the one the map has room for."""
    if not isinstance(layer, Windowed):
        return
    shape = stacked(below)[-1].output_shape if below else INPUT_SHAPE
    setting = "kernel_size" if isinstance(layer, Conv2D) else "window_size"
    rows, columns = getattr(layer, setting)
    if getattr(layer, "padding", None) == "same":
        room = (min(rows, 2 * shape[0] - 1), min(columns, 2 * shape[1] - 1))
    else:
        room = (min(rows, shape[0]), min(columns, shape[1]))
    if room != (rows, columns):
        yield setting, room
    for side in range(max(room) - 1, 0, -1):
        yield setting, (min(room[0], side), min(room[1], side))
