"""Plot: curves on two axes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import (
    QEvent,
    QMarginsF,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)

from visualizer.core.history import decimate
from visualizer.core.network.layer import Array
from visualizer.views.base.constants import CENTRE, RIGHT
from visualizer.views.base.look import Look, Panel
from visualizer.views.base.theme import Theme
from visualizer.views.curves.polyline import cut_line, polygon
from visualizer.views.curves.ticks import Tick, most_down
from visualizer.views.widgets.cached_pixmap import CachedPixmap

Span = tuple[float, float]

DASHES = (
    Qt.PenStyle.SolidLine,
    Qt.PenStyle.DashLine,
    Qt.PenStyle.DotLine,
    Qt.PenStyle.DashDotLine,
    Qt.PenStyle.DashDotDotLine,
)
MOST_POINTS = 1000  # of a line: two for each pixel of a wide plot
GRID_OPACITY = 0.6


class Plot(Panel):
    """Two axes with curves on them, kept as a picture until something changes.

    On a logarithmic plot `y_ends` holds exponents of ten, and so do all values given to it.

    Parameters
    ----------
    name : str
        The accessible name.

    Attributes
    ----------
    x_ends, y_ends : (low, high)
        The ends of the axes.

    Signals
    -------
    placed
        The axes have other ends, or another size.
    looked : QPointF or None
        The pointer is at this place, or has left.
    """

    placed = Signal()
    looked = Signal(object)  # QPointF or None

    def __init__(self, look: Look, name: str) -> None:
        super().__init__(look)
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.x_ends: Span = (0.0, 1.0)
        self.y_ends: Span = (0.0, 1.0)
        self._ground, self._picture = CachedPixmap(), CachedPixmap()
        self._ground_version = self._version = 0
        self._painted_area: QRectF | None = None

    # What a kind of plot says

    def margins(self) -> QMarginsF:
        """Return the room beside the curves, for numbers and names."""
        raise NotImplementedError

    def x_ticks(self) -> list[Tick]:
        """Return the labelled places of the axis below."""
        raise NotImplementedError

    def y_ticks(self) -> list[Tick]:
        """Return the labelled values of the axis at the left."""
        raise NotImplementedError

    def paint_ground(self, painter: QPainter) -> None:
        """Paint what rarely changes, below the curves."""

    def paint_curves(self, painter: QPainter) -> None:
        """Paint the curves."""
        raise NotImplementedError

    def paint_over(self, painter: QPainter) -> None:
        """Paint what follows the pointer, over the picture of the curves."""

    # Geometry

    @property
    def type_height(self) -> float:
        """Height of a line of the axes' type, in pixels."""
        return QFontMetricsF(self.theme.font("caption")).height()

    def text_width(self, text: str) -> float:
        """Return how wide a text of the axes is, in pixels."""
        return QFontMetricsF(self.theme.font("caption")).horizontalAdvance(text)

    def most_down(self, room: float) -> int:
        """Return how many labels of the value axis have room over each other, in pixels."""
        return most_down(room, self.theme.font("caption").pixelSize())

    @property
    def area(self) -> QRectF:
        """Where the curves lie, in pixels."""
        if self._painted_area is not None:
            return QRectF(self._painted_area)
        return QRectF(self.rect()).marginsRemoved(self.margins())

    def show_ends(self, x: Span, y: Span) -> None:
        """Show the axes from end to end."""
        if (x, y) != (self.x_ends, self.y_ends):
            self.x_ends, self.y_ends = x, y
            self.redraw(ground=True)
            self.placed.emit()

    def places(self, x: Array, y: Array) -> tuple[Array, Array]:
        """Return where values lie, in pixels."""
        area, (left, right), (low, high) = self.area, self.x_ends, self.y_ends
        across = area.left() + (x - left) * (area.width() / (right - left))
        return across, area.bottom() - (y - low) * (area.height() / (high - low))

    def place(self, x: float, y: float) -> QPointF:
        """Return where a value lies, in pixels."""
        across, down = self.places(np.array([x]), np.array([y]))
        return QPointF(float(across[0]), float(down[0]))

    def value_at(self, point: QPointF) -> tuple[float, float]:
        """Return the values x and y at a point of the widget."""
        area, (left, right), (low, high) = self.area, self.x_ends, self.y_ends
        across = (point.x() - area.left()) / max(area.width(), 1.0)
        up = (area.bottom() - point.y()) / max(area.height(), 1.0)
        return left + across * (right - left), low + up * (high - low)

    def in_view(self, x: Array, y: Array, most: int = MOST_POINTS) -> tuple[Array, Array]:
        """Return the points of a line between the ends of the axis, thinned, with their peaks."""
        shown = self.shown(x)
        return decimate(x[shown], y[shown], most)

    def shown(self, x: Array) -> slice:
        """Return which of growing values lie between the ends of the axis, and one beyond each."""
        first, last = np.searchsorted(x, self.x_ends)
        return slice(max(int(first) - 1, 0), int(last) + 1)

    # Painting

    def apply_theme(self, theme: Theme) -> None:
        self.redraw(ground=True)
        super().apply_theme(theme)
        self.placed.emit()

    def redraw(self, *, ground: bool = False) -> None:
        """Paint the curves anew, and below them what rarely changes where that is asked for."""
        self._version += 1
        self._ground_version += ground
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        self._painted_area = self.area  # it is asked for at every line and number
        try:
            self._paint()
        finally:
            self._painted_area = None

    def _paint(self) -> None:
        if self.theme.picture:
            painter = QPainter(self)
            for paint in (self._paint_ground, self._paint_curves):
                painter.save()
                paint(painter)
                painter.restore()
            return
        ground = self._ground.painted(self, self._ground_version, self._paint_ground)
        picture = self._picture.painted(self, self._version, self._paint_curves, ground)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, picture)
        self.paint_over(painter)

    def _paint_ground(self, painter: QPainter) -> None:
        painter.fillRect(self.rect(), self.theme.color("panel"))
        painter.setFont(self.theme.font("caption"))
        self._paint_axes(painter)
        self._clip(painter)
        self.paint_ground(painter)

    def _paint_curves(self, painter: QPainter) -> None:
        painter.setFont(self.theme.font("caption"))
        self._clip(painter)
        self.paint_curves(painter)

    def _clip(self, painter: QPainter) -> None:
        painter.setClipRect(self.area.adjusted(-2, -2, 2, 2))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _paint_axes(self, painter: QPainter) -> None:
        theme, area, px, high = self.theme, self.area, self.theme.px, self.type_height
        numbers, lines = theme.color("soft_ink"), QPen(theme.color("line", GRID_OPACITY), 1)
        for value, text in self.y_ticks():
            y = self.place(self.x_ends[0], value).y()
            painter.setPen(lines)
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(numbers)
            top = max(y - high / 2, 0.0)  # the highest is whole, too
            painter.drawText(QRectF(0, top, area.left() - px(6), high), RIGHT, text)
        painter.setPen(lines)
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        for value, text in self.x_ticks():
            x = self.place(value, self.y_ends[0]).x()
            half = self.text_width(text) / 2 + 1
            painter.setPen(lines)
            painter.drawLine(QPointF(x, area.bottom()), QPointF(x, area.bottom() + px(3)))
            painter.setPen(numbers)
            left = min(max(x - half, 0.0), self.width() - 2 * half)  # so are those at the edges
            painter.drawText(QRectF(left, area.bottom() + px(4), 2 * half, high), CENTRE, text)

    def paint_line(self, painter: QPainter, x: Array, y: Array, pen: QPen) -> None:
        """Paint a line through all finite points."""
        known = np.isfinite(y)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        places = self.places(x[known], y[known])
        for part in cut_line(*places, self.area) if self.theme.picture else [places]:
            painter.drawPolyline(polygon(*part))

    def paint_band(self, painter: QPainter, x: Array, low: Array, high: Array) -> None:
        """Fill between two lines with the brush."""
        across, down = self.places(np.concatenate([x, x[::-1]]), np.concatenate([low, high[::-1]]))
        if self.theme.picture:
            area = self.area
            across = np.clip(across, area.left(), area.right())
            down = np.clip(down, area.top(), area.bottom())
        painter.drawPolygon(polygon(across, down))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.redraw(ground=True)
        self.placed.emit()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(420), self.theme.px(120))

    # The pointer

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.looked.emit(event.position())

    def leaveEvent(self, event: QEvent) -> None:
        self.looked.emit(None)


def run_pen(theme: Theme, key: int, width: float, dashes: Sequence[Qt.PenStyle] = DASHES) -> QPen:
    """Make the pen of a run: its colour and its dashes go by its key."""
    pen = QPen(theme.run_color(key), width)
    pen.setStyle(dashes[key % len(dashes)])
    return pen
