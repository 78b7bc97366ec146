"""A problem of a description, its remedy, and the result of an examination."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from visualizer.core.network.network import Network

Step = Literal["flatten", "lift", "drop", "unset", "rename", "head", "cut"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One reason why a description is no network of digits, and its remedy.

    Attributes
    ----------
    row : int or None
        Position of the layer, from 0; None if the problem is no layer's.
    place, reason, remedy : str
        "row 3 (Conv2D)", why it cannot be, and what can.
    setting : str or None
        The setting to change, if any.
    nearest : object
        The nearest possible value of the setting, ready for JSON.
    step : str or None
        The step that ends the problem if no setting does: put a Flatten before the row
        ("flatten"), put the row above the Flatten ("lift"), leave the row out ("drop"), leave out
        the unknown setting that `nearest` names ("unset"), call a setting by its name here
        ("rename": `nearest` is its name there, its name here and its possible value), add the
        last rows ("head"), or leave out the rows too many ("cut").
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
    """The problems of a description, and the network that results from all remedies.

    Attributes
    ----------
    problems : tuple of Problem
    network : Network
    origins : tuple of int
        The row that each layer of the network comes from.
    """

    problems: tuple[Problem, ...]
    network: Network
    origins: tuple[int, ...]
