"""Jobs: started by key, cancelled, drained; each hands on one result, or one sentence."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from visualizer.system import jobs as jobs_module
from visualizer.system.jobs import Job, JobCancelledError, JobProgress, Jobs


class Ear:
    """Keeps what jobs hand on."""

    def __init__(self) -> None:
        self.done: list[object] = []
        self.failed: list[str] = []


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.close()


@pytest.fixture
def ear() -> Ear:
    return Ear()


def start(jobs: Jobs, ear: Ear, work: Callable[[Job], object], key: str = "count") -> None:
    jobs.start(key, "Counting", work, ear.done.append, ear.failed.append)


def finish(jobs: Jobs, key: str = "count") -> None:
    """Drain until the job of this key has ended."""
    until = time.monotonic() + 500
    while jobs.is_running(key):
        assert time.monotonic() < until
        jobs.drain()


def test_a_result_is_handed_on_by_drain_and_not_before(jobs: Jobs, ear: Ear) -> None:
    ended = threading.Event()

    def work(job: Job) -> str:
        ended.set()
        return "ready"

    start(jobs, ear, work)
    assert ended.wait(500)
    assert (ear.done, jobs.is_running("count")) == ([], True)
    finish(jobs)
    assert (ear.done, ear.failed, jobs.progress) == (["ready"], [], ())


def test_progress_says_how_far_it_is(jobs: Jobs, ear: Ear) -> None:
    reported, go_on = threading.Event(), threading.Event()

    def work(job: Job) -> None:
        job.progress(1, 4)
        job.progress(3, 4)
        reported.set()
        go_on.wait(500)

    start(jobs, ear, work)
    assert jobs.progress == (JobProgress("count", "Counting", 0, 0),)
    assert reported.wait(500)
    jobs.drain()
    assert jobs.progress == (JobProgress("count", "Counting", 3, 4),)
    go_on.set()
    finish(jobs)


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (ValueError("The folder is empty."), "The folder is empty."),
        (OSError(28, "No space left on device"), "No space left on device"),
        (KeyError("odd"), "Counting failed: KeyError('odd')"),
        (MemoryError(), "Counting failed: MemoryError()"),
    ],
)
def test_an_error_is_a_sentence(error: Exception, message: str, jobs: Jobs, ear: Ear) -> None:
    def work(job: Job) -> None:
        raise error

    start(jobs, ear, work)
    finish(jobs)
    assert (ear.done, ear.failed) == ([], [message])


def test_a_cancelled_job_ends_at_its_next_report_and_tells_nothing(jobs: Jobs, ear: Ear) -> None:
    cancelled, ended = threading.Event(), threading.Event()

    def work(job: Job) -> None:
        cancelled.wait(500)
        with pytest.raises(JobCancelledError):
            job.progress(1, 2)
        ended.set()

    start(jobs, ear, work)
    jobs.cancel("count")
    cancelled.set()
    assert ended.wait(500)
    jobs.drain()
    assert (ear.done, ear.failed, jobs.progress) == ([], [], ())


def test_an_error_of_a_cancelled_job_is_not_told(jobs: Jobs, ear: Ear) -> None:
    cancelled, ended = threading.Event(), threading.Event()

    def work(job: Job) -> None:
        cancelled.wait(500)
        ended.set()
        raise ValueError("The download was cancelled.")

    start(jobs, ear, work)
    jobs.cancel("count")
    cancelled.set()
    assert ended.wait(500)
    jobs.close()
    jobs.drain()
    assert (ear.done, ear.failed) == ([], [])


def test_a_newer_job_takes_the_place_of_an_older_of_its_key(jobs: Jobs, ear: Ear) -> None:
    release = threading.Event()

    def slow(job: Job) -> str:
        release.wait(500)
        return "slow"

    start(jobs, ear, slow)
    start(jobs, ear, lambda job: "quick")
    release.set()
    finish(jobs)
    jobs.close()
    jobs.drain()
    assert ear.done == ["quick"]


def test_jobs_of_other_keys_go_on(jobs: Jobs, ear: Ear) -> None:
    start(jobs, ear, lambda job: 1, "one")
    start(jobs, ear, lambda job: 2, "two")
    finish(jobs, "one")
    finish(jobs, "two")
    assert sorted(ear.done) == [1, 2]  # type: ignore[type-var]


def test_closing_cancels_and_waits(ear: Ear) -> None:
    jobs, begun, ended = Jobs(), threading.Event(), threading.Event()

    def work(job: Job) -> None:
        begun.set()
        try:
            while True:
                job.progress(1, 2)
        finally:
            ended.set()

    start(jobs, ear, work)
    assert begun.wait(500)
    jobs.close()
    assert ended.is_set()
    start(jobs, ear, lambda job: "late")
    jobs.drain()
    assert (ear.done, ear.failed, jobs.is_running("count")) == ([], [], False)


def test_what_there_is_so_far_is_handed_on_the_newest_only(jobs: Jobs, ear: Ear) -> None:
    shown: list[object] = []
    told, go_on = threading.Event(), threading.Event()

    def work(job: Job) -> str:
        for part in range(5):
            job.partly(part)
        told.set()
        assert go_on.wait(500)
        job.partly(5)
        return "whole"

    jobs.start("count", "Counting", work, ear.done.append, ear.failed.append, shown.append)
    assert told.wait(500)
    jobs.drain()
    assert shown == [4]
    go_on.set()
    finish(jobs)
    assert ear.done == ["whole"]
    assert shown[-1] in (4, 5)


def test_the_end_waits_for_a_thread_that_has_just_told_its_result(
    jobs: Jobs, ear: Ear, monkeypatch: pytest.MonkeyPatch
) -> None:
    told, go_on = threading.Event(), threading.Event()

    def run(job: Job, work: Callable[[Job], object], events: Any) -> None:
        original(job, work, events)
        told.set()
        go_on.wait()

    original = jobs_module._run
    monkeypatch.setattr(jobs_module, "_run", run)
    start(jobs, ear, lambda job: "ready")
    told.wait()
    finish(jobs)
    assert not jobs.close(seconds=0.0)
    go_on.set()
    assert jobs.close()


@pytest.mark.skipif(sys.platform != "linux", reason="threads have priorities on Linux alone")
def test_work_that_is_awaited_has_the_windows_priority_and_other_work_less(
    jobs: Jobs, ear: Ear
) -> None:
    def own_nice(job: Job | None = None) -> int:
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    for awaited in (False, True):
        name = str(awaited)
        jobs.start(name, name, own_nice, ear.done.append, ear.failed.append, awaited=awaited)
        assert jobs.awaited == awaited
        finish(jobs, name)
        assert not jobs.awaited
    other, awaited_nice = ear.done
    assert awaited_nice == own_nice() < other
