"""LinePlot: a few curves on common axes, each named with its value where one looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPen, QPolygonF

from visualizer.core.network.layer import Array
from visualizer.text.numbers import number, percent, spaced, ticks
from visualizer.views.base.look import Look, Panel

DASHES = (
    Qt.PenStyle.SolidLine,
    Qt.PenStyle.DashLine,
    Qt.PenStyle.DotLine,
    Qt.PenStyle.DashDotLine,
    Qt.PenStyle.DashDotDotLine,
)
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
NOTED = 0.45  # of the width may be names with their notes


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A curve: places in order, values, and the number that its colour and dashes go by.

    A note is said after its name where there is room for it.
    """

    name: str
    x: Array
    y: Array
    key: int
    note: str = ""

    def at(self, x: float) -> float:
        """The value at a place, straight between the points; NaN beyond them."""
        if not len(self.x) or not self.x[0] <= x <= self.x[-1]:
            return float("nan")
        return float(np.interp(x, self.x, self.y))


class LinePlot(Panel):
    """Draws lines; at the right each one's name, and its value at the pointer or the mark."""

    def __init__(self, look: Look, name: str, x_title: str) -> None:
        super().__init__(look)
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self._x_title = x_title
        self._lines: tuple[Line, ...] = ()
        self._x, self._y = (0.0, 1.0), (0.0, 1.0)
        self._shares, self._whole = True, False
        self._mark: float | None = None
        self._pointed: float | None = None
        self._empty = ""

    def show_lines(
        self,
        lines: Sequence[Line],
        x: tuple[float, float],
        y: tuple[float, float],
        *,
        shares: bool = True,
        whole: bool = False,
        empty: str = "",
    ) -> None:
        """Show curves on axes from end to end.

        Parameters
        ----------
        shares
            Values are shares of 1, printed in percent.
        whole
            Places are whole numbers: one looks at the nearest.
        empty
            What is said where there is no curve.
        """
        self._lines, self._x, self._y = tuple(lines), x, y
        self._shares, self._whole, self._empty = shares, whole, empty
        self.update()

    def show_mark(self, x: float | None) -> None:
        """Mark a place, at which the values are told while the pointer is elsewhere."""
        if x != self._mark:
            self._mark = x
            self.update()

    @property
    def place(self) -> float | None:
        """Where the values are told."""
        return self._mark if self._pointed is None else self._pointed

    def value_text(self, value: float) -> str:
        if not np.isfinite(value):
            return "–"
        return percent(value, 1) if self._shares else number(value, 4)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(420), self.theme.px(120))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(260), self.theme.px(96))

    # Geometry

    @property
    def _high(self) -> float:
        return QFontMetricsF(self.theme.font("caption")).height()

    @property
    def area(self) -> QRectF:
        """Where the curves lie: beside the numbers and the names."""
        metrics, px = QFontMetricsF(self.theme.font("caption")), self.theme.px
        wide = metrics.horizontalAdvance
        left = max((wide(label) for _, label in self._y_ticks(1)), default=0.0) + px(8)
        noted = self._noted
        names = [self._label(line, 0.9876, noted) for line in self._lines]
        right = max(map(wide, names), default=0.0) + px(40)
        bottom = 2 * self._high + px(4)
        return QRectF(self.rect()).adjusted(left, self._high / 2, -right, -bottom)

    @property
    def _noted(self) -> bool:
        """Whether the notes leave the curves most of the room."""
        wide = QFontMetricsF(self.theme.font("caption")).horizontalAdvance
        names = [self._label(line, 0.9876, True) for line in self._lines]
        return max(map(wide, names), default=0.0) < NOTED * self.width()

    def _label(self, line: Line, value: float, noted: bool) -> str:
        note = f" ({line.note})" if noted and line.note else ""
        return f"{line.name}{note}  {self.value_text(value)}"

    def _y_ticks(self, apart: float) -> list[tuple[float, str]]:
        low, high = self._y
        if not self._shares:
            return spaced(ticks(low, high), apart)
        marks = spaced([(at * 100, label) for at, label in ticks(low, high)], apart * 100)
        return [(at / 100, percent(at / 100, 0)) for at, _ in marks]

    def _point(self, area: QRectF, x: float, y: float) -> QPointF:
        (left, right), (low, high) = self._x, self._y
        across = (x - left) / (right - left) * area.width()
        up = (y - low) / (high - low) * area.height()
        return QPointF(area.left() + across, area.bottom() - up)

    # Painting

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.theme.font("caption"))
        area = self.area
        if not self._lines:
            painter.setPen(self.theme.color("soft_ink"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(QRectF(self.rect()), flags, self._empty)
            return
        self._paint_axes(painter, area)
        painter.setClipRect(area.adjusted(-2, -2, 2, 2))
        for line in self._lines:
            painter.setPen(self._pen(line))
            known = np.isfinite(line.y)
            points = zip(line.x[known].tolist(), line.y[known].tolist(), strict=True)
            painter.drawPolyline(QPolygonF([self._point(area, *point) for point in points]))
        painter.setClipping(False)
        self._paint_names(painter, area)

    def _pen(self, line: Line) -> QPen:
        pen = QPen(self.theme.run_color(line.key), 1.6 * self.theme.zoom)
        pen.setStyle(DASHES[line.key % len(DASHES)])
        return pen

    def _paint_axes(self, painter: QPainter, area: QRectF) -> None:
        theme, high, px = self.theme, self._high, self.theme.px
        low, top = self._y
        for value, text in self._y_ticks(high * (top - low) / max(area.height(), 1)):
            y = self._point(area, self._x[0], value).y()
            painter.setPen(QPen(theme.color("line"), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(theme.color("soft_ink"))
            box = QRectF(0, y - high / 2, area.left() - px(6), high)
            painter.drawText(box, RIGHT, text)
        metrics = QFontMetricsF(painter.font())
        marks = ticks(*self._x, about=8)
        widest = max(metrics.horizontalAdvance(text) for _, text in marks) + px(8)
        apart = widest * (self._x[1] - self._x[0]) / max(area.width(), 1)
        for value, text in spaced(marks, apart):
            x = self._point(area, value, low).x()
            box = QRectF(x - widest / 2, area.bottom() + px(2), widest, high)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        title = QRectF(area.left(), area.bottom() + high + px(2), area.width(), high)
        painter.drawText(title, Qt.AlignmentFlag.AlignCenter, self._x_title)
        if self.place is not None:
            x = self._point(area, self.place, low).x()
            painter.setPen(QPen(theme.color("ink"), theme.px(1)))
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))

    def _paint_names(self, painter: QPainter, area: QRectF) -> None:
        """Names in the order of their values at the place one looks at, none on another."""
        px, high, noted = self.theme.px, self._high, self._noted
        place = self._x[1] if self.place is None else self.place
        told = []
        for line in self._lines:
            value = line.at(place)
            last = float(line.y[-1]) if len(line.y) else self._y[0]
            told.append((value if np.isfinite(value) else last, value, line))
        told.sort(key=lambda each: -each[0])
        wanted = [self._point(area, place, at).y() - high / 2 for at, _, _ in told]
        for (_, value, line), top in zip(told, _apart(wanted, high, self.height()), strict=True):
            left = area.right() + px(10)
            painter.setPen(self._pen(line))
            painter.drawLine(QPointF(left, top + high / 2), QPointF(left + px(20), top + high / 2))
            painter.setPen(self.theme.color("ink"))
            box = QRectF(left + px(26), top, self.width() - left - px(26), high)
            painter.drawText(box, LEFT, self._label(line, value, noted))

    # The pointer

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        area = self.area
        x, (left, right) = event.position().x(), self._x
        at = left + (x - area.left()) / max(area.width(), 1) * (right - left)
        inside = left <= at <= right and bool(self._lines)
        self._look_at((round(at) if self._whole else at) if inside else None)

    def leaveEvent(self, event: object) -> None:
        self._look_at(None)

    def _look_at(self, place: float | None) -> None:
        if place != self._pointed:
            self._pointed = place
            self.update()


def _apart(tops: Sequence[float], step: float, height: float) -> list[float]:
    """Places in order, moved no more than needed to be so far apart within a height."""
    placed: list[float] = []
    for top in tops:
        placed.append(max(top, placed[-1] + step if placed else 0.0))
    limit = height
    for at in range(len(placed) - 1, -1, -1):
        limit = placed[at] = min(placed[at], limit - step)
    return placed
