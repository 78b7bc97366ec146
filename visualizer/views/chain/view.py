"""ChainView: the columns of a chain, with what a pointer and the keys do in them."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QSizePolicy

from visualizer.scene.chain import Chain
from visualizer.scene.trail import Cell, Trail
from visualizer.text.numbers import number
from visualizer.text.terms import HIDDEN
from visualizer.views.base.constants import ENTER, SIDEWAYS
from visualizer.views.base.look import Look
from visualizer.views.base.theme import blended, font_of
from visualizer.views.chain.paint import MIDDLE, ColumnPainter, bar_boxes, write
from visualizer.views.chain.picture import Maps, cell_at_place
from visualizer.views.chain.rows import Rows, rows_for
from visualizer.views.chain.texts import ColumnText, Segment, Texts, sentence_of
from visualizer.views.maps.captions import describe, short_name
from visualizer.views.maps.layer_card import fitted
from visualizer.views.widgets.controls import KeyPanel
from visualizer.views.widgets.map_columns import MapColumns

UPDOWN = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
SHADE = 0.07  # of the selection's colour behind the current column
BESIDE = 0.05  # of a column's width, free at each of its sides


class ChainView(KeyPanel):
    """A column a layer: its map with the way's cell, the numbers beneath, the value at the foot.

    Signals
    -------
    asked : Trail
        The user wants to stand elsewhere on the way, or on another way.
    hovered : Cell or None
        The cell of a map under the pointer.
    """

    asked = Signal(Trail)
    hovered = Signal(object)

    def __init__(self, look: Look, chain: Chain) -> None:
        super().__init__(look)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("One way from a pixel to the answer")
        self.chain = chain
        self._all_texts, self._maps = Texts(), Maps()
        self.texts: list[ColumnText] = []
        self.columns = MapColumns()
        self.rows: Rows | None = None
        self._hovered: Cell | None = None

    def show_chain(self, chain: Chain) -> None:
        """Show a way; emits nothing."""
        self.chain = chain
        self.texts = self._all_texts.of(chain)
        self.setAccessibleDescription(sentence_of(chain, self.texts))
        self._arrange()

    def apply_theme(self, theme: object) -> None:
        self.show_chain(self.chain)

    def resizeEvent(self, event: object) -> None:
        self._arrange()

    # Where things are

    def _arrange(self) -> None:
        width = self.width() / max(len(self.texts), 1)
        self.rows = rows_for(self.texts, self.theme, width * (1 - 2 * BESIDE), self.height())
        head = self.rows.head
        low = self.height() - self.rows.foot_height - self.rows.height
        gap = self.rows.line * 0.3
        area = QRectF(0, head + gap, self.width(), max(low - head - 2 * gap, 1.0))
        self.columns = MapColumns(self._maps.of(self.chain, self.theme), area)
        self.update()

    def column(self, index: int) -> QRectF:
        """Return a column's whole room."""
        width = self.width() / len(self.texts)
        return QRectF(index * width, 0, width, self.height())

    def numbers(self, index: int) -> QRectF:
        """Return the room of a column's rows."""
        assert self.rows is not None
        column = self.column(index)
        beside = column.width() * BESIDE
        top = self.height() - self.rows.foot_height - self.rows.height
        return QRectF(column.left() + beside, top, column.width() - 2 * beside, self.rows.height)

    def foot(self, index: int) -> QRectF:
        """Return where the value of a column stands."""
        assert self.rows is not None
        column, height = self.column(index), self.rows.foot_height
        return QRectF(column.left(), column.bottom() - height, column.width(), height)

    def column_at(self, point: QPointF) -> int | None:
        found = (at for at in range(len(self.texts)) if self.column(at).contains(point))
        return next(found, None)

    def cell_at(self, point: QPointF) -> Cell | None:
        """Return the cell of a map at a point; none of a hidden answer."""
        found = self.columns.cell_at(point)
        if found is None or self._hides(found[0]):
            return None
        return cell_at_place(self.chain, *found)

    def _hides(self, column: int) -> bool:
        return column == len(self.texts) - 1 and not self.chain.shows_answer

    def segment_at(self, point: QPointF) -> tuple[int, Segment] | None:
        """Return the column and the part of its bar at a point."""
        at, around = self.column_at(point), self.theme.px(3)
        if at is None or self.rows is None:
            return None
        for box, segment in bar_boxes(self.texts[at], self.numbers(at), self.rows, self.theme):
            if box.adjusted(0, -around, 1, around).contains(point):
                return at, segment
        return None

    # Painting

    def paintEvent(self, event: object) -> None:
        if self.rows is None or not self.texts:
            return
        painter, theme = QPainter(self), self.theme
        shade = blended(theme.color("selection"), theme.color("panel"), SHADE)
        painter.fillRect(self.column(self.chain.column), shade)
        numbers = ColumnPainter(painter, theme, self.rows)
        for at, text in enumerate(self.texts):
            self._paint_name(painter, at, text)
            numbers.paint(text, self.numbers(at))
            numbers.paint_foot(text, self.foot(at), at == len(self.texts) - 1)
        self.columns.paint(painter, theme, self.rows.pixels)
        if self._hides(len(self.texts) - 1):
            area = self.columns.cells[-1].whole
            area.adjust(-area.width(), 0, area.width(), 0)
            if self.texts[-1].foot == HIDDEN:
                write(painter, theme, HIDDEN, area, self.rows.foot, "soft_ink", bold=True)
        self.paint_focus(painter)

    def _paint_name(self, painter: QPainter, at: int, text: ColumnText) -> None:
        assert self.rows is not None
        theme, column, rows = self.theme, self.column(at), self.rows
        height, current = rows.head / rows.name_rows, at == self.chain.column
        share = 1 - BESIDE if rows.name_rows == 1 else 2.0
        room = round(share * column.width())
        name, font, width = _fitted_name(text.name, rows.name_pixels, current, room)
        left = min(max(column.center().x() - width / 2, 0.0), self.width() - width)
        painter.setFont(font)
        painter.setPen(theme.color("selection" if current else "ink"))
        box = QRectF(left, height * (at % rows.name_rows), width, height)
        painter.drawText(box, MIDDLE, name)

    # The user

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position()
        cell, column, part = self.cell_at(point), self.column_at(point), self.segment_at(point)
        if cell is not None:
            self.asked.emit(self.chain.trail_to(cell))
        elif part is not None and part[1].index is not None:
            link = self.chain.links[part[0]]
            self.asked.emit(self.chain.trail_through(link.cell, link.cell_of(part[1].index)))
        elif column is not None:
            self.asked.emit(self.chain.trail_at(column))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.cell_at(event.position()))

    def leaveEvent(self, event: object) -> None:
        self._hover(None)

    def _hover(self, cell: Cell | None) -> None:
        if cell != self._hovered:
            self._hovered = cell
            self.hovered.emit(cell)

    def tip_at(self, point: QPointF) -> str:
        cell, part = self.cell_at(point), self.segment_at(point)
        if self.chain.scene.asked == "sum":  # its number may go on to other cells
            return ""
        if cell is not None:
            return describe(self.chain.scene, cell)[0]
        if part is None:
            return ""
        column, segment = part
        share = f"{number(segment.share * 100, 1)} % of all products, {segment.side}"
        if segment.index is None:
            return f"the others: {share}"
        link = self.chain.links[column]
        below = link.cell_of(segment.index)
        product = number(link.term(segment.index).product, 4)
        return f"from {short_name(self.chain.scene, below)}: {product}\n{share}"

    def takes_enter(self) -> bool:
        return self.chain.column > 0

    def press_key(self, event: QKeyEvent) -> bool:
        key, column = Qt.Key(event.key()), self.chain.column
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if key in UPDOWN:
            self._take_next(column, UPDOWN[key])
            return True
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: len(self.texts) - 1}
        step = -1 if key in ENTER else SIDEWAYS.get(key)
        if key in ends:
            self.asked.emit(self.chain.trail_at(ends[key]))
        elif step is not None:
            self.asked.emit(self.chain.trail_at(max(column + step, 0)))
        return key in ends or step is not None

    def _take_next(self, column: int, step: int) -> None:
        """Take the next smaller or larger term of the current column's sum."""
        link = self.chain.links[column]
        if link.is_pixel or self._hides(column):
            return
        below = link.next_to(step)
        if below is not None:
            self.asked.emit(self.chain.trail_through(link.cell, below))


@lru_cache(maxsize=256)
def _fitted_name(name: str, pixels: int, bold: bool, room: int) -> tuple[str, QFont, float]:
    """Return a layer's name in the form and font in which it fits, and its width."""
    shown, font = fitted(name, font_of(pixels, bold), room)
    return shown, font, QFontMetricsF(font).horizontalAdvance(shown) + 2
