"""The possible value nearest to an impossible one, and values as they are written in sentences."""

from __future__ import annotations

import dataclasses
import difflib
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeGuard, get_args

from visualizer.core.editing.problem import Step
from visualizer.core.editing.writings import (
    choice_called,
    has_no_counterpart,
    is_activation,
    numbers_of,
    setting_called,
    type_called,
)
from visualizer.core.network.geometry import Padding
from visualizer.core.network.layers import LAYERS
from visualizer.core.network.spec import LARGEST, LONGEST_NAME, READERS, SpecError, shown
from visualizer.core.network.terms import Activation

USUAL = {"filters": 32, "units": 64}

Setting = dataclasses.Field[Any]
Note = tuple[str, str, Step, object]


def nearest_type(kind: object) -> str | None:
    """Find the type of layer that a name means; None if no row can be that layer."""
    if isinstance(kind, str) and kind in LAYERS:
        return kind
    if has_no_counterpart(kind):
        return None
    return type_called(kind) or _alike(kind, tuple(LAYERS), cutoff=0.6)


def nearest_name(name: object) -> str:
    """Make a network's name possible: printable characters only, and not too many."""
    signs = name[:LONGEST_NAME] if isinstance(name, str) else ""
    return "".join(sign for sign in signs if sign.isprintable())


def nearest_value(value: object, setting: Setting) -> object:
    """Return the nearest possible value, ready for JSON; the usual one if none is near."""
    return NEAREST[str(setting.type)](value, setting)


def under_our_names(
    kind: str, row: Mapping[str, object], fields: Mapping[str, Setting]
) -> tuple[dict[str, object], list[Note]]:
    """Take a row's settings, renaming those that another program names differently.

    Returns
    -------
    dict
        Setting to value: renamed ones have a possible value, the others their value as it is.
    list of Note
        For each setting with another name, or without a counterpart: reason, remedy, step, and what
        the step needs.
    """
    own = {key: row[key] for key in fields if key in row}
    notes: list[Note] = []
    for key in (each for each in row if each != "type" and each not in fields):
        name, reason = setting_called(key, fields), f"{kind} has no setting {shown(key)}"
        if name is None or name in own:
            notes.append((reason, "leave it out", "unset", key))
            continue
        own[name] = _readable(row[key], fields[name])
        remedy = f"here it is {name}, and what can be is {in_words(own[name])}"
        notes.append((reason, remedy, "rename", (key, name, own[name])))
    return own, notes


def _readable(value: object, setting: Setting) -> object:
    """Return the value if it is possible, else the nearest possible one, ready for JSON."""
    try:
        READERS[str(setting.type)](value, setting.name)
    except SpecError:
        return nearest_value(value, setting)
    return value


def without(kind: object) -> str:
    """Say what to do with a row that no layer of ours can be."""
    more = "; an activation is a setting of the row above" if is_activation(kind) else ""
    return f"leave the row out{more}"


def in_words(value: object) -> str:
    """Write a value for a sentence: 3 × 3, 1,000, valid; anything else as `shown` does."""
    if isinstance(value, Sequence) and not isinstance(value, str) and 1 < len(value) <= 3:
        return " × ".join(f"{part:,}" if isinstance(part, int) else shown(part) for part in value)
    if isinstance(value, int) and abs(value) <= LARGEST:
        return f"{value:,}"
    return value if isinstance(value, str) and 0 < len(value) <= LONGEST_NAME else shown(value)


def _count(value: object, setting: Setting) -> int:
    return _whole(numbers_of(value), USUAL.get(setting.name, 1))


def _pair(value: object, setting: Setting) -> list[int] | None:
    value = numbers_of(value)
    parts = value if isinstance(value, list) and len(value) == 2 else [value, value]
    if any(_is_number(part) for part in parts):
        return [_whole(part, 1) for part in parts]
    usual: Any = setting.default
    return None if usual is None else list(usual)


def _choice(choices: tuple[str, ...]) -> Callable[[object, Setting], object]:
    return lambda value, setting: (
        choice_called(value, choices) or _alike(value, choices, cutoff=0.6) or setting.default
    )


def _alike(value: object, choices: tuple[str, ...], cutoff: float) -> str | None:
    text = value[:LONGEST_NAME] if isinstance(value, str) else ""
    return next(iter(difflib.get_close_matches(text, choices, 1, cutoff)), None)


def _whole(value: object, otherwise: int) -> int:
    """Return the nearest whole number from 1 to the largest possible."""
    if not _is_number(value):
        return otherwise
    return round(min(max(value, 1), LARGEST))


def _is_number(value: object) -> TypeGuard[int | float]:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and not (isinstance(value, float) and math.isnan(value))


NEAREST: dict[str, Callable[[object, Setting], object]] = {
    "int": _count,
    "RowsColumns": _pair,
    "RowsColumns | None": _pair,
    "Padding": _choice(get_args(Padding)),
    "Activation": _choice(get_args(Activation)),
}
