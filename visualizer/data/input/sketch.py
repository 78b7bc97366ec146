"""A drawing kept as strokes; a sketch is a drawing with its steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from visualizer.core.network.spec import shown
from visualizer.core.undo import Undoable
from visualizer.data.dataset import CLASSES, IMAGE_SIZE, DataError

MOST_STEPS = 50  # of a sketch that can be undone

Point = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Stroke:
    """One line of the pen, from touching the pad to leaving it.

    Attributes
    ----------
    points : tuple of (x, y, pressure)
        Places as shares of the pad's side from its left and its top; pressure 0–1.
    size : float
        Width at full pressure, as a share of the pad's side.
    erases : bool
        Whether the stroke removes ink.
    pixels : bool
        Whether the stroke fills whole pixels of 28 × 28 instead of drawing a line.
    """

    points: tuple[Point, ...]
    size: float
    erases: bool = False
    pixels: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """The strokes and the ground on the pad.

    Attributes
    ----------
    strokes : tuple of Stroke
        In drawing order.
    ground : bytes
        28 · 28 grey values of a digit under the strokes, row by row; empty without one. With a
        ground, which is in the network's form already, everything stays where it lies.
    label : int or None
        The class 0–9 that the user gave the drawing, if any.
    """

    strokes: tuple[Stroke, ...] = ()
    ground: bytes = b""
    label: int | None = None

    @property
    def unlabelled(self) -> Drawing:
        """The drawing without its label."""
        return replace(self, label=None)

    def with_stroke(self, stroke: Stroke) -> Drawing:
        """Return the drawing with another stroke on top."""
        return replace(self, strokes=(*self.strokes, stroke))

    def to_json(self) -> dict[str, Any]:
        """Return the drawing in the plain types of JSON."""
        strokes = [
            {
                "points": [list(point) for point in stroke.points],
                "size": stroke.size,
                "erases": stroke.erases,
                "pixels": stroke.pixels,
            }
            for stroke in self.strokes
        ]
        return {"strokes": strokes, "ground": self.ground.hex(), "label": self.label}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Drawing:
        """Make the drawing that `to_json` described.

        Raises
        ------
        DataError
            The value describes no drawing.
        """
        try:
            strokes = tuple(_stroke(stroke) for stroke in stored["strokes"])
            ground = bytes.fromhex(stored["ground"])
            label = stored.get("label")
        except (KeyError, TypeError, ValueError, OverflowError, RecursionError) as error:
            raise DataError(f"This is not a drawing: {error!r}.") from error
        if len(ground) not in (0, IMAGE_SIZE**2):
            raise DataError(f"This is not a drawing: its ground has {len(ground)} pixels.")
        if label is not None and (type(label) is not int or not 0 <= label < CLASSES):
            raise DataError(f"This is not a drawing: its label is {shown(label)}.")
        return cls(strokes, ground, label)


Sketch = Undoable[Drawing]


def _stroke(stored: Mapping[str, Any]) -> Stroke:
    points = [tuple(float(number) for number in point) for point in stored["points"]]
    size, erases = float(stored["size"]), bool(stored["erases"])
    numbers = [size, *(number for point in points for number in point)]
    # Strokes may leave the pad; what is not a number, or far off, is no stroke.
    if not points or any(not -10 < number < 10 for number in numbers) or size <= 0:
        raise ValueError("a stroke is empty or out of bounds")
    pixels = bool(stored.get("pixels", False))
    return Stroke(tuple((x, y, pressure) for x, y, pressure in points), size, erases, pixels)
