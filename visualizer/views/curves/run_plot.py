"""RunPlot: one quantity of a run against epochs, and the smoothed curves of other runs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from visualizer.core.history import Curve, History, envelope
from visualizer.core.network.layer import Array
from visualizer.text.numbers import percent
from visualizer.views.base.constants import CENTRE
from visualizer.views.base.look import Look
from visualizer.views.curves.plot import DASHES, Span, run_pen
from visualizer.views.curves.ticks import Tick, rounded_up, ticks_across, ticks_down
from visualizer.views.curves.zoomable_plot import ZoomablePlot

LOWEST_ON_LOG = 1e-5
SETTLING_BATCHES = 60
BAND_OPACITY = 0.22
TEST_SIZE, ALTERED_SIZE = 11, 12  # of their signs, at zoom 1
WIDTH, POINTED_WIDTH = 1.6, 3.2  # of the curves of other runs
NEAR = 7  # pixels at zoom 1 from a curve that is pointed at


@dataclass(frozen=True, slots=True, eq=False)
class OtherCurve:
    """A run beside the one in view.

    Attributes
    ----------
    key : int
        Tells it from the others; its colour and its dashes go by it.
    stretch : float
        Its epochs in epochs of the run in view: as many images seen lie at one place.
    pointed : bool
        Whether it stands out.
    """

    key: int
    name: str
    history: History
    stretch: float = 1.0
    pointed: bool = False


class RunPlot(ZoomablePlot):
    """A band for the batches, their smoothed curve, the tests, and other runs below them.

    Parameters
    ----------
    kind : "loss" or "accuracy"
        Which curve of the History is drawn.

    Attributes
    ----------
    log : bool
        Whether the value axis is logarithmic.
    altered : float or None
        Share of right answers of the altered network, marked at the end of the run.
    read_epoch : float or None
        The epoch under the pointer.
    """

    def __init__(self, look: Look, name: str, kind: str) -> None:
        super().__init__(look, name)
        self._kind = kind
        self.history = History()
        self.others: tuple[OtherCurve, ...] = ()
        self._others_drawn: object = None
        self._room_for: object = None
        self._room = 0.0
        self._epochs = 1
        self.log = False
        self.altered: float | None = None
        self.read_epoch: float | None = None

    def show_history(
        self, history: History | None, others: Sequence[OtherCurve], epochs: int
    ) -> None:
        """Draw the run in view, and others beside it; the axis runs to `epochs`."""
        if history is not self.history:
            self.release()
        self.history, self.others = history or History(), tuple(others)
        drawn = max(epochs, 1), [_state(other) for other in others]
        ground, self._others_drawn = drawn != self._others_drawn, drawn
        self._epochs = drawn[0]
        self.follow()
        self.redraw(ground=ground)

    def show_log(self, log: bool) -> None:
        """Draw values on a logarithmic axis, or not, and the whole run."""
        self.log, self.y_ends = log, (0.0, 1.0)  # what was a value is an exponent now
        self.fit()
        self.redraw(ground=True)

    def show_read_epoch(self, epoch: float | None) -> None:
        """Mark the epoch that is read."""
        if epoch != self.read_epoch:
            self.read_epoch = epoch
            self.update()

    # What is drawn

    def curve(self, history: History) -> Curve:
        """Return the quantity that is drawn here."""
        return history.loss if self._kind == "loss" else history.accuracy

    def scaled(self, values: Array) -> Array:
        """Return values as they lie on the axis: on a logarithmic one, their exponents of ten."""
        return np.log10(np.maximum(values, LOWEST_ON_LOG)) if self.log else values

    def band(self) -> tuple[Array, Array, Array]:
        """Return the band of the batches: epochs, and the lowest and highest value there."""
        at, low, high = envelope(self.history.epoch.values, self.curve(self.history).raw.values)
        return at, self.scaled(low), self.scaled(high)

    def smooth(self) -> tuple[Array, Array]:
        """Return the smoothed curve in view: epochs and values."""
        curve = self.curve(self.history).smooth.values
        x, y = self.in_view(self.history.epoch.values, curve)
        return x, self.scaled(y)

    def tests(self) -> tuple[Array, Array]:
        """Return the tests: epochs and values."""
        return self.history.test_epoch.values, self.scaled(self.curve(self.history).test.values)

    def other(self, other: OtherCurve) -> tuple[Array, Array]:
        """Return the smoothed curve of another run in view: epochs of this one and values."""
        epochs = other.history.epoch.values * np.float32(other.stretch)
        shown = self.shown(epochs)
        epochs, values = epochs[shown], self.curve(other.history).smooth.values[shown]
        every = max(len(epochs) // int(max(self.area.width(), 100)), 1)  # a zigzag has no dashes
        return epochs[::every], self.scaled(values[::every])

    def other_pen(self, other: OtherCurve) -> QPen:
        """Return the pen of another run: colour and dashes are its own."""
        width = POINTED_WIDTH if other.pointed else WIDTH
        return run_pen(self.theme, other.key, width * self.theme.zoom, DASHES[1:])

    def other_at(self, point: QPointF) -> OtherCurve | None:
        """Return the run whose curve passes nearest to a point, if one passes near."""
        best, found = self.theme.px(NEAR) + 0.5, None
        for other in self.others:
            x, y = self.places(*self.other(other))
            apart = float(np.nanmin(abs(x - point.x()) + abs(y - point.y()), initial=np.inf))
            if apart < best:
                best, found = apart, other
        return found

    @property
    def altered_at(self) -> QPointF | None:
        """Where the altered network is marked, in pixels; None: there is no mark in view."""
        if self.altered is None:
            return None
        end = float(self.history.epoch.values[-1]) if len(self.history) else float(self._epochs)
        at = self.place(end, float(self.scaled(np.array([self.altered]))[0]))
        return at if self.area.adjusted(-0.5, -0.5, 0.5, 0.5).contains(at) else None

    def altered_word(self) -> tuple[str, QRectF] | None:
        """Return the words at the mark and where they have room: below it, beside or above."""
        at, area, metrics = self.altered_at, self.area, QFontMetricsF(self._altered_font)
        if at is None or self.altered is None:
            return None
        apart, margin = self.theme.px(ALTERED_SIZE / 2 + 2), 2 * self.theme.px(2)
        for text in (f"altered {percent(self.altered)}", percent(self.altered)):
            width, height = metrics.horizontalAdvance(text) + margin, metrics.height() + margin
            lowest = max(area.bottom() - height, area.top())
            middle = min(max(at.y() - height / 2, area.top()), lowest)
            below = QRectF(area.right() - width, at.y() + apart, width, height)
            beside = QRectF(at.x() - apart - width, middle, width, height)
            above = below.translated(0, -2 * apart - height)
            for box in (below, beside, above):
                if area.contains(box):
                    return text, box
        far = area.top() if at.y() > area.center().y() else area.bottom() - height
        return text, QRectF(max(area.right() - width, area.left()), far, width, height)

    # The axes

    def ends(self) -> tuple[Span, Span]:
        low, high = self._values()
        if self.log:
            low, high = math.log10(max(low, LOWEST_ON_LOG)), math.log10(high)
        around = self.theme.px(TEST_SIZE / 2 + 2)  # a point at the very end is drawn whole
        scale = (high - low) / max(self.area.height() - 2 * around, around)
        return self._epochs_shown(), (low - around * scale, high + around * scale)

    def _epochs_shown(self) -> Span:
        """Return the ends of the time axis, with room for the first number and for the unit."""
        px = self.theme.px
        left, right = px(8), px(34)
        scale = max(self.area.width() - left - right, px(60)) / self._epochs
        return -left / scale, self._epochs + right / scale

    def _values(self) -> Span:
        """Return the ends of the value axis: all tests, and the smoothed curve but its start."""
        curve = self.curve(self.history)
        smooth = curve.smooth.values[np.isfinite(curve.smooth.values)]
        settled = smooth[min(SETTLING_BATCHES, len(smooth) // 4) :]
        shown = np.concatenate([settled, curve.test.values[np.isfinite(curve.test.values)]])
        if self._kind == "accuracy":
            shown = np.append(shown, [] if self.altered is None else self.altered)
            low = float(shown.min()) if shown.size else 0.0
            return max(math.floor(min(low, 0.95) * 20) / 20, 0.05 if self.log else 0.0), 1.0
        if not shown.size:
            return (0.01 if self.log else 0.0), 2.5
        low = max(float(shown.min()) / 2, LOWEST_ON_LOG) if self.log else 0.0
        return low, rounded_up(max(float(shown.max()) * 1.15, 0.02))

    def margins(self) -> QMarginsF:
        """Return room for the usual numbers; for wider ones, such as 2 · 10¹², as they need."""
        px, state = self.theme.px, (self.y_ends, self.log, self.height(), self.theme)
        if state != self._room_for:
            self._room_for = state
            marks = ticks_down(*self.y_ends, self.most_down(self.height() - px(24)), self.log)
            widest = max((self.text_width(text) for _, text in marks), default=0.0)
            self._room = max(widest + px(8), px(52))
        return QMarginsF(self._room, 1, 1, px(24))

    def x_ticks(self) -> list[Tick]:
        """Return round epochs up to the end of the run, which names the unit."""
        last = "1 epoch" if self._epochs == 1 else f"{self._epochs} epochs"
        area, wide, apart = self.area, self.text_width, self.theme.px(8)
        marks = ticks_across(*self.x_ends, area.width(), wide, apart)
        if not self.x_ends[0] <= self._epochs <= self.x_ends[1]:
            return [mark for mark in marks if mark[0] <= self._epochs]
        an_epoch = area.width() / (self.x_ends[1] - self.x_ends[0])
        beyond = max(wide(last) / 2 - (self.x_ends[1] - self._epochs) * an_epoch, 0.0)

        def is_clear(value: float, text: str) -> bool:
            room = (wide(text) + wide(last)) / 2 + apart + beyond
            return (self._epochs - value) * an_epoch >= room

        return [*(mark for mark in marks if is_clear(*mark)), (float(self._epochs), last)]

    def y_ticks(self) -> list[Tick]:
        """Return round values, never so many that their labels touch."""
        return ticks_down(*self.y_ends, self.most_down(self.area.height()), self.log)

    # Painting

    def paint_ground(self, painter: QPainter) -> None:
        for other in sorted(self.others, key=lambda other: other.pointed):
            self.paint_line(painter, *self.other(other), self.other_pen(other))

    def paint_curves(self, painter: QPainter) -> None:
        theme = self.theme
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("train", BAND_OPACITY))
        # A pale band has no edge to smooth; smoothed, it took a third of what a plot costs.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        self.paint_band(painter, *self.band())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_line(painter, *self.smooth(), QPen(theme.color("train"), 2 * theme.zoom))
        painter.setPen(QPen(theme.color("panel"), 1.5 * theme.zoom))
        painter.setBrush(theme.color("test"))
        radius = theme.px(TEST_SIZE) / 2
        seen = self.area.adjusted(-radius, -radius, radius, radius)
        for x, y in zip(*self.places(*self.tests()), strict=True):
            if seen.contains(place := QPointF(float(x), float(y))):
                painter.drawEllipse(place, radius, radius)
        self._paint_altered(painter)

    @property
    def _altered_font(self) -> QFont:
        return self.theme.font("caption", bold=True)

    def _paint_altered(self, painter: QPainter) -> None:
        at, written, theme = self.altered_at, self.altered_word(), self.theme
        if at is None or written is None:
            return
        half = theme.px(ALTERED_SIZE) / 2
        corners = ((0, -half), (half, 0), (0, half), (-half, 0))
        painter.setPen(QPen(theme.color("panel"), 1.5 * theme.zoom))
        painter.setBrush(theme.color("ink"))
        painter.drawPolygon(QPolygonF([at + QPointF(*corner) for corner in corners]))
        text, box = written
        painter.fillRect(box, theme.color("panel", 0.85))
        painter.setFont(self._altered_font)
        painter.setPen(theme.color("ink"))
        painter.drawText(box, CENTRE, text)

    def paint_over(self, painter: QPainter) -> None:
        if self.read_epoch is not None:
            x = self.place(self.read_epoch, self.y_ends[0]).x()
            painter.setPen(QPen(self.theme.color("soft_ink"), self.theme.zoom))
            painter.drawLine(QPointF(x, self.area.top()), QPointF(x, self.area.bottom()))


def _state(other: OtherCurve) -> tuple[object, ...]:
    """Return what decides how the curve of another run is drawn."""
    history = other.history
    size = len(history), history.smoothing, history.epochs
    return other.key, size, other.stretch, other.pointed
