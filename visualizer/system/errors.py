"""Errors as sentences for the user."""

from __future__ import annotations


def reason(error: Exception) -> str:
    """Return why it failed, without the system's number and the file: "No space left on device"."""
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def sentence(error: Exception) -> str:
    """Return the reason of an error, with the file in front if the error names one."""
    name = error.filename if isinstance(error, OSError) else None
    return reason(error) if name is None else f"{name}: {reason(error)}"
