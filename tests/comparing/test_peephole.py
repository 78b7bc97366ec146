"""The peephole: a digit through a hole as large as a field; guess first, then reveal."""

from __future__ import annotations

import pytest

from visualizer.comparing.comparison import Comparison
from visualizer.comparing.peephole import Guesses, Peephole
from visualizer.core.geometry import Rect


@pytest.fixture
def peephole(comparison: Comparison) -> Peephole:
    return comparison.peephole


def test_the_holes_are_the_fields_of_the_last_convolutions(peephole: Peephole) -> None:
    sizes = peephole.sizes
    assert sizes[7, 7] == ["no-max-pool"] and "book" in sizes[18, 18]
    assert list(sizes) == sorted(sizes) and peephole.size == (7, 7)


def test_the_hole_stays_on_the_digit(peephole: Peephole) -> None:
    peephole.move_to(-5, 99)
    assert peephole.hole == Rect(0, 21, 7, 28)
    peephole.show_size((18, 18))
    peephole.move_to(10, 10)
    assert peephole.hole == Rect(10, 10, 28, 28)


def test_only_what_was_guessed_before_the_reveal_counts(peephole: Peephole) -> None:
    assert peephole.label is not None
    peephole.take_for(peephole.label)
    assert peephole.revealed and peephole.score == {(7, 7): Guesses(1, 1)}
    peephole.take_for((peephole.label + 1) % 10)
    assert peephole.score == {(7, 7): Guesses(1, 1)}
    peephole.next_digit()
    assert not peephole.revealed and peephole.guess is None
    peephole.take_for((peephole.label + 1) % 10)
    peephole.show_size((18, 18))
    peephole.reveal()
    peephole.take_for(peephole.label)
    assert peephole.score == {(7, 7): Guesses(1, 2)}
