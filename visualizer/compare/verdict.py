"""What two networks say of a moved digit, in words, and from how many pixels on."""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.compare.pair import Pair
from visualizer.data.shift import shifted
from visualizer.scene.scene import Model
from visualizer.text.numbers import shortened

LETTERS = 16
NO_BREAK = "\u00a0"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a network reads in a moved digit.

    Attributes
    ----------
    digit : int
    since : int or None
        From how many pixels on, if it read another digit before; None: it does from the first.
    """

    digit: int
    since: int | None

    def __str__(self) -> str:
        read = f"a{'n' if self.digit == 8 else ''}{NO_BREAK}{self.digit}"
        if self.since is None:
            return read
        pixels = "pixels" if self.since > 1 else "pixel"
        return f"{read} from {self.since}{NO_BREAK}{pixels}{NO_BREAK}on"


def way(dy: int, dx: int) -> list[tuple[int, int]]:
    """List the places on the straight way from (0, 0) to (dy, dx), a pixel apart."""
    far = max(abs(dy), abs(dx), 1)
    return [(round(dy * at / far), round(dx * at / far)) for at in range(far + 1)]


Known = dict[tuple[int, int], int]  # the digit that a network reads at a place


def reading(model: Model, pair: Pair, known: Known) -> Reading:
    """Return what a network reads in the pair's moved digit, and from where on its way there.

    What it reads at places is taken from `known`, and added to it.
    """
    for place in way(pair.dy, pair.dx):
        if place not in known:
            pixels = shifted(pair.digit.pixels[None], *place)[0]
            known[place] = int(model.trace(pixels).probabilities.argmax())
    read = [known[place] for place in way(pair.dy, pair.dx)]
    if read[-1] == read[0]:
        return Reading(read[-1], None)
    others = [at for at, digit in enumerate(read) if digit != read[-1]]
    return Reading(read[-1], others[-1] + 1)


def verdict(pair: Pair, known: tuple[Known, Known] | None = None) -> str:
    """Say what both networks read: "both still read a 7"; empty where the answer is hidden.

    Parameters
    ----------
    known
        What each network is known to read of this digit, by place; it is added to. None: nothing.
    """
    if pair.digit.undrawn or pair.viewers[0].scene.answer_hidden:
        return ""
    one, other = (
        reading(model, pair, of) for model, of in zip(pair.models, known or ({}, {}), strict=True)
    )
    still = ["still " if (pair.dy or pair.dx) and r.since is None else "" for r in (one, other)]
    if one == other:
        return f"Both {still[0]}read {one}."
    first, second = (shortened(name, LETTERS) for name in pair.names)
    return f"{first} {still[0]}reads {one}, {second} {still[1]}{other}."
