"""A job's thread, and what it puts into its queue."""

from __future__ import annotations

import queue
import threading

import pytest

from visualizer.jobs import Job, JobCancelledError, JobDone, JobEvent, JobFailed, JobProgress


def events_of(work: object) -> list[JobEvent]:
    events: queue.SimpleQueue[JobEvent] = queue.SimpleQueue()
    Job("counting", work, events).join()  # type: ignore[arg-type]
    return [events.get_nowait() for _ in range(events.qsize())]


def test_a_result_comes_after_its_progress() -> None:
    def work(job: Job) -> str:
        job.progress(1, 2)
        job.progress(2, 2)
        return "ready"

    first, second, done = events_of(work)
    assert isinstance(first, JobProgress)
    assert isinstance(second, JobProgress)
    assert (first.name, first.done, first.total, second.done) == ("counting", 1, 2, 2)
    assert isinstance(done, JobDone)
    assert done.result == "ready"


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (ValueError("The folder is empty."), "The folder is empty."),
        (OSError(28, "No space left on device"), "[Errno 28] No space left on device"),
        (KeyError("odd"), "counting failed: KeyError('odd')"),
        (MemoryError(), "counting failed: MemoryError()"),
    ],
)
def test_an_error_is_a_sentence(error: Exception, message: str) -> None:
    def work(job: Job) -> None:
        raise error

    (failed,) = events_of(work)
    assert isinstance(failed, JobFailed)
    assert (failed.message, failed.cancelled) == (message, False)


def test_a_cancelled_job_ends_at_its_next_report() -> None:
    events: queue.SimpleQueue[JobEvent] = queue.SimpleQueue()
    cancelled = threading.Event()

    def work(job: Job) -> None:
        cancelled.wait(10)
        job.progress(1, 2)
        raise AssertionError("a cancelled job went on")

    job = Job("counting", work, events)
    job.cancel()
    cancelled.set()
    job.join()
    (failed,) = (events.get_nowait() for _ in range(events.qsize()))
    assert isinstance(failed, JobFailed)
    assert (failed.message, failed.cancelled) == ("", True)


def test_an_error_of_a_cancelled_job_counts_as_cancelled() -> None:
    def work(job: Job) -> None:
        job.cancel()
        raise ValueError("The download was cancelled.")

    (failed,) = events_of(work)
    assert isinstance(failed, JobFailed)
    assert failed.cancelled


def test_progress_says_nothing_more_once_cancelled() -> None:
    def work(job: Job) -> None:
        job.cancel()
        with pytest.raises(JobCancelledError):
            job.progress(1, 2)

    assert [type(event) for event in events_of(work)] == [JobDone]
