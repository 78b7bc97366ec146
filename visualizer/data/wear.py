"""Wear a digit down, little by little: noise, a blot, thicker or thinner strokes, a turn, a shift.

Every wear takes a digit and a strength; at strength 0 the digit is as it was, and the same strength
always gives the same digit.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from visualizer.data.dataset import UInt8
from visualizer.data.shift import MOST, shifted

Float32 = npt.NDArray[np.float32]

FULL = 255
BLOT_RADIUS = 8.0  # pixels at full strength
BLOT_REACH = 6  # pixels from the middle of the ink to that of the blot, at most


@dataclass(frozen=True, slots=True)
class Wear:
    """A way to wear digits down.

    Attributes
    ----------
    name : str
    unit : str
        What strengths are counted in.
    strengths : tuple of float
        All that there are, rising; 0 is among them.
    apply : (digit, strength, seed) → digit
        Digits are (28, 28) uint8.
    seeded : bool
        Whether another seed gives another digit: noise and blots.
    """

    name: str
    unit: str
    strengths: tuple[float, ...]
    apply: Callable[[UInt8, float, int], UInt8]
    seeded: bool = False


def noisy(pixels: UInt8, strength: float, seed: int) -> UInt8:
    """Add noise to every pixel: normal, its standard deviation a share of full ink."""
    noise = np.random.default_rng(seed).standard_normal(pixels.shape, np.float32)
    return _in_bytes(pixels + np.float32(FULL * strength) * noise)


def blotted(pixels: UInt8, strength: float, seed: int) -> UInt8:
    """Let a round blot of ink grow somewhere near the middle of the ink; strength 0 to 1.

    Its radius grows evenly to 8 pixels; its edge is a pixel wide.
    """
    rows, columns = map(np.arange, pixels.shape)
    middle = np.random.default_rng(seed).uniform(-BLOT_REACH, BLOT_REACH, 2) + _middle(pixels)
    distance = np.hypot(rows[:, None] - middle[0], columns - middle[1])
    blot = np.clip(BLOT_RADIUS * strength + 0.5 - distance, 0, 1) if strength else 0.0
    return np.maximum(pixels, _in_bytes(np.broadcast_to(FULL * blot, pixels.shape)))


def thickened(pixels: UInt8, strength: float, seed: int = 0) -> UInt8:
    """Make the strokes thicker by so many pixels at each side; a negative strength thins them.

    A pixel becomes the darkest around it, and one beyond the strength counts less the farther it
    is; for thinner strokes the same is done to the paper.
    """
    if strength < 0:
        return FULL - thickened(FULL - pixels, -strength)
    reach = int(np.ceil(strength))
    paper = np.pad(pixels.astype(np.float32), reach, mode="edge")
    darkest = pixels.astype(np.float32)
    for down, right in np.ndindex(2 * reach + 1, 2 * reach + 1):
        share = np.float32(min(1 + strength - np.hypot(down - reach, right - reach), 1))
        if share > 0:
            around = paper[down : down + pixels.shape[0], right : right + pixels.shape[1]]
            np.maximum(darkest, share * around, out=darkest)
    return _in_bytes(darkest)


def turned(pixels: UInt8, strength: float, seed: int = 0) -> UInt8:
    """Turn the digit about the middle of the image by so many degrees, clockwise.

    Pixels are interpolated between the four nearest; what comes in from outside is paper.
    """
    angle = np.deg2rad(strength)
    height, width = pixels.shape
    down, right = np.mgrid[:height, :width] - np.array([height - 1, width - 1])[:, None, None] / 2
    rows = np.cos(angle) * down - np.sin(angle) * right + (height - 1) / 2
    columns = np.sin(angle) * down + np.cos(angle) * right + (width - 1) / 2
    return _in_bytes(_between(pixels, rows, columns))


def moved(pixels: UInt8, strength: float, seed: int = 0) -> UInt8:
    """Move the digit to the right by so many whole pixels."""
    return np.asarray(shifted(pixels[None], 0, round(strength))[0])


def lowered(pixels: UInt8, strength: float, seed: int = 0) -> UInt8:
    """Move the digit down by so many whole pixels."""
    return np.asarray(shifted(pixels[None], round(strength), 0)[0])


def _middle(pixels: UInt8) -> npt.NDArray[np.float64]:
    """Return row and column of the ink's centre of mass; without ink the middle of the image."""
    ink = pixels.astype(np.float64)
    if not ink.any():
        return (np.array(pixels.shape) - 1) / 2
    profiles = (ink.sum(axis=1), ink.sum(axis=0))
    return np.array([np.average(np.arange(len(mass)), weights=mass) for mass in profiles])


def _between(
    pixels: UInt8, rows: npt.NDArray[np.float64], columns: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Interpolate between pixels, linear down and across; beyond the edge there is paper."""
    padded = np.pad(pixels.astype(np.float64), 1)
    top = np.clip(np.floor(rows).astype(np.intp), -1, pixels.shape[0] - 1)
    left = np.clip(np.floor(columns).astype(np.intp), -1, pixels.shape[1] - 1)
    below, right = np.clip(rows - top, 0, 1), np.clip(columns - left, 0, 1)
    upper = (1 - right) * padded[top + 1, left + 1] + right * padded[top + 1, left + 2]
    lower = (1 - right) * padded[top + 2, left + 1] + right * padded[top + 2, left + 2]
    return np.asarray((1 - below) * upper + below * lower)


def _in_bytes(ink: npt.NDArray[np.floating]) -> UInt8:
    return np.asarray(np.rint(np.clip(ink, 0, FULL)), np.uint8)


def _steps(least: float, most: float, count: int) -> tuple[float, ...]:
    return tuple(np.linspace(least, most, count).round(6).tolist())


WEARS: dict[str, Wear] = {
    wear.name: wear
    for wear in (
        Wear("noise", "of full ink", _steps(0, 1, 51), noisy, seeded=True),
        Wear("blot", "of its size", _steps(0, 1, 51), blotted, seeded=True),
        Wear("strokes", "pixels thicker", _steps(-2, 3, 51), thickened),
        Wear("turn", "degrees", _steps(-90, 90, 61), turned),
        Wear("right", "pixels", _steps(-MOST, MOST, 2 * MOST + 1), moved),
        Wear("down", "pixels", _steps(-MOST, MOST, 2 * MOST + 1), lowered),
    )
}
