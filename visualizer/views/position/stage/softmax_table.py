"""SoftmaxTable: from the logits of all classes to their probabilities, in numbers."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen

from visualizer.core.network.terms import DenseTerms
from visualizer.text.numbers import compact, percent
from visualizer.text.terms import logit_text, softmax_of
from visualizer.views.base.look import Look
from visualizer.views.base.theme import FONT_SIZES, longest_fitting, text_width
from visualizer.views.position.sum_lines import AT_RIGHT, RULE
from visualizer.views.widgets.cells import FRAME, sized
from visualizer.views.widgets.controls import KeyPanel

GAP, EDGE = 8, 4  # between columns and at both sides, at zoom 1
USUAL = ("8", "−88.88", "8.8 · 10⁻⁸⁸", "100.00\u2009%")  # figures of each column


@dataclass(frozen=True, slots=True)
class SoftmaxColumn:
    """A column: its head in ever shorter forms, a figure per class, and their sum."""

    heads: tuple[str, ...]
    figures: tuple[str, ...]
    total: str = ""


def columns_of(terms: DenseTerms) -> dict[str, SoftmaxColumn]:
    """Return class, logit, exponential and probability of every unit.

    Exponentials too long to print are shifted by the largest logit, as their column's head says.
    """
    softmax = softmax_of(terms)
    shifted = (softmax.name, "exp(logit − max)") if softmax.shift else (softmax.name,)
    return {
        "class": SoftmaxColumn(("class", ""), tuple(map(str, range(len(terms.logits)))), "Σ"),
        "logit": SoftmaxColumn(("logit",), tuple(logit_text(float(x)) for x in terms.logits)),
        "exp": SoftmaxColumn(
            (*shifted, "exp"),
            tuple(compact(float(power)) for power in softmax.powers),
            compact(softmax.total),
        ),
        "share": SoftmaxColumn(
            ("exp / Σ", "share"),
            tuple(percent(float(share)) for share in softmax.shares),
            percent(float(softmax.shares.sum())),
        ),
    }


class SoftmaxTable(KeyPanel):
    """A line per class, the selected one marked, under the names of the columns; sums at the foot.

    Columns without room are left out: first the exponentials, then the logits.

    Signals
    -------
    chosen : int
        A class was clicked, or chosen with the arrow keys.
    """

    chosen = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.setAccessibleName("Softmax: from logits to probabilities")
        self._columns: dict[str, SoftmaxColumn] = {}
        self._unit = 0

    def show_softmax(self, terms: DenseTerms, unit: int) -> None:
        """Show the softmax of a layer, with one unit marked; emits nothing."""
        self._columns, self._unit = columns_of(terms), unit
        share = self._columns["share"].figures[unit]
        self.setAccessibleDescription(f"class {unit}: {share}")
        self.update()

    # Room

    @property
    def rows(self) -> int:
        """Number of classes."""
        return len(self._columns["class"].figures)

    @property
    def pixels(self) -> int:
        """Font size of the figures."""
        return self.theme.px(FONT_SIZES["explained"])

    def line(self, row: int) -> QRectF:
        """Return where a class's line lies; row −1 has the names, the last row the sums."""
        height = min((self.height() - self.theme.px(RULE)) / (self.rows + 2), self.pixels * 1.6)
        rule = self.theme.px(RULE) if row == self.rows else 0
        return QRectF(0, (row + 1) * height + rule, self.width(), height)

    @property
    def wanted_width(self) -> int:
        """Width in pixels for all columns with figures of usual length."""
        widths = (text_width(figure, self.pixels, True) for figure in USUAL)
        gaps = self.theme.px(GAP) * (len(USUAL) - 1) + 2 * self.theme.px(EDGE)
        return ceil(sum(widths) + gaps)

    def _width(self, column: SoftmaxColumn) -> float:
        texts = (*column.figures, column.total)
        return max(text_width(text, self.pixels, True) for text in texts)

    @property
    def shown(self) -> dict[str, QRectF]:
        """The columns that fit, and where each lies across."""
        edge = self.theme.px(EDGE)
        for left_out in ((), ("exp",), ("exp", "logit")):
            widths = {
                key: self._width(column)
                for key, column in self._columns.items()
                if key not in left_out
            }
            spare = self.width() - 2 * edge - sum(widths.values())
            if spare >= self.theme.px(GAP) * (len(widths) - 1):
                break
        gap = max(spare, 0.0) / (len(widths) - 1)
        places, left = {}, float(edge)
        for key, width in widths.items():
            places[key] = QRectF(left, 0, width, self.height())
            left += width + gap
        return places

    # Painting

    def paintEvent(self, event: object) -> None:
        painter, theme = QPainter(self), self.theme
        shown, last = self.shown, 0.0
        self._paint_marked(painter)
        for key, place in shown.items():
            column = self._columns[key]
            self._paint_head(painter, column, QRectF(last, 0, place.right() - last, 1))
            last = place.right() + theme.px(2)
            for row, figure in enumerate((*column.figures, column.total)):
                own = row == self._unit
                painter.setFont(sized(theme, self.pixels, own))
                name = "selection" if own else "soft_ink" if key == "class" else "ink"
                painter.setPen(theme.color(name))
                line = self.line(row)
                box = QRectF(place.left() - 1, line.top(), place.width() + 1, line.height())
                painter.drawText(box, AT_RIGHT, figure)
        foot = self.line(self.rows)
        painter.setPen(QPen(theme.color("ink"), theme.px(FRAME)))
        rule = foot.top() - theme.px(RULE) / 2
        painter.drawLine(QPointF(foot.left(), rule), QPointF(foot.right(), rule))

    def _paint_head(self, painter: QPainter, column: SoftmaxColumn, across: QRectF) -> None:
        caption, head = self.theme.px(FONT_SIZES["caption"]), self.line(-1)
        painter.setFont(self.theme.font("caption"))
        painter.setPen(self.theme.color("soft_ink"))
        box = QRectF(across.left() - 1, head.top(), across.width() + 1, head.height())
        painter.drawText(box, AT_RIGHT, longest_fitting(column.heads, caption, across.width()))

    def _paint_marked(self, painter: QPainter) -> None:
        theme, frame = self.theme, self.theme.px(FRAME)
        line = self.line(self._unit).adjusted(frame / 2, frame / 2, -frame / 2, -frame / 2)
        painter.fillRect(line, theme.color("selection", 0.08))
        if self.hasFocus():
            painter.setPen(QPen(theme.color("accent"), theme.line_width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(line)

    # The user

    def row_at(self, point: QPointF) -> int | None:
        """Return the class at a point."""
        return next((row for row in range(self.rows) if self.line(row).contains(point)), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self.row_at(event.position())
        if row is not None:
            self._choose(row)

    def press_key(self, event: QKeyEvent) -> bool:
        to = {
            Qt.Key.Key_Up: max(self._unit - 1, 0),
            Qt.Key.Key_Down: min(self._unit + 1, self.rows - 1),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: self.rows - 1,
        }.get(Qt.Key(event.key()))
        if to is None:
            return False
        self._choose(to)
        return True

    def _choose(self, unit: int) -> None:
        if unit != self._unit:
            self.chosen.emit(unit)
