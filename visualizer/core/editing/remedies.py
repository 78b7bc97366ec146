"""What the buttons of the editor say, which take a problem's remedy."""

from __future__ import annotations

from visualizer.core.editing.nearest import said
from visualizer.core.editing.problem import Problem
from visualizer.core.network.limits import MOST

STEPS = {
    "flatten": "Put a Flatten before it",
    "lift": "Put it above the Flatten",
    "drop": "Leave it out",
    "unset": "Leave it out",
    "head": "Add that row",
    "cut": f"Keep {MOST['layers']}",
}


def remedy_text(problem: Problem) -> str:
    """What taking the remedy does; empty where there is none to take."""
    if problem.step == "rename" and isinstance(problem.nearest, tuple):
        return f"Call it {problem.nearest[1]}"
    if problem.step is not None:
        return STEPS[problem.step]
    if problem.setting is None:
        return ""
    if problem.setting == "name":
        return f"Use “{problem.nearest}”"
    return f"Use {as_typed(problem.nearest)}" if problem.nearest is not None else "Use its window"


def as_typed(value: object) -> str:
    """A setting as the field shows it; none is empty."""
    if value is None:
        return ""
    return value if isinstance(value, str) else said(value)
