"""EpochTrial: measures in the background how long an epoch of a network takes here."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from visualizer.core.network.network import Network
from visualizer.session.session import Session
from visualizer.system.cached_job import CachedJob
from visualizer.system.jobs import Job, JobProgress
from visualizer.system.notice import Notice
from visualizer.system.throttle import single_shot
from visualizer.text.numbers import duration, percent

KEY = "editor trial"
KEPT = 64
REST_MILLISECONDS = 600  # a network must stay unchanged so long before it is measured
SHORT = 10.0  # fewer seconds are written with a decimal


class EpochTrial(QObject):
    """Measures the network that was shown last, once it has stayed unchanged for a while.

    Signals
    -------
    changed
        `words` has changed.
    """

    changed = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._network: Network | None = None
        self._seconds: CachedJob[float] = CachedJob(session.jobs, KEY, KEPT, self)
        self._seconds.changed.connect(self.changed)
        self._seconds.noticed.connect(self._on_failed)
        session.jobsChanged.connect(self._on_jobs)
        self._failed = ""
        self._rest = single_shot(self, "editor trial", self._begin, REST_MILLISECONDS)

    def show_network(self, network: Network | None) -> None:
        """Set the network to measure; None if the typed rows are no network."""
        if network != self._network:
            self._network, self._failed = network, ""
            self._session.jobs.cancel(KEY)
        if self._session.runs.moving:
            self._session.jobs.cancel(KEY)  # trial and run would slow each other down
        if network is not None and self._seconds.get(*self._key) is None:
            self._rest.start()
        else:
            self._rest.stop()
        self.changed.emit()

    def rests(self) -> bool:
        """Return whether nothing is being measured, or about to be."""
        return not (self._rest.isActive() or self._session.jobs.is_running(KEY))

    def stop(self) -> None:
        self._rest.stop()
        self._session.jobs.cancel(KEY)

    @property
    def _key(self) -> tuple[object, ...]:
        runs = self._session.runs
        return self._network, runs.recipe, runs.settings, self._session.dataset

    @property
    def words(self) -> str:
        """The seconds of an epoch, or why they are not known."""
        session = self._session
        if self._network is None:
            return ""
        seconds = self._seconds.get(*self._key)
        if seconds is not None:
            told = f"{seconds:.1f} s" if seconds < SHORT else duration(seconds)
            return f"{told} an epoch on this machine, with the recipe {session.runs.recipe.title}"
        if not len(session.dataset.train):
            return "Seconds an epoch: there are no training digits yet"
        if session.runs.moving:
            return "Seconds an epoch: measured while no run goes on"
        if self._failed:
            return f"Seconds an epoch: {self._failed}"
        return f"Seconds an epoch: measuring … {percent(self._seconds.share, 0)}"

    def _begin(self) -> None:
        session, network = self._session, self._network
        dataset, runs = session.dataset, session.runs
        if network is None or not len(dataset.train) or runs.moving:
            self.changed.emit()
            return
        recipe, settings, seed = runs.recipe, runs.settings, runs.seed

        def work(job: Job) -> float:
            from visualizer.training.initial import initial_weights
            from visualizer.training.speed import epoch_seconds

            weights = initial_weights(network, seed)
            return epoch_seconds(network, weights, dataset, recipe, settings, job.share)

        self._seconds.start(f"An epoch of {network.name or 'the network'}", work, *self._key)

    def _on_jobs(self, jobs: tuple[JobProgress, ...]) -> None:
        if self._seconds.busy:
            self.changed.emit()

    def _on_failed(self, notice: Notice) -> None:
        self._failed = notice.text
        self.changed.emit()
