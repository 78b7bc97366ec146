"""The painting of a chain's columns: names above the maps, numbers beneath, values at the foot."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from visualizer.text.chain import PoolText
from visualizer.text.terms import HIDDEN
from visualizer.views.base.constants import CENTRE, LEFT, RIGHT
from visualizer.views.base.theme import Theme, font_of, longest_fitting, text_width
from visualizer.views.chain.rows import (
    ARROW,
    BAR,
    BEFORE,
    PRODUCT,
    SWATCH,
    WORDS,
    Rows,
    product_lines,
    sum_lines,
)
from visualizer.views.chain.texts import NOTHING, ColumnText, Segment
from visualizer.views.widgets.cells import FRAME

FREE = Qt.TextFlag.TextDontClip  # tall letters may leave their line
MIDDLE, AT_LEFT, AT_RIGHT = (int(align | FREE) for align in (CENTRE, LEFT, RIGHT))
SMALLEST = 6  # pixels: no number is written smaller
SHORT_BIAS = "b"  # its letter, where the word has no room
WIDE_SUMS = 7.5  # width of the sums over their font size, where there is more room
SIDES = {"positive": "for", "negative": "against"}
SHADES = {"for": 208, "against": 62}  # places on the scale of signed values


def write(
    painter: QPainter,
    theme: Theme,
    text: str,
    box: QRectF,
    pixels: int,
    color: str,
    bold: bool = False,
    align: int = MIDDLE,
) -> None:
    """Write a text that is never cut: one too long for its box becomes smaller."""
    while pixels > SMALLEST and text_width(text, pixels, bold) > box.width():
        pixels -= 1
    painter.setFont(font_of(pixels, bold))
    painter.setPen(theme.color(color))
    painter.drawText(box, align, text)


def side_color(theme: Theme, side: str) -> QColor:
    """Return the colour of what is for a number, or against it."""
    return QColor(*theme.diverging[SHADES[side]].tolist())


def bar_boxes(
    text: ColumnText, inner: QRectF, rows: Rows, theme: Theme
) -> list[tuple[QRectF, Segment]]:
    """Return where each part of a column's bar lies; none where there is no room for bars."""
    if "bar" not in rows.tops:
        return []
    height, gap = theme.px(BAR), max(theme.px(0.6), 1)
    made, left = [], inner.left()
    for segment in text.bar:
        width = inner.width() * segment.share
        seen = max(width - gap, min(width, 1.0))
        made.append((QRectF(left, inner.top() + rows.tops["bar"], seen, height), segment))
        left += width
    return made


