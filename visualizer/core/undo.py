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

    def then(self, state: State, most: int | None = None) -> Undoable[State]:
        """Go to another state; at most so many steps can be undone."""
        if state == self.present:
            return self
        return Undoable(state, (*self.past, self.present)[-most if most else None :])

    def undo(self) -> Undoable[State]:
        """Go one step back, if there is one."""
        if not self.past:
            return self
        return Undoable(self.past[-1], self.past[:-1], (self.present, *self.future))

    def redo(self) -> Undoable[State]:
        """Go one step forth, until another state has come."""
        if not self.future:
            return self
        return Undoable(self.future[0], (*self.past, self.present), self.future[1:])
