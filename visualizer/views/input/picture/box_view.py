"""BoxView: a picture with a box that the user drags, stretches, or moves by keys."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy

from visualizer.data.input.picture import Box
from visualizer.views.base.constants import ARROWS
from visualizer.views.base.look import Look
from visualizer.views.widgets.cells import paint_frame
from visualizer.views.widgets.controls import KeyPanel

LEAST = 8  # pixels of the picture: the smallest side of a box
HANDLE, REACH = 8, 10  # sides of a handle, and how near to it the pointer may be, at zoom 1
KEY_SHARE = 0.02  # of the picture's longer side: how far a key moves the box
# Whether the edges (top, left, bottom, right) follow the pointer.
Hold = tuple[bool, bool, bool, bool]
WHOLE: Hold = (True, True, True, True)
DIAGONALS = {
    True: Qt.CursorShape.SizeFDiagCursor,
    False: Qt.CursorShape.SizeBDiagCursor,
}


class BoxView(KeyPanel):
    """A picture with a box: drag inside to move, at an edge to stretch, outside for a new box.

    The arrow keys move the box; with Shift they move its right and lower edge. Home selects the
    whole picture.

    Signals
    -------
    changed : (top, left, bottom, right)
        The user's box, in pixels of the picture, ends exclusive.
    """

    changed = Signal(tuple)

    def __init__(self, look: Look, grey: npt.NDArray[np.uint8]) -> None:
        super().__init__(look)
        self.setAccessibleName("The picture, and the box around the digit")
        self.setToolTip("Drag a box around one digit. Arrow keys move it, with Shift they resize.")
        self._shape: tuple[int, int] = (grey.shape[0], grey.shape[1])
        height, width = self._shape
        self._kept = np.ascontiguousarray(grey)
        self._image = QImage(
            self._kept.data, width, height, width, QImage.Format.Format_Grayscale8
        ).copy()
        self.box: Box = self.whole
        self._hold: Hold | None = None
        self._from = QPointF()
        self._before: Box = self.box
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def whole(self) -> Box:
        """The box around the whole picture."""
        return (0, 0, *self._shape)

    def show_box(self, box: Box) -> None:
        """Show a box; emits nothing."""
        self.box = box
        top, left, bottom, right = box
        self.setAccessibleDescription(
            f"rows {top} to {bottom}, columns {left} to {right} of {self._shape[0]} × "
            f"{self._shape[1]}"
        )
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(480), self.theme.px(280))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(120), self.theme.px(100))

    # Pixels of the picture and of the widget

    @property
    def place(self) -> QRectF:
        """Where the picture lies."""
        edge = self.theme.px(HANDLE) / 2
        room = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
        height, width = self._shape
        scale = min(room.width() / width, room.height() / height)
        place = QRectF(0, 0, width * scale, height * scale)
        place.moveCenter(room.center())
        return place

    def on_screen(self, box: Box) -> QRectF:
        """Return where a box of the picture lies."""
        top, left, bottom, right = box
        place, scale = self.place, self._scale
        corner = QPointF(place.left() + left * scale, place.top() + top * scale)
        return QRectF(corner.x(), corner.y(), (right - left) * scale, (bottom - top) * scale)

    @property
    def _scale(self) -> float:
        return self.place.width() / self._shape[1]

    # Painting

    def paintEvent(self, event: object) -> None:
        painter, theme = QPainter(self), self.theme
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        place, box = self.place, self.on_screen(self.box)
        painter.drawImage(place, self._image)
        shade = theme.color("ink" if theme.palette.name == "light" else "ground", 0.55)
        for rest in (
            QRectF(place.left(), place.top(), place.width(), box.top() - place.top()),
            QRectF(place.left(), box.bottom(), place.width(), place.bottom() - box.bottom()),
            QRectF(place.left(), box.top(), box.left() - place.left(), box.height()),
            QRectF(box.right(), box.top(), place.right() - box.right(), box.height()),
        ):
            painter.fillRect(rest, shade)
        line = theme.line_width * (1.5 if self.hasFocus() else 1)
        paint_frame(painter, box, theme.color("accent"), line)
        painter.setPen(QPen(theme.color("on_accent"), 1))
        painter.setBrush(theme.color("accent"))
        side = theme.px(HANDLE)
        for point in self._handles(box):
            painter.drawRect(QRectF(point.x() - side / 2, point.y() - side / 2, side, side))

    @staticmethod
    def _handles(box: QRectF) -> list[QPointF]:
        across = (box.left(), box.center().x(), box.right())
        down = (box.top(), box.center().y(), box.bottom())
        return [
            QPointF(x, y)
            for i, x in enumerate(across)
            for j, y in enumerate(down)
            if (i, j) != (1, 1)
        ]

    # The pointer

    def _hold_at(self, point: QPointF) -> Hold | None:
        """Return the edges that the pointer drags; all of them inside the box, None outside."""
        box, reach = self.on_screen(self.box), self.theme.px(REACH)
        if not box.adjusted(-reach, -reach, reach, reach).contains(point):
            return None
        near = (
            abs(point.y() - box.top()) <= reach,
            abs(point.x() - box.left()) <= reach,
            abs(point.y() - box.bottom()) <= reach,
            abs(point.x() - box.right()) <= reach,
        )
        if not any(near):
            return WHOLE
        top, left = near[0] and not near[2], near[1] and not near[3]
        return top, left, near[2], near[3]

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        point = event.position()
        self._from, self._before = point, self.box
        self._hold = self._hold_at(point)
        if self._hold is None and self.place.contains(point):
            row, column = self._pixel(point)
            self._before = (row, column, row, column)
            self._hold = (False, False, True, True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._hold is None or not event.buttons() & Qt.MouseButton.LeftButton:
            self._show_cursor(event.position())
            return
        way = (event.position() - self._from) / self._scale
        down, across = round(way.y()), round(way.x())
        self._go(self._moved(self._before, self._hold, down, across))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._hold = None

    def _pixel(self, point: QPointF) -> tuple[int, int]:
        at = (point - self.place.topLeft()) / self._scale
        return (
            min(max(int(at.y()), 0), self._shape[0] - 1),
            min(max(int(at.x()), 0), self._shape[1] - 1),
        )

    def _show_cursor(self, point: QPointF) -> None:
        hold = self._hold_at(point)
        if hold is None:
            self.setCursor(Qt.CursorShape.CrossCursor)
        elif hold == WHOLE:
            self.setCursor(Qt.CursorShape.SizeAllCursor)
        elif (hold[0] or hold[2]) and (hold[1] or hold[3]):
            self.setCursor(DIAGONALS[hold[0] == hold[1]])
        else:
            level = hold[1] or hold[3]
            self.setCursor(Qt.CursorShape.SizeHorCursor if level else Qt.CursorShape.SizeVerCursor)

    # The keyboard

    def focusInEvent(self, event: object) -> None:
        self.update()

    def focusOutEvent(self, event: object) -> None:
        self.update()

    def press_key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Home:
            self._go(self.whole)
            return True
        if key not in ARROWS:
            return False
        step = max(round(max(self._shape) * KEY_SHARE), 1)
        stretch = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        hold: Hold = (False, False, True, True) if stretch else WHOLE
        down, across = ARROWS[key]
        self._go(self._moved(self.box, hold, down * step, across * step))
        return True

    def _moved(self, box: Box, hold: Hold, down: int, across: int) -> Box:
        """Return a box with moved edges, kept on the picture and no smaller than LEAST."""
        top, left, bottom, right = box
        height, width = self._shape
        if hold == WHOLE:
            down = min(max(down, -top), height - bottom)
            across = min(max(across, -left), width - right)
            return top + down, left + across, bottom + down, right + across
        top, bottom = _span(top, bottom, down, (hold[0], hold[2]), height)
        left, right = _span(left, right, across, (hold[1], hold[3]), width)
        return top, left, bottom, right

    def _go(self, box: Box) -> None:
        if box != self.box:
            self.show_box(box)
            self.changed.emit(box)


def _span(low: int, high: int, by: int, moves: tuple[bool, bool], most: int) -> tuple[int, int]:
    """Return two opposite edges after one has moved, perhaps past the other."""
    ends = sorted((low + by if moves[0] else low, high + by if moves[1] else high))
    low, high = max(ends[0], 0), min(ends[1], most)
    least = min(LEAST, most)
    if high - low < least:
        low = min(max(low, 0), most - least)
        high = low + least
    return low, high
