"""What went wrong, in words for the user."""

from __future__ import annotations


def reason(error: Exception) -> str:
    """Say why, without the system's number and without the file: "No space left on device"."""
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def sentence(error: Exception) -> str:
    """Say which file, where the error knows, and why."""
    name = error.filename if isinstance(error, OSError) else None
    return reason(error) if name is None else f"{name}: {reason(error)}"
