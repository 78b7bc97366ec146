from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visualizer.data.dataset import DataError
from visualizer.data.input.drawing import DrawingSteps, to_digit
from visualizer.data.synthetic.synthetic import synthetic_digits


def _box(digit: np.ndarray) -> tuple[int, int]:
    rows, columns = np.flatnonzero(digit.any(axis=1)), np.flatnonzero(digit.any(axis=0))
    return int(np.ptp(rows)) + 1, int(np.ptp(columns)) + 1


DIGITS = [digit for digit in synthetic_digits(0, 60).test.pixels if max(_box(digit > 5)) == 20]


def _likeness(one: np.ndarray, other: np.ndarray) -> float:
    """Cosine of the two images, at the best of the shifts by at most a pixel."""
    one, other = one.astype(float), other.astype(float)
    shifts = [(down, right) for down in (-1, 0, 1) for right in (-1, 0, 1)]
    best = max(np.vdot(np.roll(one, shift, (0, 1)), other) for shift in shifts)
    return float(best / (np.linalg.norm(one) * np.linalg.norm(other)))


def _sheet(height: int = 200, width: int = 300) -> np.ndarray:
    """White paper with a black bar of 80×20, far from the middle."""
    sheet = np.full((height, width), 255, dtype=np.uint8)
    sheet[20:100, 30:50] = 0
    return sheet


def test_a_bar_fills_the_box_of_20_keeps_its_aspect_and_comes_to_the_centre() -> None:
    digit = to_digit(_sheet())
    assert digit.shape == (28, 28)
    assert digit.dtype == np.uint8
    expected = np.zeros((28, 28), dtype=np.uint8)
    expected[4:24, 12:17] = 255  # its middle between columns 13.5 and 14.5 is at index 14
    np.testing.assert_array_equal(digit, expected)


@pytest.mark.parametrize(
    "change",
    [
        lambda sheet: 255 - sheet,
        lambda sheet: sheet / 255,
        lambda sheet: 1 - sheet.astype(np.float32) / 255,
        lambda sheet: sheet.astype(np.float64),
        lambda sheet: sheet.astype(np.int64),
        lambda sheet: sheet > 0,
        lambda sheet: sheet // 2 + 60,
        lambda sheet: np.pad(sheet, ((70, 0), (0, 90)), constant_values=255),
        lambda sheet: np.kron(sheet, np.ones((3, 3), dtype=np.uint8)),
    ],
    ids=str.split(
        "negative float float-negative bytes-as-floats integers booleans weak moved large"
    ),
)
def test_the_same_digit_whatever_the_paper_the_type_the_place_and_the_size(change) -> None:
    np.testing.assert_array_equal(to_digit(change(_sheet())), to_digit(_sheet()))


def test_a_digit_drawn_large_comes_back_as_it_was() -> None:
    assert len(DIGITS) > 15
    for digit in DIGITS:
        large = np.kron(digit, np.ones((10, 10), dtype=np.uint8))
        for drawing in (large, 255 - large):
            assert _likeness(to_digit(drawing), digit) > 0.99


def test_a_photograph_with_noise_and_uneven_light_gives_the_digit() -> None:
    noise = np.random.default_rng(3).normal(0, 3, (400, 400))
    for digit in DIGITS:
        photo = np.full((400, 400), 190.0) + noise + np.linspace(-8, 8, 400)
        photo[60:340, 90:370] -= np.kron(digit, np.ones((10, 10))) * 0.6
        assert _likeness(to_digit(photo.astype(np.uint8)), digit) > 0.8


@pytest.mark.parametrize("grey", [0, 127, 255])
def test_an_empty_sheet_gives_an_empty_digit(grey: int) -> None:
    assert not to_digit(np.full((50, 40), grey, dtype=np.uint8)).any()


def test_a_single_dot_becomes_a_square_at_the_centre() -> None:
    sheet = np.zeros((100, 100), dtype=np.uint8)
    sheet[3, 96] = 200
    digit = to_digit(sheet)
    assert _box(digit) == (20, 20)
    assert digit[4:24, 4:24].min() == 255


@given(
    height=st.integers(1, 60),
    width=st.integers(1, 60),
    seed=st.integers(0, 2**32 - 1),
    density=st.floats(0, 1),
)
@settings(max_examples=150, deadline=None)
def test_any_drawing_gives_an_image_whose_ink_fits_the_box(
    height: int, width: int, seed: int, density: float
) -> None:
    random = np.random.default_rng(seed)
    drawing = (random.random((height, width)) < density).astype(np.uint8) * np.uint8(255)
    digit = to_digit(drawing)
    assert digit.shape == (28, 28)
    if digit.any():
        assert max(_box(digit)) <= 20
        assert digit.max() == 255


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (np.zeros((0, 5), np.uint8), "not a grey image"),
        (np.zeros((5, 0), np.float32), "not a grey image"),
        (np.zeros((5, 5, 3), np.uint8), "not a grey image"),
        (np.zeros(5, np.uint8), "not a grey image"),
        (np.array([[0.0, np.nan]]), "not numbers"),
        (np.array([[0.0, np.inf]]), "not numbers"),
    ],
)
def test_what_is_no_drawing_is_refused(bad: np.ndarray, reason: str) -> None:
    with pytest.raises(DataError, match=reason):
        to_digit(bad)


def _ink(top: int, left: int) -> np.ndarray:
    """A sheet of 280×280 with an upright bar of 80×40."""
    ink = np.zeros((280, 280), np.float32)
    ink[top : top + 80, left : left + 40] = 1
    return ink


def test_every_step_of_the_way_is_there_to_be_shown() -> None:
    steps = DrawingSteps.of(_ink(20, 30))
    assert steps.cropped == (20, 30, 100, 70)
    box = np.zeros((20, 20), np.float32)
    box[:, 5:15] = 1
    np.testing.assert_array_equal(steps.box, box)
    moved = np.zeros((28, 28), np.uint8)
    moved[4:24, 9:19] = 255  # its middle between columns 13.5 and 14.5 stays where it was
    np.testing.assert_array_equal(steps.digit(), moved)
    np.testing.assert_array_equal(steps.digit(), to_digit(_ink(20, 30)))


def test_without_centring_the_ink_stays_in_its_corner_at_its_size() -> None:
    lying = np.zeros((28, 28), np.uint8)
    lying[2:10, 3:7] = 255
    np.testing.assert_array_equal(DrawingSteps.of(_ink(20, 30)).digit(centring=False), lying)
    np.testing.assert_array_equal(to_digit(255 * (1 - _ink(20, 30)), centring=False), lying)


def test_without_centring_a_digit_comes_back_to_the_byte() -> None:
    for digit in DIGITS:
        ink = np.kron(digit / np.float32(255), np.ones((10, 10), np.float32))
        np.testing.assert_array_equal(DrawingSteps.of(ink).as_it_lies, digit)


@pytest.mark.parametrize("centring", [True, False])
def test_an_empty_sheet_is_empty_in_every_step(centring: bool) -> None:
    steps = DrawingSteps.of(np.zeros((280, 280), np.float32))
    assert steps.cropped is None
    assert not steps.box.any()
    assert not steps.digit(centring).any()
