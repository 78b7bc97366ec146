"""Where a sliding window lies, which inputs a cell sees, and which cells see an input.

Rows and columns are computed alike but separately: kernels and strides need not be square.
Formulas: Dumoulin & Visin, *A guide to convolution arithmetic for deep learning* (2016);
padding "same" as Keras defines it: the output has ceil(input / stride) places, and when the
padding is odd the extra row or column goes to the bottom and to the right.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

Padding = Literal["valid", "same"]
RowsColumns = tuple[int, int]  # a size, stride, jump or place: down, then across


@dataclass(frozen=True, slots=True)
class Rect:
    """Rows top … bottom − 1 and columns left … right − 1 of a map; may reach outside it."""

    top: int
    left: int
    bottom: int
    right: int

    @staticmethod
    def cell(row: int, column: int) -> Rect:
        return Rect(row, column, row + 1, column + 1)

    @staticmethod
    def whole(height: int, width: int) -> Rect:
        return Rect(0, 0, height, width)

    @property
    def height(self) -> int:
        return max(self.bottom - self.top, 0)

    @property
    def width(self) -> int:
        return max(self.right - self.left, 0)

    @property
    def empty(self) -> bool:
        return self.height == 0 or self.width == 0

    def clip(self, height: int, width: int) -> Rect:
        """Return the part of the rectangle that lies on a map of this size (possibly empty)."""
        return Rect(
            min(max(self.top, 0), height),
            min(max(self.left, 0), width),
            max(min(self.bottom, height), 0),
            max(min(self.right, width), 0),
        )

    def contains(self, row: int, column: int) -> bool:
        return self.top <= row < self.bottom and self.left <= column < self.right


@dataclass(frozen=True, slots=True)
class Lines:
    """The cells of a map where certain rows and columns cross.

    Attributes
    ----------
    rows, columns : tuple of int, ascending
        With gaps if a stride exceeds its window.
    """

    rows: tuple[int, ...]
    columns: tuple[int, ...]

    @staticmethod
    def within(rect: Rect) -> Lines:
        return Lines(tuple(range(rect.top, rect.bottom)), tuple(range(rect.left, rect.right)))

    @property
    def box(self) -> Rect:
        """The smallest rectangle that holds all the cells."""
        if not self.rows or not self.columns:
            return Rect(0, 0, 0, 0)
        return Rect(self.rows[0], self.columns[0], self.rows[-1] + 1, self.columns[-1] + 1)

    @property
    def count(self) -> int:
        """Number of cells."""
        return len(self.rows) * len(self.columns)

    @property
    def has_gaps(self) -> bool:
        """Whether other cells lie between these."""
        return self.count < self.box.height * self.box.width

    def at(self, top: int, left: int) -> Lines:
        """Move the cells so that the first row and column lie here."""
        down, right = top - self.box.top, left - self.box.left
        rows, columns = ((n + down for n in self.rows), (n + right for n in self.columns))
        return Lines(tuple(rows), tuple(columns))

    @property
    def parts(self) -> tuple[Rect, ...]:
        """The rectangles without gaps that make up the cells, from the top, from the left."""
        return tuple(
            Rect(top, left, bottom, right)
            for top, bottom in _runs(self.rows)
            for left, right in _runs(self.columns)
        )


def _runs(numbers: tuple[int, ...]) -> list[tuple[int, int]]:
    """Find runs of consecutive whole numbers: the first, and one past the last."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number:
            runs[-1] = (runs[-1][0], number + 1)
        else:
            runs.append((number, number + 1))
    return runs


