"""RunControl: keeps each network's own run, and starts, pauses and resumes runs."""

from __future__ import annotations

import queue
import time
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from visualizer.core.gears import GEARS
from visualizer.core.history import History
from visualizer.data.dataset import Dataset
from visualizer.runs.registry import Registry
from visualizer.runs.run import Run
from visualizer.runs.run_news import RunNews
from visualizer.runs.run_state import Phase, RunState
from visualizer.scene.scene import Model
from visualizer.system.notice import Notice
from visualizer.training.events import WeightsPublished
from visualizer.training.recipe import RECIPES, Recipe
from visualizer.training.settings import Settings
from visualizer.training.trainer import Trainer


class RunControl(QObject):
    """The runs of all networks, the one in view, and the thread that trains.

    Attributes
    ----------
    run : Run
        The run of the network in view: training, stored weights, or nothing yet.
    all : list of Run, the runs with curves or about to have some, in the order that they came.
    recipe, seed, settings
        How the next run trains.
    gear : int
        Batches a second at most, to be watched; 0: as fast as the machine can.

    Signals
    -------
    stateChanged : RunState
    historyChanged
        The curves grew, or another run is in view.
    setupChanged : recipe, seed or settings of the next run
    gearChanged : int
    noticed : Notice
    """

    stateChanged = Signal(RunState)
    historyChanged = Signal()
    setupChanged = Signal()
    gearChanged = Signal(int)
    noticed = Signal(Notice)

    def __init__(self, model: Model, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.recipe: Recipe = RECIPES["book"]
        self.seed = 0
        self.settings = Settings()
        self.gear = GEARS[0]
        self.run = Run.stored(model)
        self.registry = Registry(self.run)
        self.all = self.registry.all
        self._told = self.run.state
        self._events: queue.SimpleQueue[tuple[int, object]] = queue.SimpleQueue()
        self._trainer = Trainer(self._events)
        self._news = RunNews(lambda run: run is self.run)

    @property
    def state(self) -> RunState:
        return self.run.state

    @property
    def history(self) -> History:
        """The curves of the run in view; empty if there are none."""
        return self.run.history

    @property
    def epochs(self) -> int:
        """Length of the time axis, in epochs."""
        return max(self.state.epochs, self.history.epochs) or self.recipe.epochs

    @property
    def busy(self) -> bool:
        """Whether news may come without a further call."""
        return self.state.moving

    @property
    def goes_on(self) -> bool:
        """Whether Train goes on with the run in view instead of beginning another.

        A resting run does not go on if recipe, seed or settings were changed since.
        """
        return self.run.goes_on_with(self.recipe, self.seed, self.settings)

    def configure(self, recipe: Recipe, seed: int, settings: Settings) -> None:
        """Set how the next run trains; a run under way goes on as it began."""
        self.recipe, self.seed, self.settings = recipe, seed, settings
        self._plan()
        self._tell()
        self.setupChanged.emit()

    def set_gear(self, gear: int) -> None:
        """Train so many batches a second at most, one of GEARS; a run under way, too."""
        if gear in GEARS and gear != self.gear:
            self.gear = gear
            self._trainer.set_pace(1 / gear if gear else 0.0)
            self.gearChanged.emit(gear)

    def shift_gear(self, by: int) -> None:
        """Go to the next slower (+1) or faster (−1) gear; stay at the last."""
        at = GEARS.index(self.gear) + by
        self.set_gear(GEARS[min(max(at, 0), len(GEARS) - 1)])

    def preload(self) -> None:
        """Load torch in the training thread, so that the first Train starts at once."""
        self._trainer.preload()

    # Which run is in view

    def show(self, run: Run) -> Run:
        """Bring a run into view as its network's run; the run that was there is kept aside.

        Return the run that was in view; `show` with that run brings it back.
        """
        self.leave()
        if (forgotten := self.registry.replace(run)) is not None:
            self._trainer.drop(forgotten.id)
        return self._look_at(run)

    def visit(self, run: Run) -> None:
        """Bring a run into view for a while; the list, and the run of each network, stay."""
        self.leave()
        self._look_at(run, listed=False)

    def leave(self) -> None:
        """Pause the run in view if it is under way; it is kept."""
        if self.state.moving:
            self._trainer.pause()
            self._enter("paused")

    def _look_at(self, run: Run, listed: bool = True) -> Run:
        old, self.run = self.run, run
        if listed:
            self.registry.add(run)
        self._plan()
        self._tell()
        self.historyChanged.emit()
        return old

    def _plan(self) -> None:
        """Give a run without training the number of epochs of the next recipe."""
        if self.state.phase == "ready":
            self.run.extend(self.recipe.epochs)

    def list_earlier(self, runs: Sequence[Run]) -> None:
        """Add runs of earlier starts to the list, before those of this one."""
        self.registry.add_earlier(runs)
        self.historyChanged.emit()

    def remove(self, run: Run) -> int:
        """Remove a run that is not in view from the list; return its place in the list."""
        at = self.registry.remove(run)
        self.historyChanged.emit()
        return at

    def put_back(self, run: Run, at: int) -> None:
        """Put a removed run back into the list."""
        self.registry.put_back(run, at)
        self.historyChanged.emit()

    # Training

    def start(self, model: Model, dataset: Dataset, paused: bool = False) -> Run:
        """Begin a new run from a model's weights; `paused` waits for steps.

        Returns
        -------
        Run
            The run that it replaces.
        """
        run = Run.begin(
            self.registry.next_id(),
            model,
            self.recipe,
            self.seed,
            self.settings,
            dataset=dataset.name,
            beginning=self.run.beginning_at(model),
        )
        old = self.show(run)
        self._trainer.start(
            run.id,
            model.network,
            dataset,
            self.recipe,
            self.seed,
            self.settings,
            weights=model.weights,
            paused=paused,
        )
        return old

    def pause(self) -> None:
        if self.state.phase in ("starting", "running"):
            self._trainer.pause()
            self._enter("paused")

    def resume(self, more: int = 0) -> None:
        """Go on with the run in view, for `more` epochs than planned."""
        if not self.run.begun or self.state.phase in ("running", "failed"):
            return
        if more:
            self.run.extend(self.state.epochs + more)
            self.historyChanged.emit()
        self._trainer.resume(self.run.id, self.state.epochs)
        self._enter("running" if self.state.step or self.state.plan else "starting")

    def step(self) -> None:
        """Train one batch of the run in view, then pause."""
        if self.run.begun and self.state.phase != "failed":
            if self.state.phase == "finished":
                self.run.extend(self.state.epochs + 1)
            self._trainer.step(self.run.id, self.state.epochs)
            self._enter("stepping")

    def stop(self) -> None:
        """End the run for now; its curves and weights stay, and it can still go on."""
        if self.state.active:
            self._trainer.pause()
            self._enter("stopped")

    def make_way(self) -> None:
        """Slow training down for a moment, because the user waits for maps."""
        self._trainer.make_way()

    def ask_for_weights(self) -> None:
        """Ask for the weights after the current batch."""
        self._trainer.publish()

    @property
    def moving(self) -> bool:
        """Whether the weights of the run in view change."""
        return self.state.moving

    def weights_came(self) -> bool:
        """Return whether the weights that were asked for wait among the news."""
        return self._trainer.published

    def close(self, seconds: float | None = None) -> bool:
        """Stop the thread, wait at most so many seconds, and return whether it has ended."""
        return self._trainer.close(seconds)

    # News

    def drain(self) -> Model | None:
        """Take in every waiting event; return the newest model of the run in view, if any."""
        runs = self.registry.by_id()
        published, grew = False, False
        while not self._events.empty():
            run_id, event = self._events.get_nowait()
            run = runs.get(run_id)
            if run is None or run.state.phase == "failed":
                continue
            self._take(run, event)
            grew = grew or run is self.run
            published = published or (run is self.run and isinstance(event, WeightsPublished))
        if grew or self.busy:
            self.run.tick(time.monotonic())
            self._tell()
        if grew:
            self.historyChanged.emit()
        return self.run.model if published else None

    def _take(self, run: Run, event: object) -> None:
        run.follow(event)
        if (notice := self._news.of(run, event)) is not None:
            self.noticed.emit(notice)

    def _enter(self, phase: Phase) -> None:
        self.run.enter(phase)
        self.run.tick(time.monotonic())
        self._tell()

    def _tell(self) -> None:
        if self.state != self._told:
            self._told = self.state
            self.stateChanged.emit(self._told)
