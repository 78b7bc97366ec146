"""RunLibrary: the runs of the session side by side; name, hide, delete, save and open them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from visualizer.runs.run import Run
from visualizer.runs.run_control import RunControl
from visualizer.runs.run_keeper import RunKeeper
from visualizer.runs.stored_run import read_run, to_stored
from visualizer.storage.history import csv_of, history_rows
from visualizer.storage.run_file import save_run
from visualizer.system.atomic import write_atomically
from visualizer.system.errors import reason
from visualizer.system.jobs import Job, Jobs
from visualizer.system.notice import Notice, Undo

LONGEST_NAME = 40
SAVING, OPENING = "save run", "open run"


class RunLibrary(QObject):
    """Names, hides, deletes, saves and opens the runs of this session and of earlier ones.

    Attributes
    ----------
    keeper : RunKeeper
        Keeps the runs for the next start.

    Signals
    -------
    changed
        A name, the choice of curves, or the run under the pointer has changed.
    noticed : Notice
    """

    changed = Signal()
    noticed = Signal(Notice)

    def __init__(
        self,
        runs: RunControl,
        jobs: Jobs,
        bring: Callable[[Run], object],
        leave: Callable[[], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._runs, self._jobs = runs, jobs
        self._bring, self._leave = bring, leave
        self._hidden: set[Run] = set()
        self._pointed: Run | None = None
        self.keeper = RunKeeper(runs, jobs, self._list_earlier, self)
        self.keeper.noticed.connect(self.noticed)
        self._known: tuple[object, ...] = ()
        runs.historyChanged.connect(self._on_history)

    @property
    def runs(self) -> list[Run]:
        """All runs, in the order that they came."""
        return self._runs.all

    @property
    def in_view(self) -> Run:
        return self._runs.run

    @property
    def others(self) -> list[Run]:
        """The runs whose curves are drawn beside the curve of the run in view."""
        return [run for run in self.runs if run is not self.in_view and run not in self._hidden]

    @property
    def pointed(self) -> Run | None:
        """The run under the pointer, in the list or on its curve."""
        return self._pointed

    def is_shown(self, run: Run) -> bool:
        """Return whether a run's curve is drawn; the curve of the run in view always is."""
        return run is self.in_view or run not in self._hidden

    # The list

    def show_curve(self, run: Run, shown: bool) -> None:
        """Draw a run's curve, or not."""
        (self._hidden.discard if shown else self._hidden.add)(run)
        self.changed.emit()

    def point(self, run: Run | None) -> None:
        """Set the run under the pointer."""
        if run is not self._pointed:
            self._pointed = run
            self.changed.emit()

    def rename(self, run: Run, name: str) -> None:
        """Give a run another name; a name of nothing but spaces changes nothing."""
        name = " ".join(name.split())[:LONGEST_NAME]
        if name and name != run.name:
            run.rename(name)
            self.changed.emit()

    def bring(self, run: Run) -> None:
        """Bring a run into view, with its last weights."""
        if run is not self.in_view:
            self.keeper.with_moments(run, self._bring)

    def _list_earlier(self, runs: list[Run]) -> None:
        """Add the runs of earlier starts to the list, without their curves."""
        self._hidden.update(runs)
        self._runs.list_earlier(runs)

    def delete(self, run: Run) -> None:
        """Remove a run from the list; it can be brought back.

        If it is the run in view, its untrained network replaces it.
        """
        was_in_view = run is self.in_view
        if was_in_view:
            self._leave()
        at = self._runs.remove(run)
        self.keeper.delete(run)

        def bring_back() -> None:
            self.keeper.bring_back(run)
            self._runs.put_back(run, at)
            if was_in_view:
                self._bring(run)

        what, back = f"{run.name} is deleted.", Undo(bring_back)
        self.noticed.emit(Notice(what, action=back, holds=lambda: run not in self.runs))

    # Files

    def save(self, path: Path) -> None:
        """Write the run in view, as it is now, in the background."""
        try:
            stored = to_stored(self.in_view)
        except ValueError as error:
            self._fail(str(error))
            return

        def work(job: Job) -> str:
            try:
                save_run(path, stored)
            except (OSError, ValueError) as error:
                raise ValueError(f"{path} was not saved: {reason(error)}") from error
            return f"Run saved as {path}: {len(stored.snapshots)} moments and its curves."

        self._jobs.start(SAVING, "Saving the run", work, self._say, self._fail, must_end=True)

    def open(self, path: Path) -> None:
        """Read a saved run in the background, and bring it into view."""

        def done(run: Run) -> None:
            run.enrol(self._runs.registry.next_id())
            self._bring(run)
            self._say(f"{path.name}: {run.name} is shown, {len(run.snapshots)} moments.")

        def work(job: Job) -> Run:
            return read_run(path)

        self._jobs.start(OPENING, f"Opening {path.name}", work, done, self._fail)

    def export_curves(self, path: Path) -> None:
        """Write the curves of the run in view as CSV."""
        if not len(self.in_view.history):
            what = "There are no curves to export: nothing was trained here."
            holds = partial(self._has_no_curves, self.in_view)
            self.noticed.emit(Notice(what, "error", holds=holds))
            return
        try:
            write_atomically(path, csv_of(history_rows(self.in_view.history)))
        except OSError as error:
            self._fail(f"{path} was not saved: {reason(error)}")
            return
        self._say(f"Curves exported as {path}.")

    def _on_history(self) -> None:
        """Report runs that came, went or were tested, but not every batch."""
        known = tuple((run, run.state.test_accuracy, run is self.in_view) for run in self.runs)
        if known != self._known:
            self._known = known
            self._hidden.intersection_update(self.runs)
            if self._pointed not in self.runs:
                self._pointed = None
            self.changed.emit()

    def _has_no_curves(self, run: Run) -> bool:
        return self.in_view is run and not len(run.history)

    def _say(self, text: str) -> None:
        self.noticed.emit(Notice(text))

    def _fail(self, text: str) -> None:
        self.noticed.emit(Notice(text, "error"))
