"""Values as colours: every float32 has one, or is left out; nothing overflows on the way."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from visualizer.views.base.theme import LIGHT, Theme, ink_on
from visualizer.views.widgets.pixels import color_at, inks, positive_top, symmetric_top, to_image

LUT = Theme(LIGHT).diverging
ANY = st.floats(width=32)


@given(st.lists(ANY, min_size=1, max_size=8))
def test_the_largest_values_take_the_last_colours(values: list[float]) -> None:
    array = np.array([values], np.float32)
    top = symmetric_top(array)
    assert 0 < top <= np.finfo(np.float32).max
    assert 0 < positive_top(array) <= np.finfo(np.float32).max
    image = to_image(array, -top, top, LUT)
    for column, value in enumerate(array[0].tolist()):
        pixel = image.pixelColor(column, 0)
        if not np.isfinite(value):
            assert pixel.alpha() == 0
            continue
        expected = LUT[round((value / top + 1) * 127.5)].astype(int)
        for color in (pixel, color_at(value, -top, top, LUT)):
            # A value midway between two colours may round to either.
            drawn = np.array([color.red(), color.green(), color.blue()])
            assert np.abs(drawn - expected).max() <= 12


@given(ANY, ANY, ANY)
def test_a_colour_is_found_on_any_scale(value: float, low: float, high: float) -> None:
    assert color_at(value, low, high, LUT).isValid()
    assert to_image(np.array([[value]], np.float32), low, high, LUT).width() == 1


@pytest.mark.parametrize("top", [1e-38, 1e-30, 1.0, 1e30, 3.4e38])
def test_a_scale_of_any_size_runs_from_end_to_end(top: float) -> None:
    image = to_image(np.array([[-top, 0, top]], np.float32), -top, top, LUT)
    colors = [image.pixelColor(column, 0).getRgb()[:3] for column in range(3)]
    assert colors[0] == tuple(LUT[0]) and colors[2] == tuple(LUT[255])
    assert colors[1] in (tuple(LUT[127]), tuple(LUT[128]))


@given(st.lists(ANY, min_size=1, max_size=8), ANY, ANY)
def test_ink_stands_out_on_the_colour_that_a_value_has(
    values: list[float], low: float, high: float
) -> None:
    array = np.array([values], np.float32)
    image = to_image(array, low, high, LUT)
    for column, ink in enumerate(inks(array, low, high, LUT)[0]):
        pixel = image.pixelColor(column, 0)
        assert ink == (ink_on(pixel) if pixel.alpha() else None)
