"""What is known of a training run: its curves, its phase, its speed. Pure; no Qt, no torch."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace
from typing import Literal

from visualizer.core.history import History
from visualizer.training.events import BatchEnded, EpochEnded, RunStarted

Phase = Literal[
    "ready",
    "stored",
    "starting",
    "running",
    "stepping",
    "paused",
    "finished",
    "stopped",
    "failed",
]

ACTIVE: tuple[Phase, ...] = ("starting", "running", "stepping", "paused")
SPEED_WINDOW_SECONDS = 4.0


@dataclass(frozen=True, slots=True)
class RunState:
    """The toolbar's view of a run.

    Attributes
    ----------
    epoch : float
        Epochs done, with the fraction of the one under way.
    step : int
        Batches done.
    images_per_second, seconds_left : float or None
        None while they are not known.
    loss, test_accuracy : float or None
        Mean training loss of the last few dozen batches; accuracy on the whole test set at the
        end of the last epoch.
    plan : str
        Device, precision and threads in words.
    """

    phase: Phase = "ready"
    epoch: float = 0.0
    epochs: int = 0
    step: int = 0
    images_per_second: float | None = None
    seconds_left: float | None = None
    loss: float | None = None
    test_accuracy: float | None = None
    plan: str = ""

    @property
    def active(self) -> bool:
        return self.phase in ACTIVE


@dataclass
class Run:
    """One run as its events tell it; `id` marks its events among those of earlier runs."""

    id: int
    epochs: int
    dataset_name: str
    history: History = field(init=False)
    state: RunState = field(init=False)
    _images: int = 0
    _clock: deque[tuple[float, float]] = field(default_factory=deque)

    def __post_init__(self) -> None:
        self.history = History(self.epochs)
        self.state = RunState("starting", epochs=self.epochs)

    def take(self, event: object) -> None:
        """Append an event to the curves and note it in the state."""
        if isinstance(event, RunStarted):
            self._images = event.train_images
            self.state = replace(self.state, plan=event.plan_text)
        elif isinstance(event, BatchEnded):
            self.history.add_batch(event.epoch, event.loss, event.accuracy)
            self.state = replace(self.state, epoch=event.epoch, step=event.step)
        elif isinstance(event, EpochEnded):
            self.history.add_test(event.epoch, event.test_loss, event.test_accuracy)
            self.state = replace(self.state, test_accuracy=event.test_accuracy)

    def enter(self, phase: Phase) -> None:
        """Go into a phase; the speed is measured anew after a pause."""
        if phase != self.state.phase:
            self._clock.clear()
            self.state = replace(self.state, phase=phase, seconds_left=None)

    def tick(self, now: float) -> None:
        """Measure speed and time left from what was done in the last few seconds.

        Parameters
        ----------
        now : float
            Seconds of a monotonic clock.
        """
        state = replace(self.state, loss=self.history.loss.recent())
        if state.phase == "running":
            self._clock.append((now, state.epoch))
            while now - self._clock[0][0] > SPEED_WINDOW_SECONDS:
                self._clock.popleft()
            then, epoch_then = self._clock[0]
            if now - then > 0.3 and state.epoch > epoch_then:
                speed = self._images * (state.epoch - epoch_then) / (now - then)
                left = (state.epochs - state.epoch) * self._images / speed
                state = replace(state, images_per_second=speed, seconds_left=left)
        self.state = state
