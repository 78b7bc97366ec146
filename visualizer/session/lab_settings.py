"""What a stop of a talk says of the lab: its preset, what differs from it, and what is selected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from visualizer.core.lab.lab import PRESETS
from visualizer.core.lab.response import preset_state
from visualizer.core.lab.writing import differences, state_from
from visualizer.core.talk.settings import Settings, differing, pair_text
from visualizer.session.lab import LabModel, strongest_in

SETTINGS = ("preset", "lab", "view", "explained", "output")
VIEWS = ("one", "beside")
BESIDE = ("max", "average", "convolution")
FARTHEST = (999, 999)


def shown_settings(model: LabModel) -> dict[str, str]:
    """Return what the lab shows; what has its first value is left out."""
    state, first = model.states.present, next(iter(PRESETS))
    preset = state.preset if state.preset in PRESETS else first
    told = differences(state, preset_state(preset, model.surroundings))
    output = pair_text(strongest_in(model.current))
    return differing(
        ("preset", preset, first),
        ("lab", told, ""),
        ("view", VIEWS[bool(model.beside)], VIEWS[0]),
        ("explained", BESIDE[model.chosen], BESIDE[0]),
        ("output", pair_text(model.selected), output),
    )


def show_settings(model: LabModel, settings: Mapping[str, str]) -> None:
    """Show what a stop says of the lab, on the digit and the network that it has.

    Raises
    ------
    ValueError
        A setting or a value is not known; nothing has changed.
    """
    read = Settings("Lab", settings, SETTINGS)
    preset = _preset(read)
    state = preset_state(preset, model.surroundings)
    if told := read.text("lab"):
        state = state_from(told, state, model.surroundings)
    view = read.one_of("view", VIEWS)
    chosen = BESIDE.index(read.one_of("explained", BESIDE))
    output = read.pair("output", (0, 0), FARTHEST)
    model.show(replace(state, preset=preset), view == "beside", chosen, output)


def _preset(read: Settings) -> str:
    """Return the preset whose name begins so; the first where none is said."""
    names = list(PRESETS)
    said = read.text("preset").casefold()
    found = [name for name in names if name.casefold().startswith(said)] if said else names[:1]
    if len(found) != 1:
        raise read.wrong("preset", " or ".join(f"“{name}”" for name in names))
    return found[0]
