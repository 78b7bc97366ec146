"""Easel: the drawing that every pad shows, the tool in hand, and the steps to the input."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor

from visualizer.data.dataset import IMAGE_SIZE, Images, UInt8
from visualizer.data.input.drawing import DrawingSteps
from visualizer.data.input.sketch import MOST_STEPS, Drawing, Sketch, Stroke
from visualizer.scene.scene import Digit
from visualizer.session.ink import Ink, pixel_at

SHEET = 280  # side of the sheet in pixels, ten for each pixel of the input
SIZES = (0.03, 0.20)  # of the pen, as shares of the pad's side
SIZE = 0.09
DRAWING = "drawing"  # what the window calls it
PEN, ERASER, PIXEL = "pen", "eraser", "pixel"


class Easel(QObject):
    """A drawing under way; strokes are shares of a pad's side, and the sheet has one fixed size.

    Signals
    -------
    extended : (Stroke, int)
        The stroke under way has a new point, at this index.
    redrawn
        Another drawing is shown.
    changed
        The drawing or the centring has changed.
    left : Drawing
        Another drawing is about to replace this one.
    equipped
        The tool, its size or the centring has changed.
    """

    extended = Signal(Stroke, int)
    redrawn = Signal()
    changed = Signal()
    left = Signal(Drawing)
    equipped = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tool, self.size, self.centring = PEN, SIZE, True
        self.sketch: Sketch = Sketch(Drawing())
        self.stroke: Stroke | None = None
        self.sheet = Ink(SHEET, QColor("black"))

    # What is on it

    @property
    def drawing(self) -> Drawing:
        return self.sketch.present

    @property
    def blank(self) -> bool:
        """Whether nothing has been drawn."""
        return self.stroke is None and self.drawing == Drawing()

    @property
    def centres(self) -> bool:
        """Whether the ink is centred."""
        return self.centring and not self.drawing.ground

    @cached_property
    def steps(self) -> DrawingSteps:
        """The steps from the sheet to the input."""
        return steps_of(self.sheet, self.drawing)

    @property
    def pixels(self) -> UInt8:
        """The network's input, (28, 28)."""
        return self.steps.digit(self.centres)

    @property
    def digit(self) -> Digit:
        """The network's input as a digit."""
        return Digit(self.pixels, self.drawing.label, DRAWING, drawn=True)

    def undo(self) -> None:
        self.show_sketch(self.sketch.undo())

    def redo(self) -> None:
        self.show_sketch(self.sketch.redo())

    def clear(self) -> None:
        self.show_drawing(Drawing())

    def show_drawing(self, drawing: Drawing) -> None:
        """Put another drawing on the sheet; this can be undone like a stroke."""
        self._leave()
        self._step_to(drawing)

    def label(self, label: int | None) -> None:
        """Set the drawing's label."""
        self._step_to(replace(self.drawing, label=label))

    def start_from(self, pixels: UInt8) -> None:
        """Put a (28, 28) uint8 digit on the sheet, to draw over."""
        self.show_drawing(Drawing(ground=pixels.tobytes()))

    def _step_to(self, drawing: Drawing) -> None:
        self.show_sketch(self.sketch.then(drawing, MOST_STEPS))

    def show_sketch(self, sketch: Sketch) -> None:
        """Show another drawing with its history; ignored while the pen is down."""
        if self.stroke is None and sketch is not self.sketch:
            self.sketch = sketch
            self.sheet.paint(sketch.present)
            self.redrawn.emit()
            self._tell()

    def _leave(self) -> None:
        if self.stroke is None and self.pixels.any():
            self.left.emit(self.drawing)

    # The tool in hand

    def choose_tool(self, tool: str) -> None:
        self.tool = tool
        self.equipped.emit()

    def set_size(self, size: float) -> None:
        """Set the pen's width at full pressure, as a share of the pad's side."""
        self.size = size
        self.equipped.emit()

    def set_centring(self, on: bool) -> None:
        self.centring = on
        self.equipped.emit()
        self._tell()

    # The pen

    def touch(self, x: float, y: float, pressure: float = 1.0, turned: bool = False) -> None:
        """Begin a stroke; a pen that is turned around erases."""
        self.lift()
        point = (x, y, pressure)
        if self.tool == PIXEL:
            if not self.drawing.ground:
                self._step_to(Drawing(ground=self.pixels.tobytes()))
            self._draw(Stroke((point,), self.size, self._inked(point), pixels=True))
        else:
            self._draw(Stroke((point,), self.size, turned or self.tool == ERASER))

    def move(self, x: float, y: float, pressure: float = 1.0) -> None:
        """Continue the stroke, if one is under way."""
        stroke, point = self.stroke, (x, y, pressure)
        if stroke is not None and point != stroke.points[-1]:
            self._draw(replace(stroke, points=(*stroke.points, point)))

    def lift(self) -> None:
        """End the stroke; from here on it can be undone."""
        if self.stroke is not None:
            drawing, self.stroke = self.drawing.with_stroke(self.stroke), None
            self.sketch = self.sketch.then(drawing, MOST_STEPS)
            self._tell()

    def _draw(self, stroke: Stroke) -> None:
        """Paint the new part of the stroke under way."""
        self.stroke = stroke
        self.sheet.add(stroke, len(stroke.points) - 1)
        self.extended.emit(stroke, len(stroke.points) - 1)
        self._tell()

    def _inked(self, point: tuple[float, float, float]) -> bool:
        """Return whether a pixel has ink, which a click then takes away."""
        row, column = (min(max(at, 0), IMAGE_SIZE - 1) for at in pixel_at(point))
        return bool(self.pixels[row, column] > 127)

    def _tell(self) -> None:
        self.__dict__.pop("steps", None)
        self.changed.emit()


def steps_of(sheet: Ink, drawing: Drawing) -> DrawingSteps:
    """Return the steps to the input of a drawing that is painted on a sheet."""
    return DrawingSteps.of(sheet.values() if drawing.ground else sheet.clear_values())


def input_of(drawing: Drawing, centring: bool) -> UInt8:
    """Return a drawing as the network's input, (28, 28)."""
    sheet = Ink(SHEET, QColor("black"))
    sheet.paint(drawing)
    return steps_of(sheet, drawing).digit(centring and not drawing.ground)


def images_of(drawings: Sequence[Drawing], centring: bool) -> tuple[Images, Images]:
    """Return labelled drawings as training and test images, in turn.

    Raises
    ------
    ValueError
        There are fewer than two.
    """
    if len(drawings) < 2:
        raise ValueError("label at least two drawings first, one to train on and one to test.")
    pixels = np.stack([input_of(drawing, centring) for drawing in drawings])
    labels = np.array([drawing.label for drawing in drawings], np.uint8)
    return Images(pixels[1::2], labels[1::2]), Images(pixels[::2], labels[::2])
