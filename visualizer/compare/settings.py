"""What a stop of a talk says of the comparison: its pairs of networks, its shift, its peephole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from visualizer.compare.comparison import GROUPS, MOVED, QUANTITIES, SAME, WAYS, Comparison, Shown
from visualizer.compare.pair import Names
from visualizer.compare.peephole import Peephole, shape_text, shapes_of
from visualizer.core.network.geometry import Lines
from visualizer.core.talk.settings import Pair as Two
from visualizer.core.talk.settings import Settings, differing, pair_text
from visualizer.data.dataset import CLASSES, IMAGE_SIZE
from visualizer.data.shift import MOST

MOVING = ("pair", "shift")
HOLE = ("hole", "peephole", "covered", "guess")
SETTINGS = (*MOVING, "same", "group", "curves", "way", *HOLE)
LARGEST_INDEX = 999_999
NO_GUESS = "none"


def shown_settings(comparison: Comparison) -> dict[str, str]:
    """Return what is compared; what has its first value, or was never looked at, is left out."""
    made, shown = vars(comparison), comparison.shown.now
    moved = comparison.moved if "moved" in made else None
    same = comparison.same.names if "same" in made else SAME
    shift = (moved.dy, moved.dx) if moved else (0, 0)
    told = differing(
        ("pair", ", ".join(moved.names if moved else MOVED), ", ".join(MOVED)),
        ("shift", pair_text(shift), pair_text((0, 0))),
        ("same", ", ".join(same), ", ".join(SAME)),
        ("group", shown.group, GROUPS[0]),
        ("curves", shown.curves, QUANTITIES[0]),
        ("way", shown.way, WAYS[0]),
    )
    return told | _hole_settings(comparison.peephole) if "peephole" in made else told


def _hole_settings(peephole: Peephole) -> dict[str, str]:
    first = next(iter(peephole.shapes), peephole.shape)
    told = differing(
        ("hole", shape_text(peephole.shape), shape_text(first)),
        ("peephole", pair_text((peephole.top, peephole.left)), pair_text(peephole.middle)),
    )
    if peephole.index is not None:
        told["covered"] = str(peephole.index)
    if peephole.revealed:
        told["guess"] = NO_GUESS if peephole.guess is None else str(peephole.guess)
    return told


@dataclass(frozen=True, slots=True)
class HoleWanted:
    """The peephole as a stop wants it; what is None is not said."""

    shape: Lines | None
    place: Two | None
    index: int | None
    revealed: bool
    guess: int | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a stop wants of a comparison, checked; None: what was not made stays so."""

    shown: Shown
    moved: tuple[Names, Two] | None
    same: Names | None
    hole: HoleWanted | None

    def show(self, comparison: Comparison) -> None:
        """Show it."""
        comparison.shown.show(self.shown)
        if self.moved is not None:
            comparison.moved.show(*self.moved)
        if self.same is not None:
            comparison.same.show(self.same)
        if (hole := self.hole) is not None:
            comparison.peephole.show(hole.shape, hole.place, hole.index, hole.revealed, hole.guess)


def wanted(comparison: Comparison, read: Settings) -> Wanted:
    """Return what a stop wants of a comparison; nothing has changed yet.

    Raises
    ------
    ValueError
        A value is not known.
    """
    made = vars(comparison)
    group, curves, way = (
        read.one_of(name, choices)
        for name, choices in (("group", GROUPS), ("curves", QUANTITIES), ("way", WAYS))
    )
    names = _names(comparison, read, "pair", MOVED)
    shift = read.pair("shift", (-MOST, -MOST), (MOST, MOST)) or (0, 0)
    same = _names(comparison, read, "same", SAME)
    hole = _hole(comparison, read) if "peephole" in made or _says(read, HOLE) else None
    return Wanted(
        Shown(curves, group, way),
        (names, shift) if "moved" in made or _says(read, MOVING) else None,
        same if "same" in made or _says(read, ("same",)) else None,
        hole,
    )


def _says(read: Settings, names: Sequence[str]) -> bool:
    return any(map(read.text, names))


def _names(comparison: Comparison, read: Settings, name: str, first: Names) -> Names:
    """Return the two networks that a setting names; a name may have commas of its own."""
    said = read.text(name)
    if not said:
        return first
    known = [each.name for each in comparison.networks.trained]
    found = [(one, other) for one in known for other in known if said == f"{one}, {other}"]
    if not found or found[0][0] == found[0][1]:
        raise read.wrong(name, f"two of the trained networks, {', '.join(known)}")
    return found[0]


def _hole(comparison: Comparison, read: Settings) -> HoleWanted:
    shape, said = None, read.text("hole")
    if said:
        shapes = {shape_text(shape): shape for shape in reversed(shapes_of(comparison.networks))}
        shape = shapes.get(re.sub(r"\s*[x×]\s*", " × ", said))
        if shape is None:
            raise read.wrong("hole", " or ".join(reversed(shapes)))
    guess = read.one_of("guess", ("", NO_GUESS, *map(str, range(CLASSES))))
    most = IMAGE_SIZE - 1
    return HoleWanted(
        shape,
        read.pair("peephole", (0, 0), (most, most)),
        read.whole("covered", 0, LARGEST_INDEX),
        bool(guess),
        int(guess) if guess.isdigit() else None,
    )
