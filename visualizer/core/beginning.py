"""Where a run began that went on from a moment of another run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from visualizer.core.network.spec import shown

PREFIX = "began_"
MOST_FACTS = 96  # of the runs before, the nearest first
MOST_STEPS = 2**53
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Beginning:
    """The moment of another run whose weights a run began with.

    Attributes
    ----------
    run : str
        The name of that run in the list.
    step : int
        Batches that run had done.
    epoch : float
        Epochs that run had done.
    weights : str
        What the window called these weights.
    facts : mapping of str
        How these weights were made, as a weights file says it: enough to make them again.
    """

    run: str
    step: int
    epoch: float
    weights: str
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """The moment in few words."""
        return f"from batch {self.step:,} of {self.run}"

    def as_facts(self) -> dict[str, str]:
        """Return the beginning as facts of a weights file, with `began_` in front of each name."""
        own = {
            "run": self.run,
            "batch": str(self.step),
            "epoch": f"{self.epoch:.6g}",
            "weights": self.weights,
        }
        before = dict(list(self.facts.items())[:MOST_FACTS])
        return {f"{PREFIX}{key}": value for key, value in {**own, **before, **own}.items()}

    def as_json(self) -> dict[str, object]:
        """Return the beginning as a run's file stores it."""
        return {
            "run": self.run,
            "batch": self.step,
            "epoch": self.epoch,
            "weights": self.weights,
            "facts": dict(self.facts),
        }

    @classmethod
    def from_json(cls, value: object) -> Beginning:
        """Read the beginning that a run's file stores.

        Raises
        ------
        ValueError
            The value is no beginning of a run.
        """
        if not isinstance(value, dict):
            raise ValueError(f"where it began cannot be used ({shown(value)})")
        step: Any = value.get("batch")
        epoch: Any = value.get("epoch")
        if not _is_number(step, int) or not 0 <= step <= MOST_STEPS:
            raise ValueError(f"where it began cannot be used (batch: {shown(step)})")
        if not _is_number(epoch, int | float) or not 0 <= epoch <= MOST_STEPS:
            raise ValueError(f"where it began cannot be used (epoch: {shown(epoch)})")
        run, weights = (words_of(value.get(key)) for key in ("run", "weights"))
        return cls(run, step, float(epoch), weights, facts_of(value.get("facts")))


def _is_number(value: object, kind: Any) -> bool:
    return isinstance(value, kind) and not isinstance(value, bool)


def facts_of(value: object) -> dict[str, str]:
    """Read the facts of a file, each of bounded length; what is no fact is left out."""
    if not isinstance(value, dict):
        return {}
    own = [(key, each) for key, each in value.items() if isinstance(each, str)]
    return {words_of(key): words_of(each) for key, each in own[:MOST_FACTS]}


def words_of(value: object) -> str:
    """Read text from a file as one line of bounded length; anything else becomes ""."""
    text = value[: 4 * LONGEST] if isinstance(value, str) else ""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
