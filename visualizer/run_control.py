"""RunControl: starts, pauses and ends training runs, and takes in what the trainer reports."""

from __future__ import annotations

import logging
import queue
import time

from PySide6.QtCore import QObject, Signal

from visualizer.core.history import History
from visualizer.core.network import Network
from visualizer.data.dataset import Dataset
from visualizer.notice import Notice
from visualizer.run import Phase, Run, RunState
from visualizer.training.events import Diverged, Failed, Finished, RunStarted, WeightsPublished
from visualizer.training.recipe import RECIPES, Recipe
from visualizer.training.settings import Settings
from visualizer.training.trainer import Trainer

TELL_SECONDS = 0.2

log = logging.getLogger(__name__)


class RunControl(QObject):
    """The current run, the one before it, and the thread that trains.

    Signals
    -------
    stateChanged : RunState
    historyChanged
        The curves grew, or another run began.
    setupChanged
        Recipe, seed or settings of the next run.
    noticed : Notice
    """

    stateChanged = Signal(object)
    historyChanged = Signal()
    setupChanged = Signal()
    noticed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.recipe: Recipe = RECIPES["book"]
        self.seed = 0
        self.settings = Settings()
        self.run: Run | None = None
        self.previous_history: History | None = None
        self._stored: History | None = None
        self._idle = self._told = RunState(epochs=self.recipe.epochs)
        self._events: queue.SimpleQueue[tuple[int, object]] = queue.SimpleQueue()
        self._trainer = Trainer(self._events)
        self._runs = 0
        self._tell_at = 0.0

    @property
    def state(self) -> RunState:
        """How the run stands; without one, how the shown weights were made."""
        return self.run.state if self.run else self._idle

    @property
    def history(self) -> History | None:
        """The curves of the current run, or those that came with the shown weights."""
        return self.run.history if self.run else self._stored

    @property
    def epochs(self) -> int:
        """Length of the time axis."""
        return max(self.state.epochs, self.history.epochs if self.history else 0)

    def show_stored(self, history: History) -> None:
        """Show the curves that stored weights were made with, until a run begins."""
        if self.run is None and len(history):
            self._stored = history
            self._idle = RunState(
                "stored",
                epoch=float(history.epoch.values[-1]),
                epochs=history.epochs,
                step=len(history),
                loss=history.loss.recent(),
                test_accuracy=float(history.accuracy.test.values[-1]),
            )
            self._tell()
            self.historyChanged.emit()

    @property
    def busy(self) -> bool:
        """Whether news may come by itself."""
        return self.state.phase in ("starting", "running", "stepping")

    def configure(self, recipe: Recipe, seed: int, settings: Settings) -> None:
        """How the next run trains; a run under way goes on as it began."""
        self.recipe, self.seed, self.settings = recipe, seed, settings
        if self.history is None:
            self._idle = RunState(epochs=recipe.epochs)
            self._tell()
        self.setupChanged.emit()

    def preload(self) -> None:
        """Load torch in the training thread, so that the first Train starts at once."""
        self._trainer.preload()

    def start(self, network: Network, dataset: Dataset, paused: bool = False) -> None:
        """Begin a new run from the seed's initial weights; `paused` waits for steps."""
        self._put_behind()
        self._trainer.drop(self._runs)
        self._runs += 1
        self.run = Run(self._runs, self.recipe.epochs, dataset.name)
        self._tell()
        self.historyChanged.emit()
        self._trainer.start(
            self._runs, network, dataset, self.recipe, self.seed, self.settings, paused=paused
        )

    def pause(self) -> None:
        if self.state.phase in ("starting", "running"):
            self._trainer.pause()
            self._enter("paused")

    def resume(self) -> None:
        if self.state.phase in ("paused", "stepping"):
            self._trainer.resume(self._runs)
            self._enter("running")

    def step(self) -> None:
        """Train one batch of a run under way, then pause."""
        if self.state.active:
            self._trainer.step(self._runs)
            self._enter("stepping")

    def stop(self) -> None:
        """End the run; its curves stay."""
        if self.state.active:
            self._trainer.drop(self._runs)
            self._enter("stopped")

    def clear(self) -> None:
        """End the run and put its curves behind, as the run before."""
        self.stop()
        self._put_behind()
        self.run = None
        self._idle = RunState(epochs=self.recipe.epochs)
        self._tell()
        self.historyChanged.emit()

    def close(self) -> None:
        """Stop the thread and wait for it."""
        self._trainer.close()

    def drain(self) -> WeightsPublished | None:
        """Take in every waiting event of the current run; returns the newest weights."""
        published: WeightsPublished | None = None
        grew = False
        while not self._events.empty():
            run_id, event = self._events.get_nowait()
            if self.run is None or run_id != self.run.id or not self.run.state.active:
                continue
            grew = True
            if isinstance(event, WeightsPublished):
                published = event
            else:
                self._take(self.run, event)
        if grew or self.busy:
            self._refresh(time.monotonic())
        if grew:
            self.historyChanged.emit()
        return published

    def _put_behind(self) -> None:
        if self.history and len(self.history):
            self.previous_history = self.history
        self._stored = None

    def _take(self, run: Run, event: object) -> None:
        step_before = run.state.step
        run.take(event)
        if isinstance(event, RunStarted) and run.state.phase == "starting":
            run.enter("running")
        elif run.state.phase == "stepping" and run.state.step > step_before:
            run.enter("paused")
        elif isinstance(event, Finished):
            run.enter("finished")
        elif isinstance(event, Diverged):
            run.enter("failed")
            self.noticed.emit(Notice(event.message, "error"))
        elif isinstance(event, Failed):
            run.enter("failed")
            log.error("training failed: %s\n%s", event.message, event.traceback_text)
            self.noticed.emit(Notice(f"{event.message}. The log has the details.", "error"))

    def _refresh(self, now: float) -> None:
        """Tell the state: at once where the phase has changed, else now and then."""
        if self.run and (self.state.phase != self._told.phase or now >= self._tell_at):
            self._tell_at = now + TELL_SECONDS
            self.run.tick(now)
            self._tell()

    def _enter(self, phase: Phase) -> None:
        if self.run:
            self.run.enter(phase)
            self.run.tick(time.monotonic())
            self._tell()

    def _tell(self) -> None:
        if self.state != self._told:
            self._told = self.state
            self.stateChanged.emit(self._told)
