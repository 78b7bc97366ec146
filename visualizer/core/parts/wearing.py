"""The experiment with a digit that wears down: what is answered at every strength, and the flips.

What wears it down is not known here: a function makes the digit of each strength.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from visualizer.core.network.layer import Array, Weights
from visualizer.core.network.network import Network
from visualizer.core.parts.wipe import Pixels, answer_to


@dataclass(frozen=True, slots=True)
class Flip:
    """The first strength, seen from 0, at which another class is the most likely one."""

    strength: float
    answer: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """The strengths over which one class is the most likely one.

    Seen from 0, an answer holds until the strength at which the next one is found.
    """

    answer: int
    start: float
    end: float


@dataclass(frozen=True, slots=True, eq=False)
class WearCurve:
    """What is answered while a digit wears down.

    Attributes
    ----------
    strengths : tuple of float
        Rising; 0 is among them.
    probabilities : (strengths, classes)
        Of each class at each strength.
    """

    strengths: tuple[float, ...]
    probabilities: Array

    @property
    def known(self) -> bool:
        """Whether all probabilities are numbers; else there is no answer."""
        return bool(np.isfinite(self.probabilities).all())

    @property
    def untouched(self) -> Array:
        """The probability of each class at strength 0, (classes,)."""
        return np.asarray(self.probabilities[self._zero])

    @property
    def answers(self) -> list[int]:
        """The most likely class at each strength; of equally likely ones the first."""
        return [int(label) for label in self.probabilities.argmax(axis=1)]

    @property
    def answer(self) -> int:
        """The most likely class at strength 0."""
        return self.answers[self._zero]

    @property
    def both_ways(self) -> bool:
        """Whether there are strengths below 0, too."""
        return self._zero > 0

    @property
    def above(self) -> Flip | None:
        """The nearest flip above 0; None: there is none."""
        return self._flip(range(self._zero + 1, len(self.strengths)))

    @property
    def below(self) -> Flip | None:
        """The nearest flip below 0; None: there is none."""
        return self._flip(range(self._zero - 1, -1, -1))

    @property
    def stretches(self) -> list[Stretch]:
        """The answers one after the other, from the first strength to the last."""
        answers, strengths, zero = self.answers, self.strengths, self._zero
        new = [at for at in range(1, len(answers)) if answers[at] != answers[at - 1]]
        edges = [strengths[at if at > zero else at - 1] for at in new]
        starts, ends = [strengths[0], *edges], [*edges, strengths[-1]]
        of = (answers[at] for at in (0, *new))
        return [Stretch(*each) for each in zip(of, starts, ends, strict=True)]

    @property
    def _zero(self) -> int:
        return self.strengths.index(0)

    def _flip(self, places: Sequence[int]) -> Flip | None:
        answers, first = self.answers, self.answer
        found = (Flip(self.strengths[at], answers[at]) for at in places if answers[at] != first)
        return next(found, None)


def wearing(
    network: Network,
    weights: Weights,
    worn: Callable[[float], Pixels],
    strengths: Sequence[float],
) -> Iterator[float | WearCurve]:
    """Ask the network at each strength: yield the share done, and finally the answers.

    Parameters
    ----------
    worn
        Makes the digit (height, width) of a strength.
    """
    answers: list[Array] = []
    for at, strength in enumerate(strengths):
        answers.append(answer_to(network, weights, worn(strength)))
        yield (at + 1) / len(strengths)
    yield WearCurve(tuple(strengths), np.stack(answers))
