"""WhyModel: which answer, or which number, is taken apart into pixels and biases."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Literal
from weakref import WeakSet

import numpy as np
from PySide6.QtCore import QObject, Signal

from visualizer.core.network.layer import Array
from visualizer.core.parts.parts import Parts, parts_of_cell, parts_of_class
from visualizer.core.parts.wipe import Wiped, wiping
from visualizer.scene.scene import Digit, Scene
from visualizer.scene.trail import Cell
from visualizer.scene.worn import original_of
from visualizer.system.cached_job import CachedJob
from visualizer.system.jobs import Jobs

WIPING, KEPT = "wiping", 32
SIDES = (1, 3, 5)  # of the square that is wiped out, in pixels
Subject = Literal["answer", "number"]


@dataclass(frozen=True, slots=True, eq=False)
class Reasons:
    """The parts of what is asked about, in one scene.

    Attributes
    ----------
    classes : (first, second) or None
        The classes whose logits are compared; None: it is about one number.
    cell : Cell
        The number, or the first class's unit.
    first, second : Parts
        Of the two logits; the second is None for a number.
    shown : Parts
        Of the difference, or of the number.
    """

    classes: tuple[int, int] | None
    cell: Cell
    first: Parts
    second: Parts | None
    shown: Parts


class WhyModel(QObject):
    """The question: why this class and not that one, or what makes the selected number.

    Attributes
    ----------
    subject : "answer" or "number"
    chosen : (first, second) or None
        The classes that were chosen for a digit, however worn, or a drawing; None: the two most
        likely.
    wipes : CachedJob of Wiped
        The probabilities with a square of ink wiped out at each place.
    side : int
        Of that square, in pixels.
    waiting : set of QObject
        Who is about to look for what is answered in an experiment.

    Signals
    -------
    changed
    """

    changed = Signal()

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.wipes: CachedJob[Wiped] = CachedJob(jobs, WIPING, KEPT, self)
        self.side = SIDES[1]
        self.waiting: WeakSet[QObject] = WeakSet()
        self.subject: Subject = "answer"
        self.chosen: tuple[int, int] | None = None
        self._chosen_for: Digit | None = None
        self._known: tuple[object, ...] = ()
        self._reasons: Reasons | None = None

    def ask_about(self, subject: Subject) -> None:
        """Ask about the answer, or about the selected number."""
        if subject != self.subject:
            self.subject = subject
            self.changed.emit()

    def choose(self, scene: Scene, label: int) -> None:
        """Compare a class with the one that was first before."""
        first, second = self.classes(scene)
        self.chosen = (label, second if label == first else first)
        self._chosen_for = original_of(scene.digit)
        self.subject = "answer"
        self.changed.emit()

    def classes(self, scene: Scene) -> tuple[int, int]:
        """Return the two classes that are compared in a scene."""
        return self.compared(scene, scene.trace.probabilities)

    def compared(self, scene: Scene, probabilities: Array) -> tuple[int, int]:
        """Return the classes that were chosen; else the two most likely by these probabilities."""
        of, now = self._chosen_for, original_of(scene.digit)
        same = of is now or (of is not None and of.drawn and now.drawn)
        if self.chosen is not None and same and max(self.chosen) < len(probabilities):
            return self.chosen
        first, second = np.argsort(-probabilities, kind="stable")[:2].tolist()
        return first, second

    def reasons(self, scene: Scene) -> Reasons:
        """Return the parts of what is asked about, computed once for a scene."""
        classes = self.classes(scene) if self.subject == "answer" else None
        subject = classes or scene.selected
        known = (scene.trace, scene.model, subject)
        if self._reasons is None or not _same(known, self._known):
            self._known, self._reasons = known, self._found(scene, classes)
        return self._reasons

    # The experiment

    def wipe_out(self, side: int) -> None:
        """Choose the side of the square that is wiped out."""
        self.side = side
        self.changed.emit()

    def wiped(self, scene: Scene) -> Wiped | None:
        """Return the probabilities with ink wiped out at each place; None: not known."""
        return self.wipes.get(scene.weights, scene.digit, self.side)

    def find_wiped(self, scene: Scene) -> None:
        """Find them in the background, if they are not known."""
        if self.wiped(scene) is None and not scene.digit.undrawn:
            network, weights, pixels = scene.network, scene.weights, scene.digit.pixels
            steps = partial(wiping, network, weights, pixels, self.side)
            name = f"{self.side} × {self.side} pixels wiped out"
            subject = (scene.weights, scene.digit, self.side)
            self.wipes.start(name, lambda job: job.follow(steps()), *subject)

    def _found(self, scene: Scene, classes: tuple[int, int] | None) -> Reasons:
        network, weights, trace = scene.network, scene.weights, scene.trace
        if classes is None:
            cell = scene.selected
            place = (cell.row, cell.column, cell.channel)
            of = network, weights, trace, cell.layer, place
            parts = parts_of_cell(*of, pre_activation=True)
            return Reasons(None, cell, parts, None, parts)
        unit = Cell(len(network.layers) - 1, 0, 0, classes[0])
        first, second = (parts_of_class(network, weights, trace, label) for label in classes)
        return Reasons(classes, unit, first, second, first.minus(second))


def _same(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    return len(one) == len(other) and all(
        a is b or (isinstance(a, Cell | tuple) and a == b) for a, b in zip(one, other, strict=True)
    )
