"""DataSource: the data set in use, the digits to pick from, and reading another set in a job."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, Signal

from visualizer.data import mnist
from visualizer.data.dataset import Dataset
from visualizer.data.open import open_dataset
from visualizer.system.jobs import Job, Jobs, Work
from visualizer.system.notice import Notice

KEY = "data"
MOST_FOLDERS = 6
Indices = npt.NDArray[np.intp]
Act = Callable[[], object]
Read = tuple[Dataset, Path | None]  # the digits and their folder


class DataSource(QObject):
    """The data set that the gallery shows and the next run trains on.

    Attributes
    ----------
    awaiting : callable or None
        Called once the digits that are being read are there.

    Signals
    -------
    changed : Dataset
    filterChanged
        The digits to pick from, or their order, have changed.
    foldersChanged
    noticed : Notice
    """

    changed = Signal(Dataset)
    filterChanged = Signal()
    foldersChanged = Signal()
    noticed = Signal(Notice)

    def __init__(self, dataset: Dataset, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.dataset = dataset
        self.folders: list[Path] = []
        self.label: int | None = None
        self._order: Indices | None = None
        self._by = ""
        self._jobs = jobs
        self._falls_back = False
        self.awaiting: Act | None = None

    @property
    def busy(self) -> bool:
        return self._jobs.is_running(KEY)

    # The digits picked from

    def show_only(self, label: int | None) -> None:
        """Pick from the digits of one class, or from all, in the test set's order."""
        if label != self.label or self._order is not None:
            self._pick(label, None, "")

    def show_all(self) -> None:
        """Pick from all digits again, in the test set's order."""
        self.show_only(None)

    def show_ranked(self, label: int | None, order: Indices, by: str) -> None:
        """Pick from these digits in this order, until another choice.

        Parameters
        ----------
        label
            The class of the digits, if they are all of one.
        order
            Indices into the test set, each once.
        by
            The ranking in the window's words: "filter 38 of conv2d_2".
        """
        self._pick(label, np.asarray(order, np.intp), by)

    def _pick(self, label: int | None, order: Indices | None, by: str) -> None:
        self.label, self._order, self._by = label, order, by
        self.filterChanged.emit()

    @property
    def ranking(self) -> str:
        """The ranked digits and their ranking in words; empty in the test set's order."""
        which = "digits" if self.label is None else f"digits {self.label}"
        return f"{which}, by {self._by}" if self._order is not None else ""

    @property
    def described(self) -> str:
        """The digits to pick from, as the beginning of a sentence."""
        if self._order is not None:
            return f"Every one of these {len(self._order):,} digits"
        return f"Every digit {'' if self.label is None else f'{self.label} '}of this test set"

    @property
    def indices(self) -> Indices:
        """Indices into the test set of the digits to pick from, in their order."""
        if self._order is not None:
            return self._order
        labels = self.dataset.test.labels
        return (
            np.arange(len(labels)) if self.label is None else np.flatnonzero(labels == self.label)
        )

    def onward(self, index: int) -> Indices:
        """Return the digits to pick from, all around: from the next one to this one."""
        indices = self.indices
        if self._order is None:
            at = int(np.searchsorted(indices, index, side="right"))
        else:
            at = int(np.flatnonzero(indices == index)[0]) + 1 if index in indices else 0
        return np.roll(indices, -at)

    def after(self, index: int) -> int | None:
        """Return the next digit to pick from, around the end; None if there are none."""
        onward = self.onward(index)
        return int(onward[0]) if len(onward) else None

    def before(self, index: int) -> int | None:
        """Return the previous digit to pick from, around the beginning; None if there are none."""
        onward = self.onward(index)
        others = onward[onward != index]
        back = others if len(others) else onward
        return int(back[-1]) if len(back) else None

    # Other digits

    def open(self, choice: str = "auto", folder: Path | None = None) -> None:
        """Read or make a data set (see `data.open.open_dataset`) and then show it.

        If that fails, a notice says so and the data set in use stays; if it has no training digits,
        the synthetic digits replace it.
        """
        self._falls_back = choice != "synthetic" and not len(self.dataset.train)

        def work(job: Job) -> Read:
            return open_dataset(choice, folder, progress=job.progress), folder

        what = folder.name if folder else {"synthetic": "synthetic digits"}.get(choice, "digits")
        self._begin(f"Reading {what}" if folder else f"Loading {what}", work)

    def download(self) -> None:
        """Download MNIST into the user's cache, then show it."""

        def work(job: Job) -> Read:
            mnist.download(job.progress, job.cancelled)
            return open_dataset("mnist", mnist.cache_folder()), None

        self._falls_back = not len(self.dataset.train)
        self._begin("Downloading MNIST", work)

    def remember_folders(self, folders: list[Path]) -> None:
        """Set the folders that were opened before, newest first."""
        self.folders = folders[:MOST_FOLDERS]
        self.foldersChanged.emit()

    def await_digits(self, act: Act) -> str:
        """Call a function once there are digits to train on; a second call cancels that.

        Returns
        -------
        str
            A sentence for the user.
        """
        if not self.busy:
            return "There are no training digits: choose some under Data."
        self.awaiting = None if self.awaiting else act
        if self.awaiting is None:
            return "The digits are still being read. Training does not begin by itself."
        return "Training begins as soon as the digits are read."

    def cancel(self) -> None:
        """Cancel the reading or download; the data set in use stays."""
        self._jobs.cancel(KEY)
        self.awaiting = None

    def _begin(self, name: str, work: Work[Read]) -> None:
        self._jobs.start(KEY, name, work, self._on_done, self._on_failed)

    def _on_done(self, result: Read) -> None:
        self.dataset, folder = result
        self._order, self._by = None, ""
        if folder is not None:
            others = [known for known in self.folders if known != folder]
            self.remember_folders([folder, *others])
        self.changed.emit(self.dataset)
        act, self.awaiting = self.awaiting, None
        if act is not None and len(self.dataset.train):
            act()

    def _on_failed(self, message: str) -> None:
        before, instead = self.dataset, "synthetic" if self._falls_back else ""
        if instead:
            message += " The synthetic digits are shown instead."
            self.open("synthetic")

        def holds() -> bool:
            return self.dataset is before or self.dataset.kind == instead

        self.noticed.emit(Notice(message, "error", holds=holds))
