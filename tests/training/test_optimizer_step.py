"""A step of one weight, told in numbers, is the step that the training takes."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
import torch

from visualizer.core.optimizer_step import AdamWStep, OptimizerStep, adamw_step, rmsprop_step
from visualizer.training.optimizer import optimizer
from visualizer.training.recipe import RECIPES, Recipe

STEPS, WEIGHTS = 30, 40
CLOSE = 1e-6
OPTIONS = {"rmsprop": ("rho", "epsilon"), "adamw": ("momentum", "rho", "epsilon", "weight_decay")}


def told(
    recipe: Recipe,
    weight: float,
    gradient: float,
    before: OptimizerStep | None,
    rate: float,
) -> OptimizerStep:
    """The next step of a weight, from what the one before has left."""
    options = {name: getattr(recipe, name) for name in OPTIONS[recipe.optimizer]}
    square = before.square if before else 0.0
    if recipe.optimizer == "rmsprop":
        return rmsprop_step(weight, gradient, square, rate=rate, **options)
    mean, step = (before.mean, before.step + 1) if isinstance(before, AdamWStep) else (0.0, 1)
    return adamw_step(weight, gradient, mean, square, step, rate=rate, **options)


@pytest.mark.parametrize(
    "recipe",
    [
        RECIPES["book"],
        RECIPES["fast"],
        replace(RECIPES["book"], epsilon=0.5, rho=0.999),
        replace(RECIPES["fast"], weight_decay=0.3, momentum=0.0),
        replace(RECIPES["fast"], momentum=0.3, rho=0.5),
    ],
    ids=["book", "fast", "slow mean", "no momentum", "short memory"],
)
def test_the_numbers_told_are_those_of_the_training(recipe: Recipe) -> None:
    rng = np.random.default_rng(1)
    sizes = rng.choice([0, 1e-9, 1e-5, 1e-2, 3], WEIGHTS)  # also those that get no gradient
    values = torch.from_numpy(rng.normal(0, 0.3, WEIGHTS).astype(np.float32))
    trained = optimizer(values, recipe)
    steps: list[OptimizerStep | None] = [None] * WEIGHTS
    for at in range(STEPS):
        rate = recipe.rate(at / STEPS)
        gradients = (sizes * rng.normal(size=WEIGHTS)).astype(np.float32)
        before = values.tolist()
        trained.step(torch.from_numpy(gradients), rate)
        for k, (old, gradient, new) in enumerate(
            zip(before, gradients.tolist(), values.tolist(), strict=True)
        ):
            steps[k] = step = told(recipe, old, gradient, steps[k], rate)
            assert (step.weight, step.gradient, step.rate) == (old, gradient, rate)
            assert step.new_weight == pytest.approx(new, rel=CLOSE, abs=1e-9)


def test_every_number_of_rmsprop_follows_from_those_before_it() -> None:
    step = rmsprop_step(0.5, -0.2, 0.01, rate=0.001, rho=0.9, epsilon=1e-7)
    assert step.square == pytest.approx(0.9 * 0.01 + 0.1 * 0.04)
    assert step.root == pytest.approx((step.square + 1e-7) ** 0.5)
    assert step.change == pytest.approx(0.001 * 0.2 / step.root)
    assert step.new_weight == pytest.approx(0.5 + step.change)


def test_every_number_of_adamw_follows_from_those_before_it() -> None:
    step = adamw_step(
        0.5, -0.2, 0.03, 0.01, 3,
        rate=0.006, momentum=0.9, rho=0.99, epsilon=1e-7, weight_decay=0.01,
    )  # fmt: skip
    assert step.mean == pytest.approx(0.9 * 0.03 - 0.1 * 0.2)
    assert step.square == pytest.approx(0.99 * 0.01 + 0.01 * 0.04)
    assert step.unbiased_mean == pytest.approx(step.mean / (1 - 0.9**3))
    assert step.unbiased_square == pytest.approx(step.square / (1 - 0.99**3))
    assert step.root == pytest.approx((step.unbiased_square + 1e-7) ** 0.5)
    assert step.decayed == pytest.approx(0.5 * (1 - 0.006 * 0.01))
    assert step.change == pytest.approx(-0.006 * step.unbiased_mean / step.root)
    assert step.new_weight == pytest.approx(step.decayed + step.change)


def test_a_step_is_told_in_plain_numbers() -> None:
    step = rmsprop_step(0.5, -0.2, 0.01, rate=0.001, rho=0.9, epsilon=1e-7)
    assert {type(getattr(step, each.name)) for each in fields(step)} == {float}
    lost = rmsprop_step(3e38, float("inf"), 3e38, rate=1.0, rho=0.9, epsilon=1e-7)
    assert np.isnan(lost.new_weight)
