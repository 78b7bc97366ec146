"""Wearing: the digit in view worn down little by little, and what is answered at every strength."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from visualizer.core.parts.wearing import WearCurve, wearing
from visualizer.data.dataset import UInt8
from visualizer.data.wear import WEARS, Wear
from visualizer.scene.scene import Digit, Scene
from visualizer.scene.viewer import Viewer
from visualizer.scene.worn import WornDigit, original_of
from visualizer.session.choices import Choices, ExperimentShown
from visualizer.system.cached_job import CachedJob
from visualizer.system.jobs import Jobs
from visualizer.text.wear import worn_words

WEARING, KEPT = "wearing", 64


class Wearing(QObject):
    """What the chosen wear does to the digit in view, which remains: at strength 0 it is back.

    Another wear begins anew at 0; another seed keeps the strength.

    Attributes
    ----------
    shown : Choices of ExperimentShown
        The wear and the seed.
    curves : CachedJob of WearCurve
        What is answered at every strength.
    """

    def __init__(
        self,
        viewer: Viewer,
        jobs: Jobs,
        shown: Choices[ExperimentShown],
        show: Callable[[Digit], None],
        parent: QObject | None = None,
    ) -> None:
        """Follow the choices; `show` shows a digit to all panels."""
        super().__init__(parent)
        self._viewer, self.shown, self._show = viewer, shown, show
        self.curves: CachedJob[WearCurve] = CachedJob(jobs, WEARING, KEPT, self)
        shown.changed.connect(self._on_chosen)

    @property
    def wear(self) -> Wear:
        """What wears the digit down."""
        return WEARS[self.shown.now.wear]

    @property
    def seed(self) -> int:
        """The seed, where the wear is by chance; else 0."""
        return self.shown.now.seed if self.wear.seeded else 0

    # The digit

    def strength(self, scene: Scene) -> float:
        """Return how far the digit in a scene is worn by the chosen wear and seed."""
        digit = scene.digit
        if not isinstance(digit, WornDigit):
            return 0.0
        chosen = (self.wear.name, self.seed)
        return digit.strength if (digit.wear, digit.seed) == chosen else 0.0

    def wear_to(self, scene: Scene, strength: float) -> None:
        """Show the digit of a scene, worn so far; at 0 as it was."""
        self._show(self._worn(original_of(scene.digit), strength))

    def _worn(self, original: Digit, strength: float) -> Digit:
        if not strength:
            return original
        wear, seed = self.wear, self.seed
        words = worn_words(wear.name, strength)
        by = f", seed {seed}" if wear.seeded else ""
        return WornDigit(
            wear.apply(original.pixels, strength, seed),
            original.label,
            f"{original.source}, {words}{by}",
            original=original,
            wear=wear.name,
            strength=strength,
            seed=seed,
        )

    def _on_chosen(self) -> None:
        digit = self._viewer.scene.digit
        if not isinstance(digit, WornDigit):
            return
        if digit.wear != self.wear.name:
            self._show(digit.original)
        elif digit.seed != self.seed:
            self._show(self._worn(digit.original, digit.strength))

    # What is answered

    def curve(self, scene: Scene) -> WearCurve | None:
        """Return what is answered at every strength; None: it is not known."""
        return self.curves.get(*self._subject(scene))

    def can_wear(self, scene: Scene) -> bool:
        """Return whether there is ink to wear down."""
        return bool(original_of(scene.digit).pixels.any())

    def find_curve(self, scene: Scene) -> None:
        """Find it in the background, if it is not known."""
        if self.curve(scene) is not None or not self.can_wear(scene):
            return
        wear, pixels = self.wear, original_of(scene.digit).pixels
        network, weights, seed = scene.network, scene.weights, self.seed
        worn = partial(_applied, wear, pixels, seed)
        steps = partial(wearing, network, weights, worn, wear.strengths)
        name = "The digit worn down"
        self.curves.start(name, lambda job: job.follow(steps()), *self._subject(scene))

    def _subject(self, scene: Scene) -> tuple[object, ...]:
        """Return what an answer depends on; the same pixels are the same digit."""
        pixels = original_of(scene.digit).pixels.tobytes()
        return scene.weights, pixels, self.wear.name, self.seed


def _applied(wear: Wear, pixels: UInt8, seed: int, strength: float) -> UInt8:
    return wear.apply(pixels, strength, seed)
