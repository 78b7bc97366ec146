"""A number of the network by its place, and the way from one down to what it is made of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of one layer; a vector's units are the channels of row 0, column 0."""

    layer: int
    row: int
    column: int
    channel: int


INPUT = -1


@dataclass(frozen=True, slots=True)
class Trail:
    """The way from a selected cell down to what it is made of, and where on it one stands.

    Attributes
    ----------
    steps : tuple of Cell
        The first is a cell that was selected, each next one a term of the one before it; a step
        of layer INPUT is a pixel of the digit.
    at : int
        Index of the step that is shown.
    """

    steps: tuple[Cell, ...]
    at: int = 0

    @property
    def current(self) -> Cell:
        return self.steps[self.at]

    @property
    def cell(self) -> Cell:
        """The current step, or the one above it where that is a pixel."""
        return self.steps[self.at - 1] if self.current.layer == INPUT else self.current

    def then(self, cell: Cell) -> Trail:
        """One step further down; what was ahead is forgotten unless it is the same step."""
        if self.at + 1 < len(self.steps) and self.steps[self.at + 1] == cell:
            return Trail(self.steps, self.at + 1)
        return Trail((*self.steps[: self.at + 1], cell), self.at + 1)

    def moved(self, to: int) -> Trail:
        return Trail(self.steps, min(max(to, 0), len(self.steps) - 1))
