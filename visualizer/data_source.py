"""DataSource: the data set in use, and the jobs that read, make or download another."""

from __future__ import annotations

import queue
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from visualizer.data import mnist
from visualizer.data.dataset import Dataset
from visualizer.data.open import open_dataset
from visualizer.jobs import Job, JobDone, JobEvent, JobFailed, JobProgress
from visualizer.notice import Notice


class DataSource(QObject):
    """The data set that the gallery shows and the next run trains on.

    Signals
    -------
    changed : Dataset
    jobChanged : JobProgress or None
        What is being read, made or downloaded; None when nothing is.
    noticed : Notice
    """

    changed = Signal(object)
    jobChanged = Signal(object)
    noticed = Signal(object)

    def __init__(self, dataset: Dataset, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.dataset = dataset
        self._events: queue.SimpleQueue[JobEvent] = queue.SimpleQueue()
        self._job: Job | None = None
        self._ending: list[Job] = []
        self._falls_back = False

    @property
    def busy(self) -> bool:
        return self._job is not None

    def open(self, choice: str = "auto", folder: Path | None = None) -> None:
        """Read or make a data set (see `data.open.open_dataset`) and show it when it is there.

        What cannot be used is a notice. The data set in use stays; where that one is only a few
        digits to begin with, the synthetic digits take its place.
        """
        self._falls_back = choice != "synthetic" and not len(self.dataset.train)

        def work(job: Job) -> Dataset:
            return open_dataset(choice, folder, progress=job.progress)

        what = folder.name if folder else {"synthetic": "synthetic digits"}.get(choice, "digits")
        self._begin(f"Reading {what}" if folder else f"Loading {what}", work)

    def download(self) -> None:
        """Download MNIST into the user's cache, then show it."""

        def work(job: Job) -> Dataset:
            mnist.download(job.progress, job.cancelled)
            return open_dataset("mnist", mnist.cache_folder())

        self._falls_back = not len(self.dataset.train)
        self._begin("Downloading MNIST", work)

    def cancel(self) -> None:
        """Give up what is under way; the data set in use stays."""
        if self._job is not None:
            self._job.cancel()
            self._ending.append(self._job)
            self._job = None
            self.jobChanged.emit(None)

    def close(self) -> None:
        """Cancel and wait."""
        self.cancel()
        for job in self._ending:
            job.join()

    def drain(self) -> None:
        """Take in what the jobs reported."""
        progress: JobProgress | None = None
        while not self._events.empty():
            event = self._events.get_nowait()
            if self._job is None or event.job is not self._job:
                continue
            if isinstance(event, JobProgress):
                progress = event
                continue
            self._job = progress = None
            self.jobChanged.emit(None)
            if isinstance(event, JobDone) and isinstance(event.result, Dataset):
                self.dataset = event.result
                self.changed.emit(event.result)
            elif isinstance(event, JobFailed) and not event.cancelled:
                self._on_failed(event.message)
        if progress is not None:
            self.jobChanged.emit(progress)

    def _on_failed(self, message: str) -> None:
        if self._falls_back:
            message += " The synthetic digits are shown instead."
            self.open("synthetic")
        self.noticed.emit(Notice(message, "error"))

    def _begin(self, name: str, work: Callable[[Job], Dataset]) -> None:
        self.cancel()
        self._job = Job(name, work, self._events)
        self.jobChanged.emit(JobProgress(self._job, name, 0, 0))
