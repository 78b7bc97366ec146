"""FilterStudy: collects the responses of filters on the test set in the background.

Results are kept by weights and images, so that going back and forth costs nothing. While a run
trains, the weights change all the time: then the last results stay, with their moment, until
the user asks for new ones or the run rests.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from visualizer.core.responses import LayerResponses, Responses
from visualizer.data.dataset import Dataset
from visualizer.digits.data_source import DataSource
from visualizer.runs.run_control import RunControl
from visualizer.runs.run_state import RunState
from visualizer.scene.scene import Model, Scene
from visualizer.scene.viewer import Viewer
from visualizer.system.cached_job import CachedJob
from visualizer.system.jobs import Job, Jobs
from visualizer.system.notice import Notice
from visualizer.system.throttle import single_shot
from visualizer.training.settings import Settings

if TYPE_CHECKING:
    from visualizer.training.ablation import Ablations

RESPONSES, ABLATIONS = "responses", "ablations"
KEPT = 2  # results, some 50 MB each: after an undo the old ones are there again
SETTLE_MILLISECONDS = 120  # weights that change again within this time get no pass


@dataclass(frozen=True, slots=True, eq=False)
class Study:
    """Responses, with the model and the data set that they are of."""

    model: Model
    dataset: Dataset
    responses: Responses


class FilterStudy(QObject):
    """The responses of the model in view, and the accuracy without each of its filters.

    Signals
    -------
    changed
        The results changed, they are no longer of the model in view, or a pass began or ended.
    noticed : Notice
    """

    changed = Signal()
    noticed = Signal(Notice)

    def __init__(
        self,
        viewer: Viewer,
        runs: RunControl,
        source: DataSource,
        jobs: Jobs,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._viewer, self._runs, self._source, self._jobs = viewer, runs, source, jobs
        self.responses: CachedJob[Study] = CachedJob(jobs, RESPONSES, KEPT, self)
        self.ablations: CachedJob[Ablations] = CachedJob(jobs, ABLATIONS, KEPT, self)
        for work in (self.responses, self.ablations):
            work.changed.connect(self.changed)
            work.noticed.connect(self.noticed)
        self._settle = single_shot(self, "filter study", self._on_settled, SETTLE_MILLISECONDS)
        viewer.sceneChanged.connect(self._on_scene)
        runs.stateChanged.connect(self._on_run)
        source.changed.connect(self._on_dataset)

    # Responses

    @property
    def results(self) -> Study | None:
        """The newest results for the network in view on the digits in use: `fresh`, or older."""
        model, dataset = self._viewer.scene.model, self._source.dataset
        exact = self.of(model)
        if exact is not None:
            return exact
        of_others = (
            known
            for known in self.responses.values
            if known.model.network == model.network and known.dataset.test is dataset.test
        )
        return next(of_others, None)

    @property
    def fresh(self) -> bool:
        """Whether the results are of the weights in view."""
        return self.of(self._viewer.scene.model) is not None

    def of(self, model: Model) -> Study | None:
        """Return the results of a model's weights on the digits in use, if known."""
        return self.responses.get(model.weights, self._source.dataset.test)

    def layer(self, name: str) -> LayerResponses | None:
        """Return the responses of a layer, if known."""
        known = self.results
        layers = known.responses.layers if known else ()
        return next((layer for layer in layers if layer.name == name), None)

    def channel(self, name: str, channel: int) -> LayerResponses | None:
        """Return the responses of a layer, if known and if this channel responds.

        A class that was taken out of the softmax does not respond: its logit is no response.
        """
        known = self.layer(name)
        return None if known is None or known.is_out(channel) else known

    def watch(self, who: QObject, seen: bool) -> None:
        """Set whether `who` looks at the results; only then they are collected automatically."""
        self._jobs.watch(who, *((RESPONSES, ABLATIONS) if seen else ()))
        if seen:
            self._settle.start()

    @property
    def waits(self) -> bool:
        """Whether it is about to look for what is not known."""
        return self._settle.isActive()

    def ask(self) -> None:
        """Collect the responses of the model in view to every digit of the test set."""
        model, dataset = self._viewer.scene.model, self._source.dataset
        if self.fresh or not len(dataset.test):
            return

        def work(job: Job) -> Study:
            from visualizer.training.responses import collect

            responses = job.follow(collect(model.network, model.weights, dataset.test, settings))
            for layer in responses.layers:
                layer.prepare()
            return Study(model, dataset, responses)

        settings = self._settings()
        name = f"Responses to {len(dataset.test):,} digits"
        self.responses.start(name, work, model.weights, dataset.test)

    def _settings(self) -> Settings | None:
        """Return how to work while a run trains: on one thread."""
        return Settings(threads=1) if self._runs.moving else None

    # Which filters matter

    def without(self, layer: str) -> Ablations | None:
        """Return the accuracy without each filter of a layer of the model in view, if known."""
        weights, test = self._viewer.scene.model.weights, self._source.dataset.test
        return self.ablations.get(weights, test, layer)

    def switch_each_off(self, layer: str) -> None:
        """Measure the accuracy of the model in view without each filter of a layer."""
        model, test = self._viewer.scene.model, self._source.dataset.test
        if self.without(layer) is not None or not len(test):
            return

        def work(job: Job) -> Ablations:
            from visualizer.training.ablation import ablations

            return job.follow(ablations(model.network, model.weights, test, layer, settings))

        settings = self._settings()
        name = f"{layer} without each filter"
        self.ablations.start(name, work, model.weights, test, layer)

    # News

    def _on_scene(self, old: Scene, new: Scene) -> None:
        if old.model is not new.model:
            self.changed.emit()
            self._settle.start()

    def _on_run(self, state: RunState) -> None:
        self._settle.start()

    def _on_dataset(self, dataset: Dataset) -> None:
        for work in (self.responses, self.ablations):
            work.cancel()
        self._settle.start()

    def _on_settled(self) -> None:
        """Collect the responses, if the weights rest and somebody looks."""
        if self.responses.watched and not self._runs.moving:
            self.ask()
