"""Moved digits: a pixel lands where it should, and paper comes in."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from visualizer.data.shift import axes, shifted, square

steps = st.integers(-30, 30)


@given(steps, steps, st.integers(0, 27), st.integers(0, 27))
def test_every_pixel_moves_down_and_right_or_is_lost(dy: int, dx: int, row: int, col: int) -> None:
    image = np.zeros((1, 28, 28), np.uint8)
    image[0, row, col] = 9
    expected = np.zeros_like(image)
    if 0 <= row + dy < 28 and 0 <= col + dx < 28:
        expected[0, row + dy, col + dx] = 9
    np.testing.assert_array_equal(shifted(image, dy, dx), expected)


def test_each_image_moves_by_itself_and_the_originals_stay() -> None:
    images = np.random.default_rng(0).integers(1, 255, (3, 28, 28), dtype=np.uint8)
    before = images.copy()
    moved = shifted(images, 2, -3)
    np.testing.assert_array_equal(moved[:, 2:, :25], before[:, :26, 3:])
    assert not moved[:, :2].any()
    assert not moved[:, :, 25:].any()
    np.testing.assert_array_equal(images, before)


def test_the_cross_has_each_shift_once_and_the_square_all() -> None:
    assert len(axes()) == len(set(axes())) == 33
    assert axes()[:2] == [(0, -8), (0, -7)]
    assert (axes()[17], axes()[-1]) == ((-8, 0), (8, 0))
    assert all(dy == 0 or dx == 0 for dy, dx in axes())
    assert len(set(square())) == 289
    assert set(axes()) < set(square())
