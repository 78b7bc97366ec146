"""What a stop of a talk shows, in words."""

from __future__ import annotations

from pathlib import PurePosixPath

from visualizer.core.talk.places import write_way
from visualizer.core.talk.stop import TRAINED, UNTRAINED, Stop
from visualizer.text.numbers import count, shortened

LONGEST = 48  # letters of what a page is set to
DIGITS = {
    "mnist": "MNIST test digit {}",
    "synthetic": "synthetic digit {}",
    "folder": "folder's digit {}",
    "pad": "what is drawn on the pad",
}


def shown_by(stop: Stop) -> list[tuple[str, str]]:
    """Name what a stop shows, each with what it is; what is as at first is left out."""
    way = write_way(stop.way, stop.at) or "the strongest cell of the first layer"
    told = [("Network", _network(stop)), ("Digit", _digit(stop)), ("Selected", way)]
    if stop.edits:
        told.append(("Changed", "; ".join(stop.edits)))
    settings = (f"{name} {shortened(value, LONGEST)}" for name, value in stop.settings.items())
    if text := "; ".join(settings):
        told.append(("Page", text))
    if stop.gear is not None:
        batches = f"{stop.gear} batch{'es' * (stop.gear > 1)} a second"
        told.append(("Speed", batches if stop.gear else "full speed"))
    return told


def _network(stop: Stop) -> str:
    if stop.weights == TRAINED:
        return f"{stop.network}, trained"
    if stop.weights == UNTRAINED:
        return f"{stop.network}, untrained, seed {stop.seed}"
    moment = "" if stop.moment is None else f", batch {count(stop.moment)}"
    return f"{PurePosixPath(stop.weights).name}{moment}"


def _digit(stop: Stop) -> str:
    digit = stop.digit
    label = "" if digit.label is None else f", {'an' if digit.label == 8 else 'a'} {digit.label}"
    known = PurePosixPath(digit.file).name or DIGITS[digit.kind].format(digit.index)
    return f"{known}{label}"
