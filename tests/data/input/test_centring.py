from __future__ import annotations

import numpy as np
import pytest

from visualizer.data.dataset import Dataset
from visualizer.data.input.centring import CENTRE, centre


def _dot(row: int, column: int) -> np.ndarray:
    image = np.zeros((28, 28), dtype=np.float32)
    image[row, column] = 1
    return image


@pytest.mark.parametrize(("row", "column"), [(0, 0), (27, 27), (3, 20), (14, 14)])
def test_a_dot_comes_to_the_centre_from_anywhere(row: int, column: int) -> None:
    np.testing.assert_array_equal(centre(_dot(row, column)[None])[0], _dot(14, 14))


def test_every_image_is_moved_by_itself_and_an_empty_one_not_at_all() -> None:
    images = np.stack([_dot(2, 3), np.zeros((28, 28), np.float32), _dot(14, 14)])
    moved = centre(images)
    np.testing.assert_array_equal(moved, [_dot(14, 14), images[1], images[2]])


def test_the_heavier_part_pulls_the_centre() -> None:
    image = _dot(14, 4) + 3 * _dot(14, 16)  # centre of mass in column 13
    np.testing.assert_array_equal(centre(image[None])[0], _dot(14, 5) + 3 * _dot(14, 17))


def test_ink_that_leaves_at_one_edge_does_not_enter_at_the_other() -> None:
    image = 9 * _dot(14, 0) + _dot(14, 27)
    moved = centre(image[None])[0]
    assert moved.sum() == 9
    assert moved[:, :5].sum() == 0


def test_mnist_itself_is_centred_like_this(mnist: Dataset) -> None:
    images = mnist.test.pixels.astype(np.float32)
    index = np.arange(28)
    for axis in (1, 2):
        profile = images.sum(axis=axis)
        mean = profile @ index / profile.sum(axis=1)
        assert abs(mean.mean() - CENTRE) < 0.02
        assert np.percentile(np.abs(mean - CENTRE), 99) < 0.55
