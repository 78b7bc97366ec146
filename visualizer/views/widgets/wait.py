"""Waiting for background work while the window lives on; for pictures, never for a user."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

LONGEST_SECONDS = 300


def wait_until(done: Callable[[], bool], what: str) -> None:
    """Process events until `done`; the session's clock makes 20 events a second.

    Raises
    ------
    ValueError
        The wait is too long; the message names `what`.
    """
    until = time.monotonic() + LONGEST_SECONDS
    while not done():
        if time.monotonic() > until:
            raise ValueError(f"{what} took too long.")
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
