"""MapView: maps as one sharp picture with hover, selection, zoom, and numbers where they fit."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QWheelEvent

from visualizer.core.mosaic import Mosaic
from visualizer.core.network.layer import Array
from visualizer.text.numbers import exact
from visualizer.views.base.constants import ARROWS
from visualizer.views.base.look import Look
from visualizer.views.widgets.cells import NumberForm
from visualizer.views.widgets.controls import KeyPanel
from visualizer.views.widgets.map_paint import (
    Outline,
    digits_of,
    enlarged,
    number_form,
    paint_frames,
    paint_numbers,
    paint_outline,
    paint_tag,
)
from visualizer.views.widgets.picture import Picture
from visualizer.views.widgets.pixels import ColourScale, draw_image, paint_clipped, to_image
from visualizer.views.widgets.press_tracker import PressTracker, clicked_cell
from visualizer.views.widgets.viewport import MapCell, Viewport

MAX_CELL_PIXELS = 96
MAX_STRETCH = 2.5
TAGGED_PIXELS = 72
STEPS = {key: (down, across, 0) for key, (down, across) in ARROWS.items()}
STEPS |= {Qt.Key.Key_PageUp: (0, 0, -1), Qt.Key.Key_PageDown: (0, 0, 1)}
ZOOMS = {Qt.Key.Key_Plus: 1.25, Qt.Key.Key_Equal: 1.25, Qt.Key.Key_Minus: 0.8}


class MapView(KeyPanel):
    """A mosaic of maps that reports the cell under the pointer and the cell clicked.

    Signals
    -------
    hovered : (row, column, channel) or None
    clicked : (row, column, channel)
        Where cells are too small to aim at: the map's strongest cell.
    followed : (row, column, channel)
        A double click, where the view is `fixed`.
    moved : (rows, columns, channels)
        Arrow keys and Page up or down: how far to move the selection.
    """

    hovered = Signal(tuple)
    clicked = Signal(tuple)
    followed = Signal(tuple)
    moved = Signal(int, int, int)

    def __init__(self, look: Look, fixed: bool = False) -> None:
        """Make a view; `fixed` maps do not zoom, as they are part of a panel that scrolls."""
        super().__init__(look)
        self._fixed, self._viewport = fixed, Viewport()
        self._maps = self._colored = np.zeros((1, 1, 1), np.float32)
        self._scale = ColourScale(0, 1, look.theme.sequential)
        self._image, self._press = QImage(), PressTracker()
        self._outlines: tuple[Outline, ...] = ()
        self._sheet, self._tells = False, True
        self._names: Sequence[str] = ()
        self._pointed: int | None = None

    # What is drawn

    def show_maps(
        self,
        maps: Array,
        colored: Array,
        scale: ColourScale,
        sheet: bool = False,
        names: Sequence[str] = (),
        tells: bool = True,
    ) -> None:
        """Show maps (h, w, c); `colored` are the values that take the colours.

        `colored` differs from `maps` where each map has its own scale. `sheet` allows cells that
        are higher than wide, for vectors laid out to be looked at. `names` are written at maps
        that are pointed at or enlarged. Unless the view `tells`, it has colours alone.
        """
        if maps.shape != self._maps.shape:
            self._viewport.fit()
            self._pointed = None
        self._maps, self._colored, self._scale, self._sheet = maps, colored, scale, sheet
        self._names, self._tells = names, tells
        self._lay_out()
        self._draw()

    def show_outlines(self, outlines: tuple[Outline, ...]) -> None:
        if outlines != self._outlines:
            self._outlines = outlines
            self.update()

    @property
    def outlines(self) -> tuple[Outline, ...]:
        """The outlines on the maps."""
        return self._outlines

    @property
    def mosaic(self) -> Mosaic:
        return self._viewport.mosaic

    @property
    def image(self) -> QImage:
        """The picture on the screen, one pixel per cell."""
        return self._image

    def fit(self) -> None:
        """Show the whole mosaic again; a resting pointer then points at no cell."""
        self._viewport.fit()
        self._point(None)
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

    def cell_center(self, place: MapCell) -> QPointF:
        """Return the middle of a cell on the widget."""
        return self._viewport.on_screen(self.mosaic.cell_rect(*place)).center()

    # Painting

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        paint_clipped(painter, self.rect(), self._paint) if self.zoomed else self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        draw_image(painter, self._viewport.target, self._image)
        cells = self._viewport.cells
        paint_frames(painter, self.theme, self.mosaic, cells)
        self._paint_numbers(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for outline in self._outlines:
            paint_outline(painter, self.theme, outline, self.mosaic, cells)
        for channel, frame in self.tags().items():
            paint_tag(painter, self.theme, self._names[channel], frame, QRectF(self.rect()))
        self.paint_focus(painter)

    def number_form(self) -> NumberForm | None:
        """Return how numbers are written at this zoom; None where they do not fit."""
        form = number_form(self.theme, self._maps, self._viewport.cell)
        return form if self._tells else None

    def _paint_numbers(self, painter: QPainter) -> None:
        form = self.number_form()
        if form is None:
            return
        values, visible = (self._maps, self._colored, self._scale), QRectF(self.rect())
        paint_numbers(painter, self.theme, form, values, self.mosaic, self._viewport.cells, visible)
        unit = digits_of(self._maps).unit
        if unit:
            corner = QRectF(0, self.height(), 0, 0)
            paint_tag(painter, self.theme, f"numbers {unit}", corner, visible)

    def tags(self) -> dict[int, QRectF]:
        """Return the named maps and their places: enlarged maps, and the one pointed at."""
        if not self._names:
            return {}
        least = self.theme.px(TAGGED_PIXELS) if self.zoomed else math.inf
        visible = QRectF(self.rect())
        return enlarged(self.mosaic, self._viewport.cells, visible, least, self._pointed)

    def picture_at(self, point: QPoint) -> Picture | None:
        """Return the map at a point."""
        if (place := self._viewport.place_at(QPointF(point))) is None:
            return None
        name = self._names[place[2]] if self._names else f"map {place[2]}"
        return Picture(name, self, self._viewport.map_box(place[2]))

    # Pointer and keys

    def resizeEvent(self, event: object) -> None:
        before = self.mosaic
        self._lay_out()
        if self.mosaic != before:
            self._draw()

    def tip_at(self, point: QPointF) -> str:
        """Return the value under the pointer with all digits."""
        place = self._viewport.place_at(point)
        return exact(float(self._maps[place])) if place and self._tells else ""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._press.press(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position()
        if event.buttons() and self._press.pressed:
            self._drag(self._press.drag(point))
        elif not self._press.rests_at(point):
            self._point(self._viewport.place_at(point))

    def _point(self, place: MapCell | None) -> None:
        pointed = None if place is None else place[2]
        if pointed != self._pointed:
            self._pointed = pointed
            self.update()
        self.hovered.emit(place)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = self._viewport.place_at(event.position()) if self._press.release() else None
        if place is not None and event.button() == Qt.MouseButton.LeftButton:
            cell = math.inf if self._sheet else self._viewport.cell.width()
            about = clicked_cell(self._maps, place, cell)
            if about != place:  # the click means the strongest cell, not the one under the pointer
                self._press.rest_at(event.position())
                self._point(None)
            self.clicked.emit(about)
        self.unsetCursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Enlarge one map; then its cells until numbers show; then show the whole mosaic again."""
        place = self._viewport.place_at(event.position())
        if self._fixed:
            if place is not None:
                self.followed.emit(place)
        elif place is None or (self.zoomed and self.number_form() is not None):
            self.fit()
        else:
            self.zoom_to_numbers(event.position()) if self.zoomed else self.show_channel(place[2])

    def zoom_to_numbers(self, point: QPointF) -> None:
        """Enlarge until cells show their numbers; the point stays in place."""
        while self.number_form() is None:
            before = self._viewport.cell
            self.zoom_about(point, 1.1)
            if self._viewport.cell == before:
                return

    def leaveEvent(self, event: object) -> None:
        self._point(None)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self._fixed:
            event.ignore()
            return
        self.zoom_about(event.position(), 1.2 ** (event.angleDelta().y() / 120))

    def show_channel(self, channel: int) -> None:
        """Enlarge one map to fill the view; a resting pointer then points at no cell."""
        self._viewport.show_map(channel)
        self._point(None)
        self.update()

    def show_cell(self, place: MapCell, channel_before: int) -> None:
        """Keep a cell in view: its map comes to the place of the map before."""
        if not self.zoomed:
            return
        before, now = (self.mosaic.map_rect(n) for n in (channel_before, place[2]))
        self._viewport.shift(now.top - before.top, now.left - before.left)
        self._viewport.reveal(self.mosaic.cell_rect(*place))
        self.update()

    def zoom_about(self, point: QPointF, factor: float) -> None:
        """Enlarge or shrink; the point stays in place."""
        self._viewport.zoom_about(point, factor)
        self.update()

    def _drag(self, by: QPointF) -> None:
        if self.zoomed and not by.isNull():
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self._viewport.move(by)
            self.update()

    def press_key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in STEPS:
            self.moved.emit(*STEPS[key])
        elif key in ZOOMS and not event.modifiers():
            self.zoom_about(QPointF(self.rect().center()), ZOOMS[key])
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_0) and not event.modifiers():
            self.fit()
        else:
            return False
        return True
