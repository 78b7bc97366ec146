"""DenseForm: every contribution to a unit at its place on the maps, the largest, and their sum."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from visualizer.core.network.layer import Array
from visualizer.core.network.terms import DenseTerms, unbounded
from visualizer.scene.scene import Scene
from visualizer.scene.trail import Cell
from visualizer.text.numbers import count, number
from visualizer.text.terms import product_sentence
from visualizer.views.base.look import Look
from visualizer.views.base.theme import Lut, Theme
from visualizer.views.position.dense_view import source_shape
from visualizer.views.position.stage.cells import subtotal
from visualizer.views.position.stage.form import ASIDE, BESIDE, TermsForm, largest_of, ordered
from visualizer.views.position.stage.opened_grid import FactorGrid, OpenedGrid
from visualizer.views.position.stage.product_grids import ProductGrids
from visualizer.views.position.stage.softmax_table import SoftmaxTable
from visualizer.views.position.stage.sum_lines import SumLine, SumLines, sum_lines
from visualizer.views.widgets.pixels import ColourScale, symmetric_top

WIDE_ASIDE, SOFTMAX = 280, 296  # widths at zoom 1 of the columns
MOST_OPENED = 0.4  # greatest share of the height for the enlarged map


class DenseForm(TermsForm[DenseTerms]):
    """All contributions on the maps that they come from, one map enlarged, and the sum.

    The sum lists the largest terms first. Where a softmax follows, it stands at the right.
    """

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._shown: tuple[Scene, Cell, DenseTerms, bool] | None = None
        self._chosen: int | None = None
        self.products = ProductGrids(look)
        self.opened = OpenedGrid(look)
        self.subtotal = SumLines(look)
        self.sum = SumLines(look)
        self.softmax = SoftmaxTable(look)
        self._aside = QVBoxLayout()
        self._aside.addWidget(self.opened)
        self._aside.addWidget(self.subtotal)
        self._aside.addStretch(1)
        self._aside.addWidget(self.sum)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.products, 1)
        self._row.addLayout(self._aside)
        self._row.addWidget(self.softmax)
        self.products.opened.connect(self._on_opened)
        self.products.followed.connect(self._on_followed)
        self.products.rearranged.connect(self._note)
        self.softmax.chosen.connect(self._on_class)

    def apply_theme(self, theme: Theme) -> None:
        self._row.setSpacing(theme.px(BESIDE))
        self._aside.setSpacing(theme.px(2))
        self.softmax.setFixedWidth(max(theme.px(SOFTMAX), self.softmax.wanted_width))
        self._redraw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._redraw()

    @property
    def channel(self) -> int:
        """The enlarged map: the one pointed at or chosen, else the one with the largest sum."""
        subtotals = self._maps[1]
        if self._chosen is not None and self._chosen < len(subtotals):
            return self._chosen
        return largest_of(subtotals)

    @property
    @unbounded
    def _maps(self) -> tuple[Array, Array]:
        """The contributions on the maps, (rows, columns, maps), and each map's sum."""
        assert self._shown is not None
        scene, cell, terms, _ = self._shown
        maps = terms.products.reshape(source_shape(scene, cell))
        return maps, np.asarray(maps.sum(axis=(0, 1), dtype=np.float64), np.float32)

    def show_terms(self, scene: Scene, cell: Cell, terms: DenseTerms, by_size: bool) -> None:
        if self._shown is None or self._shown[1].layer != cell.layer:
            self._chosen = None
        self._shown = (scene, cell, terms, by_size)
        self.several = len(self._maps[1]) > 1
        self._redraw()

    def _redraw(self) -> None:
        if self._shown is None:
            return
        _, cell, terms, by_size = self._shown
        maps, subtotals = self._maps
        self.products.show_products(maps, subtotals, ordered(subtotals, by_size), self.channel)
        self.opened.setVisible(self.several)
        self.subtotal.setVisible(self.several)
        aside = self.theme.px(ASIDE if terms.softmax else WIDE_ASIDE)
        for part in (self.opened, self.subtotal, self.sum):
            part.setFixedWidth(aside)
        if self.several:
            self._show_map(maps[:, :, self.channel], float(subtotals[self.channel]))
        self.softmax.setVisible(terms.softmax)
        if terms.softmax:
            self.softmax.show_softmax(terms, cell.channel)
        self._show_sum()
        self._note()

    def _show_map(self, contributions: Array, total: float) -> None:
        factor = _contributions(contributions, symmetric_top(self._maps[0]), self.theme.diverging)
        unit = f", {factor.digits.unit}" if factor.digits.unit else ""
        title = f"map {self.channel}: input × weight{unit}"
        self.opened.show_factors((title, f"map {self.channel}{unit}"), factor)
        wanted = self.opened.sizeHint().height() + self.theme.px(2)
        self.opened.setFixedHeight(min(wanted, round(self.height() * MOST_OPENED)))
        words = (f"Σ of map {self.channel}", "Σ")
        self.subtotal.show_lines(SumLine(words, subtotal(total)))

    @unbounded
    def _show_sum(self) -> None:
        """Show the largest terms, as many as fit, then all others together, and the sum."""
        if self._shown is None:
            return
        _, _, terms, _ = self._shown
        end = sum_lines(terms, (f"Σ of {count(terms.products.size)} contributions", "Σ"))
        end[0] = replace(end[0], adds_up=True)
        order = np.argsort(-np.nan_to_num(np.abs(terms.products), nan=0), kind="stable")
        order = order[terms.products[order] != 0]
        listed = order[: self._room(end)]
        rest = terms.products.size - len(listed)
        others = terms.total - float(terms.products[listed].sum(dtype=np.float64))
        lines = [self._line(int(index)) for index in listed]
        if rest:
            words = (f"the other {count(rest)} together", f"the other {count(rest)}", "the others")
            lines.append(SumLine(words, number(others)))
        self.sum.show_lines(*lines, *end)

    def _room(self, end: list[SumLine]) -> int:
        """Return how many terms fit above the line of the others and the end of the sum."""
        room = self.height() - self.sum.height_of(end)
        if self.several:
            taken = self.opened.minimumHeight() + self.subtotal.sizeHint().height()
            room -= taken + 2 * self._aside.spacing() + self.theme.px(BESIDE)
        return max(room // self.sum.height_of([SumLine(("",), "")]) - 1, 1)

    def _line(self, index: int) -> SumLine:
        assert self._shown is not None
        scene, cell, terms, _ = self._shown
        below = scene.network.layers[cell.layer - 1] if cell.layer else None
        source = below.source(index) if below else None
        place = f"[{index}]" if source is None else f"[{', '.join(map(str, source))}]"
        product = float(terms.products[index])
        said = product_sentence(float(terms.inputs[index]), float(terms.weights[index]), product)
        factors = said.rpartition(" ")[0]  # the product is the line's own figure
        return SumLine((f"{place}  {factors}", factors, place), number(product))

    def _note(self) -> None:
        """Update the note: what the grids show in their present layout."""
        if self._shown is None:
            return
        many, unit = count(self._shown[2].products.size), self.products.unit
        self.note = (f"{many} contributions, {unit}", f"{many}, {unit}", unit)
        self.noted.emit()

    # The user

    def _on_opened(self, channel: int) -> None:
        self._chosen = channel
        self._redraw()

    def _on_followed(self, channel: int) -> None:
        """Go down to the input of this map with the largest contribution."""
        assert self._shown is not None
        scene, cell, _, _ = self._shown
        maps = self._maps[0]
        row, column = np.unravel_index(largest_of(maps[:, :, channel].ravel()), maps.shape[:2])
        index = int(np.ravel_multi_index((int(row), int(column), channel), maps.shape))
        self.followed.emit(scene.below(cell, 0, 0, index))

    def _on_class(self, unit: int) -> None:
        assert self._shown is not None
        self.selected.emit(Cell(self._shown[1].layer, 0, 0, unit))


def _contributions(values: Array, top: float, lut: Lut) -> FactorGrid:
    return FactorGrid("", values, ColourScale(-top, top, lut), places=3 if top < 9.9995 else None)
