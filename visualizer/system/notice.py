"""A message from the application to its user."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True, eq=False)
class Undo:
    """A way back from what a notice reports."""

    act: Callable[[], object]
    text: str = "Undo"


@dataclass(frozen=True, slots=True)
class Notice:
    """One or two plain sentences, perhaps with a way back; an empty text removes the last notice.

    Attributes
    ----------
    holds : callable of no arguments, or None
        Returns whether the text is still true; when it is not, the notice goes. None: the text says
        what was done, which stays true.
    """

    text: str
    kind: Literal["info", "error"] = "info"
    action: Undo | None = None
    holds: Callable[[], bool] | None = field(default=None, compare=False)
