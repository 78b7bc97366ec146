"""The numbers of the chain read right: sums add up, products multiply, nothing is too long."""

from __future__ import annotations

import re

import numpy as np
import pytest

from visualizer.core.network.layers import AveragePool2D, Dense, MaxPool2D
from visualizer.core.network.terms import OUT
from visualizer.text.chain import (
    brief,
    pool_text,
    product_text,
    rank_forms,
    share_text,
    sum_text,
    value_text,
    way_sentence,
)
from visualizer.text.numbers import MINUS


def read(text: str) -> float:
    return float(re.sub(r"[^0-9.−]", "", text).replace(MINUS, "-"))


@pytest.mark.parametrize("seed", range(300))
def test_a_sum_adds_up_as_printed_or_says_about(seed: int) -> None:
    rng = np.random.default_rng(seed)
    layer = Dense(4, "relu").bind("dense_1", (20,))
    scale = 10.0 ** rng.integers(-3, 4)
    weights = {
        "dense_1.kernel": (rng.normal(0, scale, (20, 4))).astype(np.float32),
        "dense_1.bias": rng.normal(0, scale, 4).astype(np.float32),
    }
    terms = layer.terms(rng.random(20, dtype=np.float32), weights, (0, 0, 1))
    products = terms.products.astype(np.float64)
    text = sum_text(terms, products[products > 0].sum(), products[products < 0].sum())
    result = text.results[-1]
    printed = read(text.positive) + read(text.negative) + read(text.bias)
    places = len(result.partition(".")[2])
    if "≈" not in result:
        assert printed == pytest.approx(read(result), abs=10.0**-places / 100)
    assert read(result) == pytest.approx(terms.pre_activation, abs=10.0**-places)


@pytest.mark.parametrize("seed", range(200))
def test_a_product_reads_right_or_says_about(seed: int) -> None:
    value, weight = np.random.default_rng(seed).normal(0, 1, 2).tolist()
    text = product_text(value, weight, value * weight)
    sign, _, result = text.result.partition(" ")
    exact = abs(read(text.value) * read(text.weight) - read(result)) <= 0.005
    assert exact or sign == "≈"
    assert (weight < 0) == text.weight.startswith("× (−") or abs(weight) < 0.005


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.99216, "0.99"),
        (0, "0.00"),
        (0.0312, "0.031"),
        (-0.0476, "−0.048"),
        (12.345, "12.35"),
        (86968.2, "86,968"),
        (3.4e38, "3.4 · 10³⁸"),
        (float("nan"), "NaN"),
        (float("-inf"), "−∞"),
    ],
)
def test_a_value_is_brief(value: float, text: str) -> None:
    assert value_text(np.float32(value).item() if abs(value) < 1e9 else value) == text


def test_what_is_no_number_is_said_as_it_is() -> None:
    nan = product_text(float("nan"), -0.5, float("nan"))
    assert (nan.value, nan.weight, nan.result) == ("NaN", "× (−0.50)", "= NaN")
    assert (brief(float("inf")), share_text(float("nan"))) == ("∞", "NaN")
    assert share_text(0.7787) == "77.87\u2009%"


def test_a_class_that_is_out_says_so() -> None:
    layer = Dense(3, "softmax").bind("dense_1", (2,))
    weights = {
        "dense_1.kernel": np.zeros((2, 3), np.float32),
        "dense_1.bias": np.array([0, OUT, 1], np.float32),
    }
    text = sum_text(layer.terms(np.ones(2, np.float32), weights, (0, 0, 1)), 0.0, 0.0)
    assert text.results[0] == "taken out of the softmax" and text.bias == "–"


def test_a_window_tells_its_winner_and_its_mean() -> None:
    values = np.array([[0.524, 0.521], [0.1, 0]], np.float32)[:, :, None]
    most = MaxPool2D().bind("p", (2, 2, 1)).terms(values, {}, (0, 0, 0))
    text = pool_text(most)
    assert text.values[0] == ("0.524", "0.521") and text.words[0] == "the largest of"
    mean = AveragePool2D().bind("p", (2, 2, 1)).terms(values, {}, (0, 0, 0))
    text = pool_text(mean)
    printed = [read(value) for row in text.values for value in row]
    assert np.mean(printed) == pytest.approx(mean.output, abs=0.005)
    assert text.words[0] == "the mean of"
    edge = MaxPool2D((3, 3), padding="same").bind("p", (4, 4, 1))
    assert "–" in pool_text(edge.terms(np.ones((4, 4, 1), np.float32), {}, (1, 1, 0))).values[2]


def test_a_rank_and_a_way_are_said() -> None:
    assert rank_forms(1, 288)[0] == "the largest of 288"
    assert rank_forms(41, 3136) == ("no. 41 of 3,136", "41 of 3,136")
    assert rank_forms(1, 1) == ("the only one",)
    steps = [("pixel [1, 2]", "0.99"), ("conv2d_1 [0, 1, 5]", "0.52"), ("dense_1 [3]", "77 %")]
    assert way_sentence(steps) == (
        "From pixel [1, 2] = 0.99 through conv2d_1 [0, 1, 5] = 0.52 to dense_1 [3] = 77 %."
    )
