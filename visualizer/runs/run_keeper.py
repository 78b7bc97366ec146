"""RunKeeper: keeps the trained runs for the next start; each run is written when it rests."""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from visualizer.core.snapshots import Snapshots
from visualizer.runs.kept_reading import read_all, read_whole_run, with_name
from visualizer.runs.run import Run
from visualizer.runs.run_control import RunControl
from visualizer.runs.stored_run import to_stored
from visualizer.storage import kept_runs
from visualizer.storage.run_file import StoredRun, save_run
from visualizer.system.errors import sentence as sentence_of
from visualizer.system.jobs import Job, Jobs
from visualizer.system.notice import Notice

REST_SECONDS = 2.0  # a run must rest so long before it is written: it may go on at once
KEEPING, READING, OPENING = "keep a run", "read the kept runs", "open a kept run"

log = logging.getLogger(__name__)

Mark = tuple[int, str]  # the batches of the last weights, and the run's name


@dataclass(frozen=True, slots=True)
class _KeptFile:
    """The file of a run, and its content.

    Attributes
    ----------
    own
        Whether this session has made the file. Other files are never written to: their runs may
        be in view in another window.
    whole
        Whether the run in memory has all moments of the file.
    """

    path: Path
    mark: Mark
    own: bool = True
    whole: bool = True


