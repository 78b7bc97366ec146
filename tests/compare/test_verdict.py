"""What both networks read in a moved digit, in words: their own answers on the way there."""

from __future__ import annotations

import numpy as np
import pytest

from visualizer.compare.comparison import Comparison
from visualizer.compare.pair import Pair
from visualizer.compare.verdict import Reading, verdict, way
from visualizer.data.shift import shifted
from visualizer.session.session import Session

PLACES = [(0, -6), (0, 8), (8, 0), (-8, 8), (4, 6), (-3, -8), (1, 0), (5, -5)]


@pytest.fixture
def pair(comparison: Comparison) -> Pair:
    return comparison.moved


def read_by(pair: Pair, side: int, dy: int, dx: int) -> int:
    """What a network reads in the digit at a place, by its own probabilities."""
    pixels = shifted(pair.digit.pixels[None], dy, dx)[0]
    return int(np.argmax(pair.models[side].trace(pixels).probabilities))


def expected(pair: Pair, side: int) -> tuple[int, int | None]:
    """The digit read, and the first pixel from which on it is read, if another was before."""
    far = max(abs(pair.dy), abs(pair.dx), 1)
    steps = [(round(pair.dy * k / far), round(pair.dx * k / far)) for k in range(far + 1)]
    read = [read_by(pair, side, *step) for step in steps]
    since = far
    while since and read[since - 1] == read[-1]:
        since -= 1
    return read[-1], None if read[-1] == read[0] else since


def test_the_verdict_is_what_the_networks_read(pair: Pair, session: Session) -> None:
    said = set()
    for index in range(6):
        session.show_digit(index)
        session.viewer.settle()
        pair.show_digit(session.viewer.scene.digit)
        for place in [(0, 0), *PLACES]:
            pair.move_to(*place)
            one, other = (Reading(*expected(pair, side)) for side in (0, 1))
            text, (first, second) = verdict(pair), pair.names
            moved = place != (0, 0)
            stills = ["still " if moved and r.since is None else "" for r in (one, other)]
            if one == other:
                assert text == f"Both {stills[0]}read {one}."
            else:
                assert text == f"{first} {stills[0]}reads {one}, {second} {stills[1]}{other}."
            said.add((one == other, one.since is None, other.since is None))
    assert len(said) >= 3  # both still, one of them no more, and neither


@pytest.mark.parametrize(
    ("reading", "words"),
    [
        (Reading(7, None), "a 7"),
        (Reading(8, None), "an 8"),
        (Reading(1, 3), "a 1 from 3 pixels on"),
        (Reading(8, 1), "an 8 from 1 pixel on"),
    ],
)
def test_a_reading_in_words(reading: Reading, words: str) -> None:
    assert str(reading).replace("\u00a0", " ") == words


def test_the_way_is_straight_and_a_pixel_apart() -> None:
    assert way(0, 0) == [(0, 0)] * 2
    assert way(0, -3) == [(0, 0), (0, -1), (0, -2), (0, -3)]
    assert way(2, 4) == [(0, 0), (0, 1), (1, 2), (2, 3), (2, 4)]


def test_a_hidden_answer_is_not_told(pair: Pair, session: Session) -> None:
    session.viewer.predict(True)
    pair.follow(session.viewer.scene)
    assert verdict(pair) == ""
