"""WindowThread: what a job in its own thread has painted by the window's thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from visualizer.system.jobs import Job, JobCancelledError

Result = TypeVar("Result")
LOOK_SECONDS = 0.05  # between two looks whether the job is still wanted


@dataclass(eq=False)
class _Asked:
    """What is to be done, and what has come of it."""

    function: Callable[[], object]
    job: Job | None = None
    done: threading.Event = field(default_factory=threading.Event)
    result: object = None
    error: Exception | None = None


class WindowThread(QObject):
    """Calls functions in the thread of the window, one at a time, between the window's events."""

    _asked = Signal(object)  # _Asked

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asked.connect(self._on_asked, Qt.ConnectionType.QueuedConnection)

    def call(self, job: Job, function: Callable[[], Result]) -> Result:
        """Call a function in the window's thread, from a job's; return its result.

        Raises
        ------
        JobCancelledError
            The job was cancelled before the function was called, or while it waited.
        """
        asked = _Asked(function, job)
        self._asked.emit(asked)
        while not asked.done.wait(LOOK_SECONDS):
            if job.cancelled():
                raise JobCancelledError
        if asked.error is not None:
            raise asked.error
        return asked.result  # type: ignore[return-value]

    def later(self, function: Callable[[], object]) -> None:
        """Have a function called in the window's thread; do not wait for it."""
        self._asked.emit(_Asked(function))

    def _on_asked(self, asked: _Asked) -> None:
        try:
            if asked.job is not None and asked.job.cancelled():
                raise JobCancelledError
            asked.result = asked.function()
        except Exception as error:  # noqa: BLE001 - it is raised again in the job's thread
            asked.error = error
        asked.done.set()
