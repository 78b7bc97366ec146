"""ChannelGrids: patch × kernel = products of one input channel of a convolution."""

from __future__ import annotations

from visualizer.core.network.terms import ConvTerms
from visualizer.scene.scene import Scene
from visualizer.scene.trail import Cell
from visualizer.views.base.look import Look
from visualizer.views.position.grid_row import GridRow
from visualizer.views.widgets.number_grid import NumberGrid
from visualizer.views.widgets.pixels import positive_top, symmetric_top


class ChannelGrids(GridRow):
    """The three grids, each on the scale of its whole: map, kernel, and all products."""

    def __init__(self, look: Look, role: str = "") -> None:
        self.patch = NumberGrid(look, "Patch", role)
        self.kernel = NumberGrid(look, "Kernel", role)
        self.products = NumberGrid(look, "Products", role)
        super().__init__(
            look,
            (("patch", self.patch), ("kernel", self.kernel), ("products", self.products)),
            role,
        )

    def show_channel(self, scene: Scene, cell: Cell, terms: ConvTerms, channel: int) -> None:
        """Show an input channel's part of a cell; emits nothing."""
        theme, below = self.theme, scene.trace.below(cell.layer)
        self.patch.show_numbers(
            terms.patch[:, :, channel],
            low=0,
            high=positive_top(below[:, :, channel]),
            lut=theme.sequential,
            on_map=terms.on_map,
        )
        top = symmetric_top(terms.kernel)
        self.kernel.show_numbers(terms.kernel[:, :, channel], -top, top, theme.kernel)
        top = symmetric_top(terms.products)
        self.products.show_numbers(terms.products[:, :, channel], -top, top, theme.diverging)
        self.arrange()
