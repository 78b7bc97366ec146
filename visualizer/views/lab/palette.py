"""A hue for every cell of a kernel, apart from the colours with a meaning elsewhere."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtGui import QColor

from visualizer.views.base.theme import Theme

# OKLCH hue angles in degrees that keep clear of selection (0), field (75) and winner (165).
ARCS = ((22.0, 56.0), (118.0, 150.0), (184.0, 336.0))
CHROMA = 0.095
LIGHTNESS = {"light": (0.90, 0.76), "dark": (0.53, 0.40)}


def cell_hue(theme: Theme, row: int, column: int, size: tuple[int, int]) -> QColor:
    """Return the hue of a kernel cell: columns lie far apart, rows between, in other lightness.

    Parameters
    ----------
    size : (rows, columns)
        The kernel's size.
    """
    rows, columns = size
    share = (column + row / rows) / columns
    light, deep = LIGHTNESS[theme.palette.name]
    lightness = light + (deep - light) * (row / max(rows - 1, 1))
    return _oklch(lightness, CHROMA, _on_arcs(share))


def hues(theme: Theme, size: tuple[int, int]) -> list[list[QColor]]:
    """Return the hues of all cells of a kernel, row by row."""
    return [[cell_hue(theme, r, c, size) for c in range(size[1])] for r in range(size[0])]


def _on_arcs(share: float) -> float:
    """Return the hue angle at a share from 0 to 1 of all arcs, laid end to end."""
    left = share * sum(end - start for start, end in ARCS)
    for start, end in ARCS:
        if left <= end - start:
            return start + left
        left -= end - start
    return ARCS[-1][1]


def _oklch(lightness: float, chroma: float, degrees: float) -> QColor:
    """Return an OKLCH colour as sRGB.

    Björn Ottosson, *A perceptual color space for image processing*, 2020.
    """
    a = chroma * math.cos(math.radians(degrees))
    b = chroma * math.sin(math.radians(degrees))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = np.array(
        [
            4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
            -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
            -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
        ]
    ).clip(0, 1)
    encoded = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    return QColor.fromRgbF(*(float(value) for value in encoded))
