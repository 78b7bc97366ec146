"""Slow work off the window's thread: started by key, named, cancelled, drained. No Qt."""

from __future__ import annotations

import logging
import math
import queue
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from visualizer.system.environment import give_back_memory, give_way
from visualizer.system.errors import sentence

log = logging.getLogger(__name__)


class JobCancelledError(Exception):
    """Raised inside a job whose result nobody wants any more."""


@dataclass(frozen=True, slots=True)
class JobProgress:
    """How far a job is.

    Attributes
    ----------
    key : str
        What `Jobs.cancel` knows it by.
    name : str
        What it does, in the window's words.
    done, total : int
        In the job's own unit; total 0 is not known.
    """

    key: str
    name: str
    done: int = 0
    total: int = 0


class Job:
    """What runs in a thread of its own: it reports how far it is and asks whether to go on."""

    def __init__(
        self,
        key: str,
        name: str,
        events: queue.SimpleQueue[tuple[Job, object]],
        must_end: bool = False,
    ) -> None:
        self.key, self.name, self.must_end = key, name, must_end
        self._events = events
        self._cancel = threading.Event()

    def cancel(self) -> None:
        self._cancel.set()

    def cancelled(self) -> bool:
        return self._cancel.is_set()

    def progress(self, done: int, total: int) -> None:
        """Report how far it is; in a cancelled job this is where it ends."""
        if self.cancelled():
            raise JobCancelledError
        self._events.put((self, JobProgress(self.key, self.name, done, total)))

    def partly(self, value: object) -> None:
        """Hand on what there is so far; in a cancelled job this is where it ends."""
        if self.cancelled():
            raise JobCancelledError
        self._events.put((self, _Part(value)))


Work = Callable[[Job], object]


@dataclass(slots=True, eq=False)
class _Started:
    job: Job
    thread: threading.Thread
    done: Callable[[object], None]
    failed: Callable[[str], None]
    partly: Callable[[object], None] | None
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
    """The jobs under way, one a key: a newer one takes the place of an older.

    Work runs in threads; what comes of it is handed on in `drain`, in the caller's thread.
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
        work: Work,
        done: Callable[[object], None],
        failed: Callable[[str], None],
        partly: Callable[[object], None] | None = None,
        must_end: bool = False,
    ) -> None:
        """Begin work in a thread; after `close` nothing begins any more.

        Parameters
        ----------
        key
            A job of the same key that is under way is cancelled, and tells nothing more.
        name
            What it does, in the window's words.
        work
            Gets the Job. A ValueError or OSError that it raises is one sentence for the user.
        done, failed
            Called from `drain` with the result, or with the sentence.
        partly
            Called from `drain` with the newest of what `Job.partly` has handed on.
        must_end
            Whether `close` waits for it however long it takes: for what writes a user's file.
        """
        self.cancel(key)
        if self._closed:
            return
        job = Job(key, name, self._events, must_end)
        thread = threading.Thread(target=_run, args=(job, work, self._events), name=f"job: {name}")
        self._running[key] = _Started(job, thread, done, failed, partly, JobProgress(key, name))
        thread.start()

    def cancel(self, key: str) -> None:
        """Give up what is under way by this key; its result is dropped."""
        started = self._running.pop(key, None)
        if started is not None:
            started.job.cancel()
            self._let_end(started)

    def _let_end(self, started: _Started) -> None:
        """Remember a job that is over for us: its thread may have a moment to go."""
        self._ending = [each for each in self._ending if each.thread.is_alive()]
        self._ending.append(started)

    def rests(self, key: str) -> bool:
        """Whether no job of this key is under way: what an earlier one told still holds."""
        return not self.is_running(key)

    def is_running(self, key: str) -> bool:
        return key in self._running

    def watch(self, who: object, *keys: str) -> None:
        """Say that somebody shows how far the jobs of these keys are; of none: no longer."""
        if keys:
            self._watchers[who] = keys
        else:
            self._watchers.pop(who, None)

    def is_watched(self, key: str) -> bool:
        """Whether somebody shows how far such a job is."""
        return any(key in keys for keys in self._watchers.values())

    @property
    def progress(self) -> tuple[JobProgress, ...]:
        """How far each job is, the oldest first."""
        return tuple(started.progress for started in self._running.values())

    def wait_for(self, key: str) -> None:
        """Wait until the job of this key is over, and hand on its result; others wait on."""
        started = self._running.get(key)
        if started is None:
            return
        started.thread.join()
        events = list(self._waiting())
        for event in events:
            if event[0] is not started.job:
                self._events.put(event)
        self._hand_on([event for event in events if event[0] is started.job])

    def drain(self) -> None:
        """Take in what the jobs reported, and hand on their results."""
        self._hand_on(self._waiting())

    def _waiting(self) -> Iterator[tuple[Job, object]]:
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
        """Cancel everything; nothing begins any more."""
        self._closed = True
        for key in list(self._running):
            self.cancel(key)

    def close(self, seconds: float | None = None) -> bool:
        """Cancel everything and wait for it, at most so long; whether all has ended.

        What must end is waited for in any case.
        """
        self.give_up()
        until = math.inf if seconds is None else time.monotonic() + seconds
        for ending in self._ending:
            left = math.inf if ending.job.must_end else max(until - time.monotonic(), 0.0)
            ending.thread.join(None if left == math.inf else left)
        return not any(ending.thread.is_alive() for ending in self._ending)


def _run(job: Job, work: Work, events: queue.SimpleQueue[tuple[Job, object]]) -> None:
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
    give_back_memory()
