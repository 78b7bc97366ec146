"""A message from the application to its user."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, eq=False)
class Undo:
    """A way back from what a notice tells of."""

    act: Callable[[], object]
    text: str = "Undo"


@dataclass(frozen=True, slots=True)
class Notice:
    """One plain sentence or two, perhaps with a way back; an empty text takes the last away."""

    text: str
    kind: Literal["info", "error"] = "info"
    action: Undo | None = None
