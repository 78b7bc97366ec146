"""A network as it is typed: rows that may be wrong, their problems, and their sizes.

Typed text that is no value is kept as the setting's value: `examine_rows` then says why it cannot
be and what can, as for every other value.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from visualizer.core.editing.nearest import USUAL
from visualizer.core.editing.problem import Examined, Problem
from visualizer.core.editing.problems import HEAD, examine_rows
from visualizer.core.editing.writings import own_settings
from visualizer.core.network.geometry import Lines, RowsColumns
from visualizer.core.network.layer import Shape
from visualizer.core.network.layers import LAYERS
from visualizer.core.network.limits import MOST
from visualizer.core.network.network import Network
from visualizer.core.network.networks import INPUT_SHAPE
from visualizer.core.network.spec import LONGEST_NAME, Spec, layer_spec, settings_of, shown, to_spec

Row = Mapping[str, object]
UNNAMED = "mine"


@dataclass(frozen=True, slots=True)
class RowSizes:
    """Sizes of the layer in a row; if the row cannot be, of the nearest layer that can.

    Attributes
    ----------
    name : str
    output_shape : tuple of int
    parameters, multiply_adds : int
    field, jump : (rows, columns) or None
        Receptive field and jump of a cell, in pixels of the digit; None above a Flatten.
    seen : Lines or None
        The pixels that the layer's middle cell sees; None above a Flatten.
    """

    name: str
    output_shape: Shape
    parameters: int
    multiply_adds: int
    field: RowsColumns | None
    jump: RowsColumns | None
    seen: Lines | None


@dataclass(frozen=True)
class Draft:
    """A name and rows; drafts with equal ones are equal.

    Attributes
    ----------
    rows : tuple of mapping
        The rows that are examined: at most as many as a network may have.
    surplus : tuple of mapping
        The rows too many, which stand before the last row. They are one problem together and are
        not examined; they move up when other rows are removed.
    """

    name: str
    rows: tuple[Row, ...]
    surplus: tuple[Row, ...] = ()

    def __post_init__(self) -> None:
        whole, most = self._whole, MOST["layers"]
        if self.surplus or len(whole) > most:
            rows = (*whole[: most - 1], whole[-1]) if len(whole) > most else whole
            object.__setattr__(self, "rows", rows)
            object.__setattr__(self, "surplus", whole[most - 1 : -1])

    @classmethod
    def of(cls, network: Network) -> Draft:
        return cls(network.name, tuple(layer_spec(layer) for layer in network.layers))

    @classmethod
    def of_spec(cls, spec: object, source: str) -> Draft:
        """Make a draft of a description from outside, which errors call `source`.

        Raises
        ------
        ValueError
            The description has no list of layers.
        """
        layers = spec.get("layers") if isinstance(spec, Mapping) else None
        if not isinstance(spec, Mapping) or not isinstance(layers, list):
            raise ValueError(f"{source}: it is no network, for it has no list of layers")
        name = spec.get("name", "")
        rows = (row if isinstance(row, Mapping) else {"type": shown(row)} for row in layers)
        return cls(name if isinstance(name, str) else "", tuple(rows))

    @property
    def spec(self) -> Spec:
        return {
            "name": self.name,
            "input_shape": list(INPUT_SHAPE),
            "layers": [dict(row) for row in self._whole],
        }

    @property
    def _whole(self) -> tuple[Row, ...]:
        return (*self.rows[:-1], *self.surplus, *self.rows[-1:])

    # What is known of it

    @cached_property
    def examined(self) -> Examined:
        return examine_rows(self.spec)

    @property
    def problems(self) -> tuple[Problem, ...]:
        return self.examined.problems

    @property
    def network(self) -> Network | None:
        """The network if nothing is wrong, else None."""
        return None if self.problems else self.examined.network

    def name_problem(self, others: Mapping[str, Network]) -> Problem | None:
        """Return why the name cannot be: it is empty, or another of these networks has it."""
        if not self.name.strip():
            reason, nearest = "it needs a name", free_name(UNNAMED, others)
        elif self.name in others and others[self.name] != self.network:
            reason = f"there is another network with the name {self.name}"
            nearest = free_name(self.name, others)
        else:
            return None
        return Problem(None, "the network", reason, f"such as {nearest}", "name", nearest)

    def problem_of(self, row: int | None) -> Problem | None:
        """Return the first problem of a row; for None, of the whole network."""
        return next((each for each in self.problems if each.row == row), None)

    @property
    def sure(self) -> int:
        """Number of rows below the first problem; the rows after them rest on remedies."""
        wrong = (problem.row for problem in self.problems if problem.row is not None)
        return min(wrong, default=len(self.rows))

    @cached_property
    def sizes(self) -> Mapping[int, RowSizes]:
        """Sizes by row; a row that cannot stand at all has none."""
        network = self.examined.network
        found: dict[int, RowSizes] = {}
        layers = zip(
            self.examined.origins, network.layers, network.receptive_fields(), strict=False
        )
        for at, (row, layer, field) in enumerate(layers):
            found[row] = RowSizes(
                name=layer.name,
                output_shape=layer.output_shape,
                parameters=layer.parameter_count,
                multiply_adds=layer.multiply_adds,
                field=field.size if field else None,
                jump=field.jump if field else None,
                seen=network.seen_in_the_middle(at) if field else None,
            )
        return found

    @property
    def multiply_adds(self) -> int:
        """Multiply-adds for one image."""
        return sum(layer.multiply_adds for layer in self.examined.network.layers)

    # Steps to another draft

    def named(self, name: str) -> Draft:
        return replace(self, name=name)

    def with_setting(self, row: int, setting: str, value: object) -> Draft:
        """Give a setting of a row another value."""
        return self._with(row, {**self.rows[row], setting: value})

    def with_type(self, row: int, kind: str) -> Draft:
        """Give a row another type of layer, and keep the settings that both types have."""
        before = self.rows[row]
        kept = own_settings(before, settings_for(kind))
        return self._with(row, {**new_row(kind), **kept, "type": kind})

    def with_new(self, at: int, kind: str) -> Draft:
        """Insert a new layer as row `at`."""
        return replace(self, rows=(*self.rows[:at], new_row(kind), *self.rows[at:]))

    def without(self, row: int) -> Draft:
        return replace(self, rows=(*self.rows[:row], *self.rows[row + 1 :]))

    def moved(self, row: int, to: int) -> Draft:
        """Move a row to another place."""
        rows = [*self.rows[:row], *self.rows[row + 1 :]]
        return replace(self, rows=(*rows[:to], self.rows[row], *rows[to:]))

    def remedied(self, problem: Problem) -> Draft:
        """Apply the remedy of a problem: its nearest value, or the step that ends it."""
        at, nearest = problem.row, problem.nearest
        if at is None:
            if problem.setting == "name" and isinstance(nearest, str):
                return self.named(nearest)
            return self._ended(problem)
        if problem.setting == "type" and isinstance(nearest, str):
            return self.with_type(at, nearest)
        if problem.setting is not None:
            return self.with_setting(at, problem.setting, nearest)
        if problem.step == "flatten":  # without room for another row, in place of one
            full = len(self.rows) >= MOST["layers"]
            return (self.without(at - 1) if full else self).with_new(at - full, "Flatten")
        if problem.step == "lift":
            flat = (row for row, kind in enumerate(self._kinds) if kind in ("Flatten", "Dense"))
            return self.moved(at, min(flat, default=at))
        if problem.step == "unset":
            return self._with(at, {k: v for k, v in self.rows[at].items() if k != nearest})
        if problem.step == "rename" and isinstance(nearest, tuple):
            there, here, value = nearest
            row = {k: v for k, v in self.rows[at].items() if k != there}
            return self._with(at, {**row, here: value})
        return self.without(at) if problem.step == "drop" else self

    def _ended(self, problem: Problem) -> Draft:
        """Apply the remedy of a problem of the network's end."""
        if problem.step == "cut":
            return replace(self, surplus=())
        if problem.step != "head":
            return self
        flat = any(kind in ("Flatten", "Dense") for kind in self._kinds)
        more = (layer_spec(HEAD),) if flat else (new_row("Flatten"), layer_spec(HEAD))
        return replace(self, rows=(*self.rows[: MOST["layers"] - len(more)], *more))

    @property
    def _kinds(self) -> list[object]:
        return [row.get("type") for row in self.rows]

    def _with(self, at: int, row: Row) -> Draft:
        return replace(self, rows=(*self.rows[:at], row, *self.rows[at + 1 :]))


