"""What differs between a state of the lab and its preset, as one line of JSON, and back. Pure."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from visualizer.core.lab.kernels import KERNELS
from visualizer.core.lab.lab import (
    LARGEST_INPUT,
    LARGEST_KERNEL,
    LARGEST_NUMBER,
    LARGEST_STRIDE,
    NETWORK,
    OWN,
    LabState,
    Operation,
    Rows,
    Source,
    Window,
    named_kernel,
    with_operation,
)
from visualizer.core.lab.response import Surroundings, from_network
from visualizer.core.network.geometry import Padding, RowsColumns
from visualizer.core.words import listed

OPERATIONS: tuple[Operation, ...] = ("convolution", "max", "average")
SOURCES: tuple[Source, ...] = ("grid", "digit", "map")
PADDINGS: tuple[Padding, ...] = ("valid", "same")
WINDOW = ("kernel", "kernel_size", "filter", "stride", "padding")
MOST_FILTERS = 9999
Told = Mapping[str, Any]


def differences(state: LabState, preset: LabState) -> str:
    """Return as JSON what differs from a preset's state; empty if nothing does."""
    first = with_operation(preset, state.operation)
    told: dict[str, object] = {}
    if state.operation != preset.operation:
        told["operation"] = state.operation
    if state.source != first.source:
        told["source"] = state.source
    if state.grid != first.grid:
        told["grid"] = _written(state.grid)
    told |= _window_told(_window(state), _window(first))
    if aside := _window_told(_aside(state), _aside(_with_window(first, _window(state)))):
        told["aside"] = aside
    return json.dumps(told) if told else ""


def state_from(text: str, preset: LabState, around: Surroundings) -> LabState:
    """Make a preset's state with what differs, in JSON as `differences` writes it.

    Raises
    ------
    ValueError
        It is no such JSON, or a value in it cannot be; one sentence.
    """
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        told = None
    told = _object(told, "what differs from the preset", ("operation", "source", "grid", "aside"))
    state = preset
    if "operation" in told:
        state = with_operation(state, _one_of("operation", told["operation"], OPERATIONS))
    if "source" in told:
        state = replace(state, source=_one_of("source", told["source"], SOURCES))
    if "grid" in told:
        state = replace(state, grid=_rows("grid", told["grid"], LARGEST_INPUT, whole=True))
    state = _with_window(state, _with(_window(state), told, around))
    if "aside" in told:  # what differs from the window that would be taken up without it
        told_aside = _object(told["aside"], "“aside”", ())
        state = replace(state, aside=_with(_aside(state), told_aside, around))
    return state


def _with_window(state: LabState, window: Window) -> LabState:
    return replace(state, **{each.name: getattr(window, each.name) for each in fields(Window)})


def _window(state: LabState) -> Window:
    return Window(**{each.name: getattr(state, each.name) for each in fields(Window)})


def _aside(state: LabState) -> Window:
    """Return the window that the other kind of operation would take up."""
    other = OPERATIONS[1] if state.operation == OPERATIONS[0] else OPERATIONS[0]
    return _window(with_operation(state, other))


def _window_told(window: Window, first: Window) -> dict[str, object]:
    told: dict[str, object] = {}
    size, of_first = _size(window.kernel), _size(first.kernel)
    if window.kernel_name == OWN:
        if (window.kernel_name, window.kernel) != (first.kernel_name, first.kernel):
            told["kernel"] = _written(window.kernel)
    elif window.kernel_name != first.kernel_name or size != of_first:
        told["kernel"] = window.kernel_name
        if window.kernel_name != NETWORK and size != of_first:
            told["kernel_size"] = list(size)
    if window.filter != first.filter:
        told["filter"] = window.filter
    if window.stride != first.stride:
        told["stride"] = list(window.stride)
    if window.padding != first.padding:
        told["padding"] = window.padding
    return told


