"""SlideStage: in the whole window, the window slides over the map and the output fills in."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from visualizer.core.network.terms import ConvTerms, PoolTerms
from visualizer.core.network.windowed import Windowed
from visualizer.scene.scene import Scene
from visualizer.scene.trail import Cell
from visualizer.scene.viewer import Viewer
from visualizer.text.numbers import number
from visualizer.text.terms import output_sentence, pool_sentence
from visualizer.views.base.labels import Elided, Sentence
from visualizer.views.base.look import Look
from visualizer.views.base.scene_panel import ScenePanel
from visualizer.views.base.theme import Theme
from visualizer.views.position.grid_row import ChannelGrids
from visualizer.views.position.slide_view import SlideView
from visualizer.views.position.terms_views import mark_result, windowed_layer
from visualizer.views.position.titles import short_name
from visualizer.views.widgets.number_grid import NumberGrid
from visualizer.views.widgets.pixels import positive_top


class SlideStage(ScenePanel):
    """Both maps beside the sum, and below them the numbers that are multiplied or compared here.

    For a convolution with several input channels, the channel with the largest subtotal is shown,
    and kept while the window slides.
    """

    def __init__(self, look: Look, viewer: Viewer) -> None:
        super().__init__(look, viewer)
        self.slide = SlideView(look, large=True)
        self.grids = ChannelGrids(look, "explained")
        self.numbers = NumberGrid(look, "Window", "explained")
        self.place = Elided(name="caption")
        self.subtotal = Elided(name="explained")
        self.sentence = Sentence("explained")
        self._held: int | None = None
        self._sum = QVBoxLayout()
        self._sum.addStretch(1)
        for words in (self.place, self.subtotal, self.sentence):
            self._sum.addWidget(words)
        self._sum.addStretch(1)
        self._maps = QHBoxLayout()
        self._maps.addWidget(self.slide, 2)
        self._maps.addLayout(self._sum, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._maps, 1)
        self._column.addWidget(self.grids)
        self._column.addWidget(self.numbers)
        self._column.addWidget(self.slide.player)
        self.slide.moved.connect(viewer.select)
        self.slide.player.started.connect(self._on_started)

    @staticmethod
    def can_show(scene: Scene) -> bool:
        """Return whether a window slides: in convolutions and poolings."""
        return isinstance(scene.layer, Windowed)

    def apply_theme(self, theme: Theme) -> None:
        self._column.setSpacing(theme.px(8))
        self._maps.setSpacing(theme.px(16))
        super().apply_theme(theme)
        self._show(self.scene)

    def show_scene(self, old: Scene, new: Scene) -> None:
        if (old.selected, old.trace) != (new.selected, new.trace):
            if old.selected.layer != new.selected.layer:
                self._held = None
            self._show(new)

    def _show(self, scene: Scene) -> None:
        shown = self.can_show(scene)
        for part in (self.slide, self.slide.player):
            part.setVisible(shown)
        if not shown:
            self._show_that_nothing_slides(scene)
            return
        cell = scene.selected
        terms = scene.terms(cell)
        self.grids.setVisible(isinstance(terms, ConvTerms))
        self.numbers.setVisible(isinstance(terms, PoolTerms))
        if isinstance(terms, ConvTerms):
            self._show_products(scene, cell, terms)
        elif isinstance(terms, PoolTerms):
            self._show_window(scene, cell, terms)
        channel = self._channel(terms) if isinstance(terms, ConvTerms) else cell.channel
        self.slide.show_cell(scene, cell, channel, with_input=True)

    def _channel(self, terms: ConvTerms) -> int:
        if self._held is not None and self._held < len(terms.subtotals):
            return self._held
        return int(abs(terms.subtotals).argmax())

    def _show_products(self, scene: Scene, cell: Cell, terms: ConvTerms) -> None:
        channel, several = self._channel(terms), len(terms.subtotals) > 1
        self.grids.show_channel(scene, cell, terms, channel)
        at = f"{short_name(scene, cell)} · input channel {channel} of {len(terms.subtotals)}"
        self.place.show_text(at if several else short_name(scene, cell), short_name(scene, cell))
        self.subtotal.setVisible(several)
        self.subtotal.show_text(f"Σ of these = {number(float(terms.subtotals[channel]))}")
        self.sentence.show_text(mark_result(output_sentence(terms), self.theme), cell)

    def _show_window(self, scene: Scene, cell: Cell, terms: PoolTerms) -> None:
        layer = windowed_layer(scene, cell)
        below = scene.trace.below(cell.layer)[:, :, cell.channel]
        self.numbers.show_numbers(
            terms.window,
            low=0,
            high=positive_top(below),
            lut=self.theme.sequential,
            winners=terms.winners,
            on_map=layer.on_map(cell.row, cell.column),
        )
        self.place.show_text(short_name(scene, cell))
        self.subtotal.hide()
        self.sentence.show_text(mark_result(pool_sentence(terms), self.theme), cell)

    def _show_that_nothing_slides(self, scene: Scene) -> None:
        self.grids.hide()
        self.numbers.hide()
        self.subtotal.hide()
        self.place.show_text(short_name(scene, scene.selected))
        self.sentence.show_text(f"Nothing slides in {scene.layer.name}.", scene.selected)

    def _on_started(self) -> None:
        """Keep the channel on show while the window slides."""
        terms = self.scene.terms(self.scene.selected)
        if isinstance(terms, ConvTerms):
            self._held = self._channel(terms)
