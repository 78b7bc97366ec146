"""Numbers as they are printed."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from visualizer.text.numbers import (
    MINUS,
    Digits,
    compact,
    count,
    digits_for,
    duration,
    exact,
    number,
    percent,
    significant,
    ticks,
)

FLOATS = st.floats(-1e6, 1e6, width=32)
ANY = st.floats(width=32)
FINITE = st.floats(width=32, allow_nan=False, allow_infinity=False)
UP = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def value_of(text: str) -> float:
    """The value of a printed number, with its power of ten or its percent sign."""
    plain = text.replace(MINUS, "-").replace(",", "").replace(" · 10", "e").translate(UP)
    return float(plain.replace("\u2009%", ""))


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


@given(FINITE)
def test_exact_gives_the_float32_back(value: float) -> None:
    assert np.float32(value_of(exact(value))) == np.float32(value)


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
        (3.4028235e38, "3.40 · 10³⁸"),
        (-1e-38, "−1.00 · 10⁻³⁸"),
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


WIDEST = 16
FORMATTERS = [number, exact, significant, compact, count, percent, duration]


@pytest.mark.parametrize("formatter", FORMATTERS, ids=[f.__name__ for f in FORMATTERS])
@given(value=ANY)
def test_every_float32_has_a_text_of_bounded_width(formatter: object, value: float) -> None:
    text = formatter(value)  # type: ignore[operator]
    assert 0 < len(text) <= WIDEST + 3
    assert not re.search("-|nan|inf|[0-9]e", text)
    assert not text.startswith((f"{MINUS}0 ", f"{MINUS}0.000 ")) and text != f"{MINUS}0"


@given(FINITE, st.sampled_from([number, significant, compact, count, percent]))
def test_a_huge_number_is_what_it_says(value: float, formatter: object) -> None:
    if abs(value) < 1e7:
        value += 1e7
    shown = value_of(formatter(value))  # type: ignore[operator]
    assert shown == pytest.approx(value * (100 if formatter is percent else 1), rel=0.06)


@given(ANY, ANY)
def test_ticks_never_fail_and_stay_few_and_short(low: float, high: float) -> None:
    found = ticks(low, high)
    assert 1 <= len(found) <= 12
    assert all(len(label) <= WIDEST for _, label in found)


@given(st.floats(1e-40, 3e38), st.floats(-1, 1))
def test_a_coloured_cell_shows_a_digit_that_matters(top: float, share: float) -> None:
    digits = digits_for(top)
    for bare in (False, True):
        text = digits.text(top * share, bare)
        if abs(share) >= 0.0401 and top * share != 0:
            assert any(sign in "123456789" for sign in text)
        assert len(text) <= (5 if bare else 6)
        shown = float(text.replace(MINUS, "-")) * 10.0**digits.power
        assert shown == pytest.approx(top * share, abs=0.0401 * top)


@pytest.mark.parametrize(
    ("top", "value", "text", "unit"),
    [
        (1.5, -0.126, "−0.13", ""),
        (0.11, -0.0064, "−0.006", ""),
        (0.0031, 0.0001, "0.10", "in 10⁻³"),
        (42.0, 7.77, "7.8", ""),
        (2e30, 1e30, "1.00", "in 10³⁰"),
        (1.0, 0.0, "0", ""),
        (1.0, math.nan, "NaN", ""),
        (1.0, -math.inf, "−∞", ""),
    ],
)
def test_the_digits_of_a_grid(top: float, value: float, text: str, unit: str) -> None:
    digits = digits_for(top)
    assert (digits.text(value), digits.unit) == (text, unit)


def test_a_bare_number_has_no_zero_before_its_point() -> None:
    texts = [Digits(2).text(value, bare=True) for value in (0.25, -0.5, 1.5, 0)]
    assert texts == [".25", "−.50", "1.50", "0"]
