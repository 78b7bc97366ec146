"""A patch of ink is wiped out at every place, and the network asked again."""

from __future__ import annotations

import numpy as np
import pytest

from visualizer.core.parts.wipe import Wiped, wipe, wiping
from visualizer.data.dataset import Dataset
from visualizer.data.synthetic.synthetic import synthetic_digits
from visualizer.scene.scene import Model


def result(model: Model, pixels: np.ndarray, side: int) -> Wiped:
    *shares, found = wiping(model.network, model.weights, pixels, side)
    assert shares == sorted(shares) and shares[-1] == 1
    assert isinstance(found, Wiped)
    return found


@pytest.fixture(scope="module")
def digit() -> np.ndarray:
    return synthetic_digits(0, 3).test.pixels[2]


@pytest.mark.parametrize("side", [1, 3, 5])
def test_each_answer_is_that_of_the_digit_without_the_patch(
    side: int, digit: np.ndarray, bundled: Model
) -> None:
    found = result(bundled, digit, side)
    assert found.side == side and found.probabilities.shape == (28, 28, 10)
    rng = np.random.default_rng(0)
    for row, column in [*rng.integers(28, size=(20, 2)), *np.argwhere(digit)[::9]]:
        without = digit.copy()
        reach = side // 2
        for r, c in np.ndindex(28, 28):
            if abs(r - row) <= reach and abs(c - column) <= reach:
                without[r, c] = 0
        np.testing.assert_array_equal(wipe(digit, side, row, column), without)
        own = bundled.trace(without).probabilities
        np.testing.assert_allclose(found.probabilities[row, column], own, atol=1e-6)
    for label in range(10):
        of_class = found.probabilities[..., label]
        assert of_class[found.least(label)] == of_class.min()
        assert of_class[found.most(label)] == of_class.max()


def test_where_there_is_no_ink_nothing_changes(digit: np.ndarray, bundled: Model) -> None:
    found = result(bundled, digit, 1)
    np.testing.assert_array_equal(found.untouched, bundled.trace(digit).probabilities)
    np.testing.assert_array_equal(
        found.probabilities[digit == 0], np.tile(found.untouched, ((digit == 0).sum(), 1))
    )


def test_a_blank_sheet_has_nothing_to_wipe_out(bundled: Model) -> None:
    found = result(bundled, np.zeros((28, 28), np.uint8), 3)
    assert (found.probabilities == found.untouched).all()


@pytest.mark.parametrize("side", [0, -1, 2, 4])
def test_a_patch_needs_a_pixel_in_its_middle(side: int, digit: np.ndarray, bundled: Model) -> None:
    with pytest.raises(ValueError, match=f"an odd number of pixels, not {side}"):
        list(wiping(bundled.network, bundled.weights, digit, side))


def test_test_digit_740_is_a_nine_or_a_four_by_nine_pixels(mnist: Dataset, bundled: Model) -> None:
    found = result(bundled, mnist.test.pixels[740], 3)
    nine = found.probabilities[..., 9]
    assert round(float(found.untouched[9]), 2) == 0.57
    assert nine.min() < 0.005 and round(float(nine.max()), 2) == 0.99
