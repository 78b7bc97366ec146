"""Cell: the place of one number in the network. Trail: the steps from a cell down to its terms."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

MOST_WAYS = 100  # that can be gone back to


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
    found : bool
        Whether steps beside the current one were found for this digit, not chosen by the user.
    past, future : tuple of Trail
        The ways that were left for another one, the last left last; and those gone back from.
    led : Cell or None
        The cell at which the last of the past ways was left.
    """

    steps: tuple[Cell, ...]
    at: int = 0
    found: bool = field(default=False, compare=False)
    past: tuple[Trail, ...] = field(default=(), compare=False, repr=False)
    future: tuple[Trail, ...] = field(default=(), compare=False, repr=False)
    led: Cell | None = field(default=None, compare=False)

    @property
    def current(self) -> Cell:
        return self.steps[self.at]

    @property
    def cell(self) -> Cell:
        """The current step, or the step above it if the current one is a pixel."""
        return self.steps[self.at - 1] if self.current.layer == INPUT else self.current

    def then(self, cell: Cell) -> Trail:
        """Go one step down to a cell; the steps ahead are dropped unless they begin with it."""
        at = self.at + 1
        if self.steps[at : at + 1] == (cell,):
            return replace(self, at=at)
        return replace(self, steps=(*self.steps[:at], cell), at=at, future=())

    def moved(self, to: int) -> Trail:
        """Stand at step `to`, or at the nearest step there is."""
        at = min(max(to, 0), len(self.steps) - 1)
        return self if at == self.at else replace(self, at=at)

    def walked(self, steps: tuple[Cell, ...], at: int) -> Trail:
        """Go along the way to a step beyond the known ones; `steps` are the known and the new."""
        return replace(self, steps=steps, at=at, found=True)

    def lead(self, steps: tuple[Cell, ...], at: int) -> Trail:
        """Take another way, from which `back` comes back to this one."""
        if (steps, at) == (self.steps, self.at):
            return self
        past = (*self.past, self._alone)[-MOST_WAYS:]
        return Trail(steps, at, found=True, past=past, led=steps[at])

    def up_to(self, cell: Cell) -> Trail:
        """Go one step up to a cell that the current one is a term of; the steps below stay."""
        if self.at > 0 and self.steps[self.at - 1] == cell:
            return self.moved(self.at - 1)
        return self.lead((cell, *self.steps[self.at :]), 0)

    def kept(self) -> Trail:
        """Drop the steps that were found for a digit; the current one stays, which is selected."""
        if not self.found:
            return self
        first = self.at - (self.current.layer == INPUT)
        return Trail(self.steps[first : self.at + 1], self.at - first)

    @property
    def _alone(self) -> Trail:
        return replace(self, past=(), future=())

    @property
    def goes_back(self) -> bool:
        return self.at > 0 or bool(self.past)

    @property
    def goes_forward(self) -> bool:
        return self.at + 1 < len(self.steps) or bool(self.future)

    def back(self) -> Trail:
        """Go one step up; where another way was left, go back to that way."""
        if not self.past or self.led in self.steps[: self.at]:
            return self.moved(self.at - 1)
        *past, before = self.past
        return replace(before, past=tuple(past), future=(self._alone, *self.future))

    def forward(self) -> Trail:
        """Go one step down again; where a way was gone back from, go to that way again."""
        if not self.future:
            return self.moved(self.at + 1)
        after, *future = self.future
        return replace(after, past=(*self.past, self._alone), future=tuple(future))
