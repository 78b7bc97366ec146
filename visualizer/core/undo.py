"""A state with the states before it and the undone states after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

State = TypeVar("State")


@dataclass(frozen=True)
class Undoable(Generic[State]):
    """A state whose steps can be undone one by one, and redone."""

    present: State
    past: tuple[State, ...] = ()
    future: tuple[State, ...] = ()

    def then(self, state: State) -> Undoable[State]:
        return self if state == self.present else Undoable(state, (*self.past, self.present))

    def undo(self) -> Undoable[State]:
        if not self.past:
            return self
        return Undoable(self.past[-1], self.past[:-1], (self.present, *self.future))

    def redo(self) -> Undoable[State]:
        if not self.future:
            return self
        return Undoable(self.future[0], (*self.past, self.present), self.future[1:])
