"""ActivationStage: one map before and after its activation, in the whole window."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QSizePolicy

from visualizer.core.network.geometry import Rect
from visualizer.core.network.terms import as_logits
from visualizer.scene.scene import Scene
from visualizer.scene.trail import Cell
from visualizer.scene.viewer import Viewer
from visualizer.text.numbers import compact
from visualizer.text.terms import HIDDEN
from visualizer.views.base.labels import Elided
from visualizer.views.base.layouts import column, row
from visualizer.views.base.look import Look
from visualizer.views.base.scene_panel import ScenePanel
from visualizer.views.base.theme import Theme
from visualizer.views.maps.captions import asked_ends, channel_text, map_word, short_name
from visualizer.views.widgets.colour_bar import ColourBar
from visualizer.views.widgets.map_paint import Outline
from visualizer.views.widgets.map_view import MapView
from visualizer.views.widgets.pixels import ColourScale, output_top, symmetric_top
from visualizer.views.widgets.viewport import MapCell

NAMES = {"relu": "ReLU"}
RULES = {"relu": "0 where it was negative"}


class ActivationStage(ScenePanel):
    """The selected map's sums in signed colours, its output beside them, and a cell of both."""

    def __init__(self, look: Look, viewer: Viewer) -> None:
        super().__init__(look, viewer)
        self.name = Elided(name="heading")
        self.maps = MapView(look), MapView(look)
        self.colour_bars = ColourBar(look), ColourBar(look)
        self.titles = Elided(name="caption"), Elided(name="caption")
        self.numbers = Elided(name="counter")
        self.place = Elided(name="caption")
        sides = row(look, spacing=16)
        for title, view, bar in zip(self.titles, self.maps, self.colour_bars, strict=True):
            sides.add((column(look, title, (row(look, (view, 1), bar, spacing=8), 1)), 1))
            view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
            view.hovered.connect(self._on_hovered)
            view.clicked.connect(self._on_clicked)
            view.moved.connect(self._on_moved)
        for view, when in zip(self.maps, ("before", "after"), strict=True):
            view.setAccessibleName(f"The map {when} the activation")
        below = row(look, (self.numbers, 1), (self.place, 1), spacing=16)
        self.setLayout(column(look, self.name, (sides, 1), below, spacing=6))

    @staticmethod
    def can_show(scene: Scene) -> bool:
        """Return whether the selected layer has maps and an activation."""
        return scene.layer.is_spatial and scene.layer.activation_name != "linear"

    def apply_theme(self, theme: Theme) -> None:
        self._show(self.scene)

    def show_scene(self, old: Scene, new: Scene) -> None:
        self._show(new)

    def _show(self, scene: Scene) -> None:
        able = self.can_show(scene)
        for part in (*self.maps, *self.colour_bars, *self.titles, self.numbers, self.place):
            part.setVisible(able)
        layer = scene.layer
        if not able:
            self.name.show_text(f"{layer.name} has no activation on maps.", layer.name)
            return
        at, channel, theme = scene.selected.layer, scene.selected.channel, self.theme
        activation = NAMES.get(layer.activation_name, layer.activation_name)
        sums, outputs = as_logits(scene.trace.pre_activations[at]), scene.trace.outputs[at]
        low = symmetric_top(sums)
        scales = (
            ColourScale(-low, low, theme.diverging),
            ColourScale(0.0, output_top(layer, outputs), theme.sequential),
        )
        for view, bar, values, scale in zip(
            self.maps, self.colour_bars, (sums, outputs), scales, strict=True
        ):
            shown = values[:, :, channel : channel + 1]
            tells = not scene.hides(at)
            view.show_maps(shown, shown, scale, tells=tells)
            ends = None if tells else asked_ends(scale.low)
            bar.show_scale(scale.low, scale.high, scale.lut, ends)
        told = channel_text(scene, scene.selected)
        self.name.show_text(f"{layer.name} · {map_word(layer)} {told}", layer.name)
        self.titles[0].show_text(f"before {activation}: pre-activation", "pre-activation")
        rule = RULES.get(layer.activation_name)
        output = f"after {activation}: output"
        self.titles[1].show_text(*([f"{output}, {rule}"] if rule else []), output, "output")
        self._mark(scene, activation)

    def _mark(self, scene: Scene, activation: str) -> None:
        """Outline the same cells in both maps, and read both numbers of one of them."""
        hovered = scene.hovered if self._is_here(scene.hovered) else None
        outlines = tuple(
            Outline(Rect.cell(cell.row, cell.column), 0, color)
            for cell, color in ((hovered, "soft_ink"), (scene.selected, "selection"))
            if cell is not None
        )
        for view in self.maps:
            view.show_outlines(outlines)
        cell = hovered or scene.selected
        before, after = (_text(scene, cell, each) for each in (True, False))
        self.numbers.show_text(f"{before} → {activation} → {after}")
        self.place.show_text(short_name(scene, cell))

    def _is_here(self, cell: Cell | None) -> bool:
        selected = self.scene.selected
        return cell is not None and (cell.layer, cell.channel) == (
            selected.layer,
            selected.channel,
        )

    # The user

    def _cell(self, place: MapCell) -> Cell:
        return replace(self.scene.selected, row=place[0], column=place[1])

    def _on_hovered(self, place: MapCell | None) -> None:
        self.viewer.hover(self._cell(place) if place else None)

    def _on_clicked(self, place: MapCell) -> None:
        self.viewer.select(self._cell(place))

    def _on_moved(self, rows: int, columns: int, channels: int) -> None:
        at = self.scene.selected
        moved = Cell(at.layer, at.row + rows, at.column + columns, at.channel + channels)
        self.viewer.select(moved)


def _text(scene: Scene, cell: Cell, pre_activation: bool) -> str:
    if scene.hides(cell.layer):
        return HIDDEN
    value = scene.value(cell, pre_activation)
    return "0" if value == 0 else compact(value)
