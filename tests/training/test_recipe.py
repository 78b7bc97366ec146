"""Recipes: the book's values, rates over a run, and values that no run could use."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from visualizer.training.recipe import RECIPES


def test_the_books_recipe_is_the_books() -> None:
    book = RECIPES["book"]
    assert (book.optimizer, book.learning_rate, book.rho, book.epsilon) == (
        "rmsprop",
        0.001,
        0.9,
        1e-7,
    )
    assert (book.batch_size, book.epochs, book.schedule) == (64, 5, "constant")
    assert {book.rate(progress / 10) for progress in range(11)} == {0.001}


def test_the_fast_recipe_takes_two_epochs() -> None:
    assert RECIPES["fast"].epochs == 2


def test_a_one_cycle_rate_rises_once_and_falls_once() -> None:
    fast = RECIPES["fast"]
    rates = [fast.rate(step / 100) for step in range(101)]
    peak = rates.index(max(rates))
    assert max(rates) == pytest.approx(fast.learning_rate)
    assert 0 < peak < 50
    assert rates[: peak + 1] == sorted(rates[: peak + 1])
    assert rates[peak:] == sorted(rates[peak:], reverse=True)
    assert 0 < rates[0] < fast.learning_rate / 10
    assert 0 < rates[-1] < fast.learning_rate / 100


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"learning_rate": 0.0}, "the learning rate must be above 0, not 0.0"),
        ({"learning_rate": math.nan}, "the learning rate must be above 0, not nan"),
        ({"learning_rate": math.inf}, "the learning rate must be above 0, not inf"),
        ({"batch_size": 0}, "the batch size must be at least 1, not 0"),
        ({"epochs": -1}, "the number of epochs must be at least 1, not -1"),
        ({"rho": 1.0}, r"rho must lie in \[0, 1\), not 1.0"),
        ({"momentum": -0.1}, r"momentum must lie in \[0, 1\), not -0.1"),
        ({"epsilon": 0.0}, "epsilon must be above 0, not 0.0"),
    ],
)
def test_a_value_that_no_run_could_use_is_refused(change: dict[str, float], sentence: str) -> None:
    with pytest.raises(ValueError, match=f"^{sentence}$"):
        replace(RECIPES["book"], **change)
