"""What a press on maps is about: a drag, a cell, or a map whose cells are too small to aim at."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF

from visualizer.core.network.layer import Array
from visualizer.views.widgets.viewport import Place

DRAG_PIXELS = 4
AIMED_PIXELS = 8  # the smallest cell that a click means


class Aim:
    """Follows the pointer from press to release."""

    def __init__(self) -> None:
        self._pressed: QPointF | None = None
        self._taken: QPointF | None = None
        self._dragged = False

    def press(self, point: QPointF) -> None:
        self._pressed, self._dragged = point, False

    def release(self) -> bool:
        """End a press; whether it was a click: neither a drag nor the end of a double click."""
        clicked = self._pressed is not None and not self._dragged
        self._pressed = None
        return clicked

    @property
    def pressed(self) -> bool:
        return self._pressed is not None

    def drag(self, point: QPointF) -> QPointF:
        """How far a pressed pointer has come since it was last asked; a trembling one nowhere."""
        assert self._pressed is not None
        moved = point - self._pressed
        self._dragged |= moved.manhattanLength() >= DRAG_PIXELS
        if not self._dragged:
            return QPointF()
        self._pressed = point
        return moved

    def take(self, point: QPointF) -> None:
        """Let the pointer rest: a click here was about more than the cell under it."""
        self._taken = point

    def rests(self, point: QPointF) -> bool:
        """Whether the pointer is still where a click was taken, and points at nothing new."""
        if self._taken is not None and (point - self._taken).manhattanLength() >= AIMED_PIXELS:
            self._taken = None
        return self._taken is not None


def meant(maps: Array, place: Place, cell: float) -> Place:
    """Find the cell that a click on maps (h, w, c) means, drawn at `cell` pixels each.

    On small cells nobody aims at one: it is about the map, and so about its strongest cell. A map
    that is all alike has none.
    """
    values = maps[:, :, place[2]]
    if cell >= AIMED_PIXELS or not np.ptp(values) > 0:
        return place
    row, column = np.unravel_index(int(values.argmax()), values.shape)
    return int(row), int(column), place[2]
