"""The optimizers, each a few operations on the flat vector of all weights.

Both add epsilon to the mean of squared gradients before its root is taken, as Keras 3's
RMSprop does; torch's RMSprop adds it to the root, which with the book's 1e-7 lets a weight
with a gradient near zero move a full step.
"""

from __future__ import annotations

import torch
from torch import Tensor

from visualizer.training.recipe import Recipe


class RMSprop:
    """Divides the gradient by its moving root mean square (Hinton 2012)."""

    def __init__(self, values: Tensor, recipe: Recipe) -> None:
        self._values, self._recipe = values, recipe
        self._square = torch.zeros_like(values)

    def step(self, gradient: Tensor, rate: float) -> None:
        rho, epsilon = self._recipe.rho, self._recipe.epsilon
        self._square.mul_(rho).addcmul_(gradient, gradient, value=1 - rho)
        self._values.addcdiv_(gradient, (self._square + epsilon).sqrt_(), value=-rate)


class AdamW:
    """Adam with weight decay apart from the gradient (Loshchilov & Hutter 2019)."""

    def __init__(self, values: Tensor, recipe: Recipe) -> None:
        self._values, self._recipe = values, recipe
        self._mean, self._square = torch.zeros_like(values), torch.zeros_like(values)
        self._steps = 0

    def step(self, gradient: Tensor, rate: float) -> None:
        recipe = self._recipe
        self._steps += 1
        self._mean.lerp_(gradient, 1 - recipe.momentum)
        self._square.mul_(recipe.rho).addcmul_(gradient, gradient, value=1 - recipe.rho)
        unbiased = self._square / (1 - recipe.rho**self._steps)
        self._values.mul_(1 - rate * recipe.weight_decay)
        self._values.addcdiv_(
            self._mean,
            unbiased.add_(recipe.epsilon).sqrt_(),
            value=-rate / (1 - recipe.momentum**self._steps),
        )


def optimizer(values: Tensor, recipe: Recipe) -> RMSprop | AdamW:
    """Make the recipe's optimizer for a flat vector of weights, which its steps change in place."""
    if recipe.optimizer == "adamw":
        return AdamW(values, recipe)
    return RMSprop(values, recipe)
