"""Curves grow without losing a value, smooth without a pull to zero, and keep their peaks."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from visualizer.core.history import (
    DEFAULT_SMOOTHING,
    RECENT_BATCHES,
    Column,
    Curve,
    History,
    decimate,
    envelope,
    smoothing_width,
)

values = st.floats(-1e6, 1e6, width=32)


@given(st.lists(values, max_size=50))
def test_a_column_holds_what_was_appended(items: list[float]) -> None:
    column = Column()
    for item in items * 60:
        column.append(item)
    np.testing.assert_array_equal(column.values, np.array(items * 60, np.float32))


def curve(items: list[float], width: float) -> Curve:
    made = Curve()
    made.smooth_anew(width)
    for item in items:
        made.add(item)
    return made


losses = st.lists(st.one_of(st.floats(-10, 10, width=32), st.just(math.nan)), min_size=1)


@given(losses, st.floats(1, 50))
def test_smoothing_is_the_debiased_mean_of_its_formula(items: list[float], width: float) -> None:
    beta, finite = 1 - 1 / width, [item for item in items if math.isfinite(item)]
    powers = [beta ** (len(finite) - 1 - i) for i in range(len(finite))]
    last = curve(items, width).smooth.values[-1]
    if finite:
        expected = sum(p * x for p, x in zip(powers, finite, strict=True)) / sum(powers)
        assert last == pytest.approx(expected, rel=1e-5, abs=1e-5)
    else:
        assert math.isnan(last)


@given(losses, losses, st.floats(1, 50))
def test_a_curve_smoothed_anew_is_as_if_it_had_always_been(
    before: list[float], after: list[float], width: float
) -> None:
    late = curve(before, 7.0)
    late.smooth_anew(width)
    for item in after:
        late.add(item)
    whole = curve(before + after, width)
    np.testing.assert_allclose(late.smooth.values, whole.smooth.values, rtol=1e-5, atol=1e-5)


def test_no_smoothing_is_the_values_themselves() -> None:
    items = [3.0, 1.0, math.nan, 2.0]
    assert curve(items, 1).smooth.values.tolist() == [3, 1, 1, 2]


def test_a_constant_stays_itself_from_the_first_value_on() -> None:
    assert curve([2.5] * 5, 50).smooth.values.tolist() == [2.5] * 5


@pytest.mark.parametrize(
    ("strength", "batches", "width"),
    [(0, 4690, 1), (0.5, 94, 7.27), (0.5, 4690, 51.36), (1, 94, 29.09), (1, 4690, 205.45)],
)
def test_the_width_fits_the_length_of_the_run(strength: float, batches: int, width: float) -> None:
    assert smoothing_width(strength, batches) == pytest.approx(width, abs=0.01)


def falling(batches: int, epochs: int) -> History:
    """A run like a quick one on easy digits: 2.3 down to about 0.12, with noise."""
    history, numbers = History(epochs), np.random.default_rng(4)
    for step in range(1, batches + 1):
        loss = 2.2 * math.exp(-step / 8) + numbers.uniform(0.05, 0.2)
        history.add_batch(step / batches * epochs, loss, 1 - loss / 3)
    return history


@pytest.mark.parametrize(("batches", "epochs"), [(94, 1), (938, 1), (4690, 5)])
def test_at_the_end_the_loss_and_its_curve_stand_where_the_batches_stand(
    batches: int, epochs: int
) -> None:
    loss = falling(batches, epochs).loss
    last = loss.raw.values[-RECENT_BATCHES:]
    assert loss.recent() == pytest.approx(float(last.mean()))
    assert last.min() < loss.smooth.values[-1] < last.max()
    assert loss.smooth.values[-1] == pytest.approx(loss.recent(), abs=0.03)


def test_the_smoothing_follows_the_strength_and_the_planned_length() -> None:
    history, longer = falling(94, 1), falling(94, 1)
    width = smoothing_width(DEFAULT_SMOOTHING, 94)
    raw = history.loss.raw.values.tolist()
    np.testing.assert_allclose(
        history.loss.smooth.values, curve(raw, width).smooth.values, rtol=1e-5
    )
    for strength in (0.0, 0.2, 1.0):
        history.smoothing = strength
        expected = curve(raw, smoothing_width(strength, 94)).smooth.values
        np.testing.assert_allclose(history.loss.smooth.values, expected, rtol=1e-5)
    longer.epochs = 4
    expected = curve(raw, smoothing_width(DEFAULT_SMOOTHING, 4 * 94)).smooth.values
    np.testing.assert_allclose(longer.loss.smooth.values, expected, rtol=1e-5)


def test_a_run_of_no_known_length_is_as_long_as_it_is() -> None:
    history = History()
    assert history.loss.recent() is None
    for step in range(50):
        history.add_batch(0.0, float(step), 0.5)
    history.smoothing = 1.0
    expected = curve([float(step) for step in range(50)], smoothing_width(1, 50)).smooth.values
    np.testing.assert_allclose(history.loss.smooth.values, expected, rtol=1e-5)


def test_a_loss_that_is_no_number_is_not_among_the_recent() -> None:
    made = curve([9.0, *[1.0] * 20, math.nan, math.inf, *[3.0] * 10], 1)
    assert made.recent() == pytest.approx((20 * 1 + 10 * 3) / 30)
    assert curve([math.nan], 1).recent() is None


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
    assert history.loss.smooth.values[0] == 1.0
    assert list(history.accuracy.test.values) == [np.float32(0.8)]
    assert list(history.loss.test.values) == [np.float32(0.4)]
    assert history.accuracy.raw.values.tolist() == [0.5, 0.75]


@given(st.lists(st.one_of(values, st.just(math.nan)), max_size=900), st.integers(4, 60))
def test_the_band_holds_every_value_and_touches_the_peaks(
    items: list[float], stretches: int
) -> None:
    y = np.array(items, np.float32)
    x = np.arange(len(y), dtype=np.float32)
    at, low, high = envelope(x, y, stretches)
    assert len(at) == len(low) == len(high) <= stretches + 1
    assert (np.diff(at) >= 0).all()
    finite = np.isfinite(y)
    if not finite.any():
        assert len(at) == 0
        return
    assert (low.min(), high.max()) == (y[finite].min(), y[finite].max())
    assert (low <= high).all()
    if finite.all():
        assert (at[0], at[-1]) == (x[0], x[-1])
        assert (np.interp(x, at, low) <= y + 1e-3).all()
        assert (np.interp(x, at, high) >= y - 1e-3).all()


def test_the_band_narrows_where_the_values_do() -> None:
    x = np.arange(4000, dtype=np.float32)
    y = np.where(x % 2, 1, -1) * np.where(x < 2000, 5, 1).astype(np.float32)
    at, low, high = envelope(x, y)
    assert set(high[at < 1900] - low[at < 1900]) == {10.0}
    assert set(high[at > 2100] - low[at > 2100]) == {2.0}
