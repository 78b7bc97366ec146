"""The optimizers, each a few operations on the flat vector of all weights.

Their moving means, `square` and `mean`, lie as the vector does; RMSprop has no `mean`.

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
        self.square, self.mean = torch.zeros_like(values), None

    def step(self, gradient: Tensor, rate: float) -> None:
        rho, epsilon = self._recipe.rho, self._recipe.epsilon
        self.square.mul_(rho).addcmul_(gradient, gradient, value=1 - rho)
        self._values.addcdiv_(gradient, (self.square + epsilon).sqrt_(), value=-rate)


class AdamW:
    """Adam with weight decay apart from the gradient (Loshchilov & Hutter 2019)."""

    def __init__(self, values: Tensor, recipe: Recipe) -> None:
        self._values, self._recipe = values, recipe
        self.mean, self.square = torch.zeros_like(values), torch.zeros_like(values)
        self._steps = 0

    def step(self, gradient: Tensor, rate: float) -> None:
        recipe = self._recipe
        self._steps += 1
        self.mean.lerp_(gradient, 1 - recipe.momentum)
        self.square.mul_(recipe.rho).addcmul_(gradient, gradient, value=1 - recipe.rho)
        unbiased = self.square / (1 - recipe.rho**self._steps)
        self._values.mul_(1 - rate * recipe.weight_decay)
        self._values.addcdiv_(
            self.mean,
            unbiased.add_(recipe.epsilon).sqrt_(),
            value=-rate / (1 - recipe.momentum**self._steps),
        )


def optimizer(values: Tensor, recipe: Recipe) -> RMSprop | AdamW:
    """Make the recipe's optimizer for a flat vector of weights, which its steps change in place."""
    if recipe.optimizer == "adamw":
        return AdamW(values, recipe)
    return RMSprop(values, recipe)
