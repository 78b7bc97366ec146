from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from visualizer.data.dataset import Dataset
from visualizer.data.synthetic.strokes import FORMS
from visualizer.data.synthetic.synthetic import synthetic_digits


@pytest.fixture(scope="module")
def digits() -> Dataset:
    return synthetic_digits(1000, 500)


def test_they_come_in_the_form_of_mnist_and_say_what_they_are(digits: Dataset) -> None:
    assert (digits.name, digits.kind) == ("synthetic digits", "synthetic")
    for images, count in ((digits.train, 1000), (digits.test, 500)):
        assert images.pixels.shape == (count, 28, 28)
        assert images.pixels.dtype == images.labels.dtype == np.uint8
        np.testing.assert_array_equal(np.bincount(images.labels), [count // 10] * 10)


def test_the_same_seed_gives_the_same_digits_and_another_seed_others(digits: Dataset) -> None:
    again, other = synthetic_digits(300, 0).train, synthetic_digits(300, 0, seed=1).train
    np.testing.assert_array_equal(again.pixels, digits.train.pixels[:300])
    np.testing.assert_array_equal(again.labels, digits.train.labels[:300])
    assert not (other.pixels == again.pixels).all(axis=(1, 2)).any()


@pytest.mark.parametrize(("train", "test"), [(0, 1), (0, 40), (1, 250), (260, 251)])
def test_a_digit_is_the_same_however_many_are_drawn(digits: Dataset, train: int, test: int) -> None:
    few = synthetic_digits(train, test)
    assert (len(few.train), len(few.test)) == (train, test)
    np.testing.assert_array_equal(few.train.pixels, digits.train.pixels[:train])
    np.testing.assert_array_equal(few.test.pixels, digits.test.pixels[:test])
    np.testing.assert_array_equal(few.test.labels, digits.test.labels[:test])


def test_no_digit_appears_twice(digits: Dataset) -> None:
    pixels = np.concatenate([digits.train.pixels, digits.test.pixels])
    assert len(np.unique(pixels.reshape(len(pixels), -1), axis=0)) == len(pixels)


def test_ink_fits_the_box_of_20_and_its_mass_is_at_the_centre(digits: Dataset) -> None:
    pixels = digits.train.pixels
    inked = pixels > 64
    for axis in (1, 2):
        span = inked.any(axis=axis).sum(axis=1)
        assert span.max() <= 22
        profile = pixels.sum(axis=axis, dtype=float)
        centre = profile @ np.arange(28) / profile.sum(axis=1)
        assert np.abs(centre - 14).max() < 0.55
    longer = np.maximum(inked.any(axis=1).sum(axis=1), inked.any(axis=2).sum(axis=1))
    assert 18.5 < longer.mean() < 20.5


def test_edges_are_antialiased_and_strokes_full(digits: Dataset) -> None:
    pixels = digits.train.pixels
    inked = pixels[pixels > 0]
    assert (pixels.max(axis=(1, 2)) > 200).all()
    assert 0.3 < (inked < 250).mean() < 0.8
    assert len(np.unique(inked)) > 250


def test_progress_grows_to_the_total_and_may_stop_the_drawing() -> None:
    seen: list[tuple[int, int]] = []
    synthetic_digits(600, 100, progress=lambda done, total: seen.append((done, total)))
    assert [total for _, total in seen] == [700] * len(seen)
    assert [done for done, _ in seen] == sorted({done for done, _ in seen})
    assert len(seen) > 2
    assert seen[-1] == (700, 700)

    def stop(done: int, total: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        synthetic_digits(600, 100, progress=stop)


def test_nothing_can_be_asked_for() -> None:
    empty = synthetic_digits(0, 0)
    assert len(empty.train) == len(empty.test) == 0


def test_every_digit_is_written_in_several_ways_of_which_one_alone_is_never_all() -> None:
    ways = Counter(form.digit for form in FORMS)
    assert sorted(ways) == list(range(10))
    assert min(ways.values()) >= 5
    assert [form.digit for form in FORMS] == sorted(form.digit for form in FORMS)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: f"{form.digit}-{form.strokes[0][:2]}")
def test_every_form_lies_on_the_paper(form) -> None:
    points = np.array([point for stroke in form.strokes for point in stroke])
    assert form.weight > 0
    assert (points >= 0).all()
    assert np.ptp(points[:, 1]) >= 80 or form.digit in (0, 7)
    assert points.max() <= 104


def _measures(pixels: np.ndarray) -> dict[str, float]:
    grey = pixels.astype(float) / 255
    mass = grey.sum(axis=(1, 2))
    edges = np.abs(np.diff(grey, axis=1)).sum((1, 2)) + np.abs(np.diff(grey, axis=2)).sum((1, 2))
    offset = np.arange(28) - 14
    lean = -(grey * offset[:, None] * offset).sum((1, 2)) / (grey.sum(2) * offset**2).sum(1)
    inked = pixels > 20
    return {
        "mean intensity": float(pixels.mean()),
        "stroke width": float(np.median(2 * mass / (edges * np.pi / 4))),
        "spread of the stroke width": float(np.std(2 * mass / edges)),
        "width": float(inked.any(axis=1).sum(axis=1).mean()),
        "spread of the slant": float(lean.std()),
        "full ink": float((pixels >= 250).sum() / (pixels > 0).sum()),
    }


def test_they_resemble_mnist_in_all_that_can_be_measured(mnist: Dataset, digits: Dataset) -> None:
    real, ours = _measures(mnist.train.pixels[:10_000]), _measures(digits.train.pixels)
    for name, value in real.items():
        assert ours[name] == pytest.approx(value, rel=0.2), name
