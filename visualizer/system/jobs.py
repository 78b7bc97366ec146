"""Slow work in threads beside the window's: start and cancel by key, drain the results. No Qt."""

from __future__ import annotations

import logging
import math
import queue
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from visualizer.system.environment import give_back_memory, give_way
from visualizer.system.errors import sentence

log = logging.getLogger(__name__)

Result = TypeVar("Result")
PERMILLE = 1000


class JobCancelledError(Exception):
    """Raised inside a job whose result nobody wants any more."""


@dataclass(frozen=True, slots=True)
class JobProgress:
    """Progress of a job.

    Attributes
    ----------
    key : str
        The key of the job for `Jobs.cancel`.
    name : str
        What the job does, in the window's words.
    done, total : int
        In the job's own unit; a total of 0 means that it is not known.
    """

    key: str
    name: str
    done: int = 0
    total: int = 0


class Job:
    """Work in a thread of its own: it reports its progress and asks whether to go on."""

    def __init__(
        self,
        key: str,
        name: str,
        events: queue.SimpleQueue[tuple[Job, object]],
        must_end: bool = False,
        awaited: bool = False,
    ) -> None:
        self.key, self.name, self.must_end, self.awaited = key, name, must_end, awaited
        self._events = events
        self._cancel = threading.Event()

    def cancel(self) -> None:
        self._cancel.set()

    def cancelled(self) -> bool:
        return self._cancel.is_set()

    def progress(self, done: int, total: int) -> None:
        """Report the progress; in a cancelled job raise JobCancelledError, which ends it."""
        if self.cancelled():
            raise JobCancelledError
        self._events.put((self, JobProgress(self.key, self.name, done, total)))

    def share(self, share: float, at: int = 0, of: int = 1) -> None:
        """Report the share of the work that is done: of its part `at`, of so many equal ones."""
        self.progress(round(PERMILLE * (at + share)), PERMILLE * of)

    def follow(self, steps: Iterable[float | Result], at: int = 0, of: int = 1) -> Result:
        """Run a generator that yields shares of 1 done, then its result; return the result.

        Parameters
        ----------
        at, of
            The generator is one of so many, all of them the same work.
        """
        for step in steps:
            if not isinstance(step, float):
                return step
            self.share(step, at, of)
        raise AssertionError("work ends with its result")

    def partly(self, value: object) -> None:
        """Hand on a partial result; in a cancelled job raise JobCancelledError, which ends it."""
        if self.cancelled():
            raise JobCancelledError
        self._events.put((self, _Part(value)))


Work = Callable[[Job], Result]


@dataclass(slots=True, eq=False)
class _Started:
    job: Job
    thread: threading.Thread
    done: Callable[[Any], None]
    failed: Callable[[str], None]
    partly: Callable[[Any], None] | None
    progress: JobProgress


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    value: object


@dataclass(frozen=True, slots=True, eq=False)
class _Result:
    value: object


@dataclass(frozen=True, slots=True)
class _Failure:
    message: str


