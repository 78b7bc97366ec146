"""CurvePlot: one quantity of a run against epochs, and of the run before, faintly."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from visualizer.core.history import Curve, History, decimate, envelope
from visualizer.core.network.layer import Array
from visualizer.text.numbers import number
from visualizer.views.base.look import Look, Panel
from visualizer.views.base.theme import Theme
from visualizer.views.curves.curve_axes import EpochAxis, ValueAxis
from visualizer.views.curves.curve_header import CurveHeader
from visualizer.views.curves.curve_mark import AlteredMark
from visualizer.views.curves.other_curves import OtherCurve, OtherCurves
from visualizer.views.curves.plot import Plot
from visualizer.views.curves.time_handle import TimeHandle

LOWEST_ON_LOG = 1e-5
SETTLING_BATCHES = 60
BAND_OPACITY = 0.22
MOST_POINTS = 1000  # of a line: two for each pixel of a wide plot
SYMBOL = 11  # size of a test point

pg.setConfigOptions(imageAxisOrder="row-major", antialias=True, segmentedLineMode="on")


class CurvePlot(Panel):
    """One quantity of the run against epochs: a band for the batches, smoothed bold, test points.

    Parameters
    ----------
    title : str
    kind : "loss" or "accuracy"
        Which curve of the History is drawn.
    control : QWidget, optional
        What to show in the header in place of the legend.

    Signals
    -------
    pointed : int
        The pointer is at the curve of another run, by its key; −1: at none.
    """

    pointed = Signal(int)

    def __init__(self, look: Look, title: str, kind: str, control: QWidget | None = None) -> None:
        super().__init__(look)
        self.setObjectName("panel")
        self._kind = kind
        self._history: History | None = None
        self._epochs = 1
        self._held = False
        self._tested: object = None
        self._pointer: QPointF | None = None
        self.header = CurveHeader(look, title, control)
        self._axis = EpochAxis("bottom")
        self.plot = Plot({"bottom": self._axis, "left": ValueAxis("left")})
        for part in (self.plot, self.plot.viewport()):
            part.setAccessibleName(f"{title} against epochs")
        self._make_items()
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.header)
        self._column.addWidget(self.plot, 1)
        self.header.show_fit(False)
        self.header.log.toggled.connect(self._on_log)
        self.header.fit_button.clicked.connect(self.fit)
        self.plot.getViewBox().sigRangeChangedManually.connect(self._on_held)
        self.plot.getViewBox().sigResized.connect(self._on_resized)
        self.plot.getViewBox().sigTransformChanged.connect(self.mark.place)
        self.plot.scene().sigMouseMoved.connect(self._on_pointer)
        self.plot.left.connect(self._on_left)
        self.plot.focused.connect(self.handle.show_focus)

    def _make_items(self) -> None:
        plot = self.plot.getPlotItem()
        plot.hideButtons()
        # A pale band has no edge to smooth; smoothed, it took a third of what a plot costs.
        self._band = plot.plot(pen=None, fillLevel="enclosed", antialias=False)
        self._smooth = plot.plot()
        self._test = plot.plot(pen=None, symbol="o")
        self.mark = AlteredMark(plot)
        self.others = OtherCurves(plot)
        self.handle = TimeHandle(self.plot)
        self._cursor = pg.InfiniteLine(angle=90, movable=False)
        self._cursor.setVisible(False)
        plot.addItem(self._cursor, ignoreBounds=True)

    def apply_theme(self, theme: Theme) -> None:
        px = theme.px
        self._column.setContentsMargins(px(16), px(4), px(12), px(4))
        self._column.setSpacing(px(2))
        self.plot.setBackground(theme.color("panel"))
        self._band.setFillBrush(theme.color("train", BAND_OPACITY))
        self._smooth.setPen(pg.mkPen(theme.color("train"), width=2 * theme.zoom))
        self._test.setSymbolBrush(theme.color("test"))
        self._test.setSymbolPen(pg.mkPen(theme.color("panel"), width=1.5 * theme.zoom))
        self._test.setSymbolSize(px(SYMBOL))
        for part in (self.mark, self.others, self.handle):
            part.apply_theme(theme)
        self._cursor.setPen(pg.mkPen(theme.color("soft_ink"), width=theme.zoom))
        for side in ("left", "bottom"):
            axis = self.plot.getAxis(side)
            axis.setTickFont(theme.font("caption"))
            axis.setTextPen(theme.color("soft_ink"))
            axis.setPen(theme.color("line"))
            axis.setStyle(tickLength=-px(4), tickTextOffset=px(4))
        self.plot.getAxis("left").setWidth(px(52))
        self.plot.getAxis("bottom").setHeight(px(24))
        self.plot.showGrid(x=True, y=True, alpha=0.2)
        self._show_legend()
        self.header.apply_theme(theme)
        self._on_resized()

    def _show_legend(self) -> None:
        train, test = self.theme.color("train").name(), self.theme.color("test").name()
        band = self.theme.color("train", 2 * BAND_OPACITY).name(QColor.NameFormat.HexArgb)
        signs = {
            "batches": f'<span style="color:{band}">█</span>',
            "train": f'<span style="color:{train}">━</span>',
            "test": f'<span style="color:{test}">●</span>',
            "other runs": "┅",
        }
        whole = ["batches", "train", "test", *(["other runs"] if self.others.shown else [])]
        words = {name: f"{sign} {name}" for name, sign in signs.items()}
        self.header.show_legends(
            *("&nbsp; ".join(words[name] for name in names) for names in (whole, whole[1:])),
            f"{words['train']} {words['test']}",
            f"{signs['train']} {signs['test']}",
        )

    def _on_resized(self) -> None:
        """What is beside the curves is in pixels: the same room gives the same ranges."""
        if not self._held:
            self.fit()

    # Data

    def show_history(
        self, history: History | None, others: Sequence[OtherCurve] | None, epochs: int
    ) -> None:
        """Draw the run in view, and others beside it; the axis runs to `epochs`."""
        self._history, self._epochs = history, max(epochs, 1)
        if self._axis.epochs != self._epochs:
            self._axis.epochs = self._epochs
            self._axis.picture = None
        run, log = history or History(), self.header.log.isChecked()
        curve = self._curve(run)
        at, low, high = envelope(run.epoch.values, curve.raw.values)
        there_and_back = np.concatenate([at, at[::-1]])
        self._draw(self._band, there_and_back, np.concatenate([low, high[::-1]]))
        self._draw(self._smooth, *decimate(run.epoch.values, curve.smooth.values, MOST_POINTS))
        self.others.show(others or (), self._curve, log)
        tested = run, len(run.test_epoch.values), log
        if tested != self._tested:
            self._tested = tested
            self._draw(self._test, run.test_epoch.values, curve.test.values)
        self._show_legend()
        end = float(run.epoch.values[-1]) if len(run) else float(self._epochs)
        self.mark.show(end, LOWEST_ON_LOG, log)
        if not self._held:
            self.fit()
        self._read()

    def show_altered(self, accuracy: float | None) -> None:
        """Mark how right the altered network is, a share of 1, at the end of the run; or not.

        Drawn with the next `show_history`.
        """
        self.mark.altered = accuracy

    def _curve(self, history: History) -> Curve:
        """The quantity drawn here."""
        return history.loss if self._kind == "loss" else history.accuracy

    def _draw(self, item: pg.PlotDataItem, x: Array, y: Array) -> None:
        item.setData(x, np.maximum(y, LOWEST_ON_LOG) if self.header.log.isChecked() else y)

    def fit(self) -> None:
        """Show the whole run and follow it from here on."""
        self._held = False
        self.header.show_fit(False)
        low, high = self._span()
        if self.header.log.isChecked():
            low, high = math.log10(max(low, LOWEST_ON_LOG)), math.log10(high)
        around = self.theme.px(SYMBOL / 2 + 2)  # a point at the very end is drawn whole
        scale = (high - low) / max(self.plot.getViewBox().height() - 2 * around, around)
        wanted = [*self._time_span(), low - around * scale, high + around * scale]
        seen = [end for ends in self.plot.getViewBox().viewRange() for end in ends]
        if seen != wanted:  # else both axes would be measured and painted anew
            self.plot.setXRange(*wanted[:2], padding=0)
            self.plot.setYRange(*wanted[2:], padding=0)

    def _time_span(self) -> tuple[float, float]:
        """Ends of the time axis: room for the first and the last number, which name the unit."""
        px = self.theme.px
        left, right = px(8), px(34)
        scale = max(self.plot.getViewBox().width() - left - right, px(60)) / self._epochs
        return -left / scale, self._epochs + right / scale

    def _span(self) -> tuple[float, float]:
        """Ends of the value axis: all tests fit, and the smoothed curve but for its start."""
        log, curve = self.header.log.isChecked(), self._curve(self._history or History())
        smooth = curve.smooth.values[np.isfinite(curve.smooth.values)]
        settled = smooth[min(SETTLING_BATCHES, len(smooth) // 4) :]
        shown = np.concatenate([settled, curve.test.values[np.isfinite(curve.test.values)]])
        if self._kind == "accuracy":
            shown = np.append(shown, [] if self.mark.altered is None else self.mark.altered)
            low = float(shown.min()) if shown.size else 0.0
            return max(math.floor(min(low, 0.95) * 20) / 20, 0.05 if log else 0.0), 1.0
        if not shown.size:
            return (0.01 if log else 0.0), 2.5
        low = max(float(shown.min()) / 2, LOWEST_ON_LOG) if log else 0.0
        return low, _rounded_up(max(float(shown.max()) * 1.15, 0.02))

    # The user

    def _on_log(self, on: bool) -> None:
        self.plot.setLogMode(y=on)
        self._held = False

    def _on_held(self) -> None:
        self._held = True
        self.header.show_fit(True)

    def _on_pointer(self, position: QPointF) -> None:
        self._pointer = position
        self._read()

    def _on_left(self) -> None:
        self._pointer = None
        self._read()

    def _read(self) -> None:
        """Read the batch under the pointer, if it is on the plot and there is one."""
        history, position, box = self._history, self._pointer, self.plot.getViewBox()
        other = self.others.at(position) if position is not None else None
        self.pointed.emit(-1 if other is None else other.key)
        if other is not None:
            self._cursor.setVisible(False)
            self.header.show_readings(other.name)
            return
        if history is None or not len(history) or position is None:
            inside = False
        else:
            inside = box.sceneBoundingRect().contains(position)
        self._cursor.setVisible(inside)
        if not inside or history is None or position is None:
            self.header.show_readings()
            return
        at = int(np.abs(history.epoch.values - box.mapSceneToView(position).x()).argmin())
        curve, epoch = self._curve(history), float(history.epoch.values[at])
        self._cursor.setPos(epoch)
        when = number(epoch, 2)
        raw, smooth = (number(float(c.values[at]), 4) for c in (curve.raw, curve.smooth))
        self.header.show_readings(
            f"epoch {when} · batch {raw} · smoothed {smooth}",
            f"epoch {when} · {raw} · smoothed {smooth}",
            f"{when} · {raw} · smoothed {smooth}",
            f"epoch {when} · {smooth}",
            f"{when} · {smooth}",
        )


def _rounded_up(value: float) -> float:
    """The next number of two digits: an end of an axis that stays for a while."""
    step = 10.0 ** (math.floor(math.log10(value)) - 1)
    return math.ceil(value / step) * step
