"""Waiting for work in the background while the window lives on: for pictures, never for a user."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

LONGEST_SECONDS = 300


def wait_until(done: Callable[[], bool], what: str) -> None:
    """Let events come until something is done; the session's clock makes some, 20 a second.

    Raises
    ------
    ValueError
        It takes too long; `what` is named.
    """
    until = time.monotonic() + LONGEST_SECONDS
    while not done():
        if time.monotonic() > until:
            raise ValueError(f"{what} took too long.")
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
