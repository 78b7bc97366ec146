"""Texts of the editor's buttons that apply a problem's remedy."""

from __future__ import annotations

from visualizer.core.editing.nearest import in_words
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
    """Say what a problem's remedy does; empty if it has none."""
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
    """Write a setting's value as its field shows it; None is empty."""
    if value is None:
        return ""
    return value if isinstance(value, str) else in_words(value)
