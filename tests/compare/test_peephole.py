"""The peephole: a digit through a hole as large as a field; guess first, then reveal."""

from __future__ import annotations

import pytest

from visualizer.compare.comparison import Comparison
from visualizer.compare.peephole import Guesses, Peephole
from visualizer.core.network.geometry import Lines, Rect
from visualizer.core.network.layers import Conv2D, Dense, Flatten
from visualizer.core.network.network import Network


def square(side: int) -> Lines:
    return Lines.within(Rect.whole(side, side))


@pytest.fixture
def peephole(comparison: Comparison) -> Peephole:
    return comparison.peephole


def test_the_holes_are_the_fields_of_the_last_convolutions(peephole: Peephole) -> None:
    shapes = peephole.shapes
    assert shapes[square(7)] == ["no-max-pool"] and "book" in shapes[square(18)]
    sizes = [(shape.box.height, shape.box.width) for shape in shapes]
    assert sizes == sorted(sizes) and peephole.size == (7, 7)


def test_a_hole_has_the_gaps_of_the_field(comparison: Comparison) -> None:
    layers = (Conv2D(1, (2, 2), (3, 3)), Conv2D(1, (2, 2)), Flatten(), Dense(10, "softmax"))
    sparse = Network.build("sparse", (28, 28, 1), layers)
    comparison.session.show_network(sparse)
    peephole = comparison.peephole
    (shape,) = (shape for shape, names in peephole.shapes.items() if names == ["sparse"])
    assert shape == Lines((0, 1, 3, 4), (0, 1, 3, 4))
    peephole.show_shape(shape)
    peephole.move_to(3, 6)
    assert peephole.hole == Rect(3, 6, 8, 11)
    assert peephole.seen == Lines((3, 4, 6, 7), (6, 7, 9, 10))


def test_the_hole_stays_on_the_digit(peephole: Peephole) -> None:
    peephole.move_to(-5, 99)
    assert peephole.hole == Rect(0, 21, 7, 28)
    peephole.show_shape(square(18))
    peephole.move_to(10, 10)
    assert peephole.hole == Rect(10, 10, 28, 28)


def test_only_what_was_guessed_before_the_reveal_counts(peephole: Peephole) -> None:
    assert peephole.label is not None
    peephole.take_for(peephole.label)
    assert peephole.revealed and peephole.score == {square(7): Guesses(1, 1)}
    peephole.take_for((peephole.label + 1) % 10)
    assert peephole.score == {square(7): Guesses(1, 1)}
    peephole.next_digit()
    assert not peephole.revealed and peephole.guess is None
    peephole.take_for((peephole.label + 1) % 10)
    peephole.show_shape(square(18))
    peephole.reveal()
    peephole.take_for(peephole.label)
    assert peephole.score == {square(7): Guesses(1, 2)}
