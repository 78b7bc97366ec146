"""SumLines: the sum from the terms to the output, one line each, in numbers that add up."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy

from visualizer.views.base.look import Look, Panel
from visualizer.views.base.theme import FONT_SIZES, text_width
from visualizer.views.position.sum import SumLine
from visualizer.views.widgets.cells import FRAME, MIDDLE, sized

LINE, RESULT_LINE, ACROSS = 21.6, 24, 36  # heights at zoom 1
LARGE = 28  # font size at zoom 1 of numbers that stand beside each other
AT_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
AT_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class SumLines(Panel):
    """Words at the left and numbers at the right, one line per number; or numbers side by side."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.lines: tuple[SumLine, ...] = ()
        self.across = False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("The sum")

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
        return self.theme.px(RESULT_LINE if line.result else LINE)

    def height_of(self, lines: Sequence[SumLine]) -> int:
        """Return the height of lines, one below the other."""
        return sum(map(self._height, lines))

    def sizeHint(self) -> QSize:
        if self.across:
            return QSize(self.theme.px(400), self.theme.px(ACROSS + LINE))
        return QSize(self.theme.px(120), self.height_of(self.lines))

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        if self.across:
            self._paint_across(painter)
            return
        top = 0
        for line in self.lines:
            place = QRectF(0, top, self.width(), self._height(line))
            if line.adds_up:
                painter.setPen(QPen(self.theme.color("ink"), self.theme.px(FRAME)))
                painter.drawLine(place.topLeft(), place.topRight())
            self._paint_line(painter, place, line)
            top += self._height(line)

    def _paint_across(self, painter: QPainter) -> None:
        width, caption = self.width() / len(self.lines), self.theme.px(FONT_SIZES["caption"])
        large, least = self.theme.px(LARGE), self.theme.px(FONT_SIZES["explained"])
        for at, line in enumerate(self.lines):
            fits = (p for p in range(large, least, -1) if text_width(line.figure, p, True) <= width)
            painter.setFont(sized(self.theme, next(fits, least), line.result))
            painter.setPen(self.theme.color("selection" if line.result else "ink"))
            figure = QRectF(at * width, 0, width, self.theme.px(ACROSS))
            painter.drawText(figure, MIDDLE, line.figure)
            words = [w for w in line.words if text_width(w, caption) <= width]
            painter.setFont(self.theme.font("caption"))
            painter.setPen(self.theme.color("soft_ink"))
            if words:
                below = QRectF(at * width, figure.bottom(), width, self.theme.px(LINE))
                painter.drawText(below, MIDDLE, words[0])

    def _paint_line(self, painter: QPainter, place: QRectF, line: SumLine) -> None:
        role = "counter" if line.result else "explained"
        room = place.width() - text_width(line.figure, self.theme.px(FONT_SIZES[role]), line.result)
        caption = self.theme.px(FONT_SIZES["caption"])
        fits = [words for words in line.words if text_width(words, caption) + caption / 2 <= room]
        painter.setFont(self.theme.font("caption"))
        painter.setPen(self.theme.color("soft_ink"))
        if fits:
            painter.drawText(place, AT_LEFT, fits[0])
        painter.setFont(self.theme.font(role, bold=line.result))
        painter.setPen(self.theme.color("selection" if line.result else "ink"))
        painter.drawText(place, AT_RIGHT, line.figure)
