"""HoleView: a covered digit, and the hole through which it is seen."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QSizePolicy

from visualizer.compare.peephole import Peephole
from visualizer.core.network.geometry import Rect
from visualizer.data.dataset import CLASSES, IMAGE_SIZE
from visualizer.views.base.constants import ARROWS, ENTER
from visualizer.views.base.look import Look
from visualizer.views.widgets.cell_layout import CellLayout
from visualizer.views.widgets.cells import paint_frame
from visualizer.views.widgets.controls import KeyPanel
from visualizer.views.widgets.pixels import draw_image, paint_gaps, to_image


class HoleView(KeyPanel):
    """A covered digit with a hole to drag or to move by arrow keys; a typed digit is the guess."""

    def __init__(self, look: Look, peephole: Peephole) -> None:
        super().__init__(look)
        self._peephole = peephole
        self._held: tuple[float, float] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("The digit through a hole")
        self.setToolTip("Drag the hole, or move it with the arrow keys; type what the digit is")
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        peephole.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(280), self.theme.px(280))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(140), self.theme.px(140))

    @property
    def cells(self) -> CellLayout:
        """Where the pixels are drawn."""
        room = QRectF(self.rect()).adjusted(4, 4, -4, -4)
        return CellLayout.fitting(room, (IMAGE_SIZE, IMAGE_SIZE), step=1)

    def paintEvent(self, event: object) -> None:
        peephole, theme, cells = self._peephole, self.theme, self.cells
        if peephole.index is None:
            return
        painter = QPainter(self)
        whole, parts = cells.whole, peephole.seen.parts
        pixels = peephole.images.pixels[peephole.index]
        if not peephole.revealed:
            paint_gaps(painter, theme, whole)
            for part in parts:
                seen = np.ascontiguousarray(pixels[part.top : part.bottom, part.left : part.right])
                draw_image(painter, cells.on_screen(part), to_image(seen, 0, 255, theme.digit))
        else:
            draw_image(painter, whole, to_image(pixels, 0, 255, theme.digit))
        for rect, name, width in (
            (Rect.whole(IMAGE_SIZE, IMAGE_SIZE), "accent" if self.shows_focus else "line", 1.0),
            *((part, "field", 1.5) for part in parts),
        ):
            box, line = cells.on_screen(rect), width * theme.line_width
            paint_frame(painter, box, theme.color(name), line)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the hole; a click beside the hole first moves it there."""
        row, column = self.cells.position(event.position())
        hole = self._peephole.hole
        if not hole.contains(int(row // 1), int(column // 1)):
            self._peephole.move_to(round(row - hole.height / 2), round(column - hole.width / 2))
            hole = self._peephole.hole
        self._held = row - hole.top, column - hole.left
        self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is not None:
            row, column = self.cells.position(event.position())
            self._peephole.move_to(round(row - self._held[0]), round(column - self._held[1]))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._held = None
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def press_key(self, event: QKeyEvent) -> bool:
        peephole, key = self._peephole, Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if key in ARROWS:
            down, right = ARROWS[key]
            peephole.move_to(peephole.top + down, peephole.left + right)
        elif event.text() in [str(number) for number in range(CLASSES)]:
            peephole.take_for(int(event.text()))
        elif key in ENTER:
            peephole.next_digit() if peephole.revealed else peephole.reveal()
        else:
            return False
        return True
