"""Why an answer: sentences from the numbers, and figures that add up as they are printed."""

from __future__ import annotations

import numpy as np
import pytest

from visualizer.text.why import (
    parts_texts,
    pixel_sentence,
    reason_sentence,
    times_sentence,
)


def test_the_biases_turn_what_the_pixels_say() -> None:
    biases = {"conv2d_1": 0.82, "conv2d_2": 0.40, "conv2d_3": 0.03, "dense_1": 0.02}
    said = reason_sentence("9", "4", -0.99, biases, 0.27)
    assert said == (
        "The pixels speak for the 4 by 0.99; the biases of conv2d_1 and conv2d_2 turn it into the 9"
        " (difference 0.27)."
    )


def test_pixels_and_biases_agree_or_not() -> None:
    said = reason_sentence("9", "4", 2.0, {"conv2d_1": 0.5}, 2.5)
    assert said == "The pixels speak for the 9 by 2.00; the biases add 0.50 (difference 2.50)."
    said = reason_sentence("9", "4", 2.0, {"conv2d_1": -0.5}, 1.5)
    assert "take away 0.50" in said


def test_the_other_class_may_be_the_likelier_one() -> None:
    said = reason_sentence("4", "9", 0.99, {"conv2d_1": -0.82, "conv2d_2": -0.45}, -0.28)
    assert said.startswith("The pixels speak for the 4") and "turn it into the 9" in said


def test_a_pixel_is_its_ink_times_what_more_ink_would_add() -> None:
    assert pixel_sentence(7, 14, 0.992, 2.931) == "[7, 14]: 0.99 × 2.955 = 2.931"
    assert pixel_sentence(0, 0, 0.0, 0.0) == "[0, 0]: paper adds nothing"


def test_how_much_likelier_one_class_is() -> None:
    assert times_sentence("9", "4", 0.2747) == "e^0.27 ≈ 1.32: 9 is 1.32 times as likely as 4"
    said = times_sentence("7", "9", 14.974)
    assert said == "e^14.97 ≈ 3,190,000: 7 is 3,190,000 times as likely as 9"
    assert times_sentence("9", "4", float("nan")) == ""


@pytest.mark.parametrize("seed", range(20))
def test_printed_figures_add_up_or_say_that_they_nearly_do(seed: int) -> None:
    parts = np.random.default_rng(seed).normal(size=(3, 6)).tolist()
    columns = [[*each, sum(each)] for each in parts]
    for column, texts in zip(columns, parts_texts(columns), strict=True):
        *figures, total = [float(t.replace("\u2212", "-").removeprefix("≈ ")) for t in texts]
        adds = abs(sum(figures) - total) < 1e-9
        assert adds != texts[-1].startswith("≈") and total == pytest.approx(column[-1], abs=0.006)
