"""CopyForm: which number of which map an element of a flattened vector copies."""

from __future__ import annotations

import numpy as np
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from visualizer.core.network.terms import CopyTerms
from visualizer.scene.scene import Scene
from visualizer.scene.trail import Cell
from visualizer.text.numbers import count, number
from visualizer.views.base.look import Look
from visualizer.views.base.theme import Theme
from visualizer.views.position.stage.form import BESIDE, TermsForm
from visualizer.views.position.stage.opened_grid import FactorGrid, OpenedGrid
from visualizer.views.position.stage.sum_lines import SumLine, SumLines
from visualizer.views.widgets.pixels import ColourScale, positive_top

COPY_ASIDE = 280  # width at zoom 1 of the column with the arithmetic


class CopyForm(TermsForm[CopyTerms]):
    """The map with the number at the left; at the right the arithmetic of its place."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._shown: tuple[Scene, Cell, CopyTerms] | None = None
        self.map = OpenedGrid(look)
        self.place = SumLines(look)
        self.value = SumLines(look)
        self._aside = QVBoxLayout()
        self._aside.addStretch(1)
        self._aside.addWidget(self.place)
        self._aside.addWidget(self.value)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.map, 1)
        self._row.addLayout(self._aside)

    def apply_theme(self, theme: Theme) -> None:
        self._row.setSpacing(theme.px(BESIDE))
        for part in (self.place, self.value):
            part.setFixedWidth(theme.px(COPY_ASIDE))
        self._redraw()

    def show_terms(self, scene: Scene, cell: Cell, terms: CopyTerms, by_size: bool) -> None:
        self._shown = (scene, cell, terms)
        self._redraw()

    def _redraw(self) -> None:
        if self._shown is None:
            return
        scene, cell, terms = self._shown
        row, column, channel = terms.source
        below = scene.trace.below(cell.layer)
        values = below[:, :, channel]
        top = positive_top(below)
        marked = np.zeros(values.shape, bool)
        marked[row, column] = True
        scale = ColourScale(0, top, self.theme.sequential)
        places = 3 if top < 99.9995 else None
        self.map.show_factors(
            (f"channel {channel} of the map below", f"channel {channel}"),
            FactorGrid("", values, scale, places=places, marked=marked, mark="selection"),
        )
        columns, channels = below.shape[1:]
        sum_ = f"({row} × {columns} + {column}) × {channels} + {channel} ="
        self.place.show_lines(
            SumLine((f"row, of {below.shape[0]}", "row"), str(row)),
            SumLine((f"column, of {columns}", "column"), str(column)),
            SumLine((f"channel, of {channels}", "channel"), str(channel)),
            SumLine((f"element {sum_}", sum_, "element"), str(terms.index), adds_up=True),
        )
        self.value.show_lines(
            SumLine(("copied → output", "output"), number(terms.output), result=True)
        )
        self.note = (f"one of {count(below.size)} numbers, copied in order", "copied in order")
        self.noted.emit()
