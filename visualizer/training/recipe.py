"""How a network is trained: optimizer, rate, batch size, epochs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

Optimizer = Literal["rmsprop", "adamw"]
Schedule = Literal["constant", "one-cycle"]

WARM_UP = 0.25
LOWEST_RATE = 0.002


@dataclass(frozen=True, slots=True)
class Recipe:
    """All choices of a training run except its seed and its data.

    Attributes
    ----------
    learning_rate : float
        The rate of a constant schedule, the peak of a one-cycle one.
    rho : float
        Decay of the mean of squared gradients (Adam's beta 2).
    epsilon : float
        Added to the mean of squared gradients before its root is taken, as Keras 3 does.
    momentum : float
        Decay of the mean of gradients (Adam's beta 1); RMSprop has none.
    weight_decay : float
        Share of a weight taken off per unit of learning rate (adamw).

    Raises
    ------
    ValueError
        A value that no run could use, in one sentence.
    """

    name: str
    optimizer: Optimizer
    learning_rate: float
    batch_size: int
    epochs: int
    rho: float = 0.9
    epsilon: float = 1e-7
    momentum: float = 0.0
    weight_decay: float = 0.0
    schedule: Schedule = "constant"

    def __post_init__(self) -> None:
        if not (math.isfinite(self.learning_rate) and self.learning_rate > 0):
            raise ValueError(f"the learning rate must be above 0, not {self.learning_rate}")
        if self.batch_size < 1:
            raise ValueError(f"the batch size must be at least 1, not {self.batch_size}")
        if self.epochs < 1:
            raise ValueError(f"the number of epochs must be at least 1, not {self.epochs}")
        for name in ("rho", "momentum"):
            if not 0 <= getattr(self, name) < 1:
                raise ValueError(f"{name} must lie in [0, 1), not {getattr(self, name)}")
        if self.epsilon <= 0:
            raise ValueError(f"epsilon must be above 0, not {self.epsilon}")

    @property
    def title(self) -> str:
        """Its name, and whether anything differs from the recipe that has this name."""
        return self.name if self == RECIPES.get(self.name) else f"{self.name} (changed)"

    def rate(self, progress: float) -> float:
        """Learning rate when this share of the run (0 to 1) is done.

        One-cycle (Smith 2018): half a cosine up to the peak, then half a cosine down; epochs
        beyond those planned (above 1) keep the lowest rate.
        """
        if self.schedule == "constant":
            return self.learning_rate
        if progress < WARM_UP:
            height = (1 - math.cos(math.pi * progress / WARM_UP)) / 2
        else:
            height = (1 + math.cos(math.pi * (min(progress, 1) - WARM_UP) / (1 - WARM_UP))) / 2
        return self.learning_rate * max(height, LOWEST_RATE)


RECIPES: dict[str, Recipe] = {
    "book": Recipe("book", "rmsprop", learning_rate=0.001, batch_size=64, epochs=5),
    "fast": Recipe(
        "fast",
        "adamw",
        learning_rate=0.006,
        batch_size=128,
        epochs=2,
        rho=0.99,
        momentum=0.9,
        weight_decay=0.01,
        schedule="one-cycle",
    ),
}
