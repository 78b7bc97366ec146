"""The hues of a kernel's cells: all different, clear of other meanings, legible."""

from __future__ import annotations

from typing import Any

import pytest

from visualizer.views.base.theme import DARK, LIGHT, Theme, contrast, ink_on
from visualizer.views.lab.palette import ARCS, hues


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_every_kernel_cell_has_a_hue_of_its_own_on_which_numbers_are_legible(palette: Any) -> None:
    theme = Theme(palette)
    for size in ((1, 1), (3, 3), (7, 7)):
        colors = [color for row in hues(theme, size) for color in row]
        assert len({color.name() for color in colors}) == size[0] * size[1]
        assert all(contrast(color, ink_on(color)) >= 4.5 for color in colors)
    assert all(not start <= meant <= end for start, end in ARCS for meant in (5, 75, 165))
