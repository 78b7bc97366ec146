"""TimeHandle: the vertical line on a plot that shows, and changes, which moment is in view."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QObject, QSignalBlocker, Signal

from visualizer.views.widgets.theme import Theme

GRIP = 11


class TimeHandle(QObject):
    """A line with a grip at its top, to be dragged.

    Signals
    -------
    moved : float
        The user wants this moment, in epochs.
    """

    moved = Signal(float)

    def __init__(self, plot: pg.PlotItem) -> None:
        super().__init__(plot)
        self.line = pg.InfiniteLine(angle=90, movable=True)
        self.line.setZValue(10)
        self.line.setVisible(False)
        plot.addItem(self.line, ignoreBounds=True)
        self._theme = Theme()
        self._live, self._focused = True, False
        self.line.sigDragged.connect(self._on_dragged)

    def apply_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.line.clearMarkers()
        self.line.addMarker("v", position=1.0, size=theme.px(GRIP))
        self._dress()

    def show(self, epoch: float | None, live: bool) -> None:
        """Stand at a moment, in epochs; None: there is none to go to. Emits nothing."""
        self.line.setVisible(epoch is not None)
        if epoch is not None:
            with QSignalBlocker(self.line):
                self.line.setPos(epoch)
        if live != self._live:
            self._live = live
            self._dress()

    def show_focus(self, focused: bool) -> None:
        """Stand out while the arrow keys move it."""
        self._focused = focused
        self._dress()

    def _dress(self) -> None:
        theme = self._theme
        name = "accent" if self._focused else "soft_ink" if self._live else "ink"
        width = theme.line_width if self._focused or not self._live else theme.zoom
        self.line.setPen(pg.mkPen(theme.color(name), width=width))
        self.line.setHoverPen(pg.mkPen(theme.color("accent"), width=theme.line_width))

    def _on_dragged(self) -> None:
        self.moved.emit(float(self.line.value()))
