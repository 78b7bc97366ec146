"""The optimizers against torch's, where the two agree on what epsilon is added to."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from visualizer.training.optimizer import optimizer
from visualizer.training.recipe import RECIPES, Recipe

TINY = 1e-20  # so small that its place does not matter


def path(recipe: Recipe, steps: int = 20) -> torch.Tensor:
    """Where our optimizer takes twenty weights by made-up gradients."""
    values = torch.linspace(-1, 1, 20)
    ours = optimizer(values, recipe)
    numbers = torch.Generator().manual_seed(0)
    for _ in range(steps):
        ours.step(torch.randn(20, generator=numbers), 0.01)
    return values


def torchs(
    optimizer_type: type[torch.optim.Optimizer], steps: int = 20, **options: object
) -> torch.Tensor:
    values = torch.linspace(-1, 1, 20).requires_grad_()
    theirs = optimizer_type([values], lr=0.01, **options)
    numbers = torch.Generator().manual_seed(0)
    for _ in range(steps):
        values.grad = torch.randn(20, generator=numbers)
        theirs.step()
    return values.detach()


def test_rmsprop_takes_torchs_steps() -> None:
    recipe = replace(RECIPES["book"], epsilon=TINY)
    expected = torchs(torch.optim.RMSprop, alpha=recipe.rho, eps=TINY)
    torch.testing.assert_close(path(recipe), expected, rtol=1e-5, atol=1e-6)


def test_adamw_takes_torchs_steps() -> None:
    recipe = replace(RECIPES["fast"], epsilon=TINY, weight_decay=0.3)
    betas = (recipe.momentum, recipe.rho)
    expected = torchs(torch.optim.AdamW, betas=betas, eps=TINY, weight_decay=0.3)
    torch.testing.assert_close(path(recipe), expected, rtol=1e-5, atol=1e-6)


def test_epsilon_is_added_before_the_root() -> None:
    """Keras 3: a first step of rate · g / sqrt((1 − rho) g² + epsilon)."""
    recipe = replace(RECIPES["book"], epsilon=0.5)
    values = torch.zeros(1)
    optimizer(values, recipe).step(torch.tensor([2.0]), 0.01)
    assert values.item() == pytest.approx(-0.01 * 2 / (0.1 * 4 + 0.5) ** 0.5, rel=1e-5)
