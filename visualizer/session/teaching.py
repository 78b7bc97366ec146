"""Teaching: one step of training on the digit in view, and what it did to all other digits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

from visualizer.core.by_class import ByClass
from visualizer.core.edits import altered
from visualizer.core.gradient_step import GradientStep
from visualizer.core.network.terms import OUT
from visualizer.data.dataset import Images
from visualizer.digits.data_source import DataSource
from visualizer.filters.what_if import WhatIf
from visualizer.runs.run_control import RunControl
from visualizer.scene.scene import Digit, Model, Scene
from visualizer.scene.viewer import Viewer
from visualizer.scene.worn import original_of
from visualizer.system.cached_job import CachedJob
from visualizer.system.jobs import Job, Jobs
from visualizer.training.settings import Settings

if TYPE_CHECKING:
    from visualizer.training.evaluate import Evaluation

TAUGHT, KEPT = "taught", 16
USUAL_RATE = 0.001
MOST_STEPS = 32  # of one network: each is taken anew with every model in view
NO_INK = "There is no ink to learn from"
MOVING = "While a run trains, its weights change by themselves: pause it first"


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """One step on a digit.

    Attributes
    ----------
    before, after : Model
    chances : (before, after)
        The probability of the class that was taught, for that digit.
    """

    step: GradientStep
    before: Model
    after: Model
    chances: tuple[float, float]


class Teaching(QObject):
    """Teaches the network in view one digit at a time; each step is an edit, undone like any.

    Attributes
    ----------
    rate : float
        The learning rate of the next step.
    evaluations : CachedJob of Evaluation
        The answers to all test digits before and after the steps.

    Signals
    -------
    changed
        Another class or rate is chosen, or a step was taken.
    """

    changed = Signal()

    def __init__(
        self,
        viewer: Viewer,
        what_if: WhatIf,
        runs: RunControl,
        source: DataSource,
        jobs: Jobs,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._viewer, self._what_if, self._runs, self._source = viewer, what_if, runs, source
        self.evaluations: CachedJob[Evaluation] = CachedJob(jobs, TAUGHT, KEPT, self)
        self.rate = USUAL_RATE
        self._chosen: tuple[Digit, int] | None = None
        self._lessons: list[Lesson] = []
        source.changed.connect(self._on_dataset)

    # What is to be taught

    def label(self, scene: Scene) -> int:
        """Return the class to be taught: the chosen one, else the digit's, else the answer."""
        if self._chosen is not None:
            of, now = self._chosen[0], original_of(scene.digit)
            if of is now or (of.drawn and now.drawn):
                return min(self._chosen[1], len(scene.trace.probabilities) - 1)
        return scene.prediction if scene.digit.label is None else scene.digit.label

    def choose(self, scene: Scene, label: int) -> None:
        """Teach this class, as long as the digit, however worn, or a drawing is in view."""
        self._chosen = original_of(scene.digit), label
        self.changed.emit()

    def set_rate(self, rate: float) -> None:
        if rate != self.rate:
            self.rate = rate
            self.changed.emit()

    def why_not(self, scene: Scene) -> str:
        """Say why there can be no step now; "" where there can."""
        return NO_INK if scene.digit.undrawn else MOVING if self._runs.moving else ""

    def teach(self, scene: Scene) -> None:
        """Take a step on the digit in a scene, and look for what it did.

        Raises
        ------
        ValueError
            There can be no such step; one sentence, and nothing has changed.
        """
        label = self.label(scene)
        if why := self.why_not(scene):
            raise ValueError(why)
        if float(scene.trace.pre_activations[-1][label]) == OUT:
            raise ValueError(f"class {label} is taken out of the softmax: it cannot be learnt")
        step = GradientStep(scene.digit.source, scene.digit.pixels.tobytes(), label, self.rate)
        steps = sum(isinstance(edit, GradientStep) for edit in self._what_if.edits)
        if steps >= MOST_STEPS:
            raise ValueError(f"there can be {MOST_STEPS} steps at most: take some back first")
        _check_finite(scene, step)
        before, pixels = scene.model, scene.digit.pixels
        self._what_if.add(step)
        after = self._viewer.scene.model
        chances = (
            float(scene.trace.probabilities[label]),
            float(after.trace(pixels).probabilities[label]),
        )
        self._lessons = [*self._lessons, Lesson(step, before, after, chances)][-KEPT:]
        self.find_effect(self._viewer.scene)
        self.changed.emit()

    # What it did

    def lesson(self, scene: Scene) -> Lesson | None:
        """Return the step that led to the weights in view; None: it was none."""
        return next((each for each in self._lessons if each.after is scene.model), None)

    def effect(self, lesson: Lesson) -> ByClass | None:
        """Return what it did to the answers to the test digits; None: it is not known."""
        test = self._source.dataset.test
        before, after = (self._evaluation(model, test) for model in (lesson.before, lesson.after))
        if before is None or after is None:
            return None
        classes = lesson.after.network.layers[-1].map_shape[2]
        return ByClass.of(test.labels, before.predictions, after.predictions, classes)

    def find_effect(self, scene: Scene) -> None:
        """Find it in the background, if it is not known and there are digits."""
        lesson, test = self.lesson(scene), self._source.dataset.test
        if lesson is None or not len(test):
            return
        models = [
            model
            for model in (lesson.before, lesson.after)
            if self._evaluation(model, test) is None
        ]
        if models:
            settings = Settings(threads=1) if self._runs.moving else None
            name = f"Test accuracy after {lesson.step}"

            def work(job: Job) -> dict[Model, Evaluation]:
                return _evaluated(job, models, test, settings)

            self.evaluations.start_all(name, work, test)

    def _evaluation(self, model: Model, test: Images) -> Evaluation | None:
        return self.evaluations.get(model, test)

    def _on_dataset(self, dataset: object) -> None:
        self.evaluations.cancel()


def _evaluated(
    job: Job, models: Sequence[Model], test: Images, settings: Settings | None
) -> dict[Model, Evaluation]:
    from visualizer.training.evaluate import evaluating

    found: dict[Model, Evaluation] = {}
    for at, model in enumerate(models):
        steps = evaluating(model.network, model.weights, test, settings)
        found[model] = job.follow(steps, at, len(models))
        job.partly(dict(found))
    return found


def _check_finite(scene: Scene, step: GradientStep) -> None:
    """Raise a ValueError if a step would leave weights that are no finite numbers."""
    weights = altered(scene.network, scene.weights, (step,))
    if not all(np.isfinite(array).all() for array in weights.values()):
        raise ValueError("after this step some weights would be no finite numbers")
