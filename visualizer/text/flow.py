"""Gradient flow in sentences: what is wrong with a layer, or how much the layers change."""

from __future__ import annotations

from collections.abc import Sequence

from visualizer.core.flow import EXPLODING, TIMES, USUAL, Diagnosis, LayerFlow
from visualizer.core.words import listed
from visualizer.text.numbers import count, significant

LOWER = "A lower learning rate may help."
FEW = 2  # digits of a ratio
BAND = (
    f"The band, {significant(USUAL[0], 1)} to {significant(USUAL[1], 1)}, is usual: a rule of "
    "thumb. RMSprop's first batches often lie above it."
)
NOTHING_YET = "Nothing has been trained here yet: Space trains, S trains one batch."
NOT_KEPT = (
    "This run was not measured here: gradient flow is measured while a network trains, and is not "
    "kept with a run."
)
BEFORE = "Before the first batch nothing is measured."


def diagnosis_sentence(found: Diagnosis) -> str:
    """Say what is wrong with some layers, and what may help."""
    tell = {
        "broken": _broken,
        "exploding": _exploding,
        "dead": _dead,
        "vanishing": _vanishing,
        "certain": _certain,
    }
    return tell[found.ill](found)


def flow_sentence(measured: LayerFlow, names: Sequence[str]) -> str:
    """Say how much of their size the layers' weights changed in a batch: the least and the most."""
    ratios = measured.ratios
    least, most = ratios.index(min(ratios)), ratios.index(max(ratios))
    told = f"Batch {count(measured.step)} changed the weights by {_ratio(ratios[least])}"
    if least == most:
        return f"{told} of their size."
    return f"{told} ({names[least]}) to {_ratio(ratios[most])} ({names[most]}) of their size."


def _ratio(value: float) -> str:
    return significant(value, FEW)


def _broken(found: Diagnosis) -> str:
    one = len(found.layers) == 1
    verb, whose = ("explodes", "its") if one else ("explode", "their")
    return (
        f"{listed(found.layers)} {verb}: {whose} gradient or {whose} change is no finite number. "
        f"{LOWER}"
    )


def _exploding(found: Diagnosis) -> str:
    one = len(found.layers) == 1
    verb, whose, most = ("explodes", "its", "") if one else ("explode", "their", "up to ")
    return (
        f"{listed(found.layers)} {verb}: each of the last {TIMES['exploding']} batches measured "
        f"changed {whose} weights by more than {significant(EXPLODING, 1)} of their size, the last "
        f"by {most}{_ratio(found.ratio)}. {LOWER}"
    )


def _dead(found: Diagnosis) -> str:
    told = f"{listed(found.layers)} is dead: its gradient is exactly 0, so it learns nothing."
    if found.shut:
        told += " All its units are shut for every digit of these batches."
    if found.below:
        told += f" Nothing gets through it to {listed(found.below)}."
    return f"{told} A lower learning rate, or another seed, may help."


def _vanishing(found: Diagnosis) -> str:
    layer, ratio = found.beside
    verb, whose = ("learns", "its") if len(found.layers) == 1 else ("learn", "their")
    return (
        f"{listed(found.layers)} hardly {verb}: a batch changes {whose} weights by "
        f"{_ratio(found.ratio)} of their size, those of {layer} by {_ratio(ratio)}."
    )


def _certain(found: Diagnosis) -> str:
    return (
        "Every gradient is exactly 0: the network is certain of every digit of these batches, and "
        "right, so there is nothing left to learn from them."
    )
