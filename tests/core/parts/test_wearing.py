"""A digit wears down, and the network is asked at every strength; the nearest flips are found."""

from __future__ import annotations

import numpy as np
import pytest

from visualizer.core.parts.wearing import Flip, Stretch, WearCurve, wearing
from visualizer.data.synthetic.synthetic import synthetic_digits
from visualizer.data.wear import WEARS
from visualizer.scene.scene import Model

STRENGTHS = (-2.0, -1.0, 0.0, 1.0, 2.0, 3.0)


def curve_of(answers: list[int], strengths: tuple[float, ...] = STRENGTHS) -> WearCurve:
    return WearCurve(strengths, np.eye(10, dtype=np.float32)[answers])


@pytest.mark.parametrize("name", WEARS)
def test_each_answer_is_that_of_the_worn_digit(name: str, bundled: Model) -> None:
    wear, pixels = WEARS[name], synthetic_digits(0, 20).test.pixels[16]
    *shares, found = wearing(
        bundled.network, bundled.weights, lambda s: wear.apply(pixels, s, 3), wear.strengths
    )
    assert shares == sorted(shares) and shares[-1] == 1
    assert isinstance(found, WearCurve) and found.known and found.strengths == wear.strengths
    for at, strength in enumerate(wear.strengths):
        own = bundled.trace(wear.apply(pixels, strength, 3)).probabilities
        np.testing.assert_array_equal(found.probabilities[at], own)
    np.testing.assert_array_equal(found.untouched, bundled.trace(pixels).probabilities)


@pytest.mark.parametrize(
    ("answers", "below", "above"),
    [
        ([9, 9, 9, 9, 9, 9], None, None),
        ([9, 9, 9, 9, 4, 9], None, Flip(2, 4)),
        ([7, 7, 9, 9, 9, 9], Flip(-1, 7), None),
        ([1, 7, 9, 4, 5, 9], Flip(-1, 7), Flip(1, 4)),
        ([7, 9, 9, 9, 9, 4], Flip(-2, 7), Flip(3, 4)),
    ],
)
def test_the_nearest_flip_at_each_side(
    answers: list[int], below: Flip | None, above: Flip | None
) -> None:
    curve = curve_of(answers)
    assert (curve.answer, curve.below, curve.above, curve.both_ways) == (9, below, above, True)


def test_a_wear_that_goes_one_way_flips_one_way() -> None:
    curve = curve_of([3, 3, 8], (0.0, 0.5, 1.0))
    assert (curve.answer, curve.below, curve.above) == (3, None, Flip(1.0, 8))
    assert not curve.both_ways


def test_flips_are_those_found_by_hand() -> None:
    rng = np.random.default_rng(0)
    for _ in range(200):
        answers = rng.integers(0, 3, len(STRENGTHS)).tolist()
        curve = curve_of(answers)
        other = [s for s, a in zip(STRENGTHS, answers, strict=True) if a != answers[2]]
        above, below = ([s for s in other if s > 0], [s for s in other if s < 0])
        assert (curve.above.strength if curve.above else None) == min(above, default=None)
        assert (curve.below.strength if curve.below else None) == max(below, default=None)


def test_seen_from_0_an_answer_holds_until_the_next_one_is_found() -> None:
    assert curve_of([7, 9, 9, 9, 4, 4]).stretches == [
        Stretch(7, -2, -2),
        Stretch(9, -2, 2),
        Stretch(4, 2, 3),
    ]
    assert curve_of([5] * 6).stretches == [Stretch(5, -2, 3)]


def test_what_is_no_number_is_no_answer() -> None:
    curve = WearCurve((0.0, 1.0), np.full((2, 10), np.nan, np.float32))
    assert not curve.known
