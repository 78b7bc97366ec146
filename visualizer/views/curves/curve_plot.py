"""CurvePlot: the plot of one quantity of a run, under its title, legend and reading."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from visualizer.core.history import History
from visualizer.text.numbers import number
from visualizer.views.base.layouts import column
from visualizer.views.base.look import Look, Panel
from visualizer.views.base.theme import Theme
from visualizer.views.curves.curve_header import CurveHeader
from visualizer.views.curves.run_plot import BAND_OPACITY, OtherCurve, RunPlot
from visualizer.views.curves.time_handle import TimeHandle


class CurvePlot(Panel):
    """Draws a quantity of the run against epochs, and reads the batch under the pointer.

    Parameters
    ----------
    title : str
    kind : "loss" or "accuracy"
        Which curve of the History is drawn.
    control : QWidget, optional
        What to show in the header in place of the legend.

    Attributes
    ----------
    kind : str

    Signals
    -------
    pointed : int
        The pointer is at the curve of another run, by its key; −1: at none.
    """

    pointed = Signal(int)

    def __init__(self, look: Look, title: str, kind: str, control: QWidget | None = None) -> None:
        super().__init__(look)
        self.setObjectName("panel")
        self.kind = kind
        self._pointer: QPointF | None = None
        self._pointed = -1
        self.header = CurveHeader(look, title, control)
        self.plot = RunPlot(look, f"{title} against epochs", kind)
        self.handle = TimeHandle(self.plot)
        parts = (self.header, (self.plot, 1))
        self.setLayout(column(look, *parts, spacing=2, margins=(16, 4, 12, 4)))
        self.header.show_fit(False)
        self.header.log.toggled.connect(self.plot.show_log)
        self.header.fit_button.clicked.connect(self.plot.fit)
        self.plot.zoomed.connect(self.header.show_fit)
        self.plot.looked.connect(self._on_looked)

    def apply_theme(self, theme: Theme) -> None:
        self._show_legend()
        self.header.fit()

    def _show_legend(self) -> None:
        train, test = self.theme.color("train").name(), self.theme.color("test").name()
        band = self.theme.color("train", 2 * BAND_OPACITY).name(QColor.NameFormat.HexArgb)
        signs = {
            "batches": f'<span style="color:{band}">█</span>',
            "train": f'<span style="color:{train}">━</span>',
            "test": f'<span style="color:{test}">●</span>',
            "other runs": "┅",
        }
        words = {name: f"{sign} {name}" for name, sign in signs.items()}
        if not self.plot.others:
            del words["other runs"]
        self.header.show_legends(
            "&nbsp; ".join(words.values()),
            "&nbsp; ".join(list(words.values())[1:]),
            f"{words['train']} {words['test']}",
            f"{signs['train']} {signs['test']}",
        )

    def show_history(
        self, history: History | None, others: Sequence[OtherCurve], epochs: int
    ) -> None:
        """Draw the run in view, and others beside it; the axis runs to `epochs`."""
        self.plot.show_history(history, others, epochs)
        self._show_legend()
        self._read()

    def _on_looked(self, at: QPointF | None) -> None:
        self._pointer = at
        self._read()

    def _read(self) -> None:
        """Read the batch under the pointer, or the name of the curve that it is at."""
        history, at, plot = self.plot.history, self._pointer, self.plot
        other = plot.other_at(at) if at is not None else None
        key = -1 if other is None else other.key
        if key != self._pointed:
            self._pointed = key
            self.pointed.emit(key)
        if other is not None:
            plot.show_read_epoch(None)
            self.header.show_readings(other.name)
            return
        if at is None or not len(history) or not plot.area.contains(at):
            plot.show_read_epoch(None)
            self.header.show_readings()
            return
        batch = int(np.abs(history.epoch.values - plot.value_at(at)[0]).argmin())
        curve, epoch = plot.curve(history), float(history.epoch.values[batch])
        plot.show_read_epoch(epoch)
        when = number(epoch, 2)
        raw, smooth = (number(float(c.values[batch]), 4) for c in (curve.raw, curve.smooth))
        self.header.show_readings(
            f"epoch {when} · batch {raw} · smoothed {smooth}",
            f"epoch {when} · {raw} · smoothed {smooth}",
            f"{when} · {raw} · smoothed {smooth}",
            f"epoch {when} · {smooth}",
            f"{when} · {smooth}",
        )