class RunKeeper(QObject):
    """Keeps the runs that were trained here, each in a file, and reads those of earlier starts.

    Before `begin` nothing is kept: pictures, tests and commands without a window keep no runs.
    Of an earlier run only curves and last weights are read, until it comes into view.

    Signals
    -------
    noticed : Notice
    """

    noticed = Signal(Notice)

    def __init__(
        self,
        runs: RunControl,
        jobs: Jobs,
        list_earlier: Callable[[list[Run]], None],
        parent: QObject | None = None,
    ) -> None:
        """Set up; `list_earlier` is to put runs of earlier starts into the list of runs."""
        super().__init__(parent)
        self._runs, self._jobs, self._list_earlier = runs, jobs, list_earlier
        self._on = False
        self._kept: dict[Run, _KeptFile] = {}
        self._hidden: dict[Run, tuple[Path, _KeptFile]] = {}
        self._refused: dict[Run, Mark] = {}  # runs that could not be written
        self._asked: set[Run] = set()
        self._seen: list[tuple[Run, Mark]] = []
        self._seen_at = 0.0
        jobs.watch(
            self, KEEPING, READING
        )  # they take less than a second: the window shows no progress

    # From one start to the next

    def begin(self) -> None:
        """Read the runs of earlier starts in the background, and keep the runs of this one."""
        self._on = True
        self._jobs.start(READING, "Reading the kept runs", read_all, self._on_read, self._fail)

    def tick(self) -> None:
        """Begin to write a run that has rested for a while."""
        if not self._on or self._jobs.is_running(KEEPING):
            return
        waiting = [(run, mark) for run, mark in self._unkept() if not run.state.moving]
        waiting = [(run, mark) for run, mark in waiting if self._refused.get(run) != mark]
        if waiting != self._seen:
            self._seen, self._seen_at = waiting, time.monotonic()
        elif waiting and time.monotonic() - self._seen_at >= REST_SECONDS:
            run, mark = waiting[0]
            done, failed = partial(self._on_kept, run, mark), partial(self._on_refused, run, mark)
            self._jobs.start(KEEPING, f"Keeping {run.name}", self._work(run, mark), done, failed)

    def finish(self) -> list[str]:
        """Write all unkept runs; return the failures as sentences, each run's only once."""
        if not self._on:
            return []
        self._runs.drain()
        self._jobs.wait_for(KEEPING)
        failures = []
        for run, mark in self._unkept():
            try:
                self._on_kept(run, mark, self._work(run, mark)(None))
            except (OSError, ValueError) as error:
                log.warning("%s is not kept: %s", run.name, error)
                if run not in self._asked:
                    self._asked.add(run)
                    failures.append(f"{run.name}: {sentence_of(error)}")
        return failures

    def end(self) -> None:
        """Delete the files of deleted runs: after the window has closed there is no way back."""
        for hidden, _ in self._hidden.values():
            with contextlib.suppress(OSError):  # `delete_hidden` does it at a later start
                hidden.unlink(missing_ok=True)
        self._hidden.clear()

    def _unkept(self) -> list[tuple[Run, Mark]]:
        """List the runs that were trained here, or kept, and differ from their file."""
        marked = [(run, _mark(run)) for run in self._runs.all if self._is_ours(run)]
        return [(run, mark) for run, mark in marked if self._mark_kept(run) != mark]

    def _is_ours(self, run: Run) -> bool:
        trained = run.begun and run.state.phase != "stored" and run.state.step > 0
        return trained or run in self._kept

    def _mark_kept(self, run: Run) -> Mark | None:
        kept = self._kept.get(run)
        return kept.mark if kept else None

    # Writing

    def _work(self, run: Run, mark: Mark) -> Callable[[Job | None], tuple[Path, list[Path]]]:
        """Make the work that writes a run; it returns the file, and old files deleted for it."""
        kept, stored = self._kept.get(run), to_stored(run)
        renamed = kept is not None and kept.mark[0] == mark[0]

        def work(job: Job | None) -> tuple[Path, list[Path]]:
            path = kept.path if kept is not None and kept.own else kept_runs.new_file()
            whole = with_name(kept.path, stored) if kept is not None and renamed else stored
            save_run(path, whole)
            if kept is not None and not kept.own and renamed:
                kept.path.unlink(missing_ok=True)
            return path, kept_runs.delete_oldest(path)

        return work

    def _on_kept(self, run: Run, mark: Mark, result: tuple[Path, list[Path]]) -> None:
        path, gone = result
        if run not in self._runs.all:  # the run was deleted meanwhile
            path.unlink(missing_ok=True)
            return
        before = self._kept.get(run)
        self._kept[run] = _KeptFile(path, mark, whole=before is None or before.whole)
        self._refused.pop(run, None)
        self._tell_gone(gone)

    def _on_refused(self, run: Run, mark: Mark, sentence: str) -> None:
        """Note the failure; the run is tried again when the window closes, which then asks."""
        log.warning("%s is not kept: %s", run.name, sentence)
        self._refused[run] = mark

    def _tell_gone(self, gone: list[Path]) -> None:
        if not gone:
            return
        here = [run.name for run, kept in self._kept.items() if kept.path in gone]
        names = ", ".join(here) or f"{len(gone)} of another window"
        self._say(
            f"At most {kept_runs.MOST} runs of {kept_runs.BOUND >> 20:,} MB together are kept. "
            f"The oldest will not be there at the next start: {names}."
        )

    # Reading

    def _on_read(self, result: tuple[list[tuple[Path, Run]], list[str]]) -> None:
        found, sentences = result
        for path, run in found:
            run.enrol(self._runs.registry.next_id())
            self._kept[run] = _KeptFile(path, _mark(run), own=False, whole=False)
        self._list_earlier([run for _, run in found])
        if sentences:
            more = f" (and {len(sentences) - 1} more)" if len(sentences) > 1 else ""
            self._fail(f"A kept run could not be read: {sentences[0]}{more}")

    def with_moments(self, run: Run, then: Callable[[Run], object]) -> None:
        """Call `then` with a run that has all its moments, at once if it has them already."""
        kept = self._kept.get(run)
        if kept is None or kept.whole:
            then(run)
            return

        def done(stored: StoredRun) -> None:
            self._fill(run, stored)
            then(run)

        def failed(sentence: str) -> None:
            self._fill(run, None)
            self._fail(f"Of {run.name} only the last moment is left: {sentence}")
            then(run)

        name = f"Opening {run.name}"
        self._jobs.start(OPENING, name, lambda job: read_whole_run(kept.path), done, failed)

    def _fill(self, run: Run, stored: StoredRun | None) -> None:
        if stored is not None:
            run.fill(Snapshots.of(stored.snapshots))
        if run in self._kept:
            self._kept[run] = replace(self._kept[run], whole=True)

    # Deleting

    def delete(self, run: Run) -> None:
        """Hide a run's file, which can come back until the window closes."""
        kept = self._kept.pop(run, None)
        if kept is None:
            return
        try:
            self._hidden[run] = kept_runs.hide(kept.path), kept
        except FileNotFoundError:
            pass  # another window has already deleted it
        except OSError as error:
            self._fail(f"{run.name} will be there again at the next start: {sentence_of(error)}")

    def bring_back(self, run: Run) -> None:
        """Bring the file of a deleted run back."""
        hidden, kept = self._hidden.pop(run, (None, None))
        if hidden is None or kept is None:
            return  # the run will be written anew, like one that was never kept
        try:
            self._kept[run] = replace(kept, path=kept_runs.bring_back(hidden))
        except OSError as error:
            self._fail(f"The file of {run.name} did not come back: {sentence_of(error)}")

    def _say(self, text: str) -> None:
        self.noticed.emit(Notice(text))

    def _fail(self, text: str) -> None:
        self.noticed.emit(Notice(text, "error"))


def _mark(run: Run) -> Mark:
    moment = run.model.moment
    return (moment.step if moment is not None else 0, run.name)
