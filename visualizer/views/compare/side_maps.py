"""SideMaps: the maps of one of two networks; the other follows the selection in them."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QStackedWidget

from visualizer.compare.pair import Pair
from visualizer.core.network.geometry import Rect
from visualizer.scene.scene import Scene
from visualizer.scene.trail import Cell
from visualizer.text.numbers import compact, sees_text
from visualizer.views.base.labels import Elided
from visualizer.views.base.layouts import column, row
from visualizer.views.base.look import Look
from visualizer.views.base.scene_panel import ScenePanel
from visualizer.views.base.theme import Theme
from visualizer.views.widgets.bars_view import BarsView
from visualizer.views.widgets.buttons import ComboBox
from visualizer.views.widgets.colour_bar import ColourBar
from visualizer.views.widgets.map_paint import Outline
from visualizer.views.widgets.map_view import MapView
from visualizer.views.widgets.pixels import ColourScale, output_top, symmetric_top
from visualizer.views.widgets.viewport import MapCell

MOST_BARS = 128


class SideMaps(ScenePanel):
    """All maps of a layer, on one scale of its own with numbers."""

    def __init__(self, look: Look, pair: Pair, side: int) -> None:
        super().__init__(look, pair.viewers[side])
        self._pair, self._side = pair, side
        which = ("first", "second")[side]
        self.layers = ComboBox(f"Layer of the {which} network", small=True)
        self.readout = Elided(name="caption")
        self.maps, self.bars = MapView(look), BarsView(look)
        self.maps.setAccessibleName("Feature maps")
        self.bars.setAccessibleName("Values of the units")
        self.colour_bar = ColourBar(look)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.maps)
        self._stack.addWidget(self.bars)
        head = row(look, self.layers, (self.readout, 1), spacing=8)
        body = row(look, (self._stack, 1), self.colour_bar, spacing=8)
        self.setLayout(column(look, head, (body, 1), spacing=4))
        self.layers.activated.connect(self._on_layer)
        self.maps.clicked.connect(self._on_place)
        self.maps.moved.connect(self._on_moved)
        self.bars.clicked.connect(self._on_unit)

    def apply_theme(self, theme: Theme) -> None:
        self._show()

    def show_scene(self, old: Scene, new: Scene) -> None:
        if (old.trace, old.layer, old.answer_hidden) != (new.trace, new.layer, new.answer_hidden):
            self._show()
        elif old.selected != new.selected:
            self._mark()

    def _show(self) -> None:
        scene = self.scene
        layer, values = scene.layer, scene.trace.outputs[scene.selected.layer]
        if scene.hides(scene.selected.layer):
            values = np.zeros_like(values)
        names = [each.name for each in scene.network.layers]
        with QSignalBlocker(self.layers):
            if [self.layers.itemText(at) for at in range(self.layers.count())] != names:
                self.layers.clear()
                self.layers.addItems(names)
            self.layers.setCurrentIndex(scene.selected.layer)
        as_bars = not layer.is_spatial and layer.map_shape[2] <= MOST_BARS
        self._stack.setCurrentWidget(self.bars if as_bars else self.maps)
        self.colour_bar.setVisible(not as_bars)
        signed = bool((values < 0).any())
        top = symmetric_top(values) if signed else output_top(layer, values)
        if as_bars:
            self.bars.show_values(values, top)
        else:
            theme = self.theme
            lut = theme.diverging if signed else theme.sequential
            sheet = not layer.is_spatial
            maps = values.reshape(layer.sheet).transpose(1, 2, 0) if sheet else values
            low = -top if signed else 0.0
            self.maps.show_maps(maps, maps, ColourScale(low, top, lut), sheet)
            self.colour_bar.show_scale(low, top, lut)
        self._mark()

    def _mark(self) -> None:
        scene = self.scene
        cell, layer = scene.selected, scene.layer
        value = "?" if scene.hides(cell.layer) else compact(scene.value(cell))
        if not layer.is_spatial:
            self.readout.show_text(f"unit {cell.channel}: {value}")
            self.bars.show_selection(cell.channel, -1)
            block, row, column = map(int, np.unravel_index(cell.channel, layer.sheet))
            self.maps.show_outlines((Outline(Rect.cell(row, column), block, "selection"),))
            return
        place = f"[{cell.row}, {cell.column}, {cell.channel}]"
        seen = sees_text(scene.pixels(cell))[0]
        self.readout.show_text(f"{place} = {value} · {seen}", f"{place} = {value}", value)
        height, width, _ = layer.map_shape
        self.maps.show_outlines(
            (
                Outline(Rect.whole(height, width), cell.channel, "selection"),
                Outline(Rect.cell(cell.row, cell.column), cell.channel, "selection"),
            )
        )

    # The user

    def _on_layer(self, layer: int) -> None:
        self._pair.select(self._side, self.viewer.scene.strongest(layer))

    def _on_place(self, place: MapCell) -> None:
        row, column, channel = place
        layer = self.scene.layer
        if layer.is_spatial:
            self._pair.select(self._side, Cell(self.scene.selected.layer, *place))
        else:
            self._on_unit(int(np.ravel_multi_index((channel, row, column), layer.sheet)))

    def _on_moved(self, rows: int, columns: int, channels: int) -> None:
        at, layer = self.scene.selected, self.scene.layer
        if not layer.is_spatial:
            self._on_unit(at.channel + rows * layer.sheet[2] + columns)
            return
        cell = Cell(at.layer, at.row + rows, at.column + columns, at.channel + channels)
        self._pair.select(self._side, cell)

    def _on_unit(self, unit: int) -> None:
        self._pair.select(self._side, Cell(self.scene.selected.layer, 0, 0, unit))
