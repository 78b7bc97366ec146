"""Bring a photographed or scanned digit step by step into MNIST's form."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import sliding_window_view

from visualizer.data.dataset import IMAGE_SIZE, DataError, UInt8
from visualizer.data.input.drawing import DrawingSteps, Float32

WORKING_SIDE = 200  # pixels; a digit needs 28, and every step stays quick
PAPER_SHARE = 3  # the paper's brightness is sought within a third of the shorter side
SURFACE_ROUNDS = 5  # of fitting the light to the pixels that are not taken for ink
BLANK = 0.08  # of the range from black to white; less contrast than this is paper alone
SPECK_SIDE, SPECK_SHARE = 5, 0.18  # a pixel with less ink than this around it is a speck
SPECKS_FROM = 64  # pixels of the longer side; in a smaller picture a line may be a pixel wide
LEAST_THRESHOLD, MOST_THRESHOLD = 0.05, 0.95

Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class PictureSettings:
    """How a picture becomes an input; None is found automatically.

    Attributes
    ----------
    box : (top, left, bottom, right) or None
        The part of the picture with the digit, in its pixels, ends exclusive; None is all of it.
    inverted : bool or None
        Whether the paper is light and the ink dark, unlike in MNIST.
    threshold : float or None
        The share of the strongest ink from which a pixel counts as ink, 0 to 1.
    centring : bool
        As MNIST was made: the ink 20 pixels long, its centre of mass in the middle. If false, the
        box as it lies.
    """

    box: Box | None = None
    inverted: bool | None = None
    threshold: float | None = None
    centring: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class PictureSteps:
    """The steps from a picture to the network's input.

    Attributes
    ----------
    grey : (h, w) float32
        The part in the box, at most WORKING_SIDE a side: 0 black, 1 white.
    inverted : bool
        Whether bright and dark were exchanged, as the settings say or as found.
    bright : (h, w) float32
        The ink bright, the paper dark.
    even : (h, w) float32
        How much brighter each pixel is than the paper around it, 1 the strongest ink.
    threshold : float
        From the settings, or by Otsu (1979), which separates ink from paper best.
    drawing : DrawingSteps
        The remaining ink, cropped, in its box, and centred.
    digit : (28, 28) uint8
        The input; all zeros without ink.
    """

    grey: Float32
    inverted: bool
    bright: Float32
    even: Float32
    threshold: float
    drawing: DrawingSteps
    digit: UInt8

    @classmethod
    def of(cls, picture: UInt8, settings: PictureSettings | None = None) -> PictureSteps:
        """Take all steps with a picture (h, w) of bytes, 0 black.

        Raises
        ------
        DataError
            The picture, or its part in the box, has no pixel.
        """
        asked = settings or PictureSettings()
        top, left, bottom, right = asked.box or (0, 0, *picture.shape)
        if not picture[top:bottom, left:right].size:
            raise DataError(f"There is no pixel in the box {asked.box or picture.shape}.")
        grey = shrunk(
            picture[top:bottom, left:right].astype(np.float32) / np.float32(255), WORKING_SIDE
        )
        inverted = has_light_paper(grey) if asked.inverted is None else asked.inverted
        bright = np.asarray(1 - grey if inverted else grey, np.float32)
        even = evened(bright)
        threshold = otsu(even) if asked.threshold is None else asked.threshold
        drawing = DrawingSteps.of(_ink(even, threshold))
        digit = drawing.digit(asked.centring)
        return cls(grey, inverted, bright, even, threshold, drawing, digit)

    @property
    def ink(self) -> Float32:
        """(h, w): the ink above the threshold, 0 to 1."""
        return self.drawing.ink

    @property
    def empty(self) -> bool:
        """Whether there is no ink."""
        return self.drawing.cropped is None


def as_input(picture: UInt8) -> UInt8:
    """Make the input of a picture without asking the user.

    A picture of MNIST's size is the input as it is, inverted if its ink is dark; all others take
    the steps of PictureSteps.

    Parameters
    ----------
    picture : (h, w) uint8
        Lightness, 0 black.

    Returns
    -------
    (28, 28) uint8
        Bright ink; all zeros for an empty sheet.
    """
    if picture.shape != (IMAGE_SIZE, IMAGE_SIZE):
        return PictureSteps.of(picture).digit
    if picture.min() == picture.max():
        return np.zeros_like(picture)
    light_paper = has_light_paper(picture.astype(np.float32))
    return np.asarray(255 - picture if light_paper else picture, np.uint8)


def shrunk(image: Float32, side: int) -> Float32:
    """Average squares of pixels of an image (h, w) until no side is longer than `side`."""
    step = -(-max(image.shape) // side)
    for axis, length in enumerate(image.shape):
        starts = np.arange(0, length, step)
        counts = np.diff(starts, append=length).astype(np.float32)
        sums = np.add.reduceat(image, starts, axis=axis)
        image = np.asarray(sums / (counts[:, None] if axis == 0 else counts), np.float32)
    return image


def has_light_paper(grey: Float32) -> bool:
    """Return whether the picture departs more to the dark than to the light from its paper."""
    paper = np.median(np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]]))
    smooth = _mean_around(grey, 3)
    return bool(paper - smooth.min() >= smooth.max() - paper)


def evened(bright: Float32) -> Float32:
    """Compute how much brighter each pixel is than the paper around it, 1 the strongest ink.

    The paper is a smooth surface for light that falls off across the sheet, plus the result of an
    opening: the smallest value around a pixel, then the largest of those (Serra 1982). An opening
    removes everything narrower than its window, a pen's line too. Paper alone gives zeros.
    """
    side = max(min(bright.shape) // PAPER_SHARE, 3) | 1
    smooth = _mean_around(bright, 3)
    surface = _surface(smooth)
    smallest = -_largest_around(surface - smooth, side)
    paper = surface + _mean_around(_largest_around(smallest, side), side)
    above = np.maximum(bright - paper, 0)
    strongest = float(_mean_around(above, 3).max())
    if strongest < BLANK:
        return np.zeros_like(above)
    return np.asarray(np.minimum(above / strongest, 1), np.float32)


def otsu(values: Float32) -> float:
    """Find the threshold with the least variance within both of its sides (Otsu 1979).

    Parameters
    ----------
    values : (h, w) float32
        0 to 1.
    """
    counts, edges = np.histogram(values, bins=64, range=(0, 1))
    middles = (edges[:-1] + edges[1:]) / 2
    below = np.cumsum(counts)[:-1]
    above = values.size - below
    mass = np.cumsum(counts * middles)
    with np.errstate(invalid="ignore", divide="ignore"):
        apart = mass[-1] - mass[:-1]
        between = below * above * (mass[:-1] / below - apart / above) ** 2
    found = float(edges[1:-1][np.nan_to_num(between).argmax()])
    return min(max(found, LEAST_THRESHOLD), MOST_THRESHOLD)


def _surface(bright: Float32) -> Float32:
    """Fit a surface of second degree through the paper; pixels far above it are taken for ink."""
    down, across = np.meshgrid(*(np.linspace(-1, 1, n) for n in bright.shape), indexing="ij")
    powers = [np.ones_like(down), down, across, down**2, down * across, across**2]
    basis = np.stack([power.ravel() for power in powers], axis=1)
    values = bright.ravel().astype(np.float64)
    paper = np.ones(values.shape, bool)
    surface = values
    for _ in range(SURFACE_ROUNDS):
        known = basis[paper]
        factors = np.linalg.lstsq(known.T @ known, known.T @ values[paper], rcond=None)[0]
        surface = basis @ factors
        above = values - surface
        rest = above <= above[paper].std()
        if not rest.any():  # so few pixels, or so even, that only rounding tells them apart
            break
        paper = rest
    return np.asarray(surface.reshape(bright.shape), np.float32)


def _ink(even: Float32, threshold: float) -> Float32:
    """Compute ink with soft edges: 0 at half the threshold, half at it, 1 at one and a half."""
    full = max(threshold, LEAST_THRESHOLD)
    ink = np.clip((even - full / 2) / full, 0, 1)
    if max(even.shape) >= SPECKS_FROM:
        ink[_mean_around((ink >= 0.5).astype(np.float32), SPECK_SIDE) < SPECK_SHARE] = 0
    return np.asarray(ink, np.float32)


def _largest_around(values: Float32, side: int) -> Float32:
    """Return the largest value in a square of an odd side around each pixel; edges are repeated."""
    for axis in (0, 1):
        views = sliding_window_view(_edged(values, side, axis), side, axis=axis)
        values = views.max(axis=-1)
    return values


def _mean_around(values: Float32, side: int) -> Float32:
    """Return the mean of a square of an odd side around each pixel; edges are repeated."""
    for axis in (0, 1):
        sums = np.cumsum(_edged(values, side, axis), axis=axis, dtype=np.float64)
        first = np.zeros_like(np.take(sums, [0], axis=axis))
        sums = np.concatenate([first, sums], axis=axis)
        reach = np.arange(values.shape[axis])
        sums = np.take(sums, reach + side, axis=axis) - np.take(sums, reach, axis=axis)
        values = (sums / side).astype(np.float32)
    return values


def _edged(values: Float32, side: int, axis: int) -> npt.NDArray[np.float32]:
    margins = [(0, 0), (0, 0)]
    margins[axis] = (side // 2, side // 2)
    return np.pad(values, margins, mode="edge")
