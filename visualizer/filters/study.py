"""FilterStudy: collects the responses of filters on the test set in the background.

Results are kept by weights and images, so that going back and forth costs nothing. While a run
trains, the weights change all the time: then the last results stay, with their moment, until
the user asks for new ones or the run rests.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from visualizer.core.responses import LayerResponses, Responses
from visualizer.data.dataset import Dataset
from visualizer.digits.data_source import DataSource
from visualizer.runs.run_control import RunControl
from visualizer.runs.run_state import RunState
from visualizer.scene.scene import Model, Scene
from visualizer.scene.viewer import Viewer
from visualizer.system.jobs import Job, Jobs
from visualizer.system.notice import Notice
from visualizer.training.settings import Settings

if TYPE_CHECKING:
    from visualizer.training.ablation import Ablations

RESPONSES, ABLATIONS = "responses", "ablations"
KEPT = 2  # results, some 50 MB each: after an undo the old ones are there again
SETTLE_MILLISECONDS = 120  # weights that change again within this time get no pass
PERMILLE = 1000


@dataclass(frozen=True, slots=True, eq=False)
class Study:
    """Responses, with the model and the data set that they are of."""

    model: Model
    dataset: Dataset
    responses: Responses

    def is_of(self, model: Model, dataset: Dataset) -> bool:
        return self.model.weights is model.weights and self.dataset.test is dataset.test


@dataclass(frozen=True, slots=True, eq=False)
class Without:
    """Accuracies without each filter of a layer, with their model and data set."""

    model: Model
    dataset: Dataset
    layer: str
    ablations: Ablations


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
        self._kept: list[Study] = []
        self._without: list[Without] = []
        self._settle = QTimer(self)
        self._settle.setObjectName("filter study")
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MILLISECONDS)
        self._settle.timeout.connect(self._on_settled)
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
            for known in reversed(self._kept)
            if known.model.network == model.network and known.dataset.test is dataset.test
        )
        return next(of_others, None)

    @property
    def fresh(self) -> bool:
        """Whether the results are of the weights in view."""
        return self.of(self._viewer.scene.model) is not None

    def of(self, model: Model) -> Study | None:
        """Return the results of a model's weights on the digits in use, if known."""
        dataset = self._source.dataset
        return next((known for known in self._kept if known.is_of(model, dataset)), None)

    def layer(self, name: str) -> LayerResponses | None:
        """Return the responses of a layer, if known."""
        study = self.results
        layers = study.responses.layers if study else ()
        return next((layer for layer in layers if layer.name == name), None)

    def channel(self, name: str, channel: int) -> LayerResponses | None:
        """Return the responses of a layer, if known and if this channel responds.

        A class that was taken out of the softmax does not respond: its logit is no response.
        """
        known = self.layer(name)
        return None if known is None or known.is_out(channel) else known

    @property
    def busy(self) -> bool:
        return self._jobs.is_running(RESPONSES)

    @property
    def watched(self) -> bool:
        """Whether somebody looks at the results, and sees the progress of a pass."""
        return self._jobs.is_watched(RESPONSES)

    def watch(self, who: QObject, seen: bool) -> None:
        """Set whether `who` looks at the results; only then they are collected automatically."""
        self._jobs.watch(who, *((RESPONSES, ABLATIONS) if seen else ()))
        if seen:
            self._settle.start()

    def ask(self) -> None:
        """Collect the responses of the model in view to every digit of the test set."""
        model, dataset = self._viewer.scene.model, self._source.dataset
        if self.fresh or not len(dataset.test):
            return

        def work(job: Job) -> Study:
            from visualizer.training.responses import collect

            settings = Settings(threads=1) if self._runs.state.moving else None
            for share in collect(model.network, model.weights, dataset.test, settings):
                if isinstance(share, Responses):
                    for layer in share.layers:
                        layer.prepare()
                    return Study(model, dataset, share)
                job.progress(round(PERMILLE * share), PERMILLE)
            raise AssertionError("a pass ends with its results")

        name = f"Responses to {len(dataset.test):,} digits"
        self._jobs.start(RESPONSES, name, work, self._on_found, partial(self._on_failed, RESPONSES))
        self.changed.emit()

    def cancel(self) -> None:
        """Cancel the pass under way; known results stay."""
        self._jobs.cancel(RESPONSES)
        self.changed.emit()

    # Which filters matter

    def without(self, layer: str) -> Ablations | None:
        """Return the accuracy without each filter of a layer of the model in view, if known."""
        model, dataset = self._viewer.scene.model, self._source.dataset
        for known in self._without:
            same = known.model.weights is model.weights and known.dataset.test is dataset.test
            if same and known.layer == layer:
                return known.ablations
        return None

    @property
    def switching(self) -> bool:
        return self._jobs.is_running(ABLATIONS)

    def switch_each_off(self, layer: str) -> None:
        """Measure the accuracy of the model in view without each filter of a layer."""
        model, dataset = self._viewer.scene.model, self._source.dataset
        if self.without(layer) is not None or not len(dataset.test):
            return

        def work(job: Job) -> Without:
            from visualizer.training.ablation import Ablations, ablations

            settings = Settings(threads=1) if self._runs.state.moving else None
            steps = ablations(model.network, model.weights, dataset.test, layer, settings)
            for share in steps:
                if isinstance(share, Ablations):
                    return Without(model, dataset, layer, share)
                job.progress(round(PERMILLE * share), PERMILLE)
            raise AssertionError("the filters end with their accuracies")

        name = f"{layer} without each filter"
        failed = partial(self._on_failed, ABLATIONS)
        self._jobs.start(ABLATIONS, name, work, self._on_without, failed)
        self.changed.emit()

    def stop_switching(self) -> None:
        self._jobs.cancel(ABLATIONS)
        self.changed.emit()

    # News

    def _on_found(self, study: Study) -> None:
        self._kept = [*self._kept[1 - KEPT :], study]
        self.changed.emit()

    def _on_without(self, without: Without) -> None:
        self._without = [*self._without[1 - KEPT :], without]
        self.changed.emit()

    def _on_failed(self, key: str, message: str) -> None:
        self.changed.emit()
        self.noticed.emit(Notice(message, "error", holds=partial(self._jobs.rests, key)))

    def _on_scene(self, old: Scene, new: Scene) -> None:
        if old.model is not new.model:
            self.changed.emit()
            self._settle.start()

    def _on_run(self, state: RunState) -> None:
        self._settle.start()

    def _on_dataset(self, dataset: Dataset) -> None:
        for key in (RESPONSES, ABLATIONS):
            self._jobs.cancel(key)
        self.changed.emit()
        self._settle.start()

    def _on_settled(self) -> None:
        """Collect the responses, if the weights rest and somebody looks."""
        if self.watched and not self._runs.state.moving:
            self.ask()
