"""Every colour and size of the window: two palettes and one zoom factor."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QColor, QFont, QFontMetricsF

Lut = npt.NDArray[np.uint8]

FAMILIES = ["Inter", "Segoe UI", "SF Pro Text", "Helvetica Neue", "Noto Sans", "DejaVu Sans"]

PRESENT_ZOOM = 1.75
ZOOM_STEPS = (0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)

# Sizes in pixels at zoom 1; nothing on screen is smaller than "caption".
FONT_SIZES = {"caption": 12, "body": 13, "heading": 15, "sum": 16, "explained": 18, "counter": 20}


@dataclass(frozen=True)
class Palette:
    """Named colours, each with one meaning."""

    name: str
    ink: str
    soft_ink: str
    line: str
    ground: str
    panel: str
    accent: str
    accent_hover: str
    accent_soft: str
    on_accent: str
    control: str
    selection: str
    field: str
    winner: str
    train: str
    test: str
    warning_soft: str
    warning: str
    rail: str
    rail_ink: str
    rail_mark: str
    paper: str
    digit_ink: str
    sequential: tuple[str, ...]
    diverging: tuple[str, ...]
    kernel: tuple[str, ...]
    runs: tuple[str, ...]


LIGHT = Palette(
    name="light",
    ink="#1d2530",
    soft_ink="#5a6675",
    line="#dfe3e8",
    ground="#f4f5f7",
    panel="#ffffff",
    accent="#0b5fa5",
    accent_hover="#094e88",
    accent_soft="#e3eef7",
    on_accent="#ffffff",
    control="#e9ecf0",
    selection="#c4006a",
    field="#e69f00",
    winner="#009e73",
    train="#0072b2",
    test="#d55e00",
    warning_soft="#fdf1dd",
    warning="#8a4b00",
    rail="#1d2530",
    rail_ink="#eef2f6",
    rail_mark="#3a4656",
    paper="#ffffff",
    digit_ink="#000000",
    sequential=("#ffffff", "#d6e5f4", "#abcfe8", "#6fabd6", "#3787c0", "#1460a6", "#08306b"),
    diverging=(
        *("#7f3b08", "#a5560b", "#d58024", "#f2b56b", "#fbe1c0", "#ffffff"),
        *("#d0e3f2", "#94c1e0", "#4f95c8", "#1f66a8", "#08306b"),
    ),
    kernel=(
        *("#40004b", "#6d2a80", "#9465a8", "#bd9dca", "#e3d3e8", "#ffffff"),
        *("#d3ecd0", "#9fd39c", "#56ab63", "#1c7a3c", "#00441b"),
    ),
    runs=("#8a6d00", "#7a4fa3", "#2f7f86", "#5b6b1f", "#5a6675", "#6a4c3b"),
)

DARK = Palette(
    name="dark",
    ink="#e8ecf1",
    soft_ink="#9dabba",
    line="#343e4a",
    ground="#12161b",
    panel="#1a2027",
    accent="#5cabec",
    accent_hover="#7dbdf2",
    accent_soft="#203a52",
    on_accent="#0c141c",
    control="#2a333e",
    selection="#ff5cab",
    field="#f2b632",
    winner="#2cc295",
    train="#56b4e9",
    test="#ff8b45",
    warning_soft="#3d3016",
    warning="#f5c46b",
    rail="#0b0e12",
    rail_ink="#dfe6ee",
    rail_mark="#2a333e",
    paper="#0d1014",
    digit_ink="#f4f6f8",
    sequential=("#1a2027", "#16395c", "#1a5a90", "#2f80bf", "#63a9dc", "#a5d0f0", "#f0f8ff"),
    diverging=(
        *("#ffd9a8", "#f2a552", "#d07a20", "#8f5114", "#4d331a", "#1a2027"),
        *("#173a5a", "#1f639b", "#4796d2", "#8cc3ec", "#dceefc"),
    ),
    kernel=(
        *("#ecd4f7", "#c99ade", "#a167bd", "#6d3f86", "#3f2b4c", "#1a2027"),
        *("#1e4029", "#2b7040", "#4fa662", "#93d39a", "#dcf5dc"),
    ),
    runs=("#d9c24a", "#b995e0", "#6cc5cc", "#aebf6a", "#9dabba", "#c9ab97"),
)

# For projectors, which wash out pale colours: text, lines and outlines have more contrast.
LIGHT_PRESENT = replace(
    LIGHT,
    ink="#000000",
    soft_ink="#3a4450",
    line="#8793a0",
    field="#c27c00",
    winner="#007a58",
    test="#b84300",
)
DARK_PRESENT = replace(DARK, ink="#ffffff", soft_ink="#c6d0db", line="#667382")


def palette_of(dark: bool, present: bool) -> Palette:
    """Return the palette for a choice; Present mode has palettes of its own with more contrast."""
    if present:
        return DARK_PRESENT if dark else LIGHT_PRESENT
    return DARK if dark else LIGHT


@dataclass(frozen=True)
class Theme:
    """A palette at a zoom factor; `px` turns design pixels into screen pixels.

    Attributes
    ----------
    palette : Palette
    zoom : float
    present : bool
        Whether it is that of Present mode.
    reduce_motion : bool
    picture : bool
        Whether a picture to be taken away is painted: without focus, and from nothing kept.
    """

    palette: Palette = LIGHT
    zoom: float = 1.0
    present: bool = False
    reduce_motion: bool = False
    picture: bool = False

    def px(self, size: float) -> int:
        """Return a design length at this zoom, in whole pixels, at least 1."""
        return max(round(size * self.zoom), 1)

    @property
    def line_width(self) -> float:
        """Width of the outlines that carry meaning."""
        return 2.0 * self.zoom

    def font(self, role: str = "body", bold: bool = False) -> QFont:
        """Return the font of a role of FONT_SIZES."""
        return QFont(font_of(self.px(FONT_SIZES[role]), bold))

    def color(self, name: str, alpha: float = 1.0) -> QColor:
        """Return a palette colour with an opacity from 0 to 1; it is shared, so never change it."""
        return _color(getattr(self.palette, name), alpha)

    def run_color(self, key: int) -> QColor:
        """Return the colour of a run that is not in view, by the run's number."""
        return _color(self.palette.runs[key % len(self.palette.runs)], 1.0)

    @cached_property
    def sequential(self) -> Lut:
        """Colours of activations, (256, 3) uint8; zero is the background."""
        return _ramp(self.palette.sequential)

    @cached_property
    def diverging(self) -> Lut:
        """Colours of signed values, (256, 3) uint8; zero is in the middle."""
        return _ramp(self.palette.diverging)

    @cached_property
    def kernel(self) -> Lut:
        """Colours of kernels, (256, 3) uint8; zero is in the middle."""
        return _ramp(self.palette.kernel)

    @cached_property
    def digit(self) -> Lut:
        """Colours of a digit from paper to ink, (256, 3) uint8."""
        return _ramp((self.palette.paper, self.palette.digit_ink))


