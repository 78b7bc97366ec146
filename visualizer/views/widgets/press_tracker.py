"""The meaning of a press on maps: a drag, a cell, or a map whose cells are too small to aim at."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF

from visualizer.core.network.layer import Array
from visualizer.views.widgets.viewport import MapCell

DRAG_PIXELS = 4
AIMED_PIXELS = 8  # the smallest cell that one can aim at


class PressTracker:
    """The pointer's way from press to release."""

    def __init__(self) -> None:
        self._pressed: QPointF | None = None
        self._taken: QPointF | None = None
        self._dragged = False

    def press(self, point: QPointF) -> None:
        self._pressed, self._dragged = point, False

    def release(self) -> bool:
        """End a press; return whether it was a click: no drag, no end of a double click."""
        clicked = self._pressed is not None and not self._dragged
        self._pressed = None
        return clicked

    @property
    def pressed(self) -> bool:
        return self._pressed is not None

    def drag(self, point: QPointF) -> QPointF:
        """Return the pointer's way since the last call; zero until it has moved DRAG_PIXELS."""
        assert self._pressed is not None
        moved = point - self._pressed
        self._dragged |= moved.manhattanLength() >= DRAG_PIXELS
        if not self._dragged:
            return QPointF()
        self._pressed = point
        return moved

    def rest_at(self, point: QPointF) -> None:
        """Ignore the pointer at this point: the click was about more than the cell under it."""
        self._taken = point

    def rests_at(self, point: QPointF) -> bool:
        """Return whether the pointer is still at the point where it is ignored."""
        if self._taken is not None and (point - self._taken).manhattanLength() >= AIMED_PIXELS:
            self._taken = None
        return self._taken is not None


def clicked_cell(maps: Array, place: MapCell, cell: float) -> MapCell:
    """Return the cell that a click on maps (h, w, c) means, drawn at `cell` pixels each.

    Nobody can aim at a small cell: a click on one means the map, and so its strongest cell. A map
    of equal values has no strongest cell.
    """
    values = maps[:, :, place[2]]
    if cell >= AIMED_PIXELS or not np.ptp(values) > 0:
        return place
    row, column = np.unravel_index(int(values.argmax()), values.shape)
    return int(row), int(column), place[2]