def _with(window: Window, told: Told, around: Surroundings) -> Window:
    """Return a window with what is told of it."""
    if "stride" in told:
        window = replace(window, stride=_pair("stride", told["stride"], LARGEST_STRIDE))
    if "padding" in told:
        window = replace(window, padding=_one_of("padding", told["padding"], PADDINGS))
    if "filter" in told:
        window = replace(window, filter=_whole("filter", told["filter"], 0, MOST_FILTERS))
    kernel = told.get("kernel", window.kernel_name)
    if isinstance(kernel, list):
        rows = _rows("kernel", kernel, LARGEST_KERNEL)
        window = replace(window, kernel=rows, kernel_name=OWN)
    elif "kernel" in told or "kernel_size" in told:
        name = _one_of("kernel", kernel, (*KERNELS, NETWORK))
        size = _size(window.kernel)
        if "kernel_size" in told:
            size = _pair("kernel_size", told["kernel_size"], LARGEST_KERNEL)
        known = KERNELS.keys() & {name}
        rows = named_kernel(name, size) if known else window.kernel
        window = replace(window, kernel=rows, kernel_name=name)
    if window.kernel_name == NETWORK:
        window = _from_network(window, around)
    return window


def _from_network(window: Window, around: Surroundings) -> Window:
    """Take the filter of the network in view; without filters, a kernel by name."""
    if around.filters is None:
        name = "vertical edge"
        return replace(window, kernel_name=name, kernel=named_kernel(name, _size(window.kernel)))
    at = min(window.filter, around.filters.shape[2] - 1)
    return replace(window, filter=at, kernel=from_network(LabState(), around, at).kernel)


def _size(rows: Rows) -> RowsColumns:
    return len(rows), len(rows[0])


def _written(rows: Rows) -> list[list[float]]:
    return [[int(value) if value == int(value) else value for value in row] for row in rows]


# What JSON holds


def _wrong(name: str, wanted: str) -> ValueError:
    return ValueError(f"The setting “lab”: “{name}” has to be {wanted}.")


def _object(told: object, what: str, more: tuple[str, ...]) -> Told:
    if not isinstance(told, dict):
        example = '{"stride": [2, 2], "padding": "same"}'
        raise ValueError(f"The setting “lab” has to hold {what} as JSON, such as {example}.")
    for name in told:
        if name not in (*more, *WINDOW):
            has = listed((*more, *WINDOW))
            raise ValueError(f"The setting “lab” holds “{name}”; it can hold {has}.")
    return told


def _one_of(name: str, value: object, choices: tuple[Any, ...]) -> Any:
    if not isinstance(value, str) or value not in choices:
        raise _wrong(name, listed(choices, "or"))
    return value


def _whole(name: str, value: object, least: int, most: int) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
        return value
    raise _wrong(name, f"a whole number from {least} to {most}")


def _pair(name: str, value: object, most: int) -> RowsColumns:
    pair = value if isinstance(value, list) and len(value) == 2 else [value, value]
    try:
        first, second = (_whole(name, side, 1, most) for side in pair)
    except ValueError:
        raise _wrong(name, f"one or two whole numbers from 1 to {most}") from None
    return first, second


def _rows(name: str, value: object, most: int, whole: bool = False) -> Rows:
    kind = "whole numbers" if whole else "numbers"
    ends = f"from −{LARGEST_NUMBER:.0f} to {LARGEST_NUMBER:.0f}"
    wrong = _wrong(name, f"at most {most} rows of equally many {kind} {ends}, at most {most} each")
    rows: list[Any] = value if isinstance(value, list) else []
    if not 1 <= len(rows) <= most or not all(isinstance(row, list) for row in rows):
        raise wrong
    if not 1 <= len(rows[0]) <= most or any(len(row) != len(rows[0]) for row in rows):
        raise wrong
    for number in (number for row in rows for number in row):
        if not isinstance(number, int | float) or isinstance(number, bool):
            raise wrong
        if not math.isfinite(number) or abs(number) > LARGEST_NUMBER:
            raise wrong
        if whole and number != round(number):
            raise wrong
    return tuple(tuple(float(number) for number in row) for row in rows)
