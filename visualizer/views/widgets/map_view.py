"""MapView: maps as one sharp picture with hover, selection, zoom, and numbers where they fit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPen, QWheelEvent

from visualizer.core.geometry import Rect
from visualizer.core.layer import Array
from visualizer.core.mosaic import Mosaic
from visualizer.views.widgets.controls import KeyPanel
from visualizer.views.widgets.look import Look
from visualizer.views.widgets.pixels import color_at, draw_image, to_image
from visualizer.views.widgets.text import exact, number
from visualizer.views.widgets.theme import Lut, ink_on
from visualizer.views.widgets.viewport import Place, Viewport

MAX_CELL_PIXELS = 96
MAX_STRETCH = 2.5
NUMBER_CELL_PIXELS = 40
DRAG_PIXELS = 4


@dataclass(frozen=True, slots=True, eq=False)
class Scale:
    """What colours mean: the values at the ends of a look-up table.

    Attributes
    ----------
    low, high : float
    lut : (256, 3) uint8
    """

    low: float
    high: float
    lut: Lut


@dataclass(frozen=True, slots=True)
class Mark:
    """An outline around cells of one map: where, in which palette colour, how wide."""

    rect: Rect
    channel: int
    color: str
    width: float = 2.0
    fill: float = 0.0


class MapView(KeyPanel):
    """Draws a Mosaic of maps; reports the cell under the pointer and the cell clicked.

    Signals
    -------
    hovered : (row, column, channel) or None
    clicked : (row, column, channel)
    followed : (row, column, channel)
        A double click, where the view is `fixed`.
    moved : (rows, columns, channels)
        Arrow keys and Page up / down: how far to move the selection.
    """

    hovered = Signal(object)
    clicked = Signal(object)
    followed = Signal(object)
    moved = Signal(int, int, int)

    def __init__(self, look: Look, fixed: bool = False) -> None:
        """`fixed` maps do not zoom: they are part of a panel that scrolls."""
        super().__init__(look)
        self._fixed = fixed
        self._viewport = Viewport()
        self._maps: Array = np.zeros((1, 1, 1), np.float32)
        self._colored: Array = self._maps
        self._scale = Scale(0, 1, look.theme.sequential)
        self._image = QImage()
        self._marks: tuple[Mark, ...] = ()
        self._pressed: QPointF | None = None
        self._dragged = False
        self._sheet = False

    # What is drawn

    def show_maps(self, maps: Array, colored: Array, scale: Scale, sheet: bool = False) -> None:
        """Show maps (h, w, c); `colored` are the values that take the colours.

        `colored` differs from `maps` where each map has a scale of its own. `sheet` allows
        cells that are higher than wide, for vectors laid out to be looked at.
        """
        if maps.shape != self._maps.shape:
            self._viewport.fit()
        self._maps, self._colored, self._scale, self._sheet = maps, colored, scale, sheet
        self._lay_out()
        self._draw()

    def show_marks(self, marks: tuple[Mark, ...]) -> None:
        if marks != self._marks:
            self._marks = marks
            self.update()

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The outlines on the maps."""
        return self._marks

    @property
    def mosaic(self) -> Mosaic:
        return self._viewport.mosaic

    @property
    def image(self) -> QImage:
        """The picture on screen, one pixel a cell."""
        return self._image

    def fit(self) -> None:
        """Show the whole mosaic again."""
        self._viewport.fit()
        self.update()

    @property
    def zoomed(self) -> bool:
        return self._viewport.zoomed

    def _lay_out(self) -> None:
        view = self._viewport
        view.area = QSizeF(self.size())
        view.largest = float(self.theme.px(MAX_CELL_PIXELS))
        height, width, channels = self._maps.shape
        aspect = max(self.width(), 1) / max(self.height(), 1)
        view.mosaic = Mosaic.fitting(height, width, channels, aspect, 1 if self._sheet else None)
        view.stretch = MAX_STRETCH if self._sheet else 1.0

    def _draw(self) -> None:
        scale = self._scale
        image = self.mosaic.compose(self._colored)
        self._image = to_image(image, scale.low, scale.high, scale.lut)
        self.update()

    def cell_center(self, place: Place) -> QPointF:
        """Where the middle of a cell is on the widget."""
        row, column, channel = place
        return self._viewport.on_screen(self.mosaic.cell_rect(row, column, channel)).center()

    # Painting

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        draw_image(painter, self._viewport.target, self._image)
        self._paint_frames(painter)
        if self._viewport.cell.width() >= self.theme.px(NUMBER_CELL_PIXELS):
            self._paint_numbers(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for mark in self._marks:
            self._paint_mark(painter, mark)
        if self.hasFocus():
            painter.setPen(QPen(self.theme.color("accent"), self.theme.px(1)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))

    def _paint_frames(self, painter: QPainter) -> None:
        painter.setPen(QPen(self.theme.color("line"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        mosaic, cells = self.mosaic, self._viewport.cells
        frames = [cells.on_screen(mosaic.map_rect(n)) for n in range(mosaic.channels)]
        painter.drawRects([frame.adjusted(-0.5, -0.5, 0.5, 0.5) for frame in frames])

    def _paint_numbers(self, painter: QPainter) -> None:
        painter.setFont(self.theme.font("caption"))
        visible = QRectF(self.rect())
        scale = self._scale
        height, width, channels = self._maps.shape
        for channel in range(channels):
            if not self._viewport.on_screen(self.mosaic.map_rect(channel)).intersects(visible):
                continue
            for row, column in np.ndindex(height, width):
                box = self._viewport.on_screen(self.mosaic.cell_rect(row, column, channel))
                if not box.intersects(visible):
                    continue
                shade = float(self._colored[row, column, channel])
                painter.setPen(ink_on(color_at(shade, scale.low, scale.high, scale.lut)))
                text = number(float(self._maps[row, column, channel]), 2)
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_mark(self, painter: QPainter, mark: Mark) -> None:
        at = self.mosaic.map_rect(mark.channel)
        moved = Rect(
            at.top + mark.rect.top,
            at.left + mark.rect.left,
            at.top + mark.rect.bottom,
            at.left + mark.rect.right,
        )
        width = mark.width * self.theme.zoom
        box = self._viewport.on_screen(moved)
        grow = max(width / 2, (3 * width - min(box.width(), box.height())) / 2)
        box = box.adjusted(-grow, -grow, grow, grow)
        fill = self.theme.color(mark.color, mark.fill) if mark.fill else QColor(0, 0, 0, 0)
        painter.setBrush(fill)
        pen = QPen(self.theme.color(mark.color), width)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.drawRect(box)

    # Pointer and keys

    def resizeEvent(self, event: object) -> None:
        before = self.mosaic
        self._lay_out()
        if self.mosaic != before:
            self._draw()

    def tip_at(self, point: QPointF) -> str:
        """The value under the pointer with all its digits."""
        place = self._viewport.place_at(point)
        return exact(float(self._maps[place])) if place else ""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed, self._dragged = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() and self._pressed is not None:
            self._drag(event.position())
            return
        self.hovered.emit(self._viewport.place_at(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._dragged and event.button() == Qt.MouseButton.LeftButton:
            place = self._viewport.place_at(event.position())
            if place is not None:
                self.clicked.emit(place)
        self._pressed = None
        self.unsetCursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Bring one map forward, or the whole mosaic back."""
        place = self._viewport.place_at(event.position())
        if self._fixed:
            if place is not None:
                self.followed.emit(place)
        elif self.zoomed or place is None:
            self.fit()
        else:
            self.show_channel(place[2])

    def leaveEvent(self, event: object) -> None:
        self.hovered.emit(None)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self._fixed:
            event.ignore()
            return
        self.zoom_about(event.position(), 1.2 ** (event.angleDelta().y() / 120))
        event.accept()

    def show_channel(self, channel: int) -> None:
        """Enlarge one map to fill the view."""
        self._viewport.show_map(channel)
        self.update()

    def zoom_about(self, point: QPointF, factor: float) -> None:
        """Enlarge or shrink; what is under the point stays there."""
        self._viewport.zoom_about(point, factor)
        self.update()

    def _drag(self, point: QPointF) -> None:
        assert self._pressed is not None
        if not self._dragged and (point - self._pressed).manhattanLength() < DRAG_PIXELS:
            return
        self._dragged = True
        if self.zoomed:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self._viewport.move(point - self._pressed)
            self._pressed = point
            self.update()

    def press_key(self, event: QKeyEvent) -> bool:
        steps = {
            Qt.Key.Key_Up: (-1, 0, 0),
            Qt.Key.Key_Down: (1, 0, 0),
            Qt.Key.Key_Left: (0, -1, 0),
            Qt.Key.Key_Right: (0, 1, 0),
            Qt.Key.Key_PageUp: (0, 0, -1),
            Qt.Key.Key_PageDown: (0, 0, 1),
        }
        key = Qt.Key(event.key())
        if key in steps:
            self.moved.emit(*steps[key])
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal) and not event.modifiers():
            self.zoom_about(QPointF(self.rect().center()), 1.25)
        elif key == Qt.Key.Key_Minus and not event.modifiers():
            self.zoom_about(QPointF(self.rect().center()), 0.8)
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_0) and not event.modifiers():
            self.fit()
        else:
            return False
        return True
