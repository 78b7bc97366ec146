"""What is said of a sum adds up as it is printed, and the copied table adds up in full."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from visualizer.core.network.layers import Conv2D, Dense, MaxPool2D
from visualizer.core.network.terms import ConvTerms, DenseTerms
from visualizer.text.numbers import MINUS
from visualizer.text.terms import (
    DIGITS,
    adding_digits,
    formula,
    output_sentence,
    pool_sentence,
    product_sentence,
    softmax_sentence,
    sum_sentence,
    tie_sentence,
    tsv,
)


def conv_terms(seed: int, channels: int = 4, activation: str = "relu") -> ConvTerms:
    rng = np.random.default_rng(seed)
    layer = Conv2D(2, activation=activation).bind("c", (3, 3, channels))
    weights = {
        "c.kernel": rng.normal(size=(3, 3, channels, 2)).astype(np.float32),
        "c.bias": rng.normal(size=2).astype(np.float32),
    }
    return layer.terms(rng.normal(size=(3, 3, channels)).astype(np.float32), weights, (0, 0, 1))


def dense_terms(activation: str = "softmax") -> DenseTerms:
    rng = np.random.default_rng(4)
    layer = Dense(10, activation).bind("d", (6,))
    weights = {
        "d.kernel": rng.normal(size=(6, 10)).astype(np.float32),
        "d.bias": rng.normal(size=10).astype(np.float32),
    }
    return layer.terms(rng.random(6).astype(np.float32), weights, (0, 0, 3))


def numbers(sentence: str) -> list[float]:
    return [float(n.replace(MINUS, "-")) for n in re.findall(rf"{MINUS}?\d+\.\d+", sentence)]


@pytest.mark.parametrize("seed", range(40))
def test_the_printed_sum_adds_up_as_printed(seed: int) -> None:
    terms = conv_terms(seed)
    total, bias, result = numbers(sum_sentence(terms))
    digits = len(sum_sentence(terms).split(" = ")[1].split(".")[1])
    assert total + bias == pytest.approx(result, abs=10.0**-digits / 2)
    assert result == pytest.approx(terms.pre_activation, abs=10.0**-digits)


@given(st.floats(-50, 50), st.floats(-2, 2))
def test_digits_are_found_at_which_a_sum_reads_right(total: float, bias: float) -> None:
    def adds(digits: int) -> bool:
        shown = round(total, digits) + round(bias, digits)
        return shown == pytest.approx(round(total + bias, digits), abs=10.0**-digits / 2)

    digits = adding_digits(total, bias, total + bias)
    assert adds(digits) or not any(map(adds, DIGITS))


@pytest.mark.parametrize("seed", range(20))
def test_relu_is_said_in_numbers(seed: int) -> None:
    said, after = output_sentence(conv_terms(seed)).split(" → ")
    assert said == sum_sentence(conv_terms(seed))
    before, output = numbers(after)
    assert output == max(0, before)


@pytest.mark.parametrize("seed", range(20))
def test_what_is_linear_is_not_said_to_be_cut_at_zero(seed: int) -> None:
    terms = conv_terms(seed, activation="linear")
    assert output_sentence(terms) == sum_sentence(terms)
    assert numbers(output_sentence(terms))[-1] == pytest.approx(terms.output, abs=6e-2)
    assert "max" not in formula(terms, "products")
    assert output_sentence(dense_terms("linear")) == sum_sentence(dense_terms("linear"))


@pytest.mark.parametrize(
    ("activation", "said"),
    [
        ("relu", "Σ of 6 inputs + bias = pre-activation → max(0, ·) = output"),
        ("linear", "Σ of 6 inputs + bias = output (linear: no activation)"),
        ("softmax", "Σ of 6 inputs + bias = logit → softmax"),
    ],
)
def test_the_formula_names_the_activation(activation: str, said: str) -> None:
    assert formula(dense_terms(activation), "inputs") == said


@pytest.mark.parametrize("seed", range(5))
def test_copied_terms_add_up_to_the_networks_value(seed: int) -> None:
    terms = conv_terms(seed)
    rows = [line.split("\t") for line in tsv(terms).splitlines()]
    products = [float(row[5]) for row in rows[1:] if len(row) == 6]
    ends = {row[0]: float(row[1]) for row in rows if len(row) == 2}
    assert len(products) == 36
    assert sum(products) + ends["bias"] == pytest.approx(ends["pre-activation"], rel=1e-5)
    assert ends["output"] == np.float32(terms.output)
    for row in rows[1:37]:
        assert np.float32(row[3]) * np.float32(row[4]) == np.float32(row[5])


def test_a_copied_softmax_adds_up_to_one() -> None:
    rows = [line.split("\t") for line in tsv(dense_terms()).splitlines()]
    start = next(i for i, row in enumerate(rows) if row[0] == "unit")
    powers = [float(row[2]) for row in rows[start + 1 :]]
    shares = [float(row[3]) for row in rows[start + 1 :]]
    assert sum(shares) == pytest.approx(1)
    assert shares == pytest.approx([power / sum(powers) for power in powers], rel=1e-6)


def test_softmax_is_said_in_numbers() -> None:
    own, total, share = numbers(softmax_sentence(dense_terms()))
    assert own / total == pytest.approx(share, abs=2e-4)


@pytest.mark.parametrize(
    ("values", "said", "tie"),
    [
        ([[1.0, 0.25], [0.5, 0.0]], "max(1.000, 0.250, 0.500, 0.000) = 1.000", ""),
        (
            [[-1.0, -1.0], [-3.0, -2.0]],
            f"max({MINUS}1.000, {MINUS}1.000, {MINUS}3.000, {MINUS}2.000) = {MINUS}1.000",
            "a tie: 2 cells share the largest value",
        ),
    ],
)
def test_a_pooling_is_said_in_numbers(values: list, said: str, tie: str) -> None:
    layer = MaxPool2D().bind("m", (2, 2, 1))
    terms = layer.terms(np.array(values, np.float32)[:, :, None], {}, (0, 0, 0))
    assert pool_sentence(terms) == said
    assert tie_sentence(terms) == tie


@pytest.mark.parametrize(
    ("value", "weight", "said"),
    [
        (1.5, 0.25, "1.500 × 0.250 = 0.375"),
        (2.0, -0.125, f"2.000 × ({MINUS}0.125) = {MINUS}0.250"),
        (9.0004, 0.1114, "9.000 × 0.111 ≈ 1.003"),
    ],
)
def test_a_product_says_where_rounding_shows(value: float, weight: float, said: str) -> None:
    assert product_sentence(value, weight, value * weight) == said
