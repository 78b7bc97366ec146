"""OtherCurves: the smoothed curves of the runs that are not in view, each in its own colour."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QGraphicsItem

from visualizer.core.history import Curve, History, decimate
from visualizer.views.base.theme import Theme
from visualizer.views.curves.run_list import DASHES

LOWEST_ON_LOG = 1e-5
WIDTH, POINTED_WIDTH = 1.6, 3.2
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


class OtherCurves:
    """Draws them on one plot; what has not changed is not drawn again."""

    def __init__(self, plot: pg.PlotItem) -> None:
        self._plot = plot
        self._theme = Theme()
        self._items: dict[int, pg.PlotDataItem] = {}
        self._drawn: dict[int, tuple[object, ...]] = {}
        self._dressed: dict[int, bool] = {}
        self.shown: tuple[OtherCurve, ...] = ()

    def apply_theme(self, theme: Theme) -> None:
        self._theme = theme
        for other in self.shown:
            self._dress(other)

    def show(
        self, others: Sequence[OtherCurve], curve_of: Callable[[History], Curve], log: bool
    ) -> None:
        """Draw these and no others."""
        self.shown = tuple(others)
        for gone in set(self._items) - {other.key for other in others}:
            self._plot.removeItem(self._items.pop(gone))
            self._drawn.pop(gone, None)
            self._dressed.pop(gone, None)
        for other in others:
            if other.key not in self._items:
                item = self._items[other.key] = self._plot.plot()
                item.curve.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
                item.setZValue(-1)
            history = other.history
            data = (len(history), history.smoothing, history.epochs, other.stretch, log)
            if self._drawn.get(other.key) != data:
                self._drawn[other.key] = data
                x, y = decimate(history.epoch.values, curve_of(history).smooth.values)
                low = np.maximum(y, LOWEST_ON_LOG) if log else y
                self._items[other.key].setData(x * np.float32(other.stretch), low)
            if self._dressed.get(other.key) != other.pointed:
                self._dress(other)

    def item(self, key: int) -> pg.PlotDataItem:
        """The drawn curve of a run."""
        return self._items[key]

    def at(self, position: QPointF) -> OtherCurve | None:
        """The curve that passes nearest to a point of the scene, if it passes near."""
        box = self._plot.getViewBox()
        best, found = self._theme.px(NEAR) + 0.5, None
        for other in self.shown:
            x, y = self._items[other.key].getData()
            if x is None or not len(x):
                continue
            index = int(np.abs(x - box.mapSceneToView(position).x()).argmin())
            for near in range(max(index - 1, 0), min(index + 2, len(x))):
                place = box.mapViewToScene(QPointF(float(x[near]), float(y[near])))
                apart = (place - position).manhattanLength()
                if apart < best:
                    best, found = apart, other
        return found

    def _dress(self, other: OtherCurve) -> None:
        """Give a curve its pen, which has it painted anew: not with every batch."""
        self._dressed[other.key] = other.pointed
        theme = self._theme
        width = (POINTED_WIDTH if other.pointed else WIDTH) * theme.zoom
        pen = pg.mkPen(theme.run_color(other.key), width=width)
        pen.setStyle(DASHES[other.key % len(DASHES)])
        self._items[other.key].setPen(pen)
        self._items[other.key].setZValue(1 if other.pointed else -1)