class ColumnPainter:
    """Paints the numbers of one column after the other."""

    def __init__(self, painter: QPainter, theme: Theme, rows: Rows) -> None:
        self.painter, self.theme, self.rows = painter, theme, rows

    def _write(
        self,
        text: str,
        box: QRectF,
        color: str,
        bold: bool = False,
        align: int = MIDDLE,
    ) -> None:
        write(self.painter, self.theme, text, box, self.rows.pixels, color, bold, align)

    def _write_form(self, forms: tuple[str, ...], box: QRectF, color: str) -> None:
        fitting = longest_fitting(forms, self.rows.pixels, box.width())
        self._write(fitting or forms[-1], box, color)

    def paint(self, text: ColumnText, inner: QRectF) -> None:
        """Paint the rows of a column into its inner box."""
        boxes = {
            name: QRectF(inner.left(), inner.top() + top, inner.width(), self.rows.line)
            for name, top in self.rows.tops.items()
        }
        if "place" in boxes:
            self._write_form(text.place, boxes["place"], "soft_ink")
        if text.pool is not None:
            last = boxes.get("bias", boxes["out"])
            first = boxes.get("factor", boxes["value"])
            self._paint_pool(text, text.pool, first.united(last))
            return
        lines = product_lines(text, self.rows.apart)
        for name, words in zip(PRODUCT[-len(lines) :], lines, strict=False):
            result = name == "result"
            self._write(words, boxes[name], "selection" if result else "ink", result)
        if "rank" in boxes:
            self._write_form(text.rank, boxes["rank"], "soft_ink")
        for box, segment in bar_boxes(text, inner, self.rows, self.theme):
            own = self.theme.color("selection")
            color = own if segment.own else side_color(self.theme, segment.side)
            self.painter.fillRect(box, color)
        self._paint_sums(text, boxes)
        if text.sum is not None:
            out = boxes["out"]
            above = out.top() - self.rows.line * BEFORE["out"] / 2
            self.painter.setPen(QPen(self.theme.color("soft_ink"), self.theme.px(FRAME) / 2))
            self.painter.drawLine(QLineF(out.left(), above, out.right(), above))
            self._write_form(text.sum.results, out, "ink")

    def _paint_sums(self, text: ColumnText, boxes: dict[str, QRectF]) -> None:
        """Write the parts of a sum, with words where all of the column's have room."""
        pixels = self.rows.pixels
        lines = {name: each for name, each in sum_lines(text).items() if name in boxes}
        swatch, air = pixels * SWATCH, pixels * 0.4
        taken = (
            swatch + text_width(WORDS[name], pixels) + air + text_width(each, pixels)
            for name, each in lines.items()
        )
        widest = max(taken, default=0.0)
        worded = bool(lines) and widest <= boxes["bias"].width()
        for name, each in lines.items():
            box = boxes[name]
            if worded:  # words and numbers stay near each other
                width = min(box.width(), max(widest, pixels * WIDE_SUMS))
                box = QRectF(box.center().x() - width / 2, box.top(), width, box.height())
            if name in SIDES:
                side = pixels * 0.55
                square = QRectF(box.left(), box.center().y() - side / 2, side, side)
                self.painter.fillRect(square, side_color(self.theme, SIDES[name]))
            self._write(each, box.adjusted(swatch, 0, 0, 0), "ink", align=AT_RIGHT)
            beside = box.adjusted(swatch if name in SIDES else 0, 0, 0, 0)
            if worded:
                self._write(WORDS[name], beside, "soft_ink", align=AT_LEFT)
            elif name not in SIDES:  # it has no square to be known by
                free = box.width() - air - text_width(each, pixels)
                word = longest_fitting((WORDS[name], SHORT_BIAS), pixels, free)
                self._write(word, beside, "soft_ink", align=AT_LEFT)

    def _paint_pool(self, text: ColumnText, pool: PoolText, whole: QRectF) -> None:
        """Write what a pooling does, and the values of its window, where there is room."""
        line, pixels = self.rows.line, self.rows.pixels
        first = QRectF(whole.left(), whole.top(), whole.width(), line)
        self._write_form(pool.words, first, "ink")
        count, across = len(pool.values), len(pool.values[0])
        widest = max(text_width(value, pixels, True) for row in pool.values for value in row)
        width = min(whole.width() / across, widest + pixels * 0.8)
        if widest > width or (count + 1) * line > whole.height() + 1:
            self._write(f"{count * across} values", first.translated(0, line), "ink")
            return
        left = whole.center().x() - width * across / 2
        for at, row in enumerate(pool.values):
            for place, value in enumerate(row):
                box = QRectF(left + place * width, whole.top() + line * (at + 1), width, line)
                wins, own = (at, place) in text.winners, (at, place) == text.own
                color = "winner" if wins else "selection" if own else "ink"
                self._write(value, box, color, bold=wins or own)

    def paint_foot(self, text: ColumnText, box: QRectF, last: bool) -> None:
        """Write the number of a column, and an arrow behind it unless it is the last."""
        rows, arrow = self.rows, self.rows.foot * ARROW
        color = "soft_ink" if text.foot in (NOTHING, HIDDEN) else "selection"
        inner = box.adjusted(arrow / 2, 0, -arrow / 2, 0)
        write(self.painter, self.theme, text.foot, inner, rows.foot, color, bold=True)
        if not last:
            between = QRectF(box.right() - arrow / 2, box.top(), arrow, box.height())
            write(self.painter, self.theme, "→", between, round(arrow * 0.75), "soft_ink")
