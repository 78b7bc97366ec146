"""A stop's digit is found, or the nearest one stands in and words say so."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from visualizer.core.talk.stop import Stop, StopDigit, Talk
from visualizer.data.dataset import Dataset, Images
from visualizer.data.input.sketch import Drawing, Stroke
from visualizer.data.synthetic.synthetic import synthetic_digits
from visualizer.session import stop_digit
from visualizer.session.easel import input_of
from visualizer.session.stop_digit import digit_of, prepare
from visualizer.storage.digit_picture import picture_file
from visualizer.storage.drawings import drawings_file


@pytest.fixture
def bars(small_dataset: Dataset) -> Dataset:
    """60 test digits of ten classes, as if they were MNIST's first."""
    return replace(small_dataset, name="MNIST", kind="mnist")


def test_a_digit_of_the_data_set_in_use(bars: Dataset) -> None:
    digit, remark = digit_of(StopDigit("mnist", 7), bars, {})
    assert (digit.index, digit.label, remark) == (7, bars.test.labels[7], "")
    assert digit.source == "test digit 7"
    np.testing.assert_array_equal(digit.pixels, bars.test.pixels[7])


@pytest.mark.parametrize("index", [0, 16, 1999])
def test_synthetic_digits_are_always_here(index: int, bars: Dataset) -> None:
    drawn = synthetic_digits(train=0, test=index + 1)
    digit, remark = digit_of(StopDigit("synthetic", index), bars, {})
    np.testing.assert_array_equal(digit.pixels, drawn.test.pixels[index])
    assert (digit.label, remark) == (drawn.test.labels[index], "")
    assert (digit.source, digit.index) == (f"synthetic digit {index}", None)
    digit, _ = digit_of(StopDigit("synthetic", index), drawn, {})
    assert (digit.source, digit.index) == (f"test digit {index}", index)


def test_the_nearest_digit_of_its_class_stands_in(small_dataset: Dataset) -> None:
    labels = small_dataset.test.labels
    fours = np.flatnonzero(labels == 4)
    nearest = int(fours[np.abs(fours - 30).argmin()])
    digit, remark = digit_of(StopDigit("mnist", 30, label=4), small_dataset, {})
    assert (digit.label, digit.index) == (4, nearest)
    assert remark == (
        f"MNIST is not here: test digit {nearest}, also a 4, stands in for its digit 30."
    )
    digit, remark = digit_of(StopDigit("mnist", 30, label=8), small_dataset, {})
    assert digit.label == 8 and ", also an 8, stands in" in remark


def test_without_a_class_the_same_place_stands_in(small_dataset: Dataset) -> None:
    digit, remark = digit_of(StopDigit("folder", 30), small_dataset, {})
    assert digit.index == 30
    words = "The folder of digits is not here: test digit 30 stands in for its digit 30."
    assert remark == words


def test_beyond_the_end_the_last_one_stands_in(bars: Dataset) -> None:
    digit, remark = digit_of(StopDigit("mnist", 9_999), bars, {})
    assert digit.index == 59
    assert remark == (
        "MNIST has only 60 test digits here: test digit 59 stands in for its digit 9,999."
    )


def test_another_folder_is_noticed_by_its_classes(bars: Dataset) -> None:
    folder = replace(bars, kind="folder")
    other = int(bars.test.labels[7] + 1) % 10
    digit, remark = digit_of(StopDigit("folder", 7, label=other), folder, {})
    assert digit.label == other
    assert remark.startswith("The folder of digits is another one here: test digit ")


def test_where_there_are_no_digits_a_synthetic_one_stands_in() -> None:
    nothing = Dataset("nothing", "folder", Images.none(), Images.none())
    digit, remark = digit_of(StopDigit("mnist", 16, label=4), nothing, {})
    assert digit.label == 4 and digit.index is None
    assert remark.startswith("MNIST is not here: synthetic digit ")


def test_pictures_and_drawings_lie_in_the_talk(small_dataset: Dataset) -> None:
    pixels = small_dataset.test.pixels[3]
    drawing = Drawing((Stroke(((0.3, 0.2, 1.0), (0.5, 0.8, 1.0)), 0.09),), label=1)
    files = {"pictures/own.png": picture_file(pixels), "a.json": drawings_file(drawing)}
    digit, remark = digit_of(
        StopDigit("file", file="pictures/own.png", label=4), small_dataset, files
    )
    np.testing.assert_array_equal(digit.pixels, pixels)
    assert (digit.label, digit.source, digit.index, remark) == (4, "own", None, "")
    digit, _ = digit_of(StopDigit("file", file="a.json"), small_dataset, files)
    np.testing.assert_array_equal(digit.pixels, input_of(drawing, centring=True))
    assert digit.label == 1
    with pytest.raises(ValueError, match=r"b\.png is missing"):
        digit_of(StopDigit("file", file="b.png"), small_dataset, files)


def test_digits_that_are_prepared_are_not_drawn_again(
    small_dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = StopDigit("synthetic", 600)
    prepare(Talk("T", stops=(Stop("a", digit=asked), Stop("a", digit=StopDigit("mnist", 3)))))
    monkeypatch.setattr(stop_digit, "synthetic_digits", None)
    assert digit_of(asked, small_dataset, {})[0].source == "synthetic digit 600"
