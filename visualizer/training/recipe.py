"""How a network is trained: optimizer, rate, batch size, epochs."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal, get_args

from visualizer.core.network.spec import shown

Optimizer = Literal["rmsprop", "adamw"]
Schedule = Literal["constant", "one-cycle"]

WARM_UP = 0.25
LOWEST_RATE = 0.002
LARGEST_RATE = 1e30  # a larger one leaves float32's range at the first step
MOST_IN_A_BATCH = MOST_EPOCHS = 999_999
LONGEST_NAME = 200

WHOLE = {
    "batch_size": ("the batch size", MOST_IN_A_BATCH),
    "epochs": ("the number of epochs", MOST_EPOCHS),
}


@dataclass(frozen=True, slots=True)
class Recipe:
    """All choices of a training run except its seed and its data.

    Attributes
    ----------
    learning_rate : float
        The rate of a constant schedule, the peak of a one-cycle schedule.
    rho : float
        Decay of the mean of squared gradients (Adam's beta 2).
    epsilon : float
        Added to the mean of squared gradients before its root is taken, as Keras 3 does.
    momentum : float
        Decay of the mean of gradients (Adam's beta 1); RMSprop has none.
    weight_decay : float
        Share of a weight subtracted per unit of learning rate (adamw).

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
        self._check_words()
        for name, (words, most) in WHOLE.items():
            value = _checked(words, getattr(self, name), int, "a whole number")
            if value < 1:
                raise ValueError(f"{words} must be at least 1, not {_said(value)}")
            if value > most:
                raise ValueError(f"{words} must be at most {most:,}, not {_said(value)}")
        rate = _checked("the learning rate", self.learning_rate, float, "a number")
        if not (rate > 0 and rate != math.inf):
            raise ValueError(f"the learning rate must be above 0, not {_said(rate)}")
        if rate > LARGEST_RATE:
            raise ValueError(f"the learning rate must be at most 1e30, not {_said(rate)}")
        for name in ("rho", "momentum", "weight_decay"):
            value = _checked(name, getattr(self, name), float, "a number")
            if not 0 <= value < 1:
                raise ValueError(f"{name} must lie in [0, 1), not {_said(value)}")
        epsilon = _checked("epsilon", self.epsilon, float, "a number")
        if not epsilon > 0:
            raise ValueError(f"epsilon must be above 0, not {_said(epsilon)}")
        if epsilon > 1:
            raise ValueError(f"epsilon must be at most 1, not {_said(epsilon)}")

    def _check_words(self) -> None:
        if not isinstance(self.name, str) or not 0 < len(self.name) <= LONGEST_NAME:
            raise ValueError(f"the name of a recipe is a word, not {shown(self.name)}")
        for what, known in (("optimizer", Optimizer), ("schedule", Schedule)):
            if getattr(self, what) not in get_args(known):
                raise ValueError(f"there is no {what} {shown(getattr(self, what))}")

    @property
    def title(self) -> str:
        """The name, with "(changed)" if a value differs from the recipe of this name."""
        return self.name if self == RECIPES.get(self.name) else f"{self.name} (changed)"

    @property
    def words(self) -> str:
        """The name, and each value that differs from the recipe of this name."""
        known = RECIPES.get(self.name)
        if known is None or self == known:
            return self.name
        return ", ".join(
            (self.name, *(_value_words(self, name) for name in _differing(self, known)))
        )

    @property
    def facts(self) -> dict[str, str]:
        """All values as facts of a weights file, where `epochs` are the epochs done."""
        values = {field.name: str(getattr(self, field.name)) for field in fields(self)}
        return {"recipe": values.pop("name"), "recipe_epochs": values.pop("epochs"), **values}

    @classmethod
    def of_facts(cls, facts: Mapping[str, str]) -> Recipe | None:
        """Read the recipe that a weights file describes; None if it describes none."""
        known = {"name": facts.get("recipe", ""), "epochs": facts.get("recipe_epochs", "")}
        try:
            values = {**{field.name: facts.get(field.name, "") for field in fields(cls)}, **known}
            kinds = {"int": int, "float": float}
            made = {
                field.name: kinds.get(str(field.type), str)(values[field.name])
                for field in fields(cls)
            }
            return cls(**made)
        except ValueError:
            return None

    def rate(self, progress: float) -> float:
        """Compute the learning rate when this share of the run (0 to 1) is done.

        One-cycle (Smith 2018): half a cosine up to the peak, then half a cosine down; epochs
        past the planned ones (above 1) keep the lowest rate.
        """
        if self.schedule == "constant":
            return self.learning_rate
        if progress < WARM_UP:
            height = (1 - math.cos(math.pi * progress / WARM_UP)) / 2
        else:
            height = (1 + math.cos(math.pi * (min(progress, 1) - WARM_UP) / (1 - WARM_UP))) / 2
        return self.learning_rate * max(height, LOWEST_RATE)


def _differing(one: Recipe, other: Recipe) -> list[str]:
    """List the names of the values in which two recipes differ."""
    return [it.name for it in fields(one) if getattr(one, it.name) != getattr(other, it.name)]


def _value_words(recipe: Recipe, name: str) -> str:
    """Write one value of a recipe: batch 32, rate 0.002, 1 epoch, rmsprop."""
    value = getattr(recipe, name)
    if name == "epochs":
        return f"{value} epoch{'' if value == 1 else 's'}"
    short = {"learning_rate": "rate ", "batch_size": "batch ", "optimizer": "", "schedule": ""}
    return f"{short.get(name, name.replace('_', ' ') + ' ')}{value}"


def _checked(words: str, value: Any, kind: type, noun: str) -> Any:
    """Return the value if it is a number of this kind, else raise: a file may contain anything."""
    kinds = (int, float) if kind is float else (kind,)
    if isinstance(value, bool) or not isinstance(value, kinds):
        raise ValueError(f"{words} must be {noun}, not {shown(value)}")
    return value


def _said(value: float) -> object:
    """Prepare a number for a sentence; a number of hundreds of digits only by its kind."""
    return shown(value) if isinstance(value, int) and abs(value) > LARGEST_RATE else value


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
