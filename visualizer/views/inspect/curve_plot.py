"""CurvePlot: one quantity of a run against epochs, and of the run before, faintly."""

from __future__ import annotations

import math

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QGraphicsItem, QHBoxLayout, QToolButton, QVBoxLayout

from visualizer.core.history import Column, History, decimate
from visualizer.core.layer import Array
from visualizer.views.widgets.controls import Elided, IconButton, label
from visualizer.views.widgets.guard import Guarded
from visualizer.views.widgets.look import Look, Panel
from visualizer.views.widgets.text import number
from visualizer.views.widgets.theme import Theme

LOWEST_ON_LOG = 1e-5
SETTLING_BATCHES = 60

pg.setConfigOptions(imageAxisOrder="row-major", antialias=True, segmentedLineMode="on")


class EpochAxis(Guarded, pg.AxisItem):
    """The axis below: its last number says what it counts."""

    epochs = 1

    def tickValues(self, low: float, high: float, pixels: float) -> list[tuple[float, list[float]]]:
        """The usual ticks, none beyond the run, and the end of the run with room for its unit."""
        levels: list[tuple[float, list[float]]] = super().tickValues(low, high, pixels)
        font = self.style["tickFont"]
        room = 3 * (font.pixelSize() if font else 12) * (high - low) / max(pixels, 1)
        ends = low <= self.epochs <= high
        last = self.epochs - room if ends else self.epochs
        kept = [(spacing, [v for v in values if v <= last]) for spacing, values in levels]
        return [(kept[0][0], [*kept[0][1], float(self.epochs)]), *kept[1:]] if ends else kept

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        texts: list[str] = super().tickStrings(values, scale, spacing)
        unit = "epoch" if self.epochs == 1 else "epochs"
        return [
            f"{text} {unit}" if value == self.epochs else text
            for value, text in zip(values, texts, strict=True)
        ]


