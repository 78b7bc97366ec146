"""Cell: the place of one number in the network. Trail: the steps from a cell down to its terms."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """The place of one number in a layer; a vector's units are the channels of row 0, column 0."""

    layer: int
    row: int
    column: int
    channel: int


INPUT = -1


@dataclass(frozen=True, slots=True)
class Trail:
    """The steps from a selected cell down through its terms, and the step that is shown.

    Attributes
    ----------
    steps : tuple of Cell
        The first is the selected cell; each next cell is a term of the cell before it. A cell of
        layer INPUT is a pixel of the digit.
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
        """The current step, or the step above it if the current one is a pixel."""
        return self.steps[self.at - 1] if self.current.layer == INPUT else self.current

    def then(self, cell: Cell) -> Trail:
        """Go one step down to a cell; the steps ahead are dropped unless they begin with it."""
        if self.at + 1 < len(self.steps) and self.steps[self.at + 1] == cell:
            return Trail(self.steps, self.at + 1)
        return Trail((*self.steps[: self.at + 1], cell), self.at + 1)

    def moved(self, to: int) -> Trail:
        """Stand at step `to`, or at the nearest step there is."""
        return Trail(self.steps, min(max(to, 0), len(self.steps) - 1))
