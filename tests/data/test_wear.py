"""A digit that is worn down step by step, and at strength 0 is as it was."""

from __future__ import annotations

import numpy as np
import pytest

from visualizer.data.dataset import UInt8
from visualizer.data.shift import shifted
from visualizer.data.synthetic.synthetic import synthetic_digits
from visualizer.data.wear import WEARS, Wear, blotted, noisy, thickened, turned


@pytest.fixture(scope="module")
def digits() -> UInt8:
    return synthetic_digits(0, 10).test.pixels


@pytest.mark.parametrize("wear", WEARS.values(), ids=lambda wear: wear.name)
def test_without_strength_a_digit_stays_and_with_strength_it_is_a_digit(
    wear: Wear, digits: UInt8
) -> None:
    assert list(wear.strengths) == sorted(wear.strengths) and 0 in wear.strengths
    for digit in (*digits, np.zeros((28, 28), np.uint8)):
        np.testing.assert_array_equal(wear.apply(digit, 0, 5), digit)
        kept = digit.copy()
        for strength in wear.strengths[:: len(wear.strengths) // 4]:
            worn = wear.apply(digit, strength, 5)
            assert (worn.shape, worn.dtype) == ((28, 28), np.uint8)
            np.testing.assert_array_equal(worn, wear.apply(digit, strength, 5))
        np.testing.assert_array_equal(digit, kept)


@pytest.mark.parametrize("wear", WEARS.values(), ids=lambda wear: wear.name)
def test_a_step_changes_a_little_and_the_last_one_much(wear: Wear, digits: UInt8) -> None:
    """So that along the slider a digit wears down, and does not jump."""
    worn = np.stack([wear.apply(digits[3], strength, 1) for strength in wear.strengths])
    steps = np.abs(np.diff(worn.astype(float), axis=0)).mean(axis=(1, 2))
    whole = np.abs(worn[0].astype(float) - worn[-1]).mean()
    assert 0 < steps.max() < whole


def test_noise_grows_around_the_same_digit(digits: UInt8) -> None:
    little, much = (noisy(digits[0], strength, 4).astype(float) for strength in (0.1, 0.2))
    free = (np.minimum(little, much) > 0) & (np.maximum(little, much) < 255)
    grown = (much - digits[0])[free], 2 * (little - digits[0])[free]
    np.testing.assert_allclose(*grown, atol=1.6)
    assert (noisy(digits[0], 0.2, 4) != noisy(digits[0], 0.2, 5)).any()


def test_a_blot_only_adds_ink_and_grows_round_its_place(digits: UInt8) -> None:
    before = digits[0]
    for strength in (0.1, 0.4, 0.7, 1.0):
        worn = blotted(before, strength, 2)
        assert (worn >= before).all() and (worn > before).any()
        before = worn
    alone = blotted(np.zeros((28, 28), np.uint8), 0.5, 2)
    assert alone.astype(float).sum() / 255 == pytest.approx(np.pi * 4**2, rel=0.05)
    assert (blotted(digits[0], 0.5, 3) != blotted(digits[0], 0.5, 2)).any()


def test_strokes_grow_by_a_pixel_at_each_side() -> None:
    stroke = np.zeros((28, 28), np.uint8)
    stroke[4:24, 13:15] = 255
    assert (thickened(stroke, 1)[14] == 255).nonzero()[0].tolist() == [12, 13, 14, 15]
    assert (thickened(stroke, 2)[14] == 255).nonzero()[0].tolist() == [*range(11, 17)]
    assert thickened(stroke, 1.5)[14, 11] == round(255 / 2)
    assert not thickened(stroke, -1).any()
    thick = thickened(stroke, 2)
    assert (thickened(thick, -2)[14] > 0).nonzero()[0].tolist() == [13, 14]


def test_ink_at_the_edge_stays_there_when_strokes_grow() -> None:
    corner = np.zeros((28, 28), np.uint8)
    corner[0, 0] = 255
    assert thickened(corner, 1)[:2, :2].tolist() == [[255, 255], [255, 149]]


def test_a_quarter_turn_is_clockwise_and_exact(digits: UInt8) -> None:
    np.testing.assert_array_equal(turned(digits[2], 90), np.rot90(digits[2], -1))
    np.testing.assert_array_equal(turned(digits[2], -90), np.rot90(digits[2]))
    there_and_back = turned(turned(digits[2], 20), -20).astype(float)
    assert np.abs(there_and_back - digits[2]).mean() < 12


def test_a_shift_is_by_whole_pixels(digits: UInt8) -> None:
    right, down = WEARS["right"].apply(digits[1], 3, 0), WEARS["down"].apply(digits[1], -2, 0)
    np.testing.assert_array_equal(right, shifted(digits[1:2], 0, 3)[0])
    np.testing.assert_array_equal(down, shifted(digits[1:2], -2, 0)[0])
