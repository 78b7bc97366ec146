"""LinePlot: a few curves on common axes, each with its name and its value at one place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QMarginsF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen

from visualizer.core.network.layer import Array
from visualizer.text.numbers import number, percent
from visualizer.views.base.constants import CENTRE, LEFT
from visualizer.views.base.look import Look
from visualizer.views.curves.plot import Plot, Span, run_pen
from visualizer.views.curves.ticks import Tick, decimals, ticks_across, ticks_down

NOTED = 0.45  # of the width may be names with their notes


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A named curve.

    Attributes
    ----------
    x, y : (n,)
        Its points; x grows.
    key : int
        Decides its colour and dashes.
    note : str
        Written after the name where there is room.
    """

    name: str
    x: Array
    y: Array
    key: int
    note: str = ""

    def at(self, x: float) -> float:
        """Return the value at x, on a straight line between two points; NaN beyond the ends."""
        if not len(self.x) or not self.x[0] <= x <= self.x[-1]:
            return float("nan")
        return float(np.interp(x, self.x, self.y))


class LinePlot(Plot):
    """Curves, and at the right the name of each and its value at the pointer or the mark."""

    def __init__(self, look: Look, name: str, x_title: str) -> None:
        super().__init__(look, name)
        self._x_title = x_title
        self._lines: tuple[Line, ...] = ()
        self._shares, self._whole = True, False
        self._mark: float | None = None
        self._pointed: float | None = None
        self._empty = ""
        self.looked.connect(self._on_looked)

    def show_lines(
        self,
        lines: Sequence[Line],
        x: Span,
        y: Span,
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
            Values are written at the whole number nearest to the pointer.
        empty
            Written where there is no curve.
        """
        self._lines, self._shares, self._whole, self._empty = tuple(lines), shares, whole, empty
        self.show_ends(x, y)
        self.redraw(ground=True)

    def show_mark(self, x: float | None) -> None:
        """Mark the x whose values are written while the pointer is elsewhere."""
        if x != self._mark:
            self._mark = x
            self.update()

    @property
    def place_told(self) -> float | None:
        """The x whose values are written; None: the last of each line."""
        return self._mark if self._pointed is None else self._pointed

    def nearest(self, x: float) -> float:
        """Return the x, near that of the pointer, whose values are written."""
        return float(round(x)) if self._whole else x

    def value_text(self, value: float) -> str:
        if not np.isfinite(value):
            return "–"
        return percent(value, 1) if self._shares else number(value, 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(260), self.theme.px(96))

    # The axes

    def margins(self) -> QMarginsF:
        px, wide, noted = self.theme.px, self.text_width, self._noted
        below = 2 * self.type_height + px(6)
        labels = self._values(self.height() - self.type_height / 2 - below)
        left = max((wide(label) for _, label in labels), default=0.0) + px(8)
        names = [self._label(line, 1.0, noted) for line in self._lines]
        right = max(map(wide, names), default=0.0) + px(40)
        return QMarginsF(left, self.type_height / 2, right, below)

    def x_ticks(self) -> list[Tick]:
        return ticks_across(*self.x_ends, self.area.width(), self.text_width, self.theme.px(8))

    def y_ticks(self) -> list[Tick]:
        return self._values(self.area.height())

    def _values(self, room: float) -> list[Tick]:
        """Return round values with their labels, as many as have room over each other."""
        marks = ticks_down(*self.y_ends, self.most_down(room))
        if not self._shares:
            return marks
        digits = max((decimals(100 * value) for value, _ in marks), default=0)
        return [(value, percent(value, digits)) for value, _ in marks]

    @property
    def _noted(self) -> bool:
        """Whether the notes leave the curves most of the room."""
        names = [self._label(line, 1.0, True) for line in self._lines]
        return max(map(self.text_width, names), default=0.0) < NOTED * self.width()

    def _label(self, line: Line, value: float, noted: bool) -> str:
        note = f" ({line.note})" if noted and line.note else ""
        return f"{line.name}{note}  {self.value_text(value)}"

    # Painting

    def paint_ground(self, painter: QPainter) -> None:
        if not self._lines:
            return
        area, high = self.area, self.type_height
        half = max(area.width(), self.text_width(self._x_title)) / 2 + 1
        left = min(max(area.center().x() - half, 0.0), self.width() - 2 * half)
        title = QRectF(left, self.height() - high, 2 * half, high)
        painter.setClipping(False)
        painter.setPen(self.theme.color("soft_ink"))
        painter.drawText(title, CENTRE, self._x_title)

    def paint_curves(self, painter: QPainter) -> None:
        for line in self._lines:
            self.paint_line(painter, line.x, line.y, self._pen(line))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._lines:
            super().paintEvent(event)
            if self.theme.picture:  # the names say which line is whose
                self.paint_over(QPainter(self))
            return
        painter = QPainter(self)
        painter.setFont(self.theme.font("caption"))
        painter.setPen(self.theme.color("soft_ink"))
        painter.drawText(QRectF(self.rect()), CENTRE | Qt.TextFlag.TextWordWrap, self._empty)

    def paint_over(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.theme.font("caption"))
        if self.place_told is not None:
            x, area = self.place(self.place_told, self.y_ends[0]).x(), self.area
            painter.setPen(QPen(self.theme.color("ink"), self.theme.px(1)))
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        self._paint_names(painter)

    def _pen(self, line: Line) -> QPen:
        return run_pen(self.theme, line.key, 1.6 * self.theme.zoom)

    def _paint_names(self, painter: QPainter) -> None:
        """Write the names in the order of their values, none over another."""
        px, high, noted, area = self.theme.px, self.type_height, self._noted, self.area
        place = self.x_ends[1] if self.place_told is None else self.place_told
        told = []
        for line in self._lines:
            value = line.at(place)
            last = float(line.y[-1]) if len(line.y) else self.y_ends[0]
            told.append((value if np.isfinite(value) else last, value, line))
        told.sort(key=lambda each: -each[0])
        wanted = [self.place(place, at).y() - high / 2 for at, _, _ in told]
        lowest = min(max(area.bottom() + high / 2, high * len(told)), self.height())
        for (_, value, line), top in zip(told, _apart(wanted, high, lowest), strict=True):
            left = area.right() + px(10)
            painter.setPen(self._pen(line))
            painter.drawLine(QPointF(left, top + high / 2), QPointF(left + px(20), top + high / 2))
            painter.setPen(self.theme.color("ink"))
            box = QRectF(left + px(26), top, self.width() - left - px(26), high)
            painter.drawText(box, LEFT, self._label(line, value, noted))

    def _on_looked(self, at: QPointF | None) -> None:
        place = None if at is None or not self._lines else self.value_at(at)[0]
        if place is not None and not self.x_ends[0] <= place <= self.x_ends[1]:
            place = None
        if place is not None:
            place = self.nearest(place)
        if place != self._pointed:
            self._pointed = place
            self.update()


def _apart(tops: Sequence[float], step: float, height: float) -> list[float]:
    """Return places in order, moved as little as needed to be a step apart within a height."""
    placed: list[float] = []
    for top in tops:
        placed.append(max(top, placed[-1] + step if placed else 0.0))
    limit = height
    for at in range(len(placed) - 1, -1, -1):
        limit = placed[at] = min(placed[at], limit - step)
    return placed
