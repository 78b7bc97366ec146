"""Curves grow without losing a value, smooth without a pull to zero, and keep their peaks."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from visualizer.core.history import Column, History, Smoother, decimate

values = st.floats(-1e6, 1e6, width=32)


@given(st.lists(values, max_size=50))
def test_a_column_holds_what_was_appended(items: list[float]) -> None:
    column = Column()
    for item in items * 60:
        column.append(item)
    np.testing.assert_array_equal(column.values, np.array(items * 60, np.float32))


def test_a_constant_stays_itself_from_the_first_value_on() -> None:
    smoother = Smoother(0.98)
    assert [smoother.add(2.5) for _ in range(5)] == pytest.approx([2.5] * 5)


@given(st.lists(st.floats(-10, 10), min_size=1, max_size=30))
def test_smoothing_is_the_debiased_mean_of_its_formula(items: list[float]) -> None:
    smoother, beta = Smoother(0.9), 0.9
    last = [smoother.add(item) for item in items][-1]
    powers = [beta ** (len(items) - 1 - i) for i in range(len(items))]
    expected = sum(p * x for p, x in zip(powers, items, strict=True)) / sum(powers)
    assert last == pytest.approx(expected, abs=1e-9)


def test_a_loss_that_is_no_number_leaves_the_smoothed_curve_alone() -> None:
    smoother = Smoother(0.9)
    smoother.add(1.0)
    assert smoother.add(math.nan) == pytest.approx(1.0)
    assert math.isnan(Smoother(0.9).add(math.nan))


@given(st.lists(values, min_size=60, max_size=900), st.integers(8, 40))
def test_decimation_keeps_the_peaks_the_ends_and_the_order(items: list[float], points: int) -> None:
    y = np.array(items, np.float32)
    x = np.arange(len(y), dtype=np.float32)
    kept_x, kept_y = decimate(x, y, points)
    assert len(kept_x) <= points
    assert (kept_y.min(), kept_y.max()) == (y.min(), y.max())
    assert (kept_x[0], kept_x[-1]) == (0, len(y) - 1)
    assert (np.diff(kept_x) > 0).all()
    np.testing.assert_array_equal(y[kept_x.astype(int)], kept_y)


def test_what_is_short_enough_is_drawn_whole() -> None:
    x = np.arange(100, dtype=np.float32)
    assert decimate(x, x, 2000)[0] is x


def test_nan_never_hides_a_peak() -> None:
    y = np.zeros(5000, np.float32)
    y[1000:2000] = np.nan
    y[1500] = 9
    assert np.nanmax(decimate(np.arange(5000, dtype=np.float32), y, 100)[1]) == 9


def test_a_history_keeps_batches_and_tests_apart() -> None:
    history = History(epochs=2)
    history.add_batch(0.5, 1.0, 0.5)
    history.add_batch(1.0, 0.5, 0.75)
    history.add_test(1.0, 0.4, 0.8)
    assert len(history) == 2
    assert history.smooth_loss.values[0] == 1.0
    assert list(history.test_accuracy.values) == [np.float32(0.8)]