class Jobs:
    """The jobs that are running, one for each key: a newer job replaces the older one.

    Work runs in threads; `drain` hands its results on in the caller's thread.
    """

    def __init__(self) -> None:
        self._events: queue.SimpleQueue[tuple[Job, object]] = queue.SimpleQueue()
        self._running: dict[str, _Started] = {}
        self._ending: list[_Started] = []
        self._watchers: dict[object, tuple[str, ...]] = {}
        self._closed = False

    def start(
        self,
        key: str,
        name: str,
        work: Work[Result],
        done: Callable[[Result], None],
        failed: Callable[[str], None],
        partly: Callable[[Any], None] | None = None,
        must_end: bool = False,
        awaited: bool = False,
    ) -> None:
        """Start a job in a thread; after `close` no job starts any more.

        Parameters
        ----------
        key
            A running job of the same key is cancelled, and nothing more is heard of it.
        name
            What the job does, in the window's words.
        work
            Function of the Job. A ValueError or OSError that it raises is a sentence for the user.
        done, failed
            Called from `drain` with the result, or with the sentence.
        partly
            Called from `drain` with the newest partial result of `Job.partly`.
        must_end
            Whether `close` waits for the job however long it takes: it writes a user's file.
        awaited
            Whether somebody waits for it: such short work keeps the window's priority.
        """
        self.cancel(key)
        if self._closed:
            return
        job = Job(key, name, self._events, must_end, awaited)
        thread = threading.Thread(target=_run, args=(job, work, self._events), name=f"job: {name}")
        self._running[key] = _Started(job, thread, done, failed, partly, JobProgress(key, name))
        thread.start()

    def cancel(self, key: str) -> None:
        """Cancel the running job of this key; its result is dropped."""
        started = self._running.pop(key, None)
        if started is not None:
            started.job.cancel()
            self._let_end(started)

    def _let_end(self, started: _Started) -> None:
        """Remember a job that is no longer wanted: its thread may run on for a moment."""
        self._ending = [each for each in self._ending if each.thread.is_alive()]
        self._ending.append(started)

    def rests(self, key: str) -> bool:
        """Return whether no job of this key is running: a message of an earlier one still holds."""
        return not self.is_running(key)

    def is_running(self, key: str) -> bool:
        return key in self._running

    def watch(self, who: object, *keys: str) -> None:
        """Note that `who` shows the progress of the jobs of these keys; without keys: no longer."""
        if keys:
            self._watchers[who] = keys
        else:
            self._watchers.pop(who, None)

    def is_watched(self, key: str) -> bool:
        """Return whether somebody shows the progress of the job of this key."""
        return any(key in keys for keys in self._watchers.values())

    @property
    def awaited(self) -> bool:
        """Whether somebody waits for one of the jobs that are running."""
        return any(started.job.awaited for started in self._running.values())

    @property
    def progress(self) -> tuple[JobProgress, ...]:
        """The progress of each job, the oldest first."""
        return tuple(started.progress for started in self._running.values())

    def wait_for(self, key: str) -> None:
        """Wait until the job of this key has ended, and hand on its result but no other."""
        started = self._running.get(key)
        if started is None:
            return
        started.thread.join()
        events = list(self._reports())
        for event in events:
            if event[0] is not started.job:
                self._events.put(event)
        self._hand_on([event for event in events if event[0] is started.job])

    def drain(self) -> None:
        """Take in the reports of the jobs, and hand on their results."""
        self._hand_on(self._reports())

    def _reports(self) -> Iterator[tuple[Job, object]]:
        while not self._events.empty():
            yield self._events.get_nowait()

    def _hand_on(self, events: Iterable[tuple[Job, object]]) -> None:
        parts: dict[str, object] = {}
        for job, event in events:
            started = self._running.get(job.key)
            if started is None or started.job is not job:
                continue
            if isinstance(event, _Part):
                parts[job.key] = event.value
                continue
            if isinstance(event, JobProgress):
                started.progress = event
                continue
            self._let_end(self._running.pop(job.key))
            parts.pop(job.key, None)
            if isinstance(event, _Result):
                started.done(event.value)
            elif isinstance(event, _Failure):
                started.failed(event.message)
        for key, part in parts.items():
            if key in self._running and (partly := self._running[key].partly):
                partly(part)

    def give_up(self) -> None:
        """Cancel all jobs; no job starts any more."""
        self._closed = True
        for key in list(self._running):
            self.cancel(key)

    def close(self, seconds: float | None = None) -> bool:
        """Cancel all jobs, wait at most so many seconds, and return whether all have ended.

        A job that must end is waited for in any case.
        """
        self.give_up()
        until = math.inf if seconds is None else time.monotonic() + seconds
        for ending in self._ending:
            left = math.inf if ending.job.must_end else max(until - time.monotonic(), 0.0)
            ending.thread.join(None if left == math.inf else left)
        return not any(ending.thread.is_alive() for ending in self._ending)


def _run(job: Job, work: Work[object], events: queue.SimpleQueue[tuple[Job, object]]) -> None:
    if not job.awaited:
        give_way()
    try:
        events.put((job, _Result(work(job))))
    except JobCancelledError:
        pass
    except (ValueError, OSError) as error:
        events.put((job, _Failure(sentence(error))))
    except Exception as error:
        log.exception("%s failed", job.name)
        events.put((job, _Failure(f"{job.name} failed: {error!r}")))
    if not job.awaited:  # it is small, and others wait meanwhile
        give_back_memory()
