"""MapStage: one feature map in the whole window, with its numbers and receptive fields."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy

from visualizer.core.network.geometry import Rect
from visualizer.core.network.layer import Array
from visualizer.scene.scene import Scene
from visualizer.scene.trail import Cell
from visualizer.scene.viewer import Viewer
from visualizer.views.base.labels import Elided
from visualizer.views.base.layouts import column, row
from visualizer.views.base.look import Look
from visualizer.views.base.scene_panel import ScenePanel
from visualizer.views.base.theme import Theme
from visualizer.views.maps.captions import (
    asked_ends,
    channel_text,
    field_words,
    map_word,
    value_text,
)
from visualizer.views.widgets.colour_bar import ColourBar
from visualizer.views.widgets.digit_view import DigitView
from visualizer.views.widgets.map_paint import Outline
from visualizer.views.widgets.map_view import MapView
from visualizer.views.widgets.pixels import ColourScale, output_top
from visualizer.views.widgets.viewport import MapCell


class MapStage(ScenePanel):
    """The selected map on its layer's scale, beside the digit with a cell's receptive field."""

    def __init__(self, look: Look, viewer: Viewer) -> None:
        super().__init__(look, viewer)
        self.map = MapView(look)
        self.map.setAccessibleName("Feature map")
        self.map.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.colour_bar = ColourBar(look)
        self.name = Elided(name="heading")
        self.size_of_map = Elided(name="caption")
        self.digit = DigitView(look, viewer.scene.digit)
        self.digit.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.value = Elided(name="explained")
        self.field = Elided(name="caption")
        words = (self.name, self.size_of_map, (self.digit, 1), self.value, self.field)
        aside = column(look, *words, spacing=4)
        self.setLayout(row(look, (self.map, 3), self.colour_bar, (aside, 2), spacing=12))
        self.map.hovered.connect(self._on_hovered)
        self.map.clicked.connect(self._on_clicked)
        self.map.moved.connect(self._on_moved)
        self.digit.hovered.connect(viewer.point)

    @staticmethod
    def can_show(scene: Scene) -> bool:
        """Return whether the selected layer has maps, and is not a vector."""
        return scene.layer.is_spatial

    def apply_theme(self, theme: Theme) -> None:
        self._show(self.scene)

    def show_scene(self, old: Scene, new: Scene) -> None:
        self._show(new)

    def _show(self, scene: Scene) -> None:
        if not self.can_show(scene):
            self.map.hide()
            self.colour_bar.hide()
            self.name.show_text(f"{scene.layer.name} has no maps.")
            self.size_of_map.show_text("Its numbers are one vector.")
            return
        layer, channel = scene.layer, scene.selected.channel
        output: Array = scene.trace.outputs[scene.selected.layer]
        top = output_top(layer, output)
        for part in (self.map, self.colour_bar):
            part.show()
        shown = output[:, :, channel : channel + 1]
        scale = ColourScale(0, top, self.theme.sequential)
        tells = not scene.hides(scene.selected.layer)
        self.map.show_maps(shown, shown, scale, tells=tells)
        ends = None if tells else asked_ends(0.0)
        self.colour_bar.show_scale(0, top, self.theme.sequential, ends)
        height, width, channels = layer.map_shape
        told = channel_text(scene, scene.selected)
        self.name.show_text(f"{layer.name} · {map_word(layer)} {told}", layer.name)
        size = f"map {told} of {channels}, {height} × {width}"
        self.size_of_map.show_text(size, f"{height} × {width}")
        self.digit.show_digit(scene.digit)
        self._outline(scene)

    def _outline(self, scene: Scene) -> None:
        hovered = scene.hovered
        if hovered is not None and hovered.layer != scene.selected.layer:
            hovered = None
        outlines = []
        if scene.pointed is not None:
            seeing = scene.network.cells_seeing(*scene.pointed)[scene.selected.layer]
            if not seeing.empty:
                outlines.append(Outline(seeing, 0, "field", 1.0, 0.25))
        for cell, color in ((hovered, "soft_ink"), (scene.selected, "selection")):
            if cell is not None:
                outlines.append(Outline(Rect.cell(cell.row, cell.column), 0, color))
        self.map.show_outlines(tuple(outlines))
        cell = hovered or scene.selected
        self.digit.show_field(scene.pixels(cell))
        self.digit.show_pixels(scene.pixel, scene.pointed)
        self.value.show_text(f"[{cell.row}, {cell.column}] = {value_text(scene, cell)}")
        self.field.show_text(*field_words(scene.pixels(cell)))

    # The user

    def _cell(self, place: MapCell) -> Cell:
        selected = self.scene.selected
        return Cell(selected.layer, place[0], place[1], selected.channel)

    def _on_hovered(self, place: MapCell | None) -> None:
        self.viewer.hover(self._cell(place) if place else None)

    def _on_clicked(self, place: MapCell) -> None:
        self.viewer.select(self._cell(place))

    def _on_moved(self, rows: int, columns: int, channels: int) -> None:
        cell = self.scene.selected
        moved = Cell(cell.layer, cell.row + rows, cell.column + columns, cell.channel + channels)
        self.viewer.select(moved)
