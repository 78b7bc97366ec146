"""ConvForm: a number of a convolution with all its products, and one channel's enlarged."""

from __future__ import annotations

import numpy as np
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout

from visualizer.core.network.terms import ConvTerms
from visualizer.scene.scene import Scene
from visualizer.scene.trail import Cell
from visualizer.text.numbers import count
from visualizer.views.base.look import Look
from visualizer.views.base.theme import Theme
from visualizer.views.position.stage.cells import subtotal
from visualizer.views.position.stage.form import ASIDE, BESIDE, TermsForm, largest_of, ordered
from visualizer.views.position.stage.opened_grid import FactorGrid, OpenedGrid
from visualizer.views.position.stage.product_grids import ProductGrids
from visualizer.views.position.stage.sum_lines import SumLine, SumLines, sum_lines
from visualizer.views.widgets.pixels import ColourScale, positive_top, symmetric_top


class ConvForm(TermsForm[ConvTerms]):
    """All products at the left; at the right one channel's, enlarged, and the sum to the output.

    A single input channel stands alone, across the whole width.
    """

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._shown: tuple[Scene, Cell, ConvTerms, bool] | None = None
        self._chosen: int | None = None
        self.products = ProductGrids(look)
        self.opened = OpenedGrid(look)
        self.subtotal = SumLines(look)
        self.sum = SumLines(look)
        self._aside = QVBoxLayout()
        self._aside.addWidget(self.opened, 1)
        self._aside.addWidget(self.subtotal)
        self._aside.addWidget(self.sum)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.products, 1)
        self._row.addLayout(self._aside)
        self.products.opened.connect(self._on_opened)
        self.products.followed.connect(self._on_followed)
        self.products.rearranged.connect(self._note)

    def apply_theme(self, theme: Theme) -> None:
        self._row.setSpacing(theme.px(BESIDE))
        self._aside.setSpacing(theme.px(2))
        self._redraw()

    @property
    def channel(self) -> int:
        """The enlarged input channel: the one pointed at or chosen, else the largest."""
        assert self._shown is not None
        subtotals = self._shown[2].subtotals
        if self._chosen is not None and self._chosen < len(subtotals):
            return self._chosen
        return largest_of(subtotals)

    def show_terms(self, scene: Scene, cell: Cell, terms: ConvTerms, by_size: bool) -> None:
        if self._shown is None or self._shown[1].layer != cell.layer:
            self._chosen = None
        self._shown = (scene, cell, terms, by_size)
        self.several = len(terms.subtotals) > 1
        self._redraw()

    def _redraw(self) -> None:
        if self._shown is None:
            return
        _, _, terms, by_size = self._shown
        subtotals, many = terms.subtotals, len(terms.subtotals)
        order = ordered(subtotals, by_size)
        self.products.setVisible(self.several)
        self.products.show_products(terms.products, subtotals, order, self.channel)
        self.opened.show_across(not self.several)
        aside = self.theme.px(ASIDE)
        self.opened.setMinimumWidth(aside)
        self.opened.setMaximumWidth(aside if self.several else 2**20)
        self.sum.show_across(not self.several)
        self.subtotal.setVisible(self.several)
        self.subtotal.setFixedWidth(aside)
        self._show_channel(self.channel)
        what = (f"Σ of {many} subtotals",) if self.several else ("Σ of the products",)
        self.sum.show_lines(*sum_lines(terms, (*what, "Σ")))
        self._note()

    def _note(self) -> None:
        """Update the note: what the grids show in their present layout."""
        if self._shown is None:
            return
        many, unit = f"{count(self._shown[2].products.size)} products", self.products.unit
        self.note = (f"{many}, {unit}", unit) if self.several else (many,)
        self.noted.emit()

    def _show_channel(self, channel: int) -> None:
        assert self._shown is not None
        scene, cell, terms, _ = self._shown
        theme, below = self.theme, scene.trace.below(cell.layer)[:, :, channel]
        words = "patch × kernel = products"
        named = (f"channel {channel}: {words}", f"channel {channel}: patch × kernel")
        patch = ColourScale(0, positive_top(below), theme.sequential)
        of_kernel, of_products = symmetric_top(terms.kernel), symmetric_top(terms.products)
        self.opened.show_factors(
            (*named, f"channel {channel}") if self.several else (words,),
            FactorGrid("", terms.patch[:, :, channel], patch, terms.on_map),
            FactorGrid(
                "×", terms.kernel[:, :, channel], ColourScale(-of_kernel, of_kernel, theme.kernel)
            ),
            FactorGrid(
                "=",
                terms.products[:, :, channel],
                ColourScale(-of_products, of_products, theme.diverging),
            ),
        )
        text = subtotal(float(terms.subtotals[channel]))
        self.subtotal.show_lines(SumLine((f"Σ of channel {channel}", "Σ"), text))

    def _on_opened(self, channel: int) -> None:
        self._chosen = channel
        self._redraw()

    def _on_followed(self, channel: int) -> None:
        """Go down to the cell of this channel with the largest product."""
        assert self._shown is not None
        scene, cell, terms, _ = self._shown
        sizes = np.where(terms.on_map, np.abs(terms.products[:, :, channel]), -1)
        row, column = np.unravel_index(int(sizes.argmax()), sizes.shape)
        window = scene.network.layers[cell.layer].window(cell.row, cell.column, cell.channel)
        place = window.top + int(row), window.left + int(column)
        self.followed.emit(scene.below(cell, *place, channel))
