"""Bars: numbers as bars in columns of equal width, standing on a line of zero or below it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen

from visualizer.core.network.layer import Array
from visualizer.views.base.constants import SIDEWAYS
from visualizer.views.base.look import Look
from visualizer.views.widgets.controls import KeyPanel


class Bars(KeyPanel):
    """Values and their places on the screen, the marked columns, the pointer and the keys.

    Signals
    -------
    hovered : int or None
    clicked : int
        A click; the left and the right key click the column beside the selected one.
    followed : int
        A double click.
    """

    hovered = Signal(object)  # int | None
    clicked = Signal(int)
    followed = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._values: Array = np.zeros(1, np.float32)
        self._selected = -1
        self._hovered = -1

    def show_selection(self, selected: int, hovered: int) -> None:
        """Mark the selected column and the hovered one; −1 is none."""
        if (selected, hovered) != (self._selected, self._hovered):
            self._selected, self._hovered = selected, hovered
            self.update()

    # Where things are

    def _area(self) -> QRectF:
        """Return the area of the bars: the ends of the axis are its lower and upper edge."""
        raise NotImplementedError

    def _columns(self) -> QRectF:
        """Return the area that the columns share."""
        return self._area()

    def _inset(self) -> float:
        """Return the empty width at each side of a bar."""
        return 0.0

    def _ends(self) -> tuple[float, float]:
        """Return the values at the two ends of the axis."""
        return ends_of(self._values)

    def _step(self) -> float:
        return self._columns().width() / max(len(self._values), 1)

    def _spans(self) -> list[tuple[float, float]]:
        """Return each bar's left edge and its width."""
        step, inset = self._step(), self._inset()
        first, width = self._columns().left() + inset, step - 2 * inset
        return [(first + step * unit, width) for unit in range(len(self._values))]

    def column(self, unit: int) -> QRectF:
        room, step = self._columns(), self._step()
        return QRectF(room.left() + unit * step, room.top(), step, room.height())

    def unit_at(self, point: QPointF) -> int | None:
        room = self._columns()
        if not QRectF(room.left(), 0, room.width(), self.height()).contains(point):
            return None
        return min(int((point.x() - room.left()) / self._step()), len(self._values) - 1)

    def unit_center(self, unit: int) -> QPointF:
        return self.column(unit).center()

    def y_of(self, value: float) -> float:
        area, (low, top) = self._area(), self._ends()
        return area.bottom() - (value - low) / (top - low) * area.height()

    def bars(self) -> list[QRectF]:
        """Return each bar's rectangle; a value that is not finite has an empty one."""
        area, (low, top) = self._area(), self._ends()
        scale = area.height() / (top - low)
        zero = area.bottom() + low * scale
        heights = np.where(np.isfinite(self._values), self._values, 0.0).astype(float) * scale
        return [
            QRectF(left, zero - max(height, 0), width, abs(height))
            for (left, width), height in zip(self._spans(), heights.tolist(), strict=True)
        ]

    # Painting

    def _paint_columns(self, painter: QPainter, mark: str, outlined: bool) -> None:
        """Tint the hovered column, and the selected one in the palette's colour `mark`."""
        for unit, name in ((self._hovered, "soft_ink"), (self._selected, mark)):
            if 0 <= unit < len(self._values):
                painter.fillRect(self.column(unit), self.theme.color(name, 0.14))
                if outlined:
                    painter.setPen(QPen(self.theme.color(name), self.theme.line_width))
                    painter.setBrush(Qt.BrushStyle.NoBrush)
                    painter.drawRect(self.column(unit))

    def _paint_level(self, painter: QPainter, value: float, name: str = "soft_ink") -> None:
        """Draw a line across the area at a value."""
        area, y = self._area(), self.y_of(value)
        painter.setPen(QPen(self.theme.color(name), 1))
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))

    # The pointer and the keys

    def tip_at(self, point: QPointF) -> str:
        unit = self.unit_at(point)
        return "" if unit is None else self.tip_of(unit)

    def tip_of(self, unit: int) -> str:
        """Return the tool tip of a column."""
        raise NotImplementedError

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.hovered.emit(self.unit_at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        unit = self.unit_at(event.position())
        if unit is not None:
            self.clicked.emit(unit)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        unit = self.unit_at(event.position())
        if unit is not None:
            self.followed.emit(unit)

    def leaveEvent(self, event: object) -> None:
        self.hovered.emit(None)

    def press_key(self, event: QKeyEvent) -> bool:
        step = SIDEWAYS.get(Qt.Key(event.key()))
        if step is None:
            return False
        self.clicked.emit(self._beside(step))
        return True

    def _beside(self, step: int) -> int:
        """Return the column that is one step, −1 or 1, from the selected one."""
        return min(max(self._selected + step, 0), len(self._values) - 1)


def ends_of(values: Array) -> tuple[float, float]:
    """Return the least and the largest finite value, 0 among them; (0, 1) where all are 0."""
    finite = values[np.isfinite(values)].astype(float).tolist()
    low, high = min([0.0, *finite]), max([0.0, *finite])
    return (low, high) if low < high else (0.0, 1.0)