def free_name(name: str, taken: Container[str]) -> str:
    """Return the name, or the name with the first number that is not taken: "mine 2"."""
    stem = re.sub(r" \d+$", "", name)[: LONGEST_NAME - 6]
    names = itertools.chain([name], (f"{stem} {number}" for number in itertools.count(2)))
    return next(each for each in names if each not in taken)


def settings_for(kind: str) -> tuple[str, ...]:
    """Return the settings of a type of layer, in order."""
    return tuple(field.name for field in settings_of(LAYERS[kind])) if kind in LAYERS else ()


def new_row(kind: str) -> Row:
    """Return the row of a new layer of this type."""
    counts: dict[str, Any] = {name: USUAL[name] for name in settings_for(kind) if name in USUAL}
    return layer_spec(LAYERS[kind](**counts))


def typed_count(text: str) -> object:
    """Read a typed number of filters or units: a whole number, else the text.

    1,024 is a number, as it is printed; 2,5 is none.
    """
    plain = text.strip()
    if re.fullmatch(r"-?\d{1,3}(,\d{3}){1,3}", plain):
        plain = plain.replace(",", "")
    return int(plain) if re.fullmatch(r"-?\d{1,12}", plain) else text


def typed_pair(text: str) -> object:
    """Read typed rows and columns: "3", "3 × 5", "3 5"; empty: None; else the text."""
    if not text.strip():
        return None
    parts = [part for part in re.split(r"[\s×x*,;]+", text.strip()) if part]
    if not 1 <= len(parts) <= 2 or not all(re.fullmatch(r"-?\d{1,12}", part) for part in parts):
        return text
    numbers = [int(part) for part in parts]
    return numbers if len(numbers) == 2 else numbers * 2


def same_network(draft: Draft, network: Network) -> bool:
    """Return whether a draft is exactly this network."""
    return draft.spec == to_spec(network)
