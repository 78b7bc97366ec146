"""The thread that trains: told what to do from the window, telling by a queue of events.

Neither this file nor any call from the window imports torch: the thread does, when it needs it.
"""

from __future__ import annotations

import logging
import queue
import threading
import traceback
from dataclasses import dataclass

from visualizer.core.layer import Weights
from visualizer.core.network import Network
from visualizer.data.dataset import Dataset
from visualizer.training.events import BatchEnded, EpochEnded, Event, Failed, RunStarted
from visualizer.training.recipe import Recipe
from visualizer.training.settings import Settings

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class _Run:
    run_id: int
    network: Network
    dataset: Dataset
    recipe: Recipe
    seed: int
    settings: Settings
    weights: Weights | None


class Trainer:
    """One long-lived thread that trains one run at a time.

    Every method returns at once, except `close`. Events arrive in the queue as
    (run_id, event); a run that was stopped or replaced may still put one or two.
    """

    def __init__(self, events: queue.SimpleQueue[tuple[int, object]]) -> None:
        self._events = events
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._run: _Run | None = None
        self._begun: _Run | None = None
        self._steps: int | None = None  # batches still to go; None: on and on, 0: paused
        self._rests = False
        self._wants_torch = False
        self._closing = False

    def preload(self) -> None:
        """Import torch in the thread, so that the first start does not wait for it."""
        with self._changed:
            self._wants_torch = True
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
        """Train, in place of any run under way; `paused` waits for `step` or `resume`."""
        with self._changed:
            self._run = _Run(
                run_id, network, dataset, recipe, seed, settings or Settings(), weights
            )
            self._steps = 0 if paused else None
            self._wake()

    def pause(self) -> None:
        """Rest after the batch under way, whose weights are then published."""
        self._allow(0)

    def resume(self) -> None:
        """Go on after a pause or a step."""
        self._allow(None)

    def step(self) -> None:
        """Learn from one batch more, publish its weights, and rest right after it."""
        with self._changed:
            self._steps = (self._steps or 0) + 1
            self._changed.notify_all()

    def stop(self) -> None:
        """End the run; the thread stays for the next one."""
        with self._changed:
            self._run = None
            self._changed.notify_all()

    def close(self, timeout: float | None = None) -> bool:
        """End the run and the thread, and wait for it; whether it has ended in time."""
        with self._changed:
            self._closing = True
            self._run = None
            self._changed.notify_all()
        if self._thread is None:
            return True
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _allow(self, steps: int | None) -> None:
        with self._changed:
            self._steps = steps
            self._changed.notify_all()

    def _wake(self) -> None:
        if self._closing:
            raise RuntimeError("the trainer is closed")
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="trainer")
            self._thread.start()
        self._changed.notify_all()

    def _work(self) -> None:
        """The thread: import torch when asked, train when asked, until closed."""
        while True:
            with self._changed:
                self._changed.wait_for(self._has_work)
                if self._closing:
                    return
                run, self._begun, self._wants_torch = self._run, self._run, False
            if run is None:
                self._preload()
            else:
                self._train(run)

    def _has_work(self) -> bool:
        return self._closing or self._wants_torch or self._run is not self._begun

    def _preload(self) -> None:
        try:
            import visualizer.training.fit  # noqa: F401
        except Exception:  # noqa: BLE001 - logged; a start will say what is wrong
            _log.exception("torch could not be loaded")

    def _train(self, run: _Run) -> None:
        try:
            from visualizer.training.fit import fit

            events = fit(
                run.network,
                run.dataset,
                run.recipe,
                run.seed,
                settings=run.settings,
                weights=run.weights,
                publish_now=self._rests_next,
            )
            for event in events:
                self._events.put((run.run_id, event))
                if not self._goes_on(run, event):
                    return
        except Exception as error:  # noqa: BLE001 - any failure becomes an event
            message = str(error) or type(error).__name__
            self._events.put((run.run_id, Failed(message, traceback.format_exc())))

    def _rests_next(self) -> bool:
        """Asked after each batch, before its events: whether the run rests after it.

        The answer makes `fit` publish the batch's weights, and holds even when `pause` comes
        in between: then the run rests one batch later, with weights to show.
        """
        steps = self._steps
        self._rests = steps is not None and steps <= 1
        return self._rests

    def _goes_on(self, run: _Run, event: Event) -> bool:
        """Wait here while paused; false when the run was stopped or replaced."""
        with self._changed:
            if isinstance(event, BatchEnded):
                if self._steps and (self._rests or self._steps > 1):
                    self._steps -= 1
                may_rest = self._rests
            else:
                may_rest = isinstance(event, RunStarted | EpochEnded)
            if may_rest:
                self._changed.wait_for(lambda: self._run is not run or self._steps != 0)
            return self._run is run
