"""Measurements: accuracies, speeds and shift curves of the compared networks, in the background."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from visualizer.data.dataset import Images
from visualizer.data.shift import axes
from visualizer.scene.scene import Model
from visualizer.session.session import Session
from visualizer.system.cached_job import CachedJob
from visualizer.system.jobs import Job
from visualizer.system.notice import Notice
from visualizer.training.settings import Settings

if TYPE_CHECKING:
    from visualizer.training.evaluate import Evaluation

ANSWERS, SPEEDS, SHIFTS = "compared answers", "compared speeds", "compared shifts"
KEYS = (ANSWERS, SPEEDS, SHIFTS)
KEPT = 32  # results of each kind; the oldest are forgotten


@dataclass(frozen=True, slots=True)
class Speed:
    """Seconds for an epoch of the recipe `book`, and for a digit, on this machine."""

    epoch: float
    digit: float


@dataclass(frozen=True, slots=True)
class ShiftCurve:
    """Accuracies, 0 to 1, at the first of the shifts of `data.shift.axes`, perhaps not all yet."""

    accuracies: tuple[float, ...]

    @property
    def whole(self) -> bool:
        return len(self.accuracies) == len(axes())

    def along(self, down: bool) -> tuple[list[int], list[float]]:
        """Return pixels moved down (or right), in order, and the accuracy at each."""
        found = dict(zip(axes(), self.accuracies, strict=False))
        places = sorted((dy, dx) for dy, dx in found if (dx if down else dy) == 0)
        return [dy if down else dx for dy, dx in places], [found[place] for place in places]

    def mean_at(self, pixels: int) -> float:
        """Return the mean accuracy with the digits moved so far in the four directions."""
        found = dict(zip(axes(), self.accuracies, strict=True))
        places = {(0, pixels), (0, -pixels), (pixels, 0), (-pixels, 0)}
        return sum(found[place] for place in places) / len(places)


Value = TypeVar("Value")


class Measurements(QObject):
    """Answers, speeds and shift curves of models, kept by weights and digits.

    Signals
    -------
    changed
        There are more results, or work began or ended.
    noticed : Notice
    """

    changed = Signal()
    noticed = Signal(Notice)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        jobs = session.jobs
        self.answering: CachedJob[Evaluation] = CachedJob(jobs, ANSWERS, KEPT, self)
        self.timing: CachedJob[Speed] = CachedJob(jobs, SPEEDS, KEPT, self)
        self.shifting: CachedJob[ShiftCurve] = CachedJob(jobs, SHIFTS, KEPT, self)
        self._all = self.answering, self.timing, self.shifting
        for work in self._all:
            work.changed.connect(self.changed)
            work.noticed.connect(self.noticed)
        self.shift_images: int | None = None
        session.source.changed.connect(self._on_dataset)

    @property
    def digits(self) -> Images:
        """All test digits in use."""
        return self._session.dataset.test

    @property
    def busy(self) -> bool:
        """Whether anything is being measured."""
        return any(map(self._session.jobs.is_running, KEYS))

    # What is known

    def answers(self, model: Model | None) -> Evaluation | None:
        """Return a model's answers to all test digits, if known."""
        return self.answering.get(model, self.digits)

    def speed(self, model: Model | None) -> Speed | None:
        return self.timing.get(model, self.digits)

    def shift(self, model: Model | None) -> ShiftCurve | None:
        """Return a model's accuracy on `shift_images` moved digits, as far as it is known."""
        return self.shifting.get(model, self._shifted)

    @property
    def _shifted(self) -> Images:
        """The digits that are moved."""
        digits, count = self.digits, self.shift_images
        if count is None or count >= len(digits):
            return digits
        if self._first is None or self._first[:2] != (digits, count):
            self._first = digits, count, Images(digits.pixels[:count], digits.labels[:count])
        return self._first[2]

    _first: tuple[Images, int, Images] | None = None

    # Measuring out

    def measure_answers(self, models: Sequence[Model]) -> None:
        """Run all test digits through these models, unless that was done."""
        missing = [model for model in models if self.answers(model) is None]
        self._start(self.answering, "Test accuracies", missing, self.digits, self._answer)

    def measure_speeds(self, models: Sequence[Model]) -> None:
        """Measure the seconds of training and reading; refuse while a run would falsify them."""
        if self._session.runs.moving:
            what = "Speed is measured while nothing trains: pause the run first."
            runs = self._session.runs
            self.noticed.emit(Notice(what, holds=lambda: runs.moving))
            return
        if not len(self._session.dataset.train):
            what = "Speed is measured on training digits, and there are none."
            source = self._session.source
            self.noticed.emit(Notice(what, holds=lambda: not len(source.dataset.train)))
            return
        missing = [model for model in models if self.speed(model) is None]
        self._start(self.timing, "Speeds", missing, self.digits, self._measure)

    def measure_shifts(self, models: Sequence[Model]) -> None:
        """Test these models on moved digits; their curves grow together."""
        known = {model: self.shift(model) for model in models}
        missing = [model for model, curve in known.items() if curve is None or not curve.whole]
        self._start(self.shifting, "Moved digits", missing, self._shifted, self._shift)

    def _start(
        self,
        into: CachedJob[Value],
        name: str,
        models: Sequence[Model],
        images: Images,
        measure: Callable[[Job, Sequence[Model], Images], Mapping[Model, Value]],
    ) -> None:
        if models and len(images):
            into.start_all(name, lambda job: measure(job, models, images), images)

    def _settings(self) -> Settings | None:
        return Settings(threads=1) if self._session.runs.moving else None

    def _answer(self, job: Job, models: Sequence[Model], images: Images) -> dict[Model, Evaluation]:
        from visualizer.training.evaluate import evaluating

        found: dict[Model, Evaluation] = {}
        for at, model in enumerate(models):
            steps = evaluating(model.network, model.weights, images, self._settings())
            found[model] = job.follow(steps, at, len(models))
            job.partly(dict(found))
        return found

    def _measure(self, job: Job, models: Sequence[Model], images: Images) -> dict[Model, Speed]:
        from visualizer.training.recipe import RECIPES
        from visualizer.training.speed import digit_seconds, epoch_seconds

        dataset, found = self._session.dataset, {}
        for at, model in enumerate(models):
            job.progress(at, len(models))
            subject = model.network, model.weights
            epoch = epoch_seconds(*subject, dataset, RECIPES["book"])
            found[model] = Speed(epoch, digit_seconds(*subject, images))
            job.partly(dict(found))
        return found

    def _shift(self, job: Job, models: Sequence[Model], images: Images) -> dict[Model, ShiftCurve]:
        from visualizer.training.evaluate import shift_accuracies

        shifts = axes()
        curves: dict[Model, tuple[float, ...]] = dict.fromkeys(models, ())
        testing = [
            (model, shift_accuracies(*of, images, shifts, self._settings()))
            for model in models
            for of in [(model.network, model.weights)]
        ]
        done = 0
        for _ in shifts:
            for model, steps in testing:
                job.progress(done, len(shifts) * len(models))
                curves[model] = (*curves[model], next(steps))
                done += 1
            job.partly({model: ShiftCurve(curve) for model, curve in curves.items()})
        return {model: ShiftCurve(curve) for model, curve in curves.items()}

    # News

    def _on_dataset(self, dataset: object) -> None:
        for work in self._all:
            work.cancel()