def _ramp(stops: tuple[str, ...]) -> Lut:
    parsed = [QColor(stop) for stop in stops]
    colors = np.array([(c.red(), c.green(), c.blue()) for c in parsed], np.float64)
    at = np.linspace(0, 1, 256)
    places = np.linspace(0, 1, len(stops))
    channels = [np.interp(at, places, colors[:, channel]) for channel in range(3)]
    return np.rint(np.stack(channels, axis=1)).astype(np.uint8)


@lru_cache(maxsize=128)
def font_of(pixels: int, bold: bool = False) -> QFont:
    """Return the window's font in so many pixels; it is shared, so never change it."""
    font = QFont()
    font.setFamilies(FAMILIES)
    font.setPixelSize(pixels)
    font.setBold(bold)
    return font


@lru_cache(maxsize=8192)
def text_width(text: str, pixels: int, bold: bool = False) -> float:
    """Return the width of a text in a font of so many pixels."""
    return QFontMetricsF(font_of(pixels, bold)).horizontalAdvance(text)


def longest_fitting(forms: tuple[str, ...], pixels: int, width: float, bold: bool = False) -> str:
    """Return the first of ever shorter texts that fits into a width; none is an empty text."""
    return next((text for text in forms if text_width(text, pixels, bold) <= width), "")


@lru_cache(maxsize=512)
def _color(name: str, alpha: float) -> QColor:
    color = QColor(name)
    color.setAlphaF(alpha)
    return color


def blended(color: QColor, ground: QColor, share: float) -> QColor:
    """Return an opaque colour, as a share of one colour on another looks; it fills faster."""
    pairs = zip(color.getRgb(), ground.getRgb(), strict=True)  # type: ignore[call-overload]
    return QColor(*(round(share * one + (1 - share) * other) for one, other in pairs))


def ink_on(color: QColor) -> QColor:
    """Return black or white, whichever has more contrast to a colour (WCAG 2 luminance)."""
    return _ink_on(color.rgb())


@lru_cache(maxsize=4096)
def _ink_on(rgb: int) -> QColor:
    color, dark, light = QColor(rgb), QColor("#000000"), QColor("#ffffff")
    return dark if contrast(color, dark) >= contrast(color, light) else light


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2)."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(color: QColor) -> float:
    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(v) for v in (color.redF(), color.greenF(), color.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
