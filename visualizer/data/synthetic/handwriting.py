"""The handwriting: how each digit departs from its form."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from visualizer.data.dataset import UInt8
from visualizer.data.input.centring import BOX, CENTRE, centre
from visualizer.data.synthetic.pen import draw
from visualizer.data.synthetic.spline import Path, build_path
from visualizer.data.synthetic.strokes import FORMS

Float32 = npt.NDArray[np.float32]
Index = npt.NDArray[np.intp]

_SPACING = 0.028  # of the digit's height between two sample points: about half a pixel
_CONTROLS = 16  # at least as many control points as any form has
_STROKES = 2  # as many as any form has
_SAMPLES = 256  # at least as many sample points as any form has
_WAVES = 2
_SMOOTH_EDGE = 0.8  # pixels of the box for faint edges


@cache
def _paths() -> tuple[Path, ...]:
    return tuple(build_path(form, _SPACING) for form in FORMS)


@dataclass(frozen=True, slots=True, eq=False)
class _Ink:
    """The sample points of many digits, one after the other.

    Attributes
    ----------
    points : (p, 2) float32
        (x, y) in units of the digit's height.
    image : (p,) intp
        The number of the digit that each point belongs to, in order.
    along : (p,) float32
        Position of each point along its stroke, 0–1.
    """

    points: Float32
    image: Index
    along: Float32


@dataclass(frozen=True, slots=True, eq=False)
class Handwriting:
    """The departure of each of n digits from its form; every array has n rows.

    Attributes
    ----------
    jitter : (n, 16, 2) float32
        Shift of each control point, in digit heights.
    stroke_shift : (n, 2, 2) float32
        Shift of each whole stroke.
    wave : (n, 2, 2, 2) float32
        Elastic bend: frequency vectors of two waves across the digit, in cycles a height.
    bend : (n, 2, 2) float32
        Amplitude of the waves in x and y.
    phase : (n, 4) float32
        Phases of the two waves, of the tremor and of the pressure, in radians.
    proportion : (n, 3) float32
        How far the middle moves down, the lower part widens, and the whole bows sideways.
    trim : (n, 2) float32
        The share of each stroke that is missing at its start and at its end.
    tremor : (n, 2) float32
        Amplitude of the tremor, and its cycles a stroke.
    shape : (n, 2, 2) float32
        Aspect, rotation and slant as one matrix.
    width : (n,) float32
        Half the stroke width in pixels.
    pressure : (n, 2) float32
        How much the width varies along a stroke, and how much it thins out at its end.
    nib : (n, 3) float32
        See `draw`.
    softness : (n,) float32
        See `draw`.
    rough : (n, 256) float32
        Relative width at every sample point, since paper and pen are not even.
    """

    jitter: Float32
    stroke_shift: Float32
    wave: Float32
    bend: Float32
    phase: Float32
    proportion: Float32
    trim: Float32
    tremor: Float32
    shape: Float32
    width: Float32
    pressure: Float32
    nib: Float32
    softness: Float32
    rough: Float32

    @classmethod
    def vary(cls, random: np.random.Generator, count: int) -> Handwriting:
        """Choose at random how each of `count` digits departs from its form."""

        def normal(*shape: int) -> Float32:
            return random.standard_normal((count, *shape), dtype=np.float32)

        def uniform(low: float, high: float, *shape: int) -> Float32:
            part = random.random((count, *shape), dtype=np.float32)
            return np.float32(low) + np.float32(high - low) * part

        calm = uniform(0.3, 1.4)  # some hands are neat, some are not
        return cls(
            jitter=_smooth(normal(_CONTROLS + 2, 2)) * (0.036 * calm)[:, None, None],
            stroke_shift=normal(_STROKES, 2) * (0.025 * calm)[:, None, None],
            wave=normal(_WAVES, 2) * np.float32(0.6),
            bend=normal(_WAVES, 2) * np.float32(0.025),
            phase=uniform(0, 2 * np.pi, 4),
            proportion=normal(3) * np.array([0.05, 0.15, 0.04], dtype=np.float32),
            trim=np.abs(normal(2)) * np.float32(0.025),
            tremor=np.stack([np.abs(normal()) * 0.006, uniform(2, 7)], axis=1),
            shape=_shapes(normal(), normal(), normal()),
            width=np.float32(1.22) * np.exp(np.float32(0.23) * normal()),
            pressure=np.stack([np.abs(normal()) * 0.12, uniform(-0.2, 0.4)], axis=1),
            nib=_nibs(normal(), uniform(0, np.pi)),
            softness=uniform(0.9, 1.7),
            rough=1 + normal(_SAMPLES) * np.abs(normal(1)) * np.float32(0.1),
        )

    def take(self, chosen: Index) -> Handwriting:
        """Return the chosen rows."""
        return Handwriting(*(getattr(self, name)[chosen] for name in self.__slots__))

    def write(self, forms: Index) -> UInt8:
        """Write one digit of each form, which must be sorted: (n, 28, 28) uint8."""
        ink = self._follow(forms)
        points = self._deform(ink)
        radius = self.width[ink.image] * self._press(ink)
        points = _fit(points, ink.image, self.width)
        images = centre(draw(points, radius, ink.image, len(forms), self.nib, self.softness))
        return np.asarray(np.rint(images * 255), dtype=np.uint8)

    def _follow(self, forms: Index) -> _Ink:
        """Lay the pen's path through the jittered control points of every digit."""
        points, image, along = [], [], []
        numbers, first, counts = np.unique(forms, return_index=True, return_counts=True)
        for number, start, count in zip(numbers, first, counts, strict=True):
            path = _paths()[number]
            own = slice(start, start + count)
            control = path.control + self.jitter[own, : len(path.control)]
            control += self.stroke_shift[own][:, path.stroke_of_control]
            points.append((path.weights @ control).reshape(-1, 2))
            image.append(np.repeat(np.arange(start, start + count), len(path.along)))
            along.append(np.tile(path.along, count))
        ink = _Ink(np.concatenate(points), np.concatenate(image), np.concatenate(along))
        start, end = self.trim[ink.image].T
        kept = (ink.along >= start) & (ink.along <= 1 - end)
        return _Ink(ink.points[kept], ink.image[kept], ink.along[kept])

    def _deform(self, ink: _Ink) -> Float32:
        """Bend, shake, slant and turn the digits: (p, 2) float32."""
        points = self._reshape(ink)
        for number in range(_WAVES):
            cycles = (ink.points * self.wave[ink.image, number]).sum(axis=1)
            swing = np.sin(np.float32(2 * np.pi) * cycles + self.phase[ink.image, number])
            points += swing[:, None] * self.bend[ink.image, number]
        amplitude, cycles = self.tremor[ink.image].T
        turn = np.float32(2 * np.pi) * cycles * ink.along + self.phase[ink.image, 2]
        points += amplitude[:, None] * np.stack([np.sin(turn), np.cos(turn)], axis=1)
        return np.asarray((self.shape[ink.image] @ points[:, :, None])[:, :, 0])

    def _reshape(self, ink: _Ink) -> Float32:
        """Give the parts of the digits other proportions: (p, 2) float32."""
        middle, wider, bow = self.proportion[ink.image].T
        x, y = ink.points.T
        across, down = x - np.float32(0.3), y - np.float32(0.5)
        hump = 1 - 4 * down * down  # 1 half way down, 0 at top and bottom
        return np.stack([across * (1 + wider * down) + bow * hump, y + middle * hump], axis=1)

    def _press(self, ink: _Ink) -> Float32:
        """Compute the pen's width at every point, relative to its mean: (p,) float32."""
        swing, thinning = self.pressure[ink.image].T
        turn = np.float32(4) * ink.along + self.phase[ink.image, 3]
        factor = 1 + swing * np.sin(turn) - thinning * (ink.along - np.float32(0.5))
        factor *= self.rough[ink.image, np.arange(len(ink.image)) - _starts(ink.image)[ink.image]]
        return np.asarray(np.clip(factor, 0.5, 1.6))


