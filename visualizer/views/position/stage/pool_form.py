"""PoolForm: every window of a pooling with its largest cell, and the selected window enlarged."""

from __future__ import annotations

import numpy as np
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from visualizer.core.network.geometry import Rect
from visualizer.core.network.terms import PoolTerms, unbounded
from visualizer.scene.scene import Scene
from visualizer.scene.trail import Cell
from visualizer.text.numbers import count, number
from visualizer.text.terms import tie_sentence
from visualizer.views.base.look import Look
from visualizer.views.base.theme import Theme
from visualizer.views.position.pool_view import winners
from visualizer.views.position.stage.form import BESIDE, TermsForm
from visualizer.views.position.stage.opened_grid import FactorGrid, OpenedGrid
from visualizer.views.position.stage.sum_lines import SumLine, SumLines
from visualizer.views.position.terms_views import windowed_layer
from visualizer.views.widgets.pixels import ColourScale, positive_top
from visualizer.views.widgets.window_map import WindowMap

POOL_ASIDE = 320  # width at zoom 1 of the column with the selected window


class PoolForm(TermsForm[PoolTerms]):
    """The map below with all windows at the left; at the right the window in numbers."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._shown: tuple[Scene, Cell, PoolTerms] | None = None
        self.map = WindowMap(look, "Every window on the map below")
        self.opened = OpenedGrid(look)
        self.sum = SumLines(look)
        self._aside = QVBoxLayout()
        self._aside.addWidget(self.opened, 1)
        self._aside.addWidget(self.sum)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.map, 1)
        self._row.addLayout(self._aside)
        self.map.clicked.connect(self._on_map)

    def apply_theme(self, theme: Theme) -> None:
        self._row.setSpacing(theme.px(BESIDE))
        self._aside.setSpacing(theme.px(6))
        for part in (self.opened, self.sum):
            part.setFixedWidth(theme.px(POOL_ASIDE))
        self._redraw()

    def show_terms(self, scene: Scene, cell: Cell, terms: PoolTerms, by_size: bool) -> None:
        self._shown = (scene, cell, terms)
        self._redraw()

    def _redraw(self) -> None:
        if self._shown is None:
            return
        scene, cell, terms = self._shown
        layer = windowed_layer(scene, cell)
        below, lut = scene.trace.below(cell.layer)[:, :, cell.channel], self.theme.sequential
        top, wins = positive_top(below), terms.reduction == "max"
        self.map.show_map(below, 0, top, lut)
        self.map.show_padding(layer.sliding.margins)
        self.map.show_pooling(
            layer.sliding, winners(layer, below) if wins else np.zeros((0, 2), np.intp)
        )
        self.map.show_window(layer.window(cell.row, cell.column, cell.channel), "selection")
        rows, columns = terms.window.shape
        self.opened.show_factors(
            (f"window of {rows} × {columns} on channel {cell.channel}", "window"),
            FactorGrid(
                "",
                np.nan_to_num(terms.window),
                ColourScale(0, top, lut),
                on_map=layer.on_map(cell.row, cell.column),
                places=3 if top < 99.9995 else None,
                marked=terms.winners if wins else None,
            ),
        )
        self.sum.show_lines(*(_largest(terms) if wins else _mean(terms)))
        many = count(layer.sliding.places[0] * layer.sliding.places[1])
        each = f"{many} windows"
        said = f"{each}, a dot on every winner" if wins else f"{each}, each becomes its mean"
        self.note = (said, each)
        self.noted.emit()

    def _on_map(self, row: int, column: int) -> None:
        """Select the window that covers a cell of the map below."""
        assert self._shown is not None
        scene, cell, _ = self._shown
        cells = scene.network.layers[cell.layer].seeing(Rect.cell(row, column))
        if not cells.empty:
            self.selected.emit(Cell(cell.layer, cells.top, cells.left, cell.channel))


def _largest(terms: PoolTerms) -> list[SumLine]:
    many = terms.counted.size
    tie = [SumLine((tie_sentence(terms), "a tie"), "")] if tie_sentence(terms) else []
    words = (f"largest of {many} values → output", f"largest of {many}", "max")
    return [*tie, SumLine(words, number(terms.output), result=True)]


@unbounded
def _mean(terms: PoolTerms) -> list[SumLine]:
    many = terms.counted.size
    total = float(terms.counted.sum(dtype=np.float64))
    return [
        SumLine((f"Σ of {many} values", "Σ"), number(total)),
        SumLine(
            (f"÷ {many} → output", f"÷ {many}"), number(terms.output), adds_up=True, result=True
        ),
    ]
