"""WearPlot: the chance of every class over the strength, who is first, and where that flips."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QMarginsF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen

from visualizer.core.network.layer import Array
from visualizer.core.parts.wearing import WearCurve
from visualizer.text.wear import WearWords
from visualizer.views.base.constants import CENTRE, RIGHT
from visualizer.views.base.look import Look
from visualizer.views.curves.line_plot import Line, LinePlot
from visualizer.views.curves.plot import DASHES, run_pen

FAINT = 0.45  # opacity of classes that are neither compared nor ever first
FIRST, SECOND = 0, 1  # keys of the lines of the two compared classes
ANSWERS = "read as"  # beside the row of those that are first
BAR, GAP = 3, 4  # pixels at zoom 1: under a class in that row, and under the row


class WearPlot(LinePlot):
    """Curves of the two compared classes and of all that ever are first; the others are faint.

    Above them stands which class is first over which strengths. Broken lines stand where that
    flips, seen from 0. Strengths are told as their words count them.

    Signals
    -------
    picked : int
        The place of the strength that was clicked on.
    """

    picked = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__(look, "Chance of each class over the strength", "")
        self.curve: WearCurve | None = None
        self._faint: tuple[Line, ...] = ()
        self._places = np.zeros(0, np.float32)
        self._times = 1.0
        self._shown: tuple[object, ...] = ()
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_curve(
        self,
        curve: WearCurve | None,
        words: WearWords,
        compared: tuple[int, int] = (0, 1),
        empty: str = "",
    ) -> None:
        """Show what is answered at every strength, or `empty` words in its place."""
        shown = (curve, words, compared, empty)
        if shown == self._shown:
            return
        self._shown = shown
        self.curve, self._times, self._x_title = curve, words.times, words.axis
        self._faint = ()
        if curve is None or not curve.known:
            self.show_lines((), self.x_ends, (0, 1), empty=empty)
            return
        self._places = np.array(curve.strengths, np.float32) * np.float32(words.times)
        outstanding = [*compared, *sorted(set(curve.answers) - set(compared))]
        others = sorted(set(range(curve.probabilities.shape[1])) - set(outstanding))
        lines = [self._line(curve, label, key) for key, label in enumerate(outstanding + others)]
        self._faint = tuple(lines[len(outstanding) :])
        ends = (float(self._places[0]), float(self._places[-1]))
        self.show_lines(lines[: len(outstanding)], ends, (0, 1))

    def show_strength(self, strength: float) -> None:
        """Mark a strength; its values are written while the pointer is elsewhere."""
        self.show_mark(self.nearest(strength * self._times))

    def _line(self, curve: WearCurve, label: int, key: int) -> Line:
        return Line(str(label), self._places, curve.probabilities[:, label], key)

    @property
    def has_curves(self) -> bool:
        return bool(self._lines)

    def nearest(self, x: float) -> float:
        return float(self._places[self._place_of(x)]) if len(self._places) else x

    def _place_of(self, x: float) -> int:
        return int(np.abs(self._places - x).argmin())

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(200), self.theme.px(150))

    # The pointer

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pick(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._pick(event.position())

    def _pick(self, at: QPointF) -> None:
        if self._lines:
            self.picked.emit(self._place_of(self.value_at(at)[0]))

    # Painting

    def margins(self) -> QMarginsF:
        around = super().margins()
        around.setLeft(max(around.left(), self.text_width(ANSWERS) + self.theme.px(8)))
        around.setTop(around.top() + self._row)
        return around

    @property
    def _row(self) -> float:
        """Height of the row of those that are first, with the gap below."""
        return self.type_height + self.theme.px(BAR + GAP)

    def paint_ground(self, painter: QPainter) -> None:
        super().paint_ground(painter)
        if self.curve is None or not self._lines:
            return
        area, high, px = self.area, self.type_height, self.theme.px
        painter.setPen(self.theme.color("soft_ink"))
        painter.drawText(QRectF(0, 0, area.left() - px(6), high), RIGHT, ANSWERS)
        for stretch in self.curve.stretches:
            ends = (stretch.start * self._times, stretch.end * self._times)
            left, right = (self.place(end, 0).x() for end in ends)
            box = QRectF(left, 0, right - left, high)
            bar = QRectF(left, high, right - left, px(BAR)).adjusted(1, 0, -1, 0)
            if bar.width() > 0:
                painter.fillRect(bar, self._color_of(stretch.answer))
            text = str(stretch.answer)
            if self.text_width(text) <= box.width():
                painter.setPen(self.theme.color("ink"))
                painter.drawText(box, CENTRE, text)

    def paint_curves(self, painter: QPainter) -> None:
        pen = QPen(self.theme.color("soft_ink", FAINT), self.theme.zoom)
        for line in self._faint:
            self.paint_line(painter, line.x, line.y, pen)
        self._paint_flips(painter)
        super().paint_curves(painter)

    def _paint_flips(self, painter: QPainter) -> None:
        if self.curve is None:
            return
        pen = QPen(self.theme.color("ink"), 1.2 * self.theme.zoom)
        pen.setStyle(Qt.PenStyle.DashLine)
        for flip in (self.curve.below, self.curve.above):
            if flip is not None:
                across = np.full(2, flip.strength * self._times, np.float32)
                ends: Array = np.array(self.y_ends, np.float32)
                self.paint_line(painter, across, ends, pen)

    def _color_of(self, label: int) -> QColor:
        line = next(line for line in self._lines if line.name == str(label))
        return self._pen(line).color()

    def _pen(self, line: Line) -> QPen:
        width = 2 * self.theme.zoom
        if line.key in (FIRST, SECOND):  # as what speaks for them in the picture of the parts
            colours: Sequence[str] = self.theme.palette.diverging
            return QPen(QColor(colours[-2 if line.key == FIRST else 1]), width)
        return run_pen(self.theme, line.key, width, DASHES[1:])