def _smooth(jitter: Float32) -> Float32:
    """Make neighbouring control points depart alike, so that round strokes stay round."""
    ahead, own, behind = jitter[:, :-2], jitter[:, 1:-1], jitter[:, 2:]
    return np.asarray(np.float32(0.45) * ahead + np.float32(0.8) * own + np.float32(0.45) * behind)


def _shapes(aspect: Float32, turn: Float32, slant: Float32) -> Float32:
    """Make matrices (n, 2, 2) that stretch, slant and turn points (x, y)."""
    angle = np.float32(0.08) * turn
    wide = np.exp(np.float32(0.12) + np.float32(0.18) * aspect)
    lean = np.float32(-0.14) - np.float32(0.24) * slant
    zero = np.zeros_like(wide)
    stretch = np.stack([wide, lean, zero, np.ones_like(wide)], axis=1).reshape(-1, 2, 2)
    cos, sin = np.cos(angle), np.sin(angle)
    rotate = np.stack([cos, -sin, sin, cos], axis=1).reshape(-1, 2, 2)
    return np.asarray(rotate @ stretch)


def _nibs(flatness: Float32, angle: Float32) -> Float32:
    """Make round to slanted nibs of equal area: the (n, 3) of `draw`."""
    long = np.exp(np.minimum(np.abs(np.float32(0.16) * flatness), np.float32(0.4)))
    along, across = long**-2, long**2
    cos, sin = np.cos(angle), np.sin(angle)
    return np.stack(
        [
            along * cos**2 + across * sin**2,
            (along - across) * cos * sin,
            along * sin**2 + across * cos**2,
        ],
        axis=1,
    )


def _starts(image: Index) -> Index:
    """Return the index of the first sample point of each digit."""
    return np.flatnonzero(np.diff(image, prepend=-1))


def _fit(points: Float32, image: Index, width: Float32) -> Float32:
    """Scale each digit, ink included, into MNIST's box in the middle of the image: pixels."""
    starts = _starts(image)
    low, high = np.minimum.reduceat(points, starts), np.maximum.reduceat(points, starts)
    scale = (BOX - _SMOOTH_EDGE - 2 * width) / (high - low).max(axis=1)
    middle = (high + low) / 2
    return np.asarray((points - middle[image]) * scale[image, None] + np.float32(CENTRE - 0.5))
