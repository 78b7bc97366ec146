"""Sizes of the panels of the Inspect page, where no handle was dragged.

All lengths here are pixels at zoom 100 %.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass

from visualizer.core.mosaic import Mosaic

SIDE = (200, 320)  # the input panel
EXPLAINED = (396, 560)  # least: patch, kernel and products stand in one row; most
STRIP = (100, 136)
CURVES = (188, 232)  # least: plots of 88 pixels, with the moments of the run under them
FOR_CURVES = 500  # least height with curves
FOR_INPUT = (880, 400)
GOOD_MAP = 60.0  # screen pixels: the curves fold before zooming makes a map smaller than this
FARTHEST = 4000.0  # limit for a remembered handle
BOOK_MAPS = (26, 26, 32)
AROUND_MAPS = (96, 64)  # room in the maps panel beside the maps: colour bar, lines of text
SMALL = 720  # height below which the gaps are small


@dataclass(frozen=True, slots=True)
class Shares:
    """The share of each panel.

    Attributes
    ----------
    gap : int
        Space between panels.
    side, explained : int
        Widths of the input panel and of Position or Filter.
    strip, curves : int
        Heights of the network strip and of the curves.
    shows_input, shows_curves : bool
        Whether there is room for the input panel and for the curves.
    """

    gap: int
    side: int
    explained: int
    strip: int
    curves: int
    shows_input: bool
    shows_curves: bool


def shares(width: float, height: float, zoom: float) -> Shares:
    """Return the panels' shares of a page whose size is given at zoom 100 %.

    The curves give way first, the Position or Filter panel last.
    """
    gap = 8 if height < SMALL else 12
    side = round(_held(0.184 * width, SIDE[0], SIDE[1]))
    strip = round(_held(0.162 * height, *STRIP))
    curves = round(_held(0.25 * height, *CURVES))
    shows_input = width >= FOR_INPUT[0] and height >= FOR_INPUT[1]
    rest = width - (side + 8 if shows_input else 8) - 4 - 2 * gap
    explained = round(_held(0.36 * rest, *EXPLAINED))
    across = rest - explained - AROUND_MAPS[0]
    down = height - 3 * gap - strip - AROUND_MAPS[1] - gap - curves
    shows_curves = height >= FOR_CURVES
    if zoom > 1 and shows_curves:
        shows_curves = map_side(across, down) * zoom >= GOOD_MAP
    return Shares(gap, side, explained, strip, curves, shows_input, shows_curves)


def map_side(across: float, down: float) -> float:
    """Return the side of a map if the book's first 32 maps fill a room."""
    if min(across, down) <= 0:
        return 0.0
    layout = Mosaic.fitting(*BOOK_MAPS, aspect=round(across / down, 2))
    return BOOK_MAPS[0] * min(across / layout.shape[1], down / layout.shape[0])


def read_layout(text: str) -> dict[str, tuple[float | None, bool]]:
    """Return the splitters' state from the text of `InspectPage.layout_state`.

    For each splitter: how far its handle was dragged, and whether its panel was folded. An
    unreadable text gives an empty dict.
    """
    try:
        held = json.loads(text)
        return {str(name): _one_layout(*held[name]) for name in held}
    except (ValueError, TypeError, KeyError, RecursionError):
        return {}


def _one_layout(dragged: object, folded: object) -> tuple[float | None, bool]:
    if not isinstance(folded, bool):
        raise ValueError(folded)
    if isinstance(dragged, float) and math.isfinite(dragged):
        return _held(dragged, 1.0, FARTHEST), folded
    return None, folded


def _held(value: float, least: float, most: float) -> float:
    return min(max(value, least), most)
