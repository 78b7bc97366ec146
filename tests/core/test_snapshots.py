"""Which moments of a run are kept: the first always, dense early, within their bounds."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from visualizer.core.snapshots import BUDGET, DENSE, MOST, Snapshot, Snapshots, is_due

BOOK_STEPS, STEPS_PER_EPOCH = 4690, 938


def snapshot(step: int, values: int = 4, per_epoch: int = STEPS_PER_EPOCH) -> Snapshot:
    return Snapshot(step, step / per_epoch, {"x.kernel": np.full(values, step, np.float32)})


def a_run(steps: int, values: int = 4, budget: int = BUDGET) -> Snapshots:
    kept = Snapshots(budget)
    for step in range(steps + 1):
        if is_due(step) or step % STEPS_PER_EPOCH == 0:
            kept.keep(snapshot(step, values))
    return kept


def test_the_book_run_is_kept_dense_early_and_log_spaced_later() -> None:
    steps = [kept.step for kept in a_run(BOOK_STEPS)]
    assert steps[: DENSE + 1] == list(range(DENSE + 1))
    assert 180 <= len(steps) <= MOST
    assert {0, 938, 1876, 2814, 3752, 4690} <= set(steps)
    for before, after in itertools.pairwise(steps[DENSE:]):
        assert 1 <= after - before <= 2 * math.ceil(before / DENSE)


@pytest.mark.parametrize("steps", [200, 4690, 20_000, 187_600])
def test_however_long_a_run_is_two_hundred_moments_are_the_most(steps: int) -> None:
    kept = a_run(steps)
    assert len(kept) <= MOST
    assert kept[0].step == 0
    gaps = [
        math.log((after.step + DENSE) / (before.step + DENSE))
        for before, after in itertools.pairwise(kept)
    ]
    assert max(gaps[:-1]) < 12 * sorted(gaps)[len(gaps) // 2]


def test_large_networks_have_fewer_moments_spread_as_evenly() -> None:
    budget = 40 * 4 * 1000
    kept = a_run(BOOK_STEPS, values=1000, budget=budget)
    assert kept.size == sum(each.size for each in kept) <= budget
    assert len(kept) == 40
    assert {0, 938, 1876, 2814, 3752, 4690} <= {each.step for each in kept}
    early = [each.step for each in kept if each.step <= 100]
    assert len(early) >= 10


def test_the_first_and_the_last_stay_even_past_the_bound() -> None:
    kept = a_run(50, values=1000, budget=100)
    assert [each.step for each in kept] == [0, 50]


def test_a_smaller_bound_later_thins_what_is_there() -> None:
    kept = a_run(BOOK_STEPS, values=1000)
    kept.shrink(20 * 4000)
    assert len(kept) == 20
    assert (kept[0].step, kept[-1].step) == (0, BOOK_STEPS)


def test_moments_come_in_order() -> None:
    kept = Snapshots()
    for step in (0, 3, 3, 2, 5):
        kept.keep(snapshot(step))
    assert [each.step for each in kept] == [0, 3, 5]


def test_the_nearest_moment_is_found() -> None:
    kept = Snapshots()
    for step in (0, 100, 938, 1876):
        kept.keep(snapshot(step))
    assert [kept.nearest(epoch) for epoch in (-1.0, 0.04, 0.06, 0.9, 1.6, 9.0)] == [
        0,
        0,
        1,
        2,
        3,
        3,
    ]
    assert [kept.index_of(step) for step in (0, 99, 100, 937, 5000)] == [0, 0, 1, 1, 3]
    with pytest.raises(ValueError):
        Snapshots().nearest(0.0)
