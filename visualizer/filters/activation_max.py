"""ActivationMaximisation: search in the background for the input that drives a channel most."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from visualizer.scene.scene import Model
from visualizer.system.cached_job import CachedJob
from visualizer.system.jobs import Job, Jobs
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

    step: AscentStep
    done: bool = False


class ActivationMaximisation(CachedJob[Ascent]):
    """Searches for the input of one channel at a time, from the noise of a seed."""

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(jobs, KEY, KEPT, parent)

    def found(self, model: Model, layer: str, channel: int, seed: int) -> Ascent | None:
        """Return the newest result for a channel, also of the search under way, if any."""
        return self.get(model.weights, layer, channel, seed)

    def search(self, model: Model, layer: str, channel: int, seed: int) -> None:
        """Search from the seed's noise, even if that was done before."""

        def work(job: Job) -> Ascent:
            from visualizer.training.ascent import ascend

            ascent = None
            one_thread = Settings(threads=1)
            of = model.network, model.weights, layer, channel
            for step in ascend(*of, seed, settings=one_thread):
                ascent = Ascent(step)
                job.partly(ascent)
            assert ascent is not None
            return replace(ascent, done=True)

        name = f"Input for {layer} · {channel}"
        self.start(name, work, model.weights, layer, channel, seed)
