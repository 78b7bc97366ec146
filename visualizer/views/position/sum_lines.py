"""SumLines: terms and sums, one line each: words at the left, a number at the right."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy

from visualizer.text.numbers import exact
from visualizer.views.base.constants import CENTRE
from visualizer.views.base.look import Look
from visualizer.views.base.theme import FONT_SIZES, longest_fitting, text_width
from visualizer.views.base.tips import TipPanel
from visualizer.views.position.sum import SumLine
from visualizer.views.widgets.cells import FRAME, sized

# Heights at zoom 1: of a line in a panel, on the stage, with the result, and of a number across.
ROW, LINE, RESULT_LINE, ACROSS = 24, 21.6, 24, 36
RULE = 4  # height at zoom 1 that a rule has above its line, and a bar below it on the stage
LARGE = 28  # font size at zoom 1 of numbers that stand beside each other
AT_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
AT_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class SumLines(TipPanel):
    """Lines one below the other, with bars behind them; or numbers side by side.

    Signals
    -------
    clicked, followed : int
        A line was clicked, or double-clicked.
    """

    clicked = Signal(int)
    followed = Signal(int)

    def __init__(self, look: Look, name: str = "The sum", large: bool = True) -> None:
        """Write `large` on the stage, or small in a panel."""
        super().__init__(look)
        self._large = large
        self.lines: tuple[SumLine, ...] = ()
        self.across = False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    def show_lines(self, *lines: SumLine) -> None:
        """Show lines from top to bottom; emits nothing."""
        higher = self.height_of(lines) != self.height_of(self.lines)
        self.lines = lines
        if higher:
            self.updateGeometry()
        self.setAccessibleDescription("; ".join(f"{x.words[0]} {x.figure}" for x in lines))
        self.update()

    def show_across(self, across: bool) -> None:
        """Place the numbers beside each other, each over its words, or one below the other."""
        if across != self.across:
            self.across = across
            self.updateGeometry()
            self.update()

    def _height(self, line: SumLine) -> int:
        room = RULE * (line.adds_up + (self._large and bool(line.value)))
        high = (RESULT_LINE if line.result else LINE) if self._large else ROW
        return self.theme.px(room) * bool(room) + self.theme.px(high)

    def height_of(self, lines: Sequence[SumLine]) -> int:
        """Return the height of lines, one below the other."""
        return sum(map(self._height, lines))

    def sizeHint(self) -> QSize:
        if self.across:
            return QSize(self.theme.px(400), self.theme.px(ACROSS + LINE))
        return QSize(self.theme.px(120), self.height_of(self.lines))

    def places(self) -> list[QRectF]:
        """Return where each line lies, one below the other."""
        made, top = [], 0
        for line in self.lines:
            made.append(QRectF(0, top, self.width(), self._height(line)))
            top += self._height(line)
        return made

    # Painting

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        if self.across:
            self._paint_across(painter)
            return
        sizes = [abs(x.value) if math.isfinite(x.value) else 0.0 for x in self.lines]
        top = max(sizes, default=1.0) or 1.0
        for line, place, size in zip(self.lines, self.places(), sizes, strict=True):
            if size:
                high = self.theme.px(4)
                bar = QRectF(0, place.bottom() - high, place.width() * (size / top), high - 1)
                shade = self.theme.diverging[222 if line.value >= 0 else 40]
                painter.fillRect(bar, QColor(*shade.tolist()))
            if line.adds_up:
                painter.setPen(QPen(self.theme.color("ink"), self.theme.px(FRAME)))
                high = self.theme.px(RULE)
                rule = place.top() + high / 2
                painter.drawLine(QPointF(place.left(), rule), QPointF(place.right(), rule))
                place = place.adjusted(0, high, 0, 0)
            if size and self._large:
                place = place.adjusted(0, 0, 0, -self.theme.px(RULE))
            self._paint_line(painter, place, line)

    def _paint_across(self, painter: QPainter) -> None:
        width, caption = self.width() / len(self.lines), self.theme.px(FONT_SIZES["caption"])
        large, least = self.theme.px(LARGE), self.theme.px(FONT_SIZES["explained"])
        for at, line in enumerate(self.lines):
            fits = (p for p in range(large, least, -1) if text_width(line.figure, p, True) <= width)
            painter.setFont(sized(self.theme, next(fits, least), line.result))
            painter.setPen(self.theme.color("selection" if line.result else "ink"))
            figure = QRectF(at * width, 0, width, self.theme.px(ACROSS))
            painter.drawText(figure, CENTRE, line.figure)
            painter.setFont(self.theme.font("caption"))
            painter.setPen(self.theme.color("soft_ink"))
            below = QRectF(at * width, figure.bottom(), width, self.theme.px(LINE))
            painter.drawText(below, CENTRE, longest_fitting(line.words, caption, width))

    def _paint_line(self, painter: QPainter, place: QRectF, line: SumLine) -> None:
        theme, own = self.theme, line.marked
        role = ("counter" if line.result else "explained") if self._large else "body"
        bold, caption = line.result or own, theme.px(FONT_SIZES["caption"])
        room = place.width() - text_width(line.figure, theme.px(FONT_SIZES[role]), bold)
        painter.setFont(theme.font("caption", bold=own))
        painter.setPen(theme.color("selection" if own else "soft_ink"))
        words = longest_fitting(line.words, caption, room - caption / 2, own)
        if not words and not self._large:
            end, left = Qt.TextElideMode.ElideRight, max(int(room - caption / 2), 0)
            words = painter.fontMetrics().elidedText(line.words[-1], end, left)
        painter.drawText(place, AT_LEFT, words)
        painter.setFont(theme.font(role, bold=bold))
        painter.setPen(theme.color("selection" if line.result else "ink"))
        painter.drawText(place, AT_RIGHT, line.figure)

    # The pointer

    def line_at(self, point: QPointF) -> int | None:
        """Return the line at a point."""
        return next((at for at, place in enumerate(self.places()) if place.contains(point)), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self.line_at(event.position())
        if at is not None:
            self.clicked.emit(at)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        at = self.line_at(event.position())
        if at is not None:
            self.followed.emit(at)

    def tip_at(self, point: QPointF) -> str:
        """Return the value of the bar at a point with all digits."""
        at = None if self._large else self.line_at(point)
        return "" if at is None else exact(self.lines[at].value)