def output_size(size: int, kernel: int, stride: int, padding: Padding) -> int:
    """Count the places of a window of `kernel` along an axis of `size` (0 if it has none)."""
    if padding == "same":
        return -(-size // stride)
    return max((size - kernel) // stride + 1, 0)


def pad_sizes(size: int, kernel: int, stride: int, padding: Padding) -> tuple[int, int]:
    """Return the cells of padding (before, after) along one axis."""
    if padding == "valid":
        return 0, 0
    total = max((output_size(size, kernel, stride, padding) - 1) * stride + kernel - size, 0)
    return total // 2, total - total // 2


@dataclass(frozen=True)
class Sliding:
    """A window sliding over a map of a given size.

    Attributes
    ----------
    size, kernel, stride : (rows, columns)
        The map below, the window, and the step between neighbouring places, in cells.
    padding : "valid" or "same"

    Raises
    ------
    ValueError
        A size, kernel or stride below 1, an unknown padding, or a window that has no place.
    """

    size: RowsColumns
    kernel: RowsColumns
    stride: RowsColumns = (1, 1)
    padding: Padding = "valid"

    def __post_init__(self) -> None:
        if self.padding not in ("valid", "same"):
            raise ValueError(f'padding must be "valid" or "same", not {self.padding!r}')
        for what, pair in (("size", self.size), ("kernel", self.kernel), ("stride", self.stride)):
            if min(pair) < 1:
                raise ValueError(f"{what} must be at least 1 × 1, not {pair[0]} × {pair[1]}")
        if 0 in self.places:
            (kh, kw), (h, w) = self.kernel, self.size
            raise ValueError(f"a {kh} × {kw} window has no place on a {h} × {w} map")

    @cached_property
    def places(self) -> RowsColumns:
        """Rows and columns of the output map."""
        return (
            output_size(self.size[0], self.kernel[0], self.stride[0], self.padding),
            output_size(self.size[1], self.kernel[1], self.stride[1], self.padding),
        )

    @cached_property
    def margins(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """Padding ((top, bottom), (left, right)) in cells."""
        return (
            pad_sizes(self.size[0], self.kernel[0], self.stride[0], self.padding),
            pad_sizes(self.size[1], self.kernel[1], self.stride[1], self.padding),
        )

    @cached_property
    def padded_size(self) -> RowsColumns:
        """Rows and columns of the map with its padding; "valid" has none."""
        (top, bottom), (left, right) = self.margins
        return self.size[0] + top + bottom, self.size[1] + left + right

    def window(self, row: int, column: int) -> Rect:
        """Return the window of an output cell; it lies on padding where it leaves the map."""
        (pad_top, _), (pad_left, _) = self.margins
        top = row * self.stride[0] - pad_top
        left = column * self.stride[1] - pad_left
        return Rect(top, left, top + self.kernel[0], left + self.kernel[1])

    def seen_by(self, cells: Rect) -> Rect:
        """Return the input cells that any of these output cells sees, clipped to the map.

        It is the bounding rectangle; if a stride exceeds its kernel there are gaps inside it.
        """
        cells = cells.clip(*self.places)
        if cells.empty:
            return Rect(0, 0, 0, 0)
        first = self.window(cells.top, cells.left)
        last = self.window(cells.bottom - 1, cells.right - 1)
        return Rect(first.top, first.left, last.bottom, last.right).clip(*self.size)

    def lines_seen_by(self, cells: Lines) -> Lines:
        """Return exactly the input cells on the map that any of these output cells sees."""
        windows = [self.window(row, 0) for row in cells.rows]
        rows = {row for it in windows for row in range(it.top, it.bottom)}
        windows = [self.window(0, column) for column in cells.columns]
        columns = {column for it in windows for column in range(it.left, it.right)}
        return Lines(
            tuple(sorted(rows.intersection(range(self.size[0])))),
            tuple(sorted(columns.intersection(range(self.size[1])))),
        )

    def seeing(self, inputs: Rect) -> Rect:
        """Return the output cells whose window contains one of these input cells, if any."""
        inputs = inputs.clip(*self.size)
        if inputs.empty:
            return Rect(0, 0, 0, 0)
        (pad_top, _), (pad_left, _) = self.margins
        top, bottom = _meeting(inputs.top, inputs.bottom, pad_top, self.kernel[0], self.stride[0])
        left, right = _meeting(inputs.left, inputs.right, pad_left, self.kernel[1], self.stride[1])
        return Rect(top, left, bottom, right).clip(*self.places)


def _meeting(start: int, stop: int, pad: int, kernel: int, stride: int) -> tuple[int, int]:
    """Return the half-open range of places whose window meets inputs start … stop − 1 of an axis.

    Place i covers i·stride − pad … i·stride − pad + kernel − 1.
    """
    first = -(-(start + pad - kernel + 1) // stride)
    last = (stop - 1 + pad) // stride
    return first, last + 1


@dataclass(frozen=True, slots=True)
class ReceptiveField:
    """The part of the input that one cell of a layer sees, per axis (rows, columns).

    Attributes
    ----------
    size : input pixels that one cell sees
    jump : input pixels between the fields of two neighbouring cells
    start : first input pixel of the field of cell 0 (negative on padding)
    """

    size: RowsColumns = (1, 1)
    jump: RowsColumns = (1, 1)
    start: RowsColumns = (0, 0)

    def through(self, sliding: Sliding) -> ReceptiveField:
        """Return the field a layer up: size + (kernel − 1)·jump, jump·stride, start − pad·jump."""
        (top, _), (left, _) = sliding.margins
        return ReceptiveField(
            (
                self.size[0] + (sliding.kernel[0] - 1) * self.jump[0],
                self.size[1] + (sliding.kernel[1] - 1) * self.jump[1],
            ),
            (self.jump[0] * sliding.stride[0], self.jump[1] * sliding.stride[1]),
            (self.start[0] - top * self.jump[0], self.start[1] - left * self.jump[1]),
        )
