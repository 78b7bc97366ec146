"""ActivationMaximisation: search in the background for the input that drives a channel most."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from visualizer.scene.scene import Model
from visualizer.system.jobs import Job, Jobs
from visualizer.system.notice import Notice
from visualizer.training.settings import Settings

if TYPE_CHECKING:
    from visualizer.training.ascent import AscentStep

KEY = "ascent"
KEPT = 64


@dataclass(frozen=True, slots=True, eq=False)
class Ascent:
    """The search for one channel's input, as far as it has come.

    Attributes
    ----------
    step : AscentStep
        The best picture so far.
    done : bool
        Whether all steps have been taken.
    """

    model: Model
    layer: str
    channel: int
    seed: int
    step: AscentStep
    done: bool = False

    def is_of(self, model: Model, layer: str, channel: int, seed: int) -> bool:
        there = (self.layer, self.channel, self.seed)
        return self.model.weights is model.weights and there == (layer, channel, seed)


class ActivationMaximisation(QObject):
    """Searches for the input of one channel at a time, and remembers the last few results.

    Signals
    -------
    changed
        A search has come further, has begun or has ended.
    noticed : Notice
    """

    changed = Signal()
    noticed = Signal(Notice)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._kept: list[Ascent] = []

    def found(self, model: Model, layer: str, channel: int, seed: int) -> Ascent | None:
        """Return the newest result for a channel, also of the search under way, if any."""
        of = (one for one in reversed(self._kept) if one.is_of(model, layer, channel, seed))
        return next(of, None)

    @property
    def busy(self) -> bool:
        return self._jobs.is_running(KEY)

    def start(self, model: Model, layer: str, channel: int, seed: int) -> None:
        """Search from the seed's noise, even if that was done before."""

        def work(job: Job) -> Ascent:
            from visualizer.training.ascent import ascend

            ascent = None
            settings = Settings(threads=1)
            for step in ascend(
                model.network, model.weights, layer, channel, seed, settings=settings
            ):
                ascent = Ascent(model, layer, channel, seed, step)
                job.partly(ascent)
            assert ascent is not None
            return replace(ascent, done=True)

        name = f"Input for {layer} · {channel}"
        self._jobs.start(KEY, name, work, self._on_step, self._on_failed, self._on_step)
        self.changed.emit()

    def stop(self) -> None:
        """Stop the search; its best picture so far stays."""
        self._jobs.cancel(KEY)
        self.changed.emit()

    def _on_step(self, ascent: Ascent) -> None:
        of = (ascent.model, ascent.layer, ascent.channel, ascent.seed)
        others = [one for one in self._kept if not one.is_of(*of)]
        self._kept = [*others[1 - KEPT :], ascent]
        self.changed.emit()

    def _on_failed(self, message: str) -> None:
        self.changed.emit()
        holds = partial(self._jobs.rests, KEY)
        self.noticed.emit(Notice(message, "error", holds=holds))
