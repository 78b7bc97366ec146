"""Settings: what a stop says of its page, read and checked before anything is changed. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from visualizer.core.words import listed

Pair = tuple[int, int]


class Settings:
    """The settings of a stop, each read as what its page knows it to be.

    Raises
    ------
    ValueError
        The page has no setting of such a name; so do all methods, where it cannot have a value.
    """

    def __init__(self, page: str, settings: Mapping[str, str], names: Sequence[str]) -> None:
        self._settings = settings
        for name in settings:
            if name not in names:
                has = f": it has {listed(names)}" if names else ""
                raise ValueError(f"{page} has no setting “{name}”{has}.")

    def text(self, name: str) -> str:
        """Return a setting as it is written; empty where it is not said."""
        return self._settings.get(name, "").strip()

    def one_of(self, name: str, choices: Sequence[str]) -> str:
        """Return one of some words; the first where it is not said."""
        value = self.text(name) if name in self._settings else choices[0]
        if value not in choices:
            raise self.wrong(name, listed(choices, "or"))
        return value

    def some_of(self, name: str, choices: Sequence[str]) -> frozenset[str]:
        """Return some of these words, which are written with commas between; none if not said."""
        found = frozenset(filter(None, (word.strip() for word in self.text(name).split(","))))
        if not found <= set(choices):
            raise self.wrong(name, listed(choices, "or"))
        return found

    def whole(self, name: str, least: int, most: int) -> int | None:
        """Return a whole number from `least` to `most`; None where it is not said."""
        if name not in self._settings:
            return None
        if (found := _whole(self.text(name))) is None or not least <= found <= most:
            raise self.wrong(name, f"a whole number from {_said(least)} to {_said(most)}")
        return found

    def share(self, name: str, first: float) -> float:
        """Return a number from 0 to 1; `first` where it is not said."""
        if name not in self._settings:
            return first
        if not re.fullmatch(r"0?\.\d+|[01](\.0*)?", self.text(name)):
            raise self.wrong(name, "a number from 0 to 1")
        return float(self.text(name))

    def pair(self, name: str, least: Pair, most: Pair) -> Pair | None:
        """Return two whole numbers, such as "2, −3", each within its ends; None if not said."""
        if name not in self._settings:
            return None
        found = [_whole(part) for part in self.text(name).split(",")]
        numbers = [number for number in found if number is not None]
        if len(found) == len(numbers) == 2:
            first, second = numbers
            if least[0] <= first <= most[0] and least[1] <= second <= most[1]:
                return first, second
        ends = [
            f"from {_said(low)} to {_said(high)}" for low, high in zip(least, most, strict=True)
        ]
        told = ends[0] if ends[0] == ends[1] else f"the first {ends[0]}, the second {ends[1]}"
        raise self.wrong(name, f"two whole numbers with a comma between, {told}")

    def wrong(self, name: str, wanted: str) -> ValueError:
        """Return the error that a setting is not what it has to be."""
        return ValueError(f"The setting “{name}” is “{self.text(name)}”; it has to be {wanted}.")


def pair_text(pair: Pair) -> str:
    """Return two whole numbers as `Settings.pair` reads them."""
    return f"{pair[0]}, {pair[1]}"


def differing(*every: tuple[str, str, str]) -> dict[str, str]:
    """Return the settings, of (name, value, first value), that have not their first value."""
    return {name: value for name, value, first in every if value != first}


def _whole(text: str) -> int | None:
    text = text.strip().replace("\u2212", "-")
    return int(text) if re.fullmatch(r"[-+]?[0-9]{1,9}", text) else None


def _said(number: int) -> str:
    return f"\u2212{-number}" if number < 0 else str(number)
