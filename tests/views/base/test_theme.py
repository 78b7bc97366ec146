"""Colours that can be read and that mean one thing; sizes that reach the back row."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from PySide6.QtGui import QColor

from visualizer.views.base.theme import (
    DARK,
    DARK_PRESENT,
    FONT_SIZES,
    LIGHT,
    LIGHT_PRESENT,
    PRESENT_ZOOM,
    ZOOM_STEPS,
    Palette,
    Theme,
    contrast,
    ink_on,
    palette_of,
)

PALETTES = pytest.mark.parametrize(
    "palette",
    [LIGHT, DARK, LIGHT_PRESENT, DARK_PRESENT],
    ids=["light", "dark", "light, Present", "dark, Present"],
)


def rgb(text: str) -> tuple[int, int, int]:
    color = QColor(text)
    return color.red(), color.green(), color.blue()


@PALETTES
@pytest.mark.parametrize(
    ("ink", "paper"),
    [
        *itertools.product(("ink", "soft_ink"), ("panel", "ground")),
        ("ink", "control"),
        ("ink", "accent_soft"),
        ("accent", "panel"),
        ("on_accent", "accent"),
        ("on_accent", "accent_hover"),
        ("selection", "panel"),
        ("warning", "warning_soft"),
    ],
)
def test_words_stand_out_from_their_ground(ink: str, paper: str, palette: Palette) -> None:
    theme = Theme(palette)
    assert contrast(theme.color(ink), theme.color(paper)) >= 4.5


@PALETTES
@pytest.mark.parametrize("name", ["selection", "field", "winner", "train", "test"])
def test_meaning_colours_can_be_told_from_the_paper(name: str, palette: Palette) -> None:
    """Outlines and curves need 2:1 at least; WCAG asks 3:1 of what has no other sign."""
    theme = Theme(palette)
    assert contrast(theme.color(name), theme.color("panel")) >= 2.0


@PALETTES
@pytest.mark.parametrize("name", ["selection", "field", "winner"])
def test_selection_field_and_winner_mean_nothing_else(name: str, palette: Palette) -> None:
    own = getattr(palette, name)
    for other, color in vars(palette).items():
        if isinstance(color, str) and color.startswith("#") and other != name:
            distance = np.abs(np.subtract(rgb(own), rgb(color))).sum()
            assert distance > 60, other


@PALETTES
@pytest.mark.parametrize("lut", ["sequential", "diverging", "kernel", "digit"])
def test_numbers_on_every_colour_can_be_read(lut: str, palette: Palette) -> None:
    for color in getattr(Theme(palette), lut):
        ground = QColor(*(int(channel) for channel in color))
        assert contrast(ground, ink_on(ground)) >= 4.5, color


@PALETTES
def test_zero_is_the_background_of_every_scale(palette: Palette) -> None:
    theme = Theme(palette)
    assert tuple(theme.sequential[0]) == rgb(palette.panel)
    assert tuple(theme.digit[0]) == rgb(palette.paper)
    for lut in (theme.diverging, theme.kernel):
        assert len(lut) == 256
        middle = lut[127:129].astype(int)
        assert np.abs(middle - rgb(palette.panel)).max() <= 4


def lightness(lut: np.ndarray) -> np.ndarray:
    linear = (lut / 255.0) ** 2.2
    return linear @ (0.2126, 0.7152, 0.0722)


@PALETTES
@pytest.mark.parametrize("lut", ["diverging", "kernel"])
def test_signed_scales_are_as_strong_on_both_sides(lut: str, palette: Palette) -> None:
    """A value and its negative stand out alike: only the hue says which."""
    steps = lightness(getattr(Theme(palette), lut))
    distance = np.abs(steps - steps[127])
    assert np.abs(distance - distance[::-1]).max() < 0.2


@PALETTES
def test_more_is_always_further_from_the_background(palette: Palette) -> None:
    theme = Theme(palette)
    for lut in (theme.sequential, theme.diverging[128:], theme.kernel[128:], theme.digit):
        away = np.abs(lightness(lut) - lightness(lut)[0])
        assert (np.diff(away) > -0.004).all()


def test_the_palettes_name_the_same_things() -> None:
    assert set(vars(LIGHT)) == set(vars(DARK))
    assert LIGHT.panel == "#ffffff"


@pytest.mark.parametrize("role", FONT_SIZES)
@pytest.mark.parametrize("zoom", ZOOM_STEPS)
def test_every_size_follows_the_zoom(role: str, zoom: float) -> None:
    theme = Theme(zoom=zoom)
    assert theme.font(role).pixelSize() == pytest.approx(FONT_SIZES[role] * zoom, abs=0.5)
    assert theme.line_width == pytest.approx(2 * zoom)


def test_nothing_is_smaller_than_12_pixels_at_100_percent() -> None:
    assert min(FONT_SIZES.values()) >= 12


@pytest.mark.parametrize(
    ("role", "pixels"), [("caption", 20), ("body", 20), ("heading", 20), ("sum", 28)]
)
def test_present_mode_reaches_the_back_row(role: str, pixels: int) -> None:
    theme = Theme(zoom=PRESENT_ZOOM, present=True)
    assert theme.font(role).pixelSize() >= pixels


@pytest.mark.parametrize("dark", [False, True])
def test_present_mode_stands_out_more(dark: bool) -> None:
    own, present = (Theme(palette_of(dark, mode)) for mode in (False, True))
    for name in ("ink", "soft_ink", "line"):
        before, now = (contrast(t.color(name), t.color("panel")) for t in (own, present))
        assert now > before, name
    assert contrast(present.color("soft_ink"), present.color("panel")) >= 7
    for name in ("line", "field", "winner", "selection"):
        assert contrast(present.color(name), present.color("panel")) >= 3, name


def test_present_mode_has_thick_lines() -> None:
    assert Theme(zoom=PRESENT_ZOOM, present=True).line_width >= 3


@pytest.mark.parametrize(
    ("color", "ink"), [("#000000", "#ffffff"), ("#ffffff", "#000000"), ("#ffd400", "#000000")]
)
def test_ink_on_a_colour(color: str, ink: str) -> None:
    assert ink_on(QColor(color)).name() == ink


def test_contrast_of_black_and_white() -> None:
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21)
    assert contrast(QColor("#777"), QColor("#777")) == 1
