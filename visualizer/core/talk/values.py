"""What a stop can say, key by key: how it is read, and how it is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from visualizer.core.edits import edit_of
from visualizer.core.gears import GEARS
from visualizer.core.network.networks import CLASSES, NETWORKS
from visualizer.core.talk.names import DRAWING, PICTURE, WEIGHTS, check_name
from visualizer.core.talk.places import read_way, write_way
from visualizer.core.talk.stop import PAD, TRAINED, UNTRAINED, Stop, StopDigit
from visualizer.core.talk.texts import LONGEST, check_length, in_one_line, meant, quoted
from visualizer.core.words import a_digit

NONE = "none"  # takes back what the talk says for all stops
MOST_SEED = 999_999
MOST_MOMENT = 9_999_999
MOST_EDITS = 64
LAST = {"mnist": 9_999, "synthetic": 1_999, "folder": 999_999}  # of a test set
FULL = "full"

# What a page shows beside its scene, in the page's own words.
SETTINGS = (
    *("tab", "values", "scale", "order", "sums", "smoothing", "log", "numbers", "wear", "seed"),
    *("direction", "loss"),
    *("preset", "lab", "view", "explained", "output"),
    *("part", "pair", "shift", "same", "group", "curves", "way"),
    *("hole", "peephole", "covered", "guess"),
)

Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Key:
    """How a key's value becomes fields of a stop, and how it is written; "" is not written."""

    read: Callable[[str], Fields]
    write: Callable[[Stop], str]


def _stage(text: str) -> Fields:
    check_length(text, "the title of a stage", LONGEST["stage"])
    return {"stage": text}


def _network(text: str) -> Fields:
    if text not in NETWORKS:
        raise ValueError(f"no built-in network is called {quoted(text)}; {meant(text, NETWORKS)}")
    return {"network": text}


def _weights(text: str) -> Fields:
    if match := re.fullmatch(rf"{UNTRAINED}(?:\s+([0-9]{{1,9}}))?", text):
        return {"weights": UNTRAINED, "seed": whole(match[1] or "0", MOST_SEED, "a seed")}
    if text != TRAINED:
        if "." not in text and "/" not in text:
            can = "a network is trained, untrained, or from a file such as weights/one.safetensors"
            raise ValueError(f"{can}, not {quoted(text)}")
        check_name(text, WEIGHTS)
    return {"weights": text, "seed": 0}


def _write_weights(stop: Stop) -> str:
    if stop.weights == UNTRAINED and stop.seed:
        return f"{UNTRAINED} {stop.seed}"
    return "" if stop.weights == TRAINED else stop.weights


def _moment(text: str) -> Fields:
    if text == NONE:
        return {"moment": None}
    return {"moment": whole(text, MOST_MOMENT, "the batch of a moment")}


def _edits(text: str) -> Fields:
    if text == NONE:
        return {"edits": ()}
    edits = tuple(str(edit_of(part)) for part in text.split(";"))
    if len(edits) > MOST_EDITS:
        raise ValueError(f"a stop has at most {MOST_EDITS} edits, not {len(edits)}")
    return {"edits": edits}


def _digit(text: str) -> Fields:
    said = re.fullmatch(r"(.*?)\s*\(\s*an?\s+([0-9]+)\s*\)", text)
    text, label = (said[1], whole(said[2], CLASSES - 1, "a class")) if said else (text, None)
    kind, _, number = text.partition(" ")
    if text == PAD:
        return {"digit": StopDigit(PAD, label=label)}
    if kind in LAST:
        last = LAST[kind]
        return {"digit": StopDigit(kind, whole(number, last, f"a {kind} digit"), label=label)}
    if "." not in text and "/" not in text:
        can = "a digit is written like synthetic 16, mnist 247 (a 4) or drawings/one.json"
        raise ValueError(f"{quoted(text)} is no digit; {can}")
    check_name(text, DRAWING, PICTURE)
    return {"digit": StopDigit("file", file=text, label=label)}


def _write_digit(stop: Stop) -> str:
    digit = stop.digit
    if digit == StopDigit():
        return ""
    label = "" if digit.label is None else f" ({a_digit(digit.label)})"
    return f"{digit.file or (PAD if digit.kind == PAD else f'{digit.kind} {digit.index}')}{label}"


def _cell(text: str) -> Fields:
    way, at = ((), 0) if text == NONE else read_way(text)
    return {"way": way, "at": at}


def _gear(text: str) -> Fields:
    if text == NONE:
        return {"gear": None}
    gears = {str(gear) if gear else FULL: gear for gear in GEARS}
    return {"gear": gears[_one_of(text, tuple(gears), "a gear")]}


def _write_gear(stop: Stop) -> str:
    return "" if stop.gear is None else str(stop.gear or FULL)


def _ask(text: str) -> Fields:
    asked = _one_of(text, ("answer", "sum", "size", "filter", NONE), "what a stop asks for")
    return {"ask": "" if asked == NONE else asked}


def _begin(text: str) -> Fields:
    return {"begin": _one_of(text, ("play", "wait"), "how a stop begins")}


def _one_of(text: str, choices: tuple[str, ...], what: str) -> str:
    if text not in choices:
        raise ValueError(
            f"{what} is {', '.join(choices[:-1])} or {choices[-1]}, not {quoted(text)}"
        )
    return text


def whole(text: str, most: int, what: str) -> int:
    """Read a whole number from 0 to the most that is possible.

    Raises
    ------
    ValueError
        The text is no such number.
    """
    if not re.fullmatch(r"[0-9]{1,9}", text) or int(text) > most:
        raise ValueError(f"{what} is a whole number from 0 to {most:,}, not {quoted(text)}")
    return int(text)


KEYS: dict[str, Key] = {
    "stage": Key(_stage, lambda stop: in_one_line(stop.stage)),
    "network": Key(_network, lambda stop: "" if stop.network == Stop("").network else stop.network),
    "weights": Key(_weights, _write_weights),
    "moment": Key(_moment, lambda stop: "" if stop.moment is None else str(stop.moment)),
    "edits": Key(_edits, lambda stop: "; ".join(stop.edits)),
    "digit": Key(_digit, _write_digit),
    "cell": Key(_cell, lambda stop: write_way(stop.way, stop.at)),
    "gear": Key(_gear, _write_gear),
    "ask": Key(_ask, lambda stop: stop.ask),
    "begin": Key(_begin, lambda stop: "" if stop.begin == "wait" else stop.begin),
}
