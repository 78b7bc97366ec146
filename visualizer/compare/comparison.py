"""Comparison: everything that the Compare page shows and can ask for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from PySide6.QtCore import QObject

from visualizer.compare.measurements import Measurements
from visualizer.compare.networks import ComparedNetworks
from visualizer.compare.pair import Pair
from visualizer.compare.peephole import Peephole
from visualizer.compare.train_queue import TrainQueue
from visualizer.data.dataset import Dataset
from visualizer.scene.scene import Digit, Model
from visualizer.session.choices import Choices
from visualizer.session.session import Session

MOVED, SAME = ("book", "dense"), ("book", "no-max-pool")
QUANTITIES = ("accuracy", "loss")
WAYS = ("right", "down")
GROUPS = ("only first", "only second", "both", "neither")


@dataclass(frozen=True, slots=True)
class Shown:
    """What the parts of the comparison show.

    Attributes
    ----------
    curves : one of QUANTITIES
        What the training curves are of.
    group : one of GROUPS
        Which networks read the listed digits right.
    way : one of WAYS
        Which way the digits of the shift curves are moved.
    """

    curves: str = QUANTITIES[0]
    group: str = GROUPS[0]
    way: str = WAYS[0]


class Comparison(QObject):
    """The compared networks, their measurements, the training queue, and two pairs of networks.

    Attributes
    ----------
    moved, same : Pair
        The two networks that see a moved digit, and the two whose answers are sorted.
    peephole : Peephole
        Made on first use, like the pairs.
    shown : Choices of Shown
    """

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.networks = ComparedNetworks(session.runs, self)
        self.measurements = Measurements(session, self)
        self.queue = TrainQueue(session, self)
        self.shown = Choices(Shown(), self)
        for part in (self.measurements, self.queue):
            part.noticed.connect(session.noticed)

    @cached_property
    def moved(self) -> Pair:
        return Pair(self.networks, self._digit, MOVED, self)

    @cached_property
    def same(self) -> Pair:
        return Pair(self.networks, self._digit, SAME, self)

    @cached_property
    def peephole(self) -> Peephole:
        return Peephole(self.networks, self.session.source, self)

    @property
    def dataset(self) -> Dataset:
        """The data set in use."""
        return self.session.dataset

    @property
    def _digit(self) -> Digit:
        return self.session.viewer.scene.digit

    @property
    def models(self) -> list[Model]:
        """All trained weights that are compared."""
        return [each.model for each in self.networks.all if each.model is not None]
