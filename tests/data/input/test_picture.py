"""A photographed digit becomes the input that the digit itself would be, in any light."""

from __future__ import annotations

import numpy as np
import pytest

from visualizer.data.dataset import UInt8
from visualizer.data.input.drawing import to_digit
from visualizer.data.input.picture import WORKING_SIDE, PictureSettings, PictureSteps, otsu, shrunk
from visualizer.data.synthetic.synthetic import synthetic_digits

DIGITS = synthetic_digits(train=0, test=12).test.pixels


def photograph(
    digit: UInt8,
    dark_ink: bool = True,
    shade: float = 0.6,
    grain: float = 0.03,
    margin: int = 60,
    angle: float = 0.5,
) -> UInt8:
    """A digit ten times as large on a sheet, the light falling off by a share across it."""
    ink = np.pad(np.kron(digit / 255, np.ones((10, 10))), margin)
    sheet = 0.92 - 0.75 * ink if dark_ink else 0.15 + 0.7 * ink
    down, across = np.mgrid[0 : len(sheet), 0 : len(sheet)] / len(sheet)
    light = 1 - shade * (np.cos(angle) * across + np.sin(angle) * down) / 1.4
    noise = np.random.default_rng(4).normal(0, grain, sheet.shape)
    return np.rint(np.clip(sheet * light + noise, 0, 1) * 255).astype(np.uint8)


def likeness(one: UInt8, other: UInt8) -> float:
    """The correlation of two images, 1 where they are alike; a pixel further counts as the same."""
    shifts = [(down, across) for down in (-1, 0, 1) for across in (-1, 0, 1)]
    moved = [np.roll(one, shift, (0, 1)).ravel() / 255 for shift in shifts]
    return max(float(np.corrcoef(each, other.ravel() / 255)[0, 1]) for each in moved)


@pytest.mark.parametrize("dark_ink", [True, False])
@pytest.mark.parametrize("shade", [0.0, 0.4, 0.7])
@pytest.mark.parametrize("margin", [10, 60, 150])
def test_uneven_light_changes_nothing(dark_ink: bool, shade: float, margin: int) -> None:
    alike = []
    for number, digit in enumerate(DIGITS):
        seen = photograph(digit, dark_ink, shade, margin=margin, angle=number)
        steps = PictureSteps.of(seen)
        assert steps.inverted == dark_ink
        alike.append(likeness(steps.digit, to_digit(255 - digit)))
    assert min(alike) > 0.85 and np.mean(alike) > 0.94


def test_specks_of_dust_do_not_shift_the_crop() -> None:
    seen = photograph(DIGITS[0])
    clean = PictureSteps.of(seen).digit
    seen[8:12, 8:12] = 0
    assert likeness(PictureSteps.of(seen).digit, clean) > 0.98


def test_the_box_parts_one_digit_from_another() -> None:
    left, right = photograph(DIGITS[0], shade=0.2), photograph(DIGITS[1], shade=0.2)
    sheet = np.concatenate([left, right], axis=1)
    width = left.shape[1]
    for box, digit in (((0, 0, width, width), 0), ((0, width, width, 2 * width), 1)):
        steps = PictureSteps.of(sheet, PictureSettings(box=box))
        assert likeness(steps.digit, to_digit(255 - DIGITS[digit])) > 0.9
        assert max(steps.grey.shape) <= WORKING_SIDE


def test_what_is_asked_for_is_done() -> None:
    seen = photograph(DIGITS[2])
    found = PictureSteps.of(seen)
    wrong = PictureSteps.of(seen, PictureSettings(inverted=False))
    assert found.inverted and not wrong.inverted
    np.testing.assert_allclose(wrong.bright, 1 - found.bright, atol=1e-6)
    low, high = (PictureSteps.of(seen, PictureSettings(threshold=t)) for t in (0.1, 0.9))
    assert (low.ink > 0).sum() > (found.ink > 0).sum() > (high.ink > 0).sum() > 0
    assert (low.threshold, high.threshold) == (0.1, 0.9)


def test_as_it_lies_nothing_is_moved() -> None:
    seen = photograph(DIGITS[3], margin=60)
    seen = np.pad(seen, ((0, 200), (0, 200)), mode="edge")
    steps = PictureSteps.of(seen, PictureSettings(centring=False))
    rows, columns = np.indices((28, 28))
    weight = steps.digit.astype(float)
    assert (rows * weight).sum() / weight.sum() < 11
    assert (columns * weight).sum() / weight.sum() < 11
    assert PictureSteps.of(seen).digit.sum() > 1.5 * steps.digit.sum()


@pytest.mark.parametrize("shade", [0.0, 0.6])
@pytest.mark.parametrize("grain", [0.0, 0.03])
@pytest.mark.parametrize("dark_ink", [True, False])
def test_paper_alone_is_empty(shade: float, grain: float, dark_ink: bool) -> None:
    blank = np.zeros((28, 28), np.uint8)
    steps = PictureSteps.of(photograph(blank, dark_ink, shade, grain))
    assert steps.empty and not steps.digit.any()


@pytest.mark.parametrize("shape", [(1, 1), (1, 300), (8, 8), (28, 28), (5000, 40)])
def test_a_picture_of_any_shape_goes_the_whole_way(shape: tuple[int, int]) -> None:
    seen = np.full(shape, 240, np.uint8)
    seen[: max(shape[0] // 2, 1), : max(shape[1] // 3, 1)] = 20
    steps = PictureSteps.of(seen)
    assert (steps.digit.shape, steps.digit.dtype) == ((28, 28), np.uint8)
    assert all(np.isfinite(part).all() for part in (steps.grey, steps.even, steps.ink))


def test_a_line_a_pixel_wide_in_a_small_picture_is_ink() -> None:
    seen = np.full((28, 28), 255, np.uint8)
    seen[4:24, 14] = 0
    assert PictureSteps.of(seen).drawing.cropped == (4, 14, 24, 15)


def test_the_threshold_lies_between_two_heaps() -> None:
    numbers = np.random.default_rng(1)
    paper, ink = numbers.normal(0.1, 0.03, 900), numbers.normal(0.8, 0.05, 100)
    values = np.clip(np.concatenate([paper, ink]), 0, 1).astype(np.float32)
    assert 0.15 < otsu(values) < 0.7


def test_an_image_is_shrunk_by_means() -> None:
    image = np.arange(12, dtype=np.float32).reshape(3, 4)
    np.testing.assert_allclose(shrunk(image, 2), [[2.5, 4.5], [8.5, 10.5]])
    np.testing.assert_array_equal(shrunk(image, 4), image)
