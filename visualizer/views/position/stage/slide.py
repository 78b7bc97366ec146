"""SlideStage: in the whole window, the window slides over the map and the output fills in."""

from __future__ import annotations

from typing import Any

from visualizer.core.network.windowed import Windowed
from visualizer.scene.scene import Scene
from visualizer.scene.viewer import Viewer
from visualizer.text.terms import pool_sentence
from visualizer.views.base.labels import Elided, Sentence
from visualizer.views.base.layouts import column, row
from visualizer.views.base.look import Look
from visualizer.views.base.scene_panel import ScenePanel
from visualizer.views.base.theme import Theme
from visualizer.views.maps.captions import short_name
from visualizer.views.position.channel_sums import ConvSum
from visualizer.views.position.slide_view import SlideView
from visualizer.views.position.sum import Sum
from visualizer.views.position.sum_lines import SumLines
from visualizer.views.position.sums import PoolSum, sum_of
from visualizer.views.position.terms_views import mark_result
from visualizer.views.widgets.grid_row import GridRow


class SlideStage(ScenePanel):
    """Both maps beside the sum, and below them the numbers that are multiplied or compared here.

    For a convolution with several input channels, the channel with the largest subtotal is shown,
    and kept while the window slides.
    """

    def __init__(self, look: Look, viewer: Viewer) -> None:
        super().__init__(look, viewer)
        self.slide = SlideView(look, large=True)
        self.grids = GridRow(look, "The numbers in the window", "explained")
        self.place = Elided(name="caption")
        self.lines = SumLines(look)
        self.sentence = Sentence("explained")
        self._shown: Sum[Any] | None = None
        words = column(look, 1, self.place, self.lines, self.sentence, 1, spacing=8)
        maps = row(look, (self.slide, 2), (words, 1), spacing=16)
        self.setLayout(column(look, (maps, 1), self.grids, self.slide.player, spacing=8))
        self.slide.moved.connect(viewer.select)
        self.slide.player.started.connect(self._on_started)

    @staticmethod
    def can_show(scene: Scene) -> bool:
        """Return whether a window slides: in convolutions and poolings."""
        return isinstance(scene.layer, Windowed)

    def go_to(self, index: int) -> None:
        """Slide the window to a place, counted row by row from 0."""
        self.slide.player.moved.emit(index)

    def play(self) -> None:
        """Let the window slide."""
        self.slide.player.begin()

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        self._show(self.scene)

    def show_scene(self, old: Scene, new: Scene) -> None:
        if (old.selected, old.trace) != (new.selected, new.trace):
            self._show(new)

    def _show(self, scene: Scene) -> None:
        shown = self._shown = sum_of(scene, scene.selected).like(self._shown)
        slides = self.can_show(scene)
        self.slide.setVisible(slides)
        self.slide.player.setVisible(slides)
        self.grids.setVisible(slides)
        adds_up = isinstance(shown, ConvSum)
        self.lines.setVisible(adds_up)
        self.sentence.setVisible(not adds_up)
        name = short_name(scene, shown.cell)
        self.place.show_text(name)
        if isinstance(shown, ConvSum):
            if shown.several:
                at = f"input channel {shown.channel} of {len(shown.subtotals)}"
                self.place.show_text(f"{name} · {at}", name)
            self.lines.show_lines(*shown.lines)
        elif isinstance(shown, PoolSum):
            self.sentence.show_text(
                mark_result(pool_sentence(shown.terms, shown.hidden), self.theme), shown.cell
            )
        else:
            self.sentence.show_text(f"Nothing slides in {scene.layer.name}.")
        if slides:
            self.grids.show_factors(*shown.factors)
            self.slide.show_sum(shown, with_input=True)

    def _on_started(self) -> None:
        """Keep the channel on show while the window slides."""
        if isinstance(self._shown, ConvSum):
            self._shown = self._shown.open(self._shown.channel)
