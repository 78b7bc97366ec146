"""Marks of the lab: the inputs of an output, the outputs of an input, a kernel cell's inputs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from PySide6.QtGui import QColor

from visualizer.core.lab.response import Response
from visualizer.core.network.geometry import Rect, RowsColumns, Sliding
from visualizer.core.network.terms import PoolTerms
from visualizer.views.base.theme import Theme
from visualizer.views.lab.paint import GridMarks
from visualizer.views.lab.palette import hues

Part = Literal["input", "kernel", "output"]


@dataclass(frozen=True, slots=True)
class FocusedCell:
    """The explained cell: under the pointer, under the keyboard's cursor, or selected."""

    part: Part
    row: int
    column: int

    @property
    def cell(self) -> RowsColumns:
        return self.row, self.column


@dataclass(frozen=True, slots=True, eq=False)
class LabMarks:
    """The marks over the three maps."""

    input: GridMarks
    kernel: GridMarks
    output: GridMarks


def marks_of(
    response: Response,
    focus: FocusedCell,
    selected: RowsColumns,
    theme: Theme,
    shown: int | None = None,
    asked: RowsColumns | None = None,
) -> LabMarks:
    """Return the marks of everything that belongs to a focused cell.

    Parameters
    ----------
    selected : (row, column) of the selected output cell
    shown : places that the sliding window has visited; None shows the whole output
    asked : (row, column) of the output whose number is asked for, and not shown
    """
    colors = hues(theme, response.kernel.shape[:2])
    all_tints = {(r, c): color for r, line in enumerate(colors) for c, color in enumerate(line)}
    if response.output is None:
        return LabMarks(GridMarks(), GridMarks(all_tints), GridMarks())
    if focus.part == "input":
        return _of_input(response, focus, all_tints, shown, asked)
    unseen = response.unseen()
    if focus.part == "kernel":
        tints = dict.fromkeys(met_places(response, focus.cell), all_tints[focus.cell])
        own = [(Rect.cell(*focus.cell), "selection")]
        outline = (Rect.cell(*selected), "selection")
        chosen = GridMarks(outlines=[outline], shown=shown, asked=asked)
        return LabMarks(GridMarks(tints, unseen=unseen), GridMarks(all_tints, own), chosen)
    window = response.sliding.window(*focus.cell)
    terms = response.terms(*focus.cell)
    winners = np.argwhere(terms.winners) if isinstance(terms, PoolTerms) else ()
    if focus.cell == asked:
        winners = ()
    won = [(Rect.cell(window.top + int(r), window.left + int(c)), "winner") for r, c in winners]
    tints = {(window.top + r, window.left + c): color for (r, c), color in all_tints.items()}
    return LabMarks(
        GridMarks(tints, [(window, "field"), *won], unseen),
        GridMarks(all_tints),
        GridMarks(outlines=[(Rect.cell(*focus.cell), "selection")], shown=shown, asked=asked),
    )


def _of_input(
    response: Response,
    focus: FocusedCell,
    all_tints: dict[RowsColumns, QColor],
    shown: int | None,
    asked: RowsColumns | None,
) -> LabMarks:
    """Return the marks of an input cell and the outputs it reaches, in kernel cells' hues."""
    own = [(Rect.cell(*focus.cell), "selection")]
    reached = response.reached(*focus.cell)
    ways = reached_ways(response.sliding, focus.cell)
    tints = {place: all_tints[cell] for place, cell in ways.items()}
    return LabMarks(
        GridMarks(outlines=own, unseen=response.unseen()),
        GridMarks({cell: all_tints[cell] for cell in ways.values()}),
        GridMarks(tints, [] if reached.empty else [(reached, "field")], None, shown, asked),
    )


def reached_ways(sliding: Sliding, cell: RowsColumns) -> dict[RowsColumns, RowsColumns]:
    """Return each output that an input reaches, with the kernel cell between them."""
    reached = sliding.seeing(Rect.cell(*cell))
    ways = {}
    for row in range(reached.top, reached.bottom):
        for column in range(reached.left, reached.right):
            window = sliding.window(row, column)
            ways[row, column] = (cell[0] - window.top, cell[1] - window.left)
    return ways


def met_places(response: Response, cell: RowsColumns) -> list[RowsColumns]:
    """Return every place of the input, padding included, that a kernel cell meets."""
    rows, columns = response.met(*cell)
    return [(row, column) for row in rows.tolist() for column in columns.tolist()]


def has_cell(response: Response, focus: FocusedCell) -> bool:
    """Return whether the response has the focused cell."""
    maps = {"input": response.inputs, "kernel": response.kernel, "output": response.output}
    values = maps[focus.part]
    return values is not None and focus.row < values.shape[0] and focus.column < values.shape[1]
