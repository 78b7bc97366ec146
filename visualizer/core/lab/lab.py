"""The convolution lab: one frozen state of all that is set by hand, and the steps to the next."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import Literal

import numpy as np

from visualizer.core.lab.kernels import KERNELS
from visualizer.core.network.geometry import Padding, RowsColumns
from visualizer.core.network.layer import Array
from visualizer.core.numbers import plain_number
from visualizer.core.undo import Undoable

Operation = Literal["convolution", "max", "average"]
Source = Literal["grid", "digit", "map"]
Rows = tuple[tuple[float, ...], ...]

LARGEST_INPUT = 28
LARGEST_KERNEL = 7
LARGEST_STRIDE = 7
LARGEST_NUMBER = 99.0
OWN = "own values"
NETWORK = "network"


def pattern(row: int, column: int) -> float:
    """Return a number of the default input: 0 to 9, with a ridge down the diagonal."""
    return float(max(9 - 2 * abs(row - column) - min(row, column) % 3, 0))


def default_grid(size: RowsColumns) -> Rows:
    """Make the default input at a size."""
    return tuple(tuple(pattern(r, c) for c in range(size[1])) for r in range(size[0]))


def named_kernel(name: str, size: RowsColumns) -> Rows:
    """Make a kernel of KERNELS at a size (rows, columns)."""
    return as_rows(KERNELS[name](size))


def as_rows(values: Array) -> Rows:
    return tuple(tuple(float(value) for value in row) for row in values)


@dataclass(frozen=True, slots=True)
class Window:
    """The sliding window: the part of a LabState that convolution and pooling each have."""

    kernel: Rows
    kernel_name: str
    filter: int
    stride: RowsColumns
    padding: Padding


@dataclass(frozen=True, slots=True)
class LabState:
    """Everything that is set by hand; equal states look and answer alike.

    Attributes
    ----------
    operation : "convolution", "max" or "average"
    source : "grid", "digit" or "map"
        Where the input comes from: the editable grid, the digit, or a map of the network.
    grid : rows of whole numbers
    kernel : rows of numbers
        The kernel's size is the window's size in every operation.
    kernel_name : str
        A name of KERNELS, or OWN, or NETWORK: filter `filter` of the first layer.
    stride : (rows, columns)
    padding : "valid" or "same"
    preset : str
        The preset that the state was made from.
    aside : Window or None
        The window of the other kind of operation, kept until the user comes back to it.
    """

    operation: Operation = "convolution"
    source: Source = "grid"
    grid: Rows = field(default_factory=lambda: default_grid((5, 5)))
    kernel: Rows = field(default_factory=lambda: named_kernel("sharpen", (3, 3)))
    kernel_name: str = "sharpen"
    filter: int = 0
    stride: RowsColumns = (1, 1)
    padding: Padding = "valid"
    preset: str = ""
    aside: Window | None = field(default=None, compare=False)

    @property
    def grid_size(self) -> RowsColumns:
        return len(self.grid), len(self.grid[0])

    @property
    def kernel_size(self) -> RowsColumns:
        return len(self.kernel), len(self.kernel[0])


BORDER = "Border effect: 3×3 on 5×5 has 9 places"
SAME = "Padding “same”: 25 places"
STRIDE = "Stride 2: four patches"
FIRST_LAYER = "28 → 26, our first layer"
POOL = "Pool 11 → 5 drops a line"

PRESETS: dict[str, LabState] = {
    BORDER: LabState(preset=BORDER),
    SAME: LabState(preset=SAME, padding="same"),
    STRIDE: LabState(preset=STRIDE, stride=(2, 2)),
    FIRST_LAYER: LabState(preset=FIRST_LAYER, source="digit", kernel_name=NETWORK),
    POOL: LabState(
        preset=POOL,
        operation="max",
        source="map",
        kernel=named_kernel("blur", (2, 2)),
        kernel_name="blur",
        stride=(2, 2),
    ),
}


def with_operation(state: LabState, operation: Operation) -> LabState:
    """Change the operation; pooling and convolution each keep a window of their own."""
    if (operation == "convolution") == (state.operation == "convolution"):
        return replace(state, operation=operation)
    named = {each.name: getattr(state, each.name) for each in fields(Window)}
    own = state.aside
    if own is None and operation != "convolution":
        own = Window(named_kernel("blur", (2, 2)), "blur", 0, (2, 2), "valid")
    taken = named if own is None else {name: getattr(own, name) for name in named}
    return replace(state, operation=operation, aside=Window(**named), **taken)


def with_grid_size(state: LabState, size: RowsColumns) -> LabState:
    """Resize the grid: remaining cells keep their numbers, new cells get the default's."""
    height, width = state.grid_size
    grid = tuple(
        tuple(
            state.grid[r][c] if r < height and c < width else pattern(r, c) for c in range(size[1])
        )
        for r in range(size[0])
    )
    return replace(state, grid=grid, source="grid")


def with_grid_cell(state: LabState, row: int, column: int, value: float) -> LabState:
    return replace(state, grid=_with_cell(state.grid, row, column, value), source="grid")


def with_kernel_cell(state: LabState, row: int, column: int, value: float) -> LabState:
    return replace(state, kernel=_with_cell(state.kernel, row, column, value), kernel_name=OWN)


def with_kernel(state: LabState, name: str) -> LabState:
    """Take a kernel of KERNELS at the present size."""
    return replace(state, kernel=named_kernel(name, state.kernel_size), kernel_name=name)


def with_kernel_size(state: LabState, size: RowsColumns) -> LabState:
    """Resize the kernel: a named kernel is made anew; other kernels get 0 in new cells."""
    if size == state.kernel_size:
        return state
    if state.kernel_name in KERNELS:
        return replace(state, kernel=named_kernel(state.kernel_name, size))
    kernel = tuple(
        tuple(
            state.kernel[r][c] if r < len(state.kernel) and c < len(state.kernel[0]) else 0.0
            for c in range(size[1])
        )
        for r in range(size[0])
    )
    return replace(state, kernel=kernel, kernel_name=OWN)


def _with_cell(rows: Rows, row: int, column: int, value: float) -> Rows:
    line = (*rows[row][:column], value, *rows[row][column + 1 :])
    return (*rows[:row], line, *rows[row + 1 :])


def parse_number(text: str, whole: bool = False) -> float:
    """Read a cell's number as it was typed: 3, −0.5, 0,5 or 1/9.

    Raises
    ------
    ValueError
        It is no number, not finite, beyond ±99, or not whole although it must be; one sentence.
    """
    parts = plain_number(text.strip()).split("/")
    try:
        numbers = [float(part) for part in parts]
        value = numbers[0] if len(numbers) == 1 else numbers[0] / numbers[1]
    except (ValueError, ZeroDivisionError):
        raise ValueError(f"“{text.strip()}” is not a number.") from None
    if len(parts) > 2 or not np.isfinite(value):
        raise ValueError(f"“{text.strip()}” is not a number.")
    if abs(value) > LARGEST_NUMBER:
        raise ValueError("Numbers from −99 to 99, please.")
    if whole and value != round(value):
        raise ValueError("Whole numbers, please.")
    return value + 0.0


LabStates = Undoable[LabState]
