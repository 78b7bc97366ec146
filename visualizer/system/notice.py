"""A message from the application to its user."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True, eq=False)
class Undo:
    """A way back from what a notice tells of."""

    act: Callable[[], object]
    text: str = "Undo"


@dataclass(frozen=True, slots=True)
class Notice:
    """One plain sentence or two, perhaps with a way back; an empty text takes the last away.

    Attributes
    ----------
    holds : callable of no arguments, or None
        Whether what it says is still so: it goes when that is over. None tells of what was done,
        which stays true.
    """

    text: str
    kind: Literal["info", "error"] = "info"
    action: Undo | None = None
    holds: Callable[[], bool] | None = field(default=None, compare=False)
