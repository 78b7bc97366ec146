"""Cells and ways as a talk writes them: "conv2d_2 channel 38 [3, 4]", "dense_2 7 > dense_1 12"."""

from __future__ import annotations

import re
from itertools import pairwise

from visualizer.core.network.layer import Layer
from visualizer.core.network.network import Network
from visualizer.core.talk.stop import StopCell
from visualizer.core.talk.texts import meant, quoted

INPUT = "input"
SHOWN = "*"  # marks the step of the way that is shown
_STEP = re.compile(r"\s*[>→]\s*")
_CELL = re.compile(
    r"([a-z0-9_]+)(?:(?:\s+(?:channel|filter|unit)|\s*·)?\s+([0-9]{1,6}))?"
    r"(?:\s*\[\s*([0-9]{1,4})\s*,\s*([0-9]{1,4})\s*\])?"
)
_UNITS = ("dense", "flatten")  # layers of units, without rows and columns


def read_way(text: str) -> tuple[tuple[StopCell, ...], int]:
    """Read a way and which of its steps is shown, the first unless another is marked.

    Raises
    ------
    ValueError
        A step is no cell, or two are marked.
    """
    steps = _STEP.split(text)
    marked = [at for at, step in enumerate(steps) if SHOWN in step]
    if len(marked) > 1:
        raise ValueError(f"one step of a way is shown, but {len(marked)} are marked by {SHOWN}")
    return tuple(map(_read_cell, steps)), marked[0] if marked else 0


def _read_cell(text: str) -> StopCell:
    match = _CELL.fullmatch(text.replace(SHOWN, "", 1).strip())
    if match is None:
        example = "a cell is written like conv2d_2 channel 38 [3, 4]"
        raise ValueError(f"{quoted(text)} is no cell; {example}")
    layer, *numbers = match.groups()
    return StopCell(layer, *(None if each is None else int(each) for each in numbers))


def write_way(way: tuple[StopCell, ...], at: int) -> str:
    """Write a way as `read_way` reads it."""
    steps = [_write_cell(cell) for cell in way]
    if 0 < at < len(steps):
        steps[at] += SHOWN
    return " > ".join(steps)


def _write_cell(cell: StopCell) -> str:
    word = "" if cell.layer.startswith(_UNITS) else " channel"
    channel = "" if cell.channel is None else f"{word} {cell.channel}"
    placed = cell.row is not None and cell.column is not None
    return f"{cell.layer}{channel}" + (f" [{cell.row}, {cell.column}]" if placed else "")


def check_way(way: tuple[StopCell, ...], network: Network) -> None:
    """Check that a network has these cells, and that each is a term of the one before it.

    Raises
    ------
    ValueError
        It is no way down this network; the sentence names the step.
    """
    for cell in way:
        _check_cell(cell, network)
    if way and way[0].layer == INPUT:
        raise ValueError("a way begins at a cell of a layer; a pixel of the input can be its end")
    for above, below in pairwise(way):
        _check_step(above, below, network)


def _check_cell(cell: StopCell, network: Network) -> None:
    names = [layer.name for layer in network.layers]
    if cell.layer not in (INPUT, *names):
        raise ValueError(f"there is no layer {quoted(cell.layer)}; {meant(cell.layer, names)}")
    shape = network.input_shape if cell.layer == INPUT else network[cell.layer].map_shape
    for what, number, count in zip(
        ("row", "column", "channel"), (cell.row, cell.column, cell.channel), shape, strict=True
    ):
        if number is not None and number >= count:
            there = f"there are 0 to {count - 1}" if count > 1 else "there is only 0"
            raise ValueError(f"{cell.layer} has no {what} {number}: {there}")


def _check_step(above: StopCell, below: StopCell, network: Network) -> None:
    layer = network[above.layer] if above.layer != INPUT else None
    at = network.index(above.layer) if layer else -1
    beneath = network.layers[at - 1].name if at > 0 else INPUT
    if layer is None or below.layer != beneath:
        after = f"below {above.layer} comes {beneath}" if layer else "below the input is nothing"
        raise ValueError(f"a way goes down layer by layer: {after}, not {below.layer}")
    if not _sees(layer, above, below):
        written = _write_cell(below)
        raise ValueError(f"{_write_cell(above)} does not see {written}, so no way goes there")


def _sees(layer: Layer, above: StopCell, below: StopCell) -> bool:
    """Return whether a cell can have another among its terms, by what is known of both."""
    known = above.channel is not None and below.channel is not None
    if above.channel is not None and (source := layer.source(above.channel)) is not None:
        told = (below.row, below.column, below.channel)
        return all(b is None or a == b for a, b in zip(source, told, strict=True))
    if not layer.parameters and known and above.channel != below.channel:
        return False
    row, column = (above.row, above.column) if layer.is_spatial else (0, 0)
    if row is None or column is None or below.row is None or below.column is None:
        return True
    return layer.window(row, column, above.channel or 0).contains(below.row, below.column)
