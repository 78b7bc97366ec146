"""A reason why a description is no network, what can be instead, and what came of the search."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from visualizer.core.network.network import Network

Step = Literal["flatten", "lift", "drop", "unset", "rename", "head", "cut"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that cannot be.

    Attributes
    ----------
    row : int or None
        Position of the layer, from 0; None where it is no layer's.
    place, reason, remedy : str
        "row 3 (Conv2D)", why it cannot be, and what can.
    setting : str or None
        The setting that is to change, where one is.
    nearest : object
        The nearest value that it can have, ready for JSON.
    step : str or None
        What ends it where no setting does: a "flatten" before the row, the row put above the
        Flatten ("lift") or left out ("drop"), a setting that there is not left out ("unset",
        named by `nearest`) or called as it is here ("rename": `nearest` is its name there, its
        name here and the value that it can have), the "head" added at the end, or the rows past
        the most "cut".
    """

    row: int | None
    place: str
    reason: str
    remedy: str
    setting: str | None = None
    nearest: object = None
    step: Step | None = None

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}; {self.remedy}"


@dataclass(frozen=True, slots=True)
class Examined:
    """What is wrong with a description, and the network that comes of it with each remedy taken.

    Attributes
    ----------
    problems : tuple of Problem
    network : Network
    origins : tuple of int
        The row that each of its layers comes from.
    """

    problems: tuple[Problem, ...]
    network: Network
    origins: tuple[int, ...]
