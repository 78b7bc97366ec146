"""Everything known of a run: recipe, curves, phase, last weights. Pure; no Qt."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from visualizer.core.backward.learnt import StepState
from visualizer.core.beginning import Beginning
from visualizer.core.history import History
from visualizer.core.snapshots import Snapshot, Snapshots, is_due
from visualizer.runs.run_state import Phase, RunState, fact_number
from visualizer.scene.moment import Moment
from visualizer.scene.scene import Model
from visualizer.training.events import (
    BatchEnded,
    Diverged,
    EpochEnded,
    Failed,
    Finished,
    RunStarted,
    WeightsPublished,
)
from visualizer.training.recipe import Recipe
from visualizer.training.settings import Settings

SPEED_WINDOW_SECONDS = 4.0


@dataclass(eq=False)
class Run:
    """One training run of a network, or weights without one.

    Attributes
    ----------
    id : int
        Number of the run in the trainer's events; 0 for weights that no run here has made.
    model : Model
        The network with the newest weights.
    recipe : Recipe or None
        None if nothing was trained here.
    snapshots : Snapshots
        The weights at many moments.
    name, number
        The run's name in the list, and its place among all runs that were ever in the list.
    kept : bool
        Whether the trainer still keeps the run, so that it can go on.
    plan : mapping of str
        How the run uses the machine: device, precision, threads, and all in words.
    beginning : Beginning or None
        The moment of another run that this run went on from.
    last_step : StepState or None
        What the last step began from, if it was watched: after a step or a pause.
    """

    id: int
    model: Model
    recipe: Recipe | None = None
    seed: int = 0
    settings: Settings = field(default_factory=Settings)
    history: History = field(default_factory=History)
    state: RunState = field(default_factory=RunState)
    snapshots: Snapshots = field(default_factory=Snapshots)
    name: str = ""
    number: int = 0
    kept: bool = True
    train_images: int = 0
    plan: Mapping[str, str] = field(default_factory=dict)
    beginning: Beginning | None = None
    last_step: StepState | None = None
    _clock: deque[tuple[float, float]] = field(default_factory=deque)
    _ticked: float | None = None

    @classmethod
    def begin(
        cls, run_id: int, model: Model, recipe: Recipe, seed: int, settings: Settings, dataset: str,
        beginning: Beginning | None = None, name: str = "",
    ) -> Run:  # fmt: skip
        """Make a run that is about to train from a model's weights."""
        return cls(
            id=run_id,
            model=model,
            recipe=recipe,
            seed=seed,
            settings=settings,
            history=History(recipe.epochs),
            state=RunState("starting", epochs=recipe.epochs, dataset=dataset),
            snapshots=Snapshots.of([Snapshot(0, 0.0, model.weights)]),
            name=name,
            beginning=beginning,
        )

    @classmethod
    def untrained(cls, model: Model) -> Run:
        """Make a run of initial weights, without any training."""
        return cls(0, model)

    @classmethod
    def stored(cls, model: Model, history: History | None = None) -> Run:
        """Make a run of weights from a file, with their curves if these are known."""
        facts = model.facts
        state = RunState(
            "stored",
            epoch=fact_number(facts.get("epochs")) or 0.0,
            test_accuracy=fact_number(facts.get("test_accuracy")),
            dataset=facts.get("dataset", ""),
        )
        curves = history or History()
        state = replace(state, epochs=round(state.epoch), loss=curves.loss.recent())
        return cls(0, model, history=curves, state=state)

    def enrol(self, run_id: int) -> None:
        """Take the number by which the moments of the run are told from those of others."""
        self.id = run_id
        self.model = self.model_at(self.snapshots[len(self.snapshots) - 1])

    def rest_at(self, snapshot: Snapshot) -> None:
        """Have the model and the counters of a moment."""
        self.model, self.state = self.model_at(snapshot), self.state_at(snapshot)
        self.tick(0.0)

    def rename(self, name: str) -> None:
        """Take another name in the list."""
        self.name = name

    def list_as(self, number: int, name: str) -> None:
        """Take a place among all runs of the list, and a name where there is none yet."""
        self.number, self.name = number, self.name or name

    def fill(self, snapshots: Snapshots) -> None:
        """Take all moments of the run, of which only the last was known."""
        self.snapshots = snapshots

    @property
    def begun(self) -> bool:
        """Whether the run has trained here, and could go on."""
        return self.recipe is not None

    @property
    def facts(self) -> dict[str, str]:
        """Facts about the last weights, as in a weights file."""
        if self.recipe is None or self.model.moment is None:
            return dict(self.model.facts)
        return self.facts_at(self.model.moment.epoch)

    def facts_at(self, epoch: float) -> dict[str, str]:
        """Return facts about the weights after so many epochs; the accuracy only after a test."""
        facts = {
            **(self.recipe.facts if self.recipe else {}),
            "seed": str(self.seed),
            "epochs": f"{epoch:.2f}",
            "dataset": self.state.dataset,
            **({"train_images": str(self.train_images)} if self.train_images else {}),
            **self.plan,
        }
        tests = np.abs(self.history.test_epoch.values - epoch) < 1e-6
        if tests.any():
            accuracy = self.history.accuracy.test.values[tests][-1]
            facts["test_accuracy"] = f"{accuracy:.4f}"
        return {**facts, **(self.beginning.as_facts() if self.beginning else {})}

    @property
    def began(self) -> str:
        """Where the run began, in words; empty if it began from its seed."""
        return f" {self.beginning.words}" if self.beginning else ""

    def beginning_at(self, model: Model) -> Beginning | None:
        """Return the moment of this run whose weights a model has, or None."""
        if model.moment is None or not self.begun:
            return None
        moment = model.moment
        facts = self.facts_at(moment.epoch)
        return Beginning(self.name, moment.step, moment.epoch, model.origin, facts)

    def model_at(self, snapshot: Snapshot) -> Model:
        """Make the network with the weights of a moment."""
        moment = Moment(self.id, snapshot.step, snapshot.epoch)
        origin = f"epoch {snapshot.epoch:.2f}" if snapshot.step else self._beginning
        facts = self.facts_at(snapshot.epoch)
        return Model(self.model.network, snapshot.weights, origin, moment, facts)

    @property
    def _beginning(self) -> str:
        return f"the beginning of {self.name}" if self.name else "its beginning"

    def state_at(self, snapshot: Snapshot) -> RunState:
        """Return the counters at a moment: the last test before it, the loss around it."""
        batches = int(np.searchsorted(self.history.epoch.values, snapshot.epoch + 1e-6))
        tests = int(np.searchsorted(self.history.test_epoch.values, snapshot.epoch + 1e-6))
        accuracy = self.history.accuracy.test.values[:tests]
        return replace(
            self.state,
            epoch=snapshot.epoch,
            step=snapshot.step,
            loss=self.history.loss.recent(batches),
            test_accuracy=float(accuracy[-1]) if tests else None,
        )

    def describe(self) -> str:
        """Name the run in a few words: recipe, seed, beginning, epochs, accuracy."""
        if self.recipe is None:
            return self.model.origin
        words = f"recipe {self.recipe.words}, seed {self.seed}{self.began}"
        words += f", epoch {self.state.epoch:.2f}"
        accuracy = self.state.test_accuracy
        if accuracy is not None:
            words += f", {accuracy * 100:.2f} % on {self.state.dataset}"
        return f"{self.name or 'a run'} of {self.model.network.name} ({words})"

    def take(self, event: object) -> None:
        """Append an event to the curves and note it in the state."""
        if isinstance(event, RunStarted):
            self.train_images, self.plan = event.train_images, event.plan
            self.state = replace(self.state, plan=event.plan_text)
        elif isinstance(event, BatchEnded):
            self.history.add_batch(event.epoch, event.loss, event.accuracy, event.flow)
            if self.last_step is not None and self.last_step.step != event.step:
                self.last_step = None
            self.state = replace(self.state, epoch=event.epoch, step=event.step)
        elif isinstance(event, EpochEnded):
            self.history.add_test(event.epoch, event.test_loss, event.test_accuracy)
            self.state = replace(self.state, test_accuracy=event.test_accuracy)
        elif isinstance(event, WeightsPublished):
            self.last_step = event.began
            moment = Moment(self.id, event.step, event.epoch)
            origin = f"epoch {event.epoch:.2f}"
            self.model = replace(self.model, weights=event.weights, origin=origin, moment=moment)
            snapshot = Snapshot(event.step, event.epoch, event.weights)
            if is_due(event.step) or snapshot.ends_epoch:
                self.snapshots.keep(snapshot)
        elif isinstance(event, Finished):
            self.state = replace(self.state, seconds=event.seconds)

    def follow(self, event: object) -> None:
        """Take an event of the trainer, and enter the phase that results from it."""
        step_before = self.state.step
        self.take(event)
        if isinstance(event, RunStarted) and self.state.phase == "starting":
            self.enter("running")
        elif self.state.phase == "stepping" and self.state.step > step_before:
            self.enter("paused")
        elif isinstance(event, Finished):
            self.enter("finished")
        elif isinstance(event, Diverged | Failed):
            self.enter("failed")

    def goes_on_with(self, recipe: Recipe, seed: int, settings: Settings) -> bool:
        """Return whether training goes on with this run; at rest only with these same settings."""
        if not self.begun or not self.kept or self.state.phase == "failed":
            return False
        as_set_up = (self.recipe, self.seed, self.settings) == (recipe, seed, settings)
        return self.state.active or as_set_up

    def extend(self, epochs: int) -> None:
        """Change the number of epochs planned."""
        self.history.epochs = epochs
        self.state = replace(self.state, epochs=epochs)

    def enter(self, phase: Phase) -> None:
        """Enter a phase; after a pause the speed is measured anew."""
        if phase != self.state.phase:
            self._clock.clear()
            self._ticked = None
            self.state = replace(self.state, phase=phase, seconds_left=None)

    def tick(self, now: float) -> None:
        """Measure time, speed and time left.

        Parameters
        ----------
        now : float
            Seconds of a monotonic clock.
        """
        state = replace(self.state, loss=self.history.loss.recent())
        if state.phase == "running":
            spent = state.seconds + (now - self._ticked if self._ticked is not None else 0.0)
            state = self._with_speed(replace(state, seconds=spent), now)
            self._ticked = now
        elif self.train_images and state.seconds > 0:
            mean = self.train_images * state.epoch / state.seconds
            state = replace(state, images_per_second=mean)
        self.state = state

    def _with_speed(self, state: RunState, now: float) -> RunState:
        """Return the state with the speed of the last few seconds and the time left."""
        self._clock.append((now, state.epoch))
        while now - self._clock[0][0] > SPEED_WINDOW_SECONDS:
            self._clock.popleft()
        then, epoch_then = self._clock[0]
        if now - then <= 0.3 or state.epoch <= epoch_then:
            return state
        speed = self.train_images * (state.epoch - epoch_then) / (now - then)
        left = (state.epochs - state.epoch) * self.train_images / speed
        return replace(state, images_per_second=speed, seconds_left=left)
