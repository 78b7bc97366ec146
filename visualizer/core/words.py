"""Words in a row, and a digit with its article."""

from __future__ import annotations

from collections.abc import Sequence


def listed(words: Sequence[object], joint: str = "and") -> str:
    """Join words: "7", "7 and 4", "7, 4 and 9"."""
    *first, last = map(str, words)
    return f"{', '.join(first)} {joint} {last}" if first else last


def a_digit(label: int) -> str:
    """Name a class with its article: "a 4", "an 8"."""
    return f"{'an' if label == 8 else 'a'} {label}"
