"""FirstLook: a newcomer's first digit, which the network hesitates on, and hints."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from PySide6.QtCore import QObject, Signal

from visualizer.core.words import a_digit
from visualizer.data.dataset import Dataset
from visualizer.runs.run_control import RunControl
from visualizer.runs.run_state import RunState
from visualizer.scene.scene import Scene
from visualizer.scene.viewer import Viewer

# Test digits that the built-in network misreads, by the kind of data set.
MISREAD = {"mnist": 247, "synthetic": 16}
SURE = 0.8  # a probability from which the network does not hesitate
DRAW, NUMBER, TRAIN, TALK = "draw", "number", "train", "talk"
HINTS = (DRAW, NUMBER, TRAIN, TALK)


class FirstLook(QObject):
    """Knows which hints to show: a hint that was used or closed never comes back.

    Attributes
    ----------
    done : set of str
        Hints that are no longer shown.

    Signals
    -------
    changed
        The hints to show have changed.
    """

    changed = Signal()

    def __init__(self, viewer: Viewer, runs: RunControl, parent: QObject) -> None:
        super().__init__(parent)
        self.done = set(HINTS)
        self._begins = False
        viewer.sceneChanged.connect(self._on_scene)
        runs.stateChanged.connect(self._on_state)

    def begin(self, done: Iterable[str]) -> None:
        """Show the hints that were not finished at an earlier start."""
        self.done = set(done) & set(HINTS)
        self._begins = True
        self.changed.emit()

    def first_digit(self, dataset: Dataset) -> int | None:
        """Return the index of the first test digit of a start; else None."""
        begins, self._begins = self._begins, False
        index = MISREAD.get(dataset.kind, 0)
        return index if begins and index < len(dataset.test) else None

    def wants(self, hint: str) -> bool:
        """Return whether to show a hint."""
        return hint not in self.done

    def finish(self, hint: str) -> None:
        """Never show a hint again."""
        if hint not in self.done:
            self.done.add(hint)
            self.changed.emit()

    def _on_scene(self, old: Scene, new: Scene) -> None:
        if new.digit.drawn and not new.digit.undrawn:
            self.finish(DRAW)
        moved = new.selected != old.selected and new.layer is old.layer
        if moved and self.wants(NUMBER) and new.selected != new.strongest(new.selected.layer):
            self.finish(NUMBER)  # a layer begins with its strongest cell selected

    def _on_state(self, state: RunState) -> None:
        if state.moving:
            self.finish(TRAIN)


def hesitation(scene: Scene) -> tuple[str, ...]:
    """Say how the network reads a digit that it misreads or is unsure of: long, then shorter.

    Return nothing if the network is right and sure, or if the label is unknown or hidden.
    """
    probabilities, label = scene.trace.probabilities, scene.digit.label
    if label is None or scene.answer_hidden or not np.isfinite(probabilities).all():
        return ()
    found = scene.prediction
    most = float(probabilities[found])
    if found == label and most >= SURE:
        return ()
    said = f"The network reads this {label} as {a_digit(found)}, {most:.0%}"
    if found == label:
        other = int(np.argsort(-probabilities, kind="stable")[1])
        said = (
            f"The network reads this {label} as {a_digit(label)} with {most:.0%} only, "
            f"{float(probabilities[other]):.0%} for {a_digit(other)}"
        )
    said = said.replace("%", " %")
    return f"{said}. Click a map to see why.", f"{said}."
