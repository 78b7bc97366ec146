"""AlteredMark: how right the altered network is, at the end of the run's accuracy, in words."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF

from visualizer.text.numbers import percent
from visualizer.views.base.theme import Theme

SYMBOL = 12


class AlteredMark:
    """A diamond on a plot, and its word where no curve is.

    Attributes
    ----------
    altered : float or None
        Share of right answers, 0 to 1; None: there is no mark.
    """

    def __init__(self, plot: pg.PlotItem) -> None:
        self._box = plot.getViewBox()
        self.altered: float | None = None
        self.item = plot.plot(pen=None, symbol="d")
        self.word = pg.TextItem()
        self.word.setParentItem(self._box)
        self.word.hide()
        self._apart = 8.0

    def apply_theme(self, theme: Theme) -> None:
        self._apart = theme.px(SYMBOL / 2 + 2)
        self.item.setSymbolBrush(theme.color("ink"))
        self.item.setSymbolPen(pg.mkPen(theme.color("panel"), width=1.5 * theme.zoom))
        self.item.setSymbolSize(theme.px(SYMBOL))
        self.word.setFont(theme.font("caption", bold=True))
        self.word.textItem.document().setDocumentMargin(theme.px(2))
        self.word.setColor(theme.color("ink"))
        self.word.fill = pg.mkBrush(theme.color("panel", 0.85))

    def show(self, end: float, lowest: float, log: bool) -> None:
        """Draw the mark at the end of the run, in epochs; on a log axis not under `lowest`."""
        if self.altered is None:
            self.item.setData([], [])
        else:
            value = max(self.altered, lowest) if log else self.altered
            self.item.setData(np.array([end]), np.array([value]))
        self.place()

    def place(self) -> None:
        """Write the accuracy under the mark, at its left, over it, or at the far edge."""
        at, word, box = self.point(), self.word, self._box
        word.setVisible(at is not None)
        if at is None or self.altered is None:
            return
        apart = self._apart
        for text in (f"altered {percent(self.altered)}", percent(self.altered)):
            word.setText(text)
            width, height = word.boundingRect().width(), word.boundingRect().height()
            middle = min(max(at.y() - height / 2, 0.0), max(box.height() - height, 0.0))
            under = QRectF(box.width() - width, at.y() + apart, width, height)
            beside = QRectF(at.x() - apart - width, middle, width, height)
            over = under.translated(0, -2 * apart - height)
            fitting = [place for place in (under, beside, over) if box.rect().contains(place)]
            if fitting:
                break
        away = 0.0 if at.y() > box.height() / 2 else box.height() - height
        place = (fitting or [QRectF(box.width() - width, away, width, height)])[0]
        word.setPos(max(place.left(), 0.0), place.top())

    def point(self) -> QPointF | None:
        """Where the mark is, in pixels of the plot; None where it is not."""
        x, y = self.item.getData()
        if x is None or not len(x):
            return None
        at = QPointF(self._box.mapFromView(QPointF(float(x[0]), float(y[0]))))
        return at if self._box.rect().contains(at) else None
