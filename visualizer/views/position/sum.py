"""Where a number comes from, as rows, factors and a sum: panel and stage are drawn from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, Self, TypeVar

from visualizer.core.backward.terms import GradientTerms, LossTerms
from visualizer.core.network.geometry import Rect
from visualizer.core.network.layer import Array, Layer
from visualizer.core.network.terms import ConvTerms, DenseTerms, Terms
from visualizer.core.network.windowed import Windowed
from visualizer.scene.link import Link
from visualizer.scene.scene import Scene
from visualizer.scene.trail import Cell
from visualizer.text.numbers import number
from visualizer.text.terms import HIDDEN, TAKEN_OUT, adding_digits
from visualizer.views.widgets.number_grid import Factor

Kind = TypeVar("Kind", bound=Terms | GradientTerms | LossTerms)


@dataclass(frozen=True, slots=True)
class SumLine:
    """A number and what it is, in ever shorter forms.

    Attributes
    ----------
    words : tuple of str
    figure : str
    adds_up : bool
        Whether the number is the sum of the lines above; it has a rule over it.
    result : bool
        Whether the number is the final result.
    value : float
        The length of the bar behind the line, on the scale of all lines.
    marked : bool
        Whether the line is the selected one.
    """

    words: tuple[str, ...]
    figure: str
    adds_up: bool = False
    result: bool = False
    value: float = 0.0
    marked: bool = False


def sum_lines(
    terms: ConvTerms | DenseTerms,
    what: tuple[str, ...],
    parts: Sequence[tuple[tuple[str, ...], float]] = (),
    hidden: bool = False,
) -> list[SumLine]:
    """Return the lines Σ + bias = pre-activation → output; `what` names the summed terms.

    With `parts`, their words and numbers, these stand in the place of Σ; what is printed adds up.
    Of a `hidden` sum these and the bias are printed.
    """
    if isinstance(terms, DenseTerms) and terms.taken_out:
        return [SumLine(what, number(terms.total)), SumLine((TAKEN_OUT, "taken out", "out"), "–")]
    summed = parts or ((what, terms.total),)
    values = (value for _, value in summed)
    digits = adding_digits(*values, terms.bias, terms.pre_activation)
    linear, softmax = terms.activation == "linear", terms.activation == "softmax"
    before = ("= logit",) if softmax else ("= output",) if linear else ("= pre-activation",)
    lines = [
        *(SumLine(words, number(value, digits)) for words, value in summed),
        SumLine(("+ bias",), number(terms.bias, digits)),
        SumLine(before, number(terms.pre_activation, digits), adds_up=True, result=linear),
    ]
    if terms.activation == "relu":
        words = ("ReLU → output", "→ output", "ReLU")
        lines.append(SumLine(words, number(terms.output, digits), result=True))
    if hidden:
        bias = len(summed)
        total = [] if parts else [0]
        for at in (*total, *range(bias + 1, len(lines))):
            lines[at] = replace(lines[at], figure=HIDDEN)
    return lines


@dataclass(frozen=True, eq=False)
class Sum(Generic[Kind]):
    """The number of a cell, and the terms that it comes from."""

    scene: Scene
    cell: Cell
    terms: Kind

    @property
    def layer(self) -> Layer:
        return self.scene.network.layers[self.cell.layer]

    @property
    def hidden(self) -> bool:
        """Whether the number is asked for: its terms are shown, not what becomes of them."""
        return self.scene.hides(self.cell.layer)

    @property
    def layer_below(self) -> Layer | None:
        """The layer below; None below the first layer."""
        return self.scene.network.layers[self.cell.layer - 1] if self.cell.layer else None

    @property
    def below_name(self) -> str:
        """The name of the layer below."""
        return self.layer_below.name if self.layer_below else "the digit"

    @property
    def below(self) -> Array:
        """The values that the layer reads."""
        return self.scene.trace.below(self.cell.layer)

    @property
    def channel(self) -> int:
        """The channel of the map below whose numbers are shown."""
        return self.cell.channel

    @property
    def factors(self) -> tuple[Factor, ...]:
        """The grids of numbers that explain the number."""
        raise NotImplementedError

    @property
    def main_term(self) -> Cell:
        """The cell below that contributes most to the number."""
        return Link(self.scene, self.cell).largest_below

    def like(self, before: Sum[Any] | None) -> Self:
        """Return the sum with the channel open that was open on the same layer before."""
        return self

    @property
    def windowed(self) -> Windowed:
        """The layer, which slides a window.

        Raises
        ------
        TypeError
            The layer slides none.
        """
        if not isinstance(self.layer, Windowed):
            raise TypeError(f"{self.layer.name} slides no window.")
        return self.layer

    @property
    def window(self) -> Rect:
        """Where the window lies on the map below."""
        return self.layer.window(self.cell.row, self.cell.column, self.cell.channel)

    def _in_window(self, row: int, column: int, channel: int) -> Cell:
        return self.scene.below(
            self.cell, self.window.top + row, self.window.left + column, channel
        )
