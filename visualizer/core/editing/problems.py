"""Find every problem that keeps a description from being a network of digits, and its remedy.

`from_spec` stops at the first problem. Here every row is examined: an impossible row is replaced
by the nearest possible one, and the next row is judged on top of that.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from visualizer.core.editing.nearest import (
    USUAL,
    in_words,
    nearest_name,
    nearest_type,
    nearest_value,
    under_our_names,
    without,
)
from visualizer.core.editing.problem import Examined, Problem, Step
from visualizer.core.editing.repair import (
    Change,
    changed,
    largest_count,
    reason_of,
    refusal,
    smaller_windows,
    stacked,
)
from visualizer.core.editing.writings import type_called
from visualizer.core.network.layer import Layer
from visualizer.core.network.layers import LAYERS, Conv2D, Dense, Flatten
from visualizer.core.network.limits import MOST
from visualizer.core.network.network import Network
from visualizer.core.network.networks import CLASSES, INPUT_SHAPE, NETWORKS
from visualizer.core.network.spec import (
    READERS,
    SpecError,
    from_spec,
    kind_of,
    layer_spec,
    settings_of,
    shown,
)
from visualizer.core.network.windowed import Windowed

HEAD = Dense(CLASSES, "softmax")


def problems(spec: object) -> list[Problem]:
    """List all problems that keep a description from being a network of digits."""
    return examine(spec)[0]


def examine(spec: object) -> tuple[list[Problem], Network]:
    """Return the problems of a description, and the network that results from all remedies.

    It never raises: anything that is no description results in the smallest network.
    """
    examined = examine_rows(spec)
    return list(examined.problems), examined.network


def examine_rows(spec: object) -> Examined:
    """Examine a description, and note the row that each layer comes from."""
    examination = _Examination()
    entries = examination.entries(spec)
    examination.rows(entries["layers"])
    examination.head()
    network = Network.build(examination.name(entries), INPUT_SHAPE, examination.layers)
    return Examined(tuple(examination.problems), network, tuple(examination.origins))


class _Examination:
    """An examination under way: the problems found and the layers that stand so far."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.layers: list[Layer] = []
        self.origins: list[int] = []  # the row that each layer comes from
        self._above: list[Layer] = []  # the layers wanted above the row under examination
        self._place = "the network"
        self._row: int | None = None

    def entries(self, spec: object) -> dict[str, Any]:
        """Read the name and the rows; the name is checked later, when the layers are known."""
        known: dict[str, Any] = {"name": "", "input_shape": list(INPUT_SHAPE), "layers": []}
        if not isinstance(spec, Mapping):
            self._note(f"it is {shown(spec)}", "it has a name, an input_shape and layers")
            return known
        for key in spec:
            if key not in known:
                self._note(f"there is no setting {shown(key)}", "leave it out")
        if spec.get("input_shape") != known["input_shape"]:
            reason = f"its input is {in_words(spec.get('input_shape'))}, and that of digits is not"
            self._set(reason, "input_shape", known["input_shape"])
        layers = spec.get("layers")
        if not isinstance(layers, list):
            self._note(f"its layers are {shown(layers)}", "they are a list, a row a layer")
            layers = []
        if len(layers) > MOST["layers"]:
            most = MOST["layers"]
            rows = f"{len(layers):,} rows; at most {most}"
            self._note(rows, f"keep the first {most - 1} and the last", "cut")
            layers = [*layers[: MOST["layers"] - 1], layers[-1]]
        return {**known, "name": spec.get("name", ""), "layers": layers}

    def name(self, entries: Mapping[str, Any]) -> str:
        """Reject a built-in name whose layers differ from the built-in network's."""
        self._row, self._place = None, "the network"
        name = entries["name"]
        spec = {
            "name": name,
            "input_shape": list(INPUT_SHAPE),
            "layers": [layer_spec(layer) for layer in self.layers],
        }
        try:
            return from_spec(spec).name
        except SpecError as error:
            nearest = (
                f"my {name}" if isinstance(name, str) and name in NETWORKS else nearest_name(name)
            )
            self._set(str(error), "name", nearest)
            return nearest

    def rows(self, entries: list[object]) -> None:
        """Judge each row on top of the layers that stand."""
        kinds = [nearest_type(kind_of(entry)) for entry in entries]
        last = max((at for at, kind in enumerate(kinds) if kind == "Dense"), default=None)
        wanted = [HEAD if at == last else _Examination()._read(it) for at, it in enumerate(entries)]
        for at, entry in enumerate(entries):
            self._above = [layer for layer in wanted[at + 1 :] if layer is not None]
            self._row, self._place = at, f"row {at + 1}"
            layer = self._read(entry)
            if layer is None:
                continue
            if isinstance(layer, Dense):
                layer = self._activated(layer, at == last)
            if self._has_place(layer):
                self._fit(layer, at == last)

    def head(self) -> None:
        """Make the network end with a probability for each class."""
        last = self.layers[-1] if self.layers else None
        if isinstance(last, Dense) and last.activation == "softmax":
            return
        self._row, self._place = None, "the last layer"
        reason = f"it must be Dense with softmax and {CLASSES} units, one for each class"
        self._note(reason, "add that row", "head")
        while refusal([*self.layers, *self._missing()]) is not None:
            self.layers.pop()
            self.origins.pop()
        self.layers = stacked([*self.layers, *self._missing()])

    def _missing(self) -> tuple[Layer, ...]:
        return (HEAD,) if self._on_vector else (Flatten(), HEAD)

    def _read(self, entry: object) -> Layer | None:
        """Make the layer of a row, with the nearest possible value for each impossible setting.

        Return None if the row names no layer: the row is left out.
        """
        settings, named = entry if isinstance(entry, dict) else {}, kind_of(entry)
        kind = nearest_type(named)
        if kind is None or (named not in LAYERS and not self._can_be(kind, named)):
            self._note(f"there is no layer of type {shown(named)}", without(named), "drop")
            return None
        if kind != named:
            self._set(f"there is no layer of type {shown(named)}", "type", kind)
        self._place += f" ({kind})"
        fields = {field.name: field for field in settings_of(LAYERS[kind])}
        settings, notes = under_our_names(kind, settings, fields)
        for note in notes:
            self._note(*note)
        values: dict[str, Any] = {}
        for key, field in fields.items():
            if key in settings:
                values[key] = self._value(field, settings[key])
            elif field.default is dataclasses.MISSING:
                self._set(f"{key} is missing", key, USUAL[key])
                values[key] = USUAL[key]
        return LAYERS[kind](**values)

    def _can_be(self, kind: str, named: object) -> bool:
        """Return whether a type that is only guessed from its name fits on the layer below."""
        known = type_called(named) is not None
        return known or not self._on_vector or issubclass(LAYERS[kind], Dense)

    def _value(self, field: dataclasses.Field[Any], value: object) -> object:
        """Return a setting's value, or the nearest possible value."""
        read = READERS[str(field.type)]
        try:
            return read(value, field.name)
        except SpecError as error:
            nearest = nearest_value(value, field)
            self._set(str(error), field.name, nearest)
            return read(nearest, field.name)

    def _activated(self, layer: Dense, last: bool) -> Dense:
        """Give the last dense layer softmax, and take softmax from any other."""
        if last and layer.units != CLASSES:
            reason = f"the last layer has {layer.units:,} units, and there are {CLASSES} classes"
            self._set(reason, "units", CLASSES)
            layer = replace(layer, units=CLASSES)
        if last and layer.activation != "softmax":
            self._set("the last layer gives probabilities", "activation", "softmax")
            return replace(layer, activation="softmax")
        if not last and layer.activation == "softmax":
            self._set("only the last layer can have softmax", "activation", "relu")
            return replace(layer, activation="relu")
        return layer

    def _has_place(self, layer: Layer) -> bool:
        """Return whether the layer can stand on what is below; add a Flatten if that is missing."""
        if isinstance(layer, Dense) and not self._on_vector:
            reason = "it needs a vector below it, and there is a map"
            self._note(reason, "put a Flatten before it", "flatten")
            self._fit(Flatten())
        elif isinstance(layer, Windowed) and self._on_vector:
            reason = "its window needs rows and columns, and below it is a vector"
            self._note(reason, "put it above the Flatten, or leave it out", "lift")
        elif isinstance(layer, Flatten) and self._on_vector:
            self._note("what is below it is a vector already", "leave it out", "drop")
        return isinstance(layer, Dense) == self._on_vector

    def _fit(self, layer: Layer, last: bool = False) -> None:
        """Put a layer on top of the others; shrink one that is too large until it can stand."""
        while (reason := self._stand([*self.layers, layer])) is not None:
            change = None if last else self._smaller(layer)
            if change is None:
                self._make_room(layer, reason)
                return
            self._set(reason, *change)
            layer = changed(layer, change)

    def _smaller(self, layer: Layer) -> Change | None:
        """Find a change of the layer itself with which it fits, or comes nearer to fitting."""
        if isinstance(layer, Conv2D) and layer.activation == "softmax":
            return "activation", "relu"
        windows = smaller_windows(self.layers, layer)
        return self._count([*self.layers, layer], len(self.layers)) or next(
            (it for it in windows if refusal([*self.layers, changed(layer, it)]) is None), None
        )

    def _count(self, stack: list[Layer], at: int) -> Change | None:
        """Find the most filters or units with which these layers stand, best the later ones too."""
        return largest_count([*stack, *self._above], at) or largest_count(stack, at)

    def _make_room(self, layer: Layer, reason: str) -> None:
        """Make room for a layer that cannot shrink: fewer filters or units in an earlier layer."""
        stack = [*self.layers, layer]
        for at in reversed(range(len(self.layers))):
            change = self._count(stack, at)
            if change is not None:
                stack[at] = changed(stack[at], change)
                self._set(reason, *change, row=self.origins[at])
                self._stand(stack)
                return
        self._note(reason, "leave it out, or make what is above it smaller", "drop")

    def _stand(self, layers: Sequence[Layer]) -> str | None:
        """Set these layers, the last from the row under examination; return why not if it fails."""
        try:
            self.layers = stacked(layers)
        except ValueError as error:
            return reason_of(error)
        self.origins.append(self._row or 0)
        return None

    @property
    def _on_vector(self) -> bool:
        return bool(self.layers) and not self.layers[-1].is_spatial

    def _note(
        self, reason: str, remedy: str, step: Step | None = None, nearest: object = None
    ) -> None:
        self.problems.append(Problem(self._row, self._place, reason, remedy, None, nearest, step))

    def _set(self, reason: str, setting: str, nearest: object, row: int | None = None) -> None:
        """Note a problem that another value of a setting ends, in this row or in one before it."""
        where = "" if row is None else f" in row {row + 1}"
        remedy = f"the nearest {setting}{where} that can be is {in_words(nearest)}"
        value = list(nearest) if isinstance(nearest, tuple) else nearest
        at = self._row if row is None else row
        problem = Problem(at, self._place, reason, remedy, setting, value)
        for earlier in self.problems:
            if (earlier.row, earlier.setting) == (
                at,
                setting,
            ):  # that nearest value is still too large
                place = earlier.place
                remedy = f"the nearest {setting} that can be is {in_words(nearest)}"
                problem = replace(problem, place=place, reason=earlier.reason, remedy=remedy)
                self.problems[self.problems.index(earlier)] = problem
                return
        self.problems.append(problem)
