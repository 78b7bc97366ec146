"""Numbers as they are printed."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from visualizer.views.widgets.text import (
    MINUS,
    compact,
    count,
    duration,
    exact,
    number,
    percent,
    significant,
    ticks,
)

FLOATS = st.floats(-1e6, 1e6, width=32)


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (1.23456, 3, "1.235"),
        (-1.5, 2, "−1.50"),
        (-0.0, 2, "0.00"),
        (-0.0004, 3, "0.000"),
        (-0.0006, 3, "−0.001"),
        (0.0, 0, "0"),
        (math.nan, 3, "not a number"),
        (math.inf, 3, "∞"),
        (-math.inf, 3, "−∞"),
    ],
)
def test_number(value: float, digits: int, text: str) -> None:
    assert number(value, digits) == text


@given(FLOATS, st.integers(0, 6))
def test_a_number_is_what_it_says(value: float, digits: int) -> None:
    text = number(value, digits)
    assert "-" not in text
    shown = float(text.replace(MINUS, "-"))
    assert abs(shown - value) <= 0.5 * 10**-digits + 1e-9 * max(abs(value), 1)
    assert not (text.startswith(MINUS) and shown == 0)


@given(FLOATS)
def test_exact_gives_the_float32_back(value: float) -> None:
    assert np.float32(exact(value).replace(MINUS, "-")) == np.float32(value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (123.456, "123"),
        (12.3456, "12.3"),
        (1.23456, "1.23"),
        (0.0123456, "0.0123"),
        (-0.00012345, "−0.000123"),
        (98_765.4, "98765"),
        (math.nan, "not a number"),
    ],
)
def test_three_significant_digits(value: float, text: str) -> None:
    assert significant(value) == text


@given(st.floats(1e-4, 1e5), st.booleans())
def test_significant_is_near_enough(value: float, negative: bool) -> None:
    value = -value if negative else value
    shown = float(significant(value).replace(MINUS, "-"))
    assert shown == pytest.approx(value, rel=0.006)


@given(st.floats(1e-4, 1e4), st.sampled_from([0.0, -1.0]))
def test_ticks_are_round_and_evenly_spaced(high: float, below: float) -> None:
    low = below * high
    span = high - low
    found = ticks(low, high)
    values = [value for value, _ in found]
    assert 0 in values
    assert (2 if low == 0 else 1) <= len(values) <= 6
    step = values[1] - values[0] if len(values) > 1 else 5 * 10 ** math.floor(math.log10(high))
    mantissa = step / 10 ** math.floor(math.log10(step * 1.0000001))
    assert min(abs(mantissa - round_step) for round_step in (1, 2, 5, 10)) < 1e-3
    np.testing.assert_allclose(np.diff(values), step, rtol=1e-4)
    assert all(low - 1e-3 * span <= value <= high + 1e-3 * span for value in values)
    for value, label in found:
        assert float(label.replace(MINUS, "-")) == pytest.approx(value, abs=1e-3 * step)


@pytest.mark.parametrize(
    ("low", "high", "labels"),
    [
        (0, 1, ["0.0", "0.5", "1.0"]),
        (-1, 1, ["−1.0", "−0.5", "0.0", "0.5", "1.0"]),
        (0, 0.037, ["0.00", "0.01", "0.02", "0.03"]),
        (0, 2.4, ["0", "1", "2"]),
        (0, 400, ["0", "100", "200", "300", "400"]),
    ],
)
def test_labels_of_ticks(low: float, high: float, labels: list[str]) -> None:
    assert [label for _, label in ticks(low, high)] == labels


@pytest.mark.parametrize(("low", "high"), [(1.0, 1.0), (0.0, math.nan), (0.0, math.inf)])
def test_a_span_without_length_has_one_tick(low: float, high: float) -> None:
    assert len(ticks(low, high)) == 1


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0:00"),
        (4.2, "0:05"),
        (59.5, "1:00"),
        (65, "1:05"),
        (3600, "1:00:00"),
        (3725, "1:02:05"),
    ],
)
def test_duration(seconds: float, text: str) -> None:
    assert duration(seconds) == text


def test_count_and_percent() -> None:
    assert count(15_865_000) == "15,865,000"
    assert percent(0.9908) == "99.08\u2009%"
    assert percent(1, 0) == "100\u2009%"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (86_968.2, "86,968"),
        (0.5119, "0.512"),
        (3.4e-6, "3.4 · 10⁻⁶"),
        (2.5e12, "2.5 · 10¹²"),
        (0.0, "0.000"),
    ],
)
def test_compact(value: float, said: str) -> None:
    assert compact(value) == said
