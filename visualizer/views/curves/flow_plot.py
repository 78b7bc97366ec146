"""FlowPlot: one quantity of every layer over the epochs, on a logarithmic axis."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QMarginsF, Qt
from PySide6.QtGui import QPainter

from visualizer.core.network.layer import Array
from visualizer.text.numbers import significant
from visualizer.views.base.look import Look
from visualizer.views.curves.line_plot import Line, LinePlot
from visualizer.views.curves.plot import Span
from visualizer.views.curves.ticks import Tick, ticks_down

DIGITS = 2
WIDEST = significant(8.8e-8, DIGITS)
USUAL_LOWEST = "0.000001"  # of the numbers at the left: so two plots begin at the same place
BAND_OPACITY = 0.16
FEWEST_POWERS = 2  # of ten, from the lower end of the axis to the upper


class FlowPlot(LinePlot):
    """A line a layer, with its name and its value at the pointer or at the moment in view.

    A value of exactly 0 lies on the lower end of the axis, one that is not finite on the upper;
    no other value lies there.
    """

    def __init__(self, look: Look, name: str, band: Span | None = None) -> None:
        """Make the plot; `band` is what is usual, and shown behind the lines."""
        super().__init__(look, name, "epochs")
        self._band = band
        self._epochs = np.zeros(0, np.float32)

    def show_flow(
        self, names: Sequence[str], epochs: Array, values: Array, end: float, empty: str = ""
    ) -> None:
        """Show the values (n, layers) measured at n moments; the axis runs to `end`, in epochs."""
        self._epochs = epochs
        low, high = powers_around(values, self._band)
        lines = [
            Line(name, epochs, exponents(values[:, at], low, high), at)
            for at, name in enumerate(names)
            if len(epochs)
        ]
        self.show_lines(lines, (0.0, end), (float(low), float(high)), empty=empty)

    def nearest(self, x: float) -> float:
        """Return the measured moment that is nearest."""
        return float(self._epochs[np.abs(self._epochs - x).argmin()]) if len(self._epochs) else x

    def value_text(self, value: float) -> str:
        low, high = self.y_ends
        if math.isnan(value):
            return "–"
        return "0" if value <= low else "∞" if value >= high else significant(10**value, DIGITS)

    def margins(self) -> QMarginsF:
        """Return room for a value of any size, so that nothing moves when it changes."""
        around, wide = super().margins(), self.text_width
        names = [f"{line.name}  {WIDEST}" for line in self._lines]
        around.setLeft(max(around.left(), wide(USUAL_LOWEST) + self.theme.px(8)))
        around.setRight(max(map(wide, names), default=0.0) + self.theme.px(40))
        return around

    def _values(self, room: float) -> list[Tick]:
        return ticks_down(*self.y_ends, self.most_down(room), log=True)

    def paint_ground(self, painter: QPainter) -> None:
        super().paint_ground(painter)
        if self._band is None or not self._lines:
            return
        painter.setClipping(True)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.color("train", BAND_OPACITY))
        ends = np.array(self.x_ends, np.float32)
        low, high = (np.full(2, math.log10(end), np.float32) for end in self._band)
        self.paint_band(painter, ends, low, high)


def powers_around(values: Array, band: Span | None) -> tuple[int, int]:
    """Return the powers of ten between which all finite values above 0 lie, and the band."""
    shown = np.append(values[np.isfinite(values) & (values > 0)], band or ())
    if not len(shown):
        return -FEWEST_POWERS, 0
    low = math.ceil(math.log10(shown.min())) - 1
    return low, max(math.floor(math.log10(shown.max())) + 1, low + FEWEST_POWERS)


def exponents(values: Array, low: int, high: int) -> Array:
    """Return values as exponents of ten: 0 as the lowest, what is not finite as the highest."""
    with np.errstate(divide="ignore", invalid="ignore"):
        powers = np.log10(values.astype(np.float64))
    powers[np.isneginf(powers)] = low
    powers[~np.isfinite(powers)] = high
    return np.asarray(powers, np.float32)
