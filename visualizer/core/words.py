"""Words in a row."""

from __future__ import annotations

from collections.abc import Sequence


def listed(words: Sequence[object], joint: str = "and") -> str:
    """Join words: "7", "7 and 4", "7, 4 and 9"."""
    *first, last = map(str, words)
    return f"{', '.join(first)} {joint} {last}" if first else last
