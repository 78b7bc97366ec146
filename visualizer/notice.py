"""A message from the application to its user."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Notice:
    """One plain sentence or two; an empty text takes the last notice away."""

    text: str
    kind: Literal["info", "error"] = "info"
