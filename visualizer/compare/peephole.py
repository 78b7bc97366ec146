"""Peephole: guess a digit that is seen only through a hole, then reveal it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QObject, Signal

from visualizer.compare.networks import ComparedNetworks
from visualizer.core.network.geometry import Lines, Rect, RowsColumns
from visualizer.core.network.measures import measures
from visualizer.data.dataset import IMAGE_SIZE, Images
from visualizer.digits.data_source import DataSource


@dataclass(frozen=True, slots=True)
class Guesses:
    """The number of guesses through a hole, and of right ones."""

    right: int = 0
    all: int = 0


class Peephole(QObject):
    """A test digit under a cover with a hole as large as a receptive field, and the guesses.

    Attributes
    ----------
    shape : Lines
        Shape of the hole: a cell's field, gaps included, from row 0, column 0.
    top, left : int
        Place of the hole.
    index : int or None
        Index of the digit; None if there are none.
    guess : int or None
        The guessed class; the digit is revealed from then on.
    revealed : bool
    score : dict of shape to Guesses

    Signals
    -------
    changed
    """

    changed = Signal()

    def __init__(
        self, networks: ComparedNetworks, source: DataSource, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._networks, self._source = networks, source
        self._numbers = np.random.default_rng()
        self.shape = next(iter(self.shapes), Lines.within(Rect.whole(IMAGE_SIZE, IMAGE_SIZE)))
        self.top = self.left = 0
        self.index: int | None = None
        self.guess: int | None = None
        self.revealed = False
        self.score: dict[Lines, Guesses] = {}
        source.changed.connect(self.next_digit)
        self.next_digit()

    @property
    def shapes(self) -> dict[Lines, list[str]]:
        """The fields of the networks' last convolutions with their networks, the smallest first."""
        return shapes_of(self._networks)

    @property
    def size(self) -> RowsColumns:
        """Rows and columns of the hole, gaps included."""
        return self.shape.box.height, self.shape.box.width

    @property
    def seen(self) -> Lines:
        """The pixels seen through the hole."""
        return self.shape.at(self.top, self.left)

    @property
    def images(self) -> Images:
        return self._source.dataset.test

    @property
    def label(self) -> int | None:
        return None if self.index is None else int(self.images.labels[self.index])

    @property
    def hole(self) -> Rect:
        return Rect(self.top, self.left, self.top + self.size[0], self.left + self.size[1])

    @property
    def middle(self) -> RowsColumns:
        """The place of the hole in the middle of the digit."""
        rows, columns = self.size
        return (IMAGE_SIZE - rows) // 2, (IMAGE_SIZE - columns) // 2

    def next_digit(self, news: object = None) -> None:
        """Cover another digit, chosen at random, and move the hole to the middle."""
        count = len(self.images)
        self.index = int(self._numbers.integers(count)) if count else None
        self.guess, self.revealed = None, False
        self.top, self.left = self.middle
        self.changed.emit()

    def show(
        self,
        shape: Lines | None,
        place: RowsColumns | None,
        index: int | None,
        revealed: bool = False,
        guess: int | None = None,
    ) -> None:
        """Look through a hole at a digit by its index, which wraps around at the ends.

        What is None has its first value; the digit then is the one here, if it was not seen yet.
        A guess that is shown does not count.
        """
        self.shape = shape or next(iter(self.shapes), self.shape)
        if index is not None and len(self.images):
            self.index = index % len(self.images)
        elif self.revealed:
            self.next_digit()
        self.guess, self.revealed = guess, revealed and self.index is not None
        self.top, self.left = self.middle
        self.move_to(*(place or self.middle))
        self.changed.emit()

    def show_shape(self, shape: Lines) -> None:
        """Look through another hole, at a digit not yet seen."""
        if shape != self.shape:
            self.shape = shape
            self.next_digit()

    def move_to(self, top: int, left: int) -> None:
        """Move the hole, as far as the digit's edges."""
        place = tuple(
            min(max(at, 0), IMAGE_SIZE - side)
            for at, side in zip((top, left), self.size, strict=True)
        )
        if place != (self.top, self.left):
            self.top, self.left = place
            self.changed.emit()

    def take_for(self, label: int) -> None:
        """Guess the class and reveal the digit; a guess counts only before that."""
        if self.revealed or self.index is None:
            return
        before = self.score.get(self.shape, Guesses())
        right = before.right + (label == self.label)
        self.score[self.shape] = replace(before, right=right, all=before.all + 1)
        self.guess, self.revealed = label, True
        self.changed.emit()

    def reveal(self) -> None:
        """Show the digit without a guess."""
        if not self.revealed:
            self.revealed = True
            self.changed.emit()


def shapes_of(networks: ComparedNetworks) -> dict[Lines, list[str]]:
    """Return the fields of the last convolutions with their networks, the smallest first."""
    found: dict[Lines, list[str]] = {}
    for compared in networks.all:
        known = measures(compared.network)
        if known.field is not None and known.seen is not None:
            held = Rect.whole(*(min(side, IMAGE_SIZE) for side in known.field))
            seen = known.seen.at(0, 0)
            shape = seen if seen.box == held else Lines.within(held)
            found.setdefault(shape, []).append(compared.name)
    return dict(sorted(found.items(), key=lambda shape: area_of(shape[0])))


def shape_text(shape: Lines) -> str:
    """Return the size of a hole in words."""
    box = f"{shape.box.height} × {shape.box.width}"
    return f"{shape.count} pixels within {box}" if shape.has_gaps else box


def area_of(shape: Lines) -> tuple[int, int, int]:
    """Return the size of a hole: rows, columns, and seen pixels."""
    return shape.box.height, shape.box.width, shape.count
