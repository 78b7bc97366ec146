"""Slow work off the window's thread: reading, making and downloading digits. No Qt."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass

log = logging.getLogger(__name__)


class JobCancelledError(Exception):
    """Raised inside a job whose result nobody wants any more."""


@dataclass(frozen=True, slots=True, eq=False)
class JobProgress:
    """How far a job is: `done` of `total`, in the job's own unit; total 0 is not known."""

    job: Job
    name: str
    done: int
    total: int


@dataclass(frozen=True, slots=True, eq=False)
class JobDone:
    """What a job returned."""

    job: Job
    result: object


@dataclass(frozen=True, slots=True, eq=False)
class JobFailed:
    """Why a job gave no result."""

    job: Job
    message: str
    cancelled: bool = False


JobEvent = JobProgress | JobDone | JobFailed


class Job:
    """A function running in a thread of its own; what comes of it goes into a queue.

    Parameters
    ----------
    name : str
        What it does, in the window's words.
    work : callable
        Gets the job, to report progress and to ask whether it is cancelled.
    events : queue of JobEvent
    """

    def __init__(
        self, name: str, work: Callable[[Job], object], events: queue.SimpleQueue[JobEvent]
    ) -> None:
        self.name = name
        self._work = work
        self._events = events
        self._cancel = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"job: {name}")
        self._thread.start()

    def cancel(self) -> None:
        self._cancel.set()

    def cancelled(self) -> bool:
        return self._cancel.is_set()

    def progress(self, done: int, total: int) -> None:
        """Report how far it is; in a cancelled job this is where it ends."""
        if self.cancelled():
            raise JobCancelledError
        self._events.put(JobProgress(self, self.name, done, total))

    def join(self) -> None:
        self._thread.join()

    def _run(self) -> None:
        try:
            self._events.put(JobDone(self, self._work(self)))
        except JobCancelledError:
            self._events.put(JobFailed(self, "", cancelled=True))
        except (ValueError, OSError) as error:
            self._events.put(JobFailed(self, str(error), self.cancelled()))
        except Exception as error:
            log.exception("%s failed", self.name)
            self._events.put(JobFailed(self, f"{self.name} failed: {error!r}"))
