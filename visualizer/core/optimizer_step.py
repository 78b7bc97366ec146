"""One step of an optimizer for one weight, in numbers: every one of its sums, roots and quotients.

The arithmetic is that of `training/optimizer.py`, in float32. Both optimizers add epsilon to the
mean of squared gradients before its root is taken, as Keras 3 does.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class RMSpropStep:
    """A step of RMSprop (Hinton 2012): v ← ρ v + (1 − ρ) g², w ← w − rate · g / √(v + ε).

    Attributes
    ----------
    weight, gradient : float
        w before the step, and g.
    rate, rho, epsilon : float
    square_before, square : float
        v before and after: the moving mean of squared gradients.
    root : float
        √(v + ε)
    change : float
        −rate · g / √(v + ε)
    new_weight : float
    """

    weight: float
    gradient: float
    rate: float
    rho: float
    epsilon: float
    square_before: float
    square: float
    root: float
    change: float
    new_weight: float


@dataclass(frozen=True, slots=True)
class AdamWStep:
    """A step of AdamW (Loshchilov & Hutter 2019), whose decay is apart from the gradient.

    m ← μ m + (1 − μ) g, v ← ρ v + (1 − ρ) g², both divided by what they lack for having begun at
    0; w ← (1 − rate · decay) w − rate · m̂ / √(v̂ + ε).

    Attributes
    ----------
    weight, gradient : float
        w before the step, and g.
    rate, momentum, rho, epsilon, weight_decay : float
        μ is the momentum.
    step : int
        The number of this step, from 1.
    mean_before, mean : float
        m before and after: the moving mean of gradients.
    square_before, square : float
        v before and after: the moving mean of squared gradients.
    unbiased_mean, unbiased_square : float
        m̂ = m / (1 − μ^step) and v̂ = v / (1 − ρ^step).
    root : float
        √(v̂ + ε)
    decayed : float
        (1 − rate · decay) w
    change : float
        −rate · m̂ / √(v̂ + ε): what is added to the decayed weight.
    new_weight : float
    """

    weight: float
    gradient: float
    rate: float
    momentum: float
    rho: float
    epsilon: float
    weight_decay: float
    step: int
    mean_before: float
    mean: float
    square_before: float
    square: float
    unbiased_mean: float
    unbiased_square: float
    root: float
    decayed: float
    change: float
    new_weight: float


OptimizerStep = RMSpropStep | AdamWStep


def rmsprop_step(
    weight: float, gradient: float, square: float, *, rate: float, rho: float, epsilon: float
) -> RMSpropStep:
    """Take a step of RMSprop; `square` is the mean of squared gradients before it."""
    w, g, before = np.float32(weight), np.float32(gradient), np.float32(square)
    with np.errstate(all="ignore"):
        after = _square(before, g, rho)
        root = np.sqrt(after + np.float32(epsilon))
        change = np.float32(-rate) * (g / root)
        new = w + change
    return RMSpropStep(
        float(w), float(g), rate, rho, epsilon,
        float(before), float(after), float(root), float(change), float(new),
    )  # fmt: skip


def adamw_step(
    weight: float,
    gradient: float,
    mean: float,
    square: float,
    step: int,
    *,
    rate: float,
    momentum: float,
    rho: float,
    epsilon: float,
    weight_decay: float,
) -> AdamWStep:
    """Take step number `step`, from 1; `mean` and `square` are the moving means before it."""
    w, g = np.float32(weight), np.float32(gradient)
    mean_before, square_before = np.float32(mean), np.float32(square)
    unbias = 1 - momentum**step
    with np.errstate(all="ignore"):
        mean_after = _between(mean_before, g, 1 - momentum)
        square_after = _square(square_before, g, rho)
        unbiased_square = square_after / np.float32(1 - rho**step)
        root = np.sqrt(unbiased_square + np.float32(epsilon))
        decayed = w * np.float32(1 - rate * weight_decay)
        change = np.float32(-rate / unbias) * (mean_after / root)
        new = decayed + change
        unbiased_mean = mean_after / np.float32(unbias)
    return AdamWStep(
        float(w), float(g), rate, momentum, rho, epsilon, weight_decay, step,
        float(mean_before), float(mean_after), float(square_before), float(square_after),
        float(unbiased_mean), float(unbiased_square), float(root),
        float(decayed), float(change), float(new),
    )  # fmt: skip


def _square(before: np.float32, gradient: np.float32, rho: float) -> np.float32:
    """Move the mean of squared gradients on by one."""
    return before * np.float32(rho) + np.float32(1 - rho) * gradient * gradient


def _between(start: np.float32, end: np.float32, share: float) -> np.float32:
    """Go this share of the way from one number to another; the nearer end is kept exact."""
    if share < 0.5:
        return start + np.float32(share) * (end - start)
    return end - (end - start) * np.float32(1 - share)