class CurvePlot(Panel):
    """One quantity of the run against epochs: raw faint, smoothed bold, test points.

    Parameters
    ----------
    title : str
    kind : "loss" or "accuracy"
        Which columns of the History are drawn.
    """

    def __init__(self, look: Look, title: str, kind: str) -> None:
        super().__init__(look)
        self.setObjectName("panel")
        self._kind = kind
        self._history: History | None = None
        self._epochs = 1
        self._held = False
        self._legends: tuple[str, ...] = ("",)
        self.readout = Elided(name="caption")
        self.log = QToolButton()
        self.log.setObjectName("flat")
        self.log.setText("log")
        self.log.setCheckable(True)
        self.log.setToolTip("Logarithmic scale")
        self.fit_button = IconButton(look, "fit", "Show the whole run")
        self.legend = label("", "caption", rich=True)
        self._axis = EpochAxis("bottom")
        self.plot = pg.PlotWidget(enableMenu=False, axisItems={"bottom": self._axis})
        self._make_items()
        self._header = QHBoxLayout()
        self.title = label(title, "heading")
        self._header.addWidget(self.title)
        self._header.addWidget(self.legend)
        self._header.addWidget(self.readout, 1)
        self.legend.setMinimumWidth(1)
        self._header.addWidget(self.log)
        self._header.addWidget(self.fit_button)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._header)
        self._column.addWidget(self.plot, 1)
        self.log.toggled.connect(self._on_log)
        self.fit_button.clicked.connect(self.fit)
        self.plot.getViewBox().sigRangeChangedManually.connect(self._on_held)
        self.plot.scene().sigMouseMoved.connect(self._on_pointer)

    def _make_items(self) -> None:
        plot = self.plot.getPlotItem()
        plot.hideButtons()
        self._before = plot.plot()
        self._raw = plot.plot()
        self._smooth = plot.plot()
        self._raw.curve.setSegmentedLineMode("off")
        self._test = plot.plot(pen=None, symbol="o")
        for side in ("left", "bottom"):  # or every redraw of a curve draws the grid again
            plot.getAxis(side).setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
        self._cursor = pg.InfiniteLine(angle=90, movable=False)
        self._cursor.setVisible(False)
        plot.addItem(self._cursor, ignoreBounds=True)
        self._items = (self._before, self._raw, self._smooth, self._test)

    def apply_theme(self, theme: Theme) -> None:
        px = theme.px
        self._column.setContentsMargins(px(16), px(4), px(12), px(4))
        self._column.setSpacing(px(2))
        self._header.setSpacing(px(12))
        train, test = theme.color("train"), theme.color("test")
        self.plot.setBackground(theme.color("panel"))
        self._raw.setPen(pg.mkPen(theme.color("train", 0.3), width=1))
        self._smooth.setPen(pg.mkPen(train, width=2 * theme.zoom))
        grey = pg.mkPen(theme.color("soft_ink", 0.6), width=1.6 * theme.zoom)
        grey.setStyle(Qt.PenStyle.DashLine)
        self._before.setPen(grey)
        self._test.setSymbolBrush(test)
        self._test.setSymbolPen(pg.mkPen(theme.color("panel"), width=1.5 * theme.zoom))
        self._test.setSymbolSize(px(11))
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
        self._show_legend(train, test)

    def _show_legend(self, train: QColor, test: QColor) -> None:
        signs = [
            f'<span style="color:{color.name()}">{sign}</span>'
            for color, sign in ((train, "━"), (test, "●"))
        ]
        words = [f"{sign} {word}" for sign, word in zip(signs, ("train", "test"), strict=True)]
        whole = list(words)
        if self._before.xData is not None and len(self._before.xData):
            whole.append("┅ run before")
        self._legends = tuple("&nbsp;&nbsp;".join(parts) for parts in (whole, words, signs))
        self.legend.setToolTip("&nbsp;&nbsp;".join(whole))
        self._fit_legend()

    def _fit_legend(self) -> None:
        """The longest legend that has room: with the run before, without it, in signs alone."""
        used = self.title.sizeHint().width() + self.log.sizeHint().width() + self.theme.px(64)
        for text in self._legends:
            self.legend.setText(text)
            if self.legend.sizeHint().width() <= self.width() - used:
                break
        self.legend.show()

    def resizeEvent(self, event: object) -> None:
        self._fit_legend()
        if not self._held:
            self.fit()

    # Data

    def show_history(self, history: History | None, before: History | None, epochs: int) -> None:
        """Draw a run and the one before it; the axis runs to `epochs`."""
        self._history, self._epochs = history, max(epochs, 1)
        if self._axis.epochs != self._epochs:
            self._axis.epochs = self._epochs
            self._axis.picture = None
        for item, column in (
            (self._raw, "{}"),
            (self._smooth, "smooth_{}"),
        ):
            self._draw(item, history, "epoch", column)
        self._draw(self._before, before, "epoch", "smooth_{}")
        self._draw(self._test, history, "test_epoch", "test_{}")
        self._show_legend(self.theme.color("train"), self.theme.color("test"))
        if not self._held:
            self.fit()

    def _draw(self, item: pg.PlotDataItem, history: History | None, x: str, y: str) -> None:
        if history is None:
            item.setData([], [])
            return
        columns: tuple[Column, Column] = (
            getattr(history, x),
            getattr(history, y.format(self._kind)),
        )
        epochs, values = decimate(columns[0].values, columns[1].values)
        if self.log.isChecked():
            values = np.maximum(values, LOWEST_ON_LOG)
        item.setData(epochs, values)

    def fit(self) -> None:
        """Show the whole run and follow it from here on."""
        self._held = False
        self.fit_button.hide()
        low, high = self._span()
        if self.log.isChecked():
            low, high = math.log10(max(low, LOWEST_ON_LOG)), math.log10(high)
        self.plot.setXRange(*self._time_span(), padding=0)
        self.plot.setYRange(low, high, padding=0.02)

    def _time_span(self) -> tuple[float, float]:
        """Ends of the time axis: room for the first and the last number, which name the unit."""
        px = self.theme.px
        left, right = px(8), px(34)
        scale = max(self.plot.getViewBox().width() - left - right, px(60)) / self._epochs
        return -left / scale, self._epochs + right / scale

    def _span(self) -> tuple[float, float]:
        """Ends of the value axis: the smoothed curve fits, but for its first few batches."""
        log = self.log.isChecked()
        smooth = self._smoothed()
        settled = smooth[min(SETTLING_BATCHES, len(smooth) // 4) :]
        if self._kind == "accuracy":
            low = float(settled.min()) if settled.size else 0.0
            return max(math.floor(min(low, 0.95) * 20) / 20, 0.05 if log else 0.0), 1.0
        if not settled.size:
            return (0.01 if log else 0.0), 2.5
        low = max(float(settled.min()) / 2, LOWEST_ON_LOG) if log else 0.0
        return low, max(float(settled.max()) * 1.15, 0.02)

    def _smoothed(self) -> Array:
        if self._history is None:
            return np.zeros(0, np.float32)
        column: Column = getattr(self._history, f"smooth_{self._kind}")
        return column.values[np.isfinite(column.values)]

    # The user

    def _on_log(self, on: bool) -> None:
        self.plot.setLogMode(y=on)
        self._held = False

    def _on_held(self) -> None:
        self._held = True
        self.fit_button.show()

    def _on_pointer(self, position: QPointF) -> None:
        history = self._history
        inside = self.plot.getViewBox().sceneBoundingRect().contains(position)
        if history is None or not len(history) or not inside:
            self._cursor.setVisible(False)
            self.readout.show_text("")
            self._fit_legend()
            return
        x = self.plot.getViewBox().mapSceneToView(position).x()
        at = int(np.abs(history.epoch.values - x).argmin())
        raw: Column = getattr(history, self._kind)
        smooth: Column = getattr(history, f"smooth_{self._kind}")
        epoch = float(history.epoch.values[at])
        self._cursor.setPos(epoch)
        self._cursor.setVisible(True)
        self.legend.setVisible(self.width() > self.theme.px(560))
        self.readout.show_text(
            f"epoch {number(epoch, 2)} · batch {number(float(raw.values[at]), 4)}"
            f" · smoothed {number(float(smooth.values[at]), 4)}"
        )
