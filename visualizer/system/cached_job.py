"""CachedJob: results of one kind, found in the background and kept by what they are of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Signal

from visualizer.system.jobs import Job, Jobs
from visualizer.system.notice import Notice

Value = TypeVar("Value")
Part = TypeVar("Part")
Subject = tuple[object, ...]


class CachedJob(QObject, Generic[Value]):
    """Finds results in the background, and keeps the last few.

    A result is of a subject: any objects, such as weights and digits. Two subjects are the same if
    all their objects are, or are equal; mappings are the same only if they are one object.

    Parameters
    ----------
    key : str
        Key of the job.
    most : int
        How many results are kept; the oldest are forgotten.

    Signals
    -------
    changed
        A result or a part of it has come, or work has begun or ended.
    noticed : Notice
        Why the work failed.
    """

    changed = Signal()
    noticed = Signal(Notice)

    def __init__(self, jobs: Jobs, key: str, most: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs, self.key, self._most = jobs, key, most
        self._kept: list[tuple[Subject, Value]] = []

    @property
    def values(self) -> list[Value]:
        """The results that are kept, the newest first."""
        return [value for _, value in reversed(self._kept)]

    def get(self, *subject: object) -> Value | None:
        """Return the result of a subject, or the part of it that has come; None: none has."""
        return next((value for of, value in self._kept if _same(of, subject)), None)

    @property
    def busy(self) -> bool:
        """Whether work is under way."""
        return self._jobs.is_running(self.key)

    @property
    def share(self) -> float:
        """The share of the work under way that is done, 0 to 1."""
        mine = (each for each in self._jobs.progress if each.key == self.key)
        return next((each.done / each.total for each in mine if each.total), 0.0)

    @property
    def watched(self) -> bool:
        """Whether somebody shows the progress of the work."""
        return self._jobs.is_watched(self.key)

    def start(
        self, name: str, work: Callable[[Job], Value], *subject: object, awaited: bool = False
    ) -> None:
        """Find the result of a subject anew; work under way is given up.

        Parameters
        ----------
        name
            What is done, in the window's words.
        work
            Returns the result; `job.partly` keeps what it has so far.
        awaited
            As in `Jobs.start`.
        """
        self._start(name, work, lambda value: self._keep([(subject, value)]), awaited)

    def start_all(
        self, name: str, work: Callable[[Job], Mapping[Part, Value]], *rest: object
    ) -> None:
        """Find the results of several subjects: each key of what `work` returns, with the rest."""

        def keep(found: Mapping[Part, Value]) -> None:
            self._keep([((part, *rest), value) for part, value in found.items()])

        self._start(name, work, keep)

    def cancel(self) -> None:
        """Give up the work under way; results and parts of them stay."""
        self._jobs.cancel(self.key)
        self.changed.emit()

    def _start(
        self,
        name: str,
        work: Callable[[Job], Any],
        keep: Callable[[Any], None],
        awaited: bool = False,
    ) -> None:
        self._jobs.start(self.key, name, work, keep, self._on_failed, keep, awaited=awaited)
        self.changed.emit()

    def _keep(self, found: Iterable[tuple[Subject, Value]]) -> None:
        for subject, value in found:
            others = [each for each in self._kept if not _same(each[0], subject)]
            self._kept = [*others, (subject, value)][-self._most :]
        self.changed.emit()

    def _on_failed(self, message: str) -> None:
        self.changed.emit()
        holds = partial(self._jobs.rests, self.key)
        self.noticed.emit(Notice(message, "error", holds=holds))


def _same(one: Subject, other: Subject) -> bool:
    return len(one) == len(other) and all(map(_is, one, other))


def _is(one: object, other: object) -> bool:
    return one is other or (not isinstance(one, Mapping) and one == other)
