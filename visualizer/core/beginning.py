"""Where a run began that went on from a moment of another one."""

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
    """The moment whose weights a run began with.

    Attributes
    ----------
    run : str
        What the list called that run.
    step : int
        Batches that it had done.
    epoch : float
        Epochs that it had done.
    weights : str
        What the window called these weights.
    facts : mapping of str
        How they were made, as it stands in a weights file: with it they can be made again.
    """

    run: str
    step: int
    epoch: float
    weights: str
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """Where it was, in few words."""
        return f"from batch {self.step:,} of {self.run}"

    def as_facts(self) -> dict[str, str]:
        """Write it as a weights file does, the names in front of which is `began_`."""
        own = {
            "run": self.run,
            "batch": str(self.step),
            "epoch": f"{self.epoch:.6g}",
            "weights": self.weights,
        }
        before = dict(list(self.facts.items())[:MOST_FACTS])
        return {f"{PREFIX}{key}": value for key, value in {**own, **before, **own}.items()}

    def as_json(self) -> dict[str, object]:
        """Write it as a run's file does."""
        return {
            "run": self.run,
            "batch": self.step,
            "epoch": self.epoch,
            "weights": self.weights,
            "facts": dict(self.facts),
        }

    @classmethod
    def from_json(cls, value: object) -> Beginning:
        """Read what a run's file says.

        Raises
        ------
        ValueError
            It is no beginning of a run.
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
    """Read a file's words about something, none of them long; what is none is left out."""
    if not isinstance(value, dict):
        return {}
    own = [(key, each) for key, each in value.items() if isinstance(each, str)]
    return {words_of(key): words_of(each) for key, each in own[:MOST_FACTS]}


def words_of(value: object) -> str:
    """Read foreign words on one line; empty where there are none."""
    text = value[: 4 * LONGEST] if isinstance(value, str) else ""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
