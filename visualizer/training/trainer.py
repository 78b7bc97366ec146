"""The thread that trains: the window calls it, and it answers with a queue of events.

Neither this file nor any call from the window imports torch: the thread does, when it needs it.
"""

from __future__ import annotations

import math
import queue
import threading
import time
import traceback
from functools import partial

from visualizer.core.network.layer import Weights
from visualizer.core.network.network import Network
from visualizer.data.dataset import Dataset
from visualizer.system.environment import give_back_memory
from visualizer.training.events import BatchEnded, Failed, WeightsPublished
from visualizer.training.loading import load_torch
from visualizer.training.recipe import Recipe
from visualizer.training.settings import Settings
from visualizer.training.suspended_run import SuspendedRun, events_of

_WAY_SECONDS, _REST_SECONDS = 0.1, 0.03
_KEPT_SECONDS = 0.25  # a next step finds the memory of the last one


class Trainer:
    """One long-lived thread that trains one of several runs, and keeps the others.

    A run is kept, with its optimizer and its place among the images, until it is dropped: it may
    be paused, left for another run, or finished, and later go on without any difference. Only a
    run that failed or diverged is dropped by the trainer itself.

    Every method except `close` returns at once. It does nothing for a run that is not kept
    (any more) or has no epochs to go, or when the trainer is closed. Events arrive in the queue as
    (run_id, event); a run that is left may still put the events of a batch or two, the last batch
    with its weights.

    Attributes
    ----------
    published : bool
        Whether the weights asked for by `publish` are among the events.
    """

    def __init__(self, events: queue.SimpleQueue[tuple[int, object]]) -> None:
        self._events = events
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._runs: dict[int, SuspendedRun] = {}
        self._current: SuspendedRun | None = None
        self._under_way: SuspendedRun | None = None  # current, or not yet where it may be left
        self._steps: int | None = None  # batches for the current run; None: no limit
        self._waits = False
        self._closing = False
        self._loading = True  # whether torch is still being imported
        self._way_until = 0.0
        self._asked = self.published = self._watched = False
        self._pace, self._due, self._batch_over = 0.0, -math.inf, False

    def preload(self) -> None:
        """Import torch in the thread, so that the first start does not wait for it."""
        with self._changed:
            if not self._closing:
                self._wake()

    def start(
        self,
        run_id: int,
        network: Network,
        dataset: Dataset,
        recipe: Recipe,
        seed: int = 0,
        settings: Settings | None = None,
        weights: Weights | None = None,
        *,
        paused: bool = False,
    ) -> None:
        """Begin a run and leave the current one; a `paused` run waits for `step` or `resume`."""
        events = events_of(
            network,
            dataset,
            recipe,
            seed,
            settings=settings or Settings(),
            weights=weights,
            publish_now=partial(self._publishes_next, run_id),
            watch_next=self._watches_next,
            epochs=partial(self._epochs, run_id),  # by number: a dropped run is freed
        )
        with self._changed:
            if self._closing:
                return
            self.drop(run_id)
            run = self._runs[run_id] = SuspendedRun(run_id, recipe.epochs, events)
            self._turn_to(run, 0 if paused else None)

    def resume(self, run_id: int, epochs: int | None = None) -> None:
        """Go on with a kept run and leave the current one.

        Parameters
        ----------
        epochs
            Number of epochs in all from now on. A finished run goes on only with more epochs than
            it has done, and finishes again at its new end.
        """
        self._go_on(run_id, epochs, None)

    def step(self, run_id: int, epochs: int | None = None) -> None:
        """Learn from one more batch of this run, publish its weights, and then rest."""
        self._go_on(run_id, epochs, 1)

    def pause(self) -> None:
        """Rest after the current batch or the next, whose weights are then published."""
        with self._changed:
            self._steps = 0
            self._changed.notify_all()

    def publish(self) -> None:
        """Publish the weights after the current batch."""
        self.published = False
        self._asked = True

    def make_way(self) -> None:
        """Leave the window more of the machine for a moment: rest a little before each batch."""
        self._way_until = time.monotonic() + _WAY_SECONDS

    def set_pace(self, seconds: float) -> None:
        """Let a batch begin no sooner than so many seconds after the one before; 0: at full speed.

        At a pace every batch's weights are published.
        """
        with self._changed:
            self._pace, self._due = seconds, -math.inf
            self._changed.notify_all()

    def drop(self, run_id: int) -> None:
        """Forget a run and free its memory; no event of the run comes any more."""
        with self._changed:
            run = self._runs.pop(run_id, None)
            self._current = None if self._current is run else self._current
            self._under_way = None if self._under_way is run else self._under_way

    def close(self, timeout: float | None = None) -> bool:
        """Drop all runs, end the thread and wait for it; return whether it has ended in time.

        With a timeout, an import under way is not waited for at all: it would take longer.
        """
        with self._changed:
            self._closing = True
            self._runs.clear()
            self._current = self._under_way = None
            self._changed.notify_all()
        if self._thread is None:
            return True
        self._thread.join(0.0 if timeout is not None and self._loading else timeout)
        return not self._thread.is_alive()

    @property
    def resting(self) -> bool:
        """Whether nothing runs, and no event comes before the next call."""
        with self._changed:
            idle = self._thread is None or self._waits
            return idle and self._next() is None

    def _go_on(self, run_id: int, epochs: int | None, steps: int | None) -> None:
        with self._changed:
            run = self._runs.get(run_id)
            if run is None:
                return
            if epochs is not None:
                run.epochs = epochs
            if run.at_end:
                return
            if steps and run is self._current:
                steps += self._steps or 0
            self._turn_to(run, steps)

    def _turn_to(self, run: SuspendedRun, steps: int | None) -> None:
        self._current, self._steps, self._due = run, steps, -math.inf
        self._wake()

    def _wake(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="trainer")
            self._thread.start()
        self._changed.notify_all()

    def _work(self) -> None:
        """Run the thread: import torch, then take one event of a run at a time, until closed."""
        load_torch(lambda: self._closing)
        self._loading = False
        while self._turn():
            pass

    def _turn(self) -> bool:
        """Wait for work and do it; return False when closed. No run is referenced afterwards."""
        with self._changed:
            if time.monotonic() < self._way_until:
                self._changed.wait(_REST_SECONDS)
            self._wait_for_a_turn()
            if self._closing:
                return False
            self._under_way = run = self._next()
        if run is not None:
            self._advance(run)
            del run  # a rest may be long, and the run be dropped meanwhile
            if self._next() is None:
                self._rest()
        return True

    def _rest(self) -> None:
        """Give memory back, unless there is soon something to do."""
        with self._changed:
            self._waits = True
            soon = self._changed.wait_for(lambda: self._closing or self._next(), _KEPT_SECONDS)
            self._waits = False
        if not soon:
            give_back_memory()

    def _wait_for_a_turn(self) -> None:
        """Wait until a run is to go on and its next batch is due, or the trainer is closed."""
        while not self._closing:
            goes_on = self._next() is not None
            left = self._due - time.monotonic() if self._batch_over else 0.0
            if goes_on and left <= 0:
                return
            self._waits = not goes_on
            self._changed.wait(left if goes_on else None)
            self._waits = False

    def _next(self) -> SuspendedRun | None:
        """Return the run whose turn it is: a left or paused run goes on until it may stop."""
        run, current = self._under_way, self._current
        if run is not None and run is not current and not run.may_be_left:
            return run
        if current is None or current.at_end:
            return None
        rests = self._steps == 0 and current.may_rest
        return None if rests else current

    def _advance(self, run: SuspendedRun) -> None:
        """Take one event of a run, which may be dropped meanwhile."""
        try:
            event = next(run.events, None)
        except Exception as error:  # noqa: BLE001 - any failure becomes an event
            event = Failed(str(error) or type(error).__name__, traceback.format_exc())
        with self._changed:
            if self._runs.get(run.run_id) is not run:
                return
            if event is not None:
                self._events.put((run.run_id, event))
                self.published |= isinstance(event, WeightsPublished) and not self._asked
            run.note(event)
            self._batch_over = isinstance(event, BatchEnded)
            if self._batch_over and self._pace:
                self._due = max(self._due + self._pace, time.monotonic())
            if isinstance(event, BatchEnded) and run is self._current and self._steps:
                self._steps -= 1
            if run.is_over:
                self.drop(run.run_id)

    def _watches_next(self) -> bool:
        """Return, before each batch, whether its step is watched: it can be the last for now."""
        self._watched = bool(self._pace) or self._is_last
        return self._watched

    @property
    def _is_last(self) -> bool:
        """Whether the current run is to rest after this batch."""
        return self._steps is not None and self._steps <= 1

    def _publishes_next(self, run_id: int) -> bool:
        """Return, after each batch and before its events, whether to publish the weights.

        They are published on request, at a pace, and when the run is to rest after this batch. If a
        pause comes after `_watches_next`, the run rests one batch later, whose step is watched.
        """
        asked, self._asked = self._asked, False
        left = self._current is None or self._current.run_id != run_id
        return asked or left or bool(self._pace) or (self._is_last and self._watched)

    def _epochs(self, run_id: int) -> int:
        run = self._runs.get(run_id)
        return run.epochs if run else 0
