"""What the lab lights up: the inputs of an output, the outputs of an input, a kernel cell's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from PySide6.QtGui import QColor

from visualizer.core.lab.response import Response
from visualizer.core.network.geometry import Pair, Rect, Sliding
from visualizer.core.network.terms import PoolTerms
from visualizer.views.base.theme import Theme
from visualizer.views.lab.paint import Marks
from visualizer.views.lab.palette import hues

Part = Literal["input", "kernel", "output"]


@dataclass(frozen=True, slots=True)
class Focus:
    """The cell that is explained: under the pointer, under the keyboard's cursor, or selected."""

    part: Part
    row: int
    column: int

    @property
    def cell(self) -> Pair:
        return self.row, self.column


@dataclass(frozen=True, slots=True, eq=False)
class LabMarks:
    """What is drawn over the three maps."""

    input: Marks
    kernel: Marks
    output: Marks


def marks_of(
    response: Response, focus: Focus, selected: Pair, theme: Theme, shown: int | None = None
) -> LabMarks:
    """Everything that a focus lights up.

    Parameters
    ----------
    selected : (row, column) of the output cell that is selected
    shown : places that the window has been at, while it slides; None shows the whole output
    """
    colors = hues(theme, response.kernel.shape[:2])
    all_tints = {(r, c): color for r, line in enumerate(colors) for c, color in enumerate(line)}
    if response.output is None:
        return LabMarks(Marks(), Marks(all_tints), Marks())
    if focus.part == "input":
        return _of_input(response, focus, all_tints, shown)
    unseen = response.unseen()
    if focus.part == "kernel":
        tints = dict.fromkeys(met_places(response, focus.cell), all_tints[focus.cell])
        own = [(Rect.cell(*focus.cell), "selection")]
        chosen = Marks(outlines=[(Rect.cell(*selected), "selection")], shown=shown)
        return LabMarks(Marks(tints, unseen=unseen), Marks(all_tints, own), chosen)
    window = response.sliding.window(*focus.cell)
    terms = response.terms(*focus.cell)
    winners = np.argwhere(terms.winners) if isinstance(terms, PoolTerms) else ()
    won = [(Rect.cell(window.top + int(r), window.left + int(c)), "winner") for r, c in winners]
    tints = {(window.top + r, window.left + c): color for (r, c), color in all_tints.items()}
    return LabMarks(
        Marks(tints, [(window, "field"), *won], unseen),
        Marks(all_tints),
        Marks(outlines=[(Rect.cell(*focus.cell), "selection")], shown=shown),
    )


def _of_input(
    response: Response, focus: Focus, all_tints: dict[Pair, QColor], shown: int | None
) -> LabMarks:
    """An input cell, and the outputs it reaches in the hues of the kernel cells between."""
    own = [(Rect.cell(*focus.cell), "selection")]
    reached = response.reached(*focus.cell)
    ways = reached_ways(response.sliding, focus.cell)
    tints = {place: all_tints[cell] for place, cell in ways.items()}
    return LabMarks(
        Marks(outlines=own, unseen=response.unseen()),
        Marks({cell: all_tints[cell] for cell in ways.values()}),
        Marks(tints, [] if reached.empty else [(reached, "field")], shown=shown),
    )


def reached_ways(sliding: Sliding, cell: Pair) -> dict[Pair, Pair]:
    """Each output that an input reaches, with the kernel cell that it goes through."""
    reached = sliding.seeing(Rect.cell(*cell))
    ways = {}
    for row in range(reached.top, reached.bottom):
        for column in range(reached.left, reached.right):
            window = sliding.window(row, column)
            ways[row, column] = (cell[0] - window.top, cell[1] - window.left)
    return ways


def met_places(response: Response, cell: Pair) -> list[Pair]:
    """Every place of the input, padding included, that a kernel cell meets."""
    rows, columns = response.met(*cell)
    return [(row, column) for row in rows.tolist() for column in columns.tolist()]


def has(response: Response, focus: Focus) -> bool:
    """Whether the response has the cell that is in focus."""
    maps = {"input": response.inputs, "kernel": response.kernel, "output": response.output}
    values = maps[focus.part]
    return values is not None and focus.row < values.shape[0] and focus.column < values.shape[1]
