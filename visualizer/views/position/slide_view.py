"""SlideView: the window slides over its places while the output map fills in."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from visualizer.core.network.geometry import Rect
from visualizer.scene.scene import Scene
from visualizer.scene.trail import Cell
from visualizer.views.base.labels import Elided
from visualizer.views.base.look import Look, Panel
from visualizer.views.base.theme import Theme
from visualizer.views.position.terms_views import windowed_layer
from visualizer.views.widgets.pixels import positive_top
from visualizer.views.widgets.player import Player
from visualizer.views.widgets.window_map import WindowMap

LEAST_MAP = 84  # pixels at zoom 1: height asked for under the terms of a panel


class SlideView(Panel):
    """The map below with the window, and the output map as it fills in.

    The panel places the `player` where it is always in view.

    Signals
    -------
    moved : Cell
        The window has moved to this cell's place.
    """

    moved = Signal(Cell)

    def __init__(self, look: Look, large: bool = False) -> None:
        """Make the maps as large as there is room, or small under the terms of a panel."""
        super().__init__(look)
        self._large = large
        self._scene: Scene | None = None
        self._cell = Cell(0, 0, 0, 0)
        self._places = (1, 1)
        self._filling = False
        self.input_map = WindowMap(look, "The map below, with the window")
        self.output_map = WindowMap(look, "The output map as it fills in")
        self.below = Elided("map below", "caption")
        self.output = Elided("output", "caption")
        self.player = Player(look)
        self._maps = QHBoxLayout(self)
        self._maps.setContentsMargins(0, 0, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        for name, view in ((self.below, self.input_map), (self.output, self.output_map)):
            if large:
                name.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column = QVBoxLayout()
            column.setSpacing(2)
            column.addWidget(name)
            column.addWidget(view, 100)
            column.addStretch(1)  # what is left lies under the maps
            if not large:
                view.show_at_most(LEAST_MAP)
            self._maps.addLayout(column)
        self.player.moved.connect(self._go_to)
        self.output_map.clicked.connect(self._on_output_clicked)

    def apply_theme(self, theme: Theme) -> None:
        self._maps.setSpacing(theme.px(12))
        if self._scene is not None:
            self._draw()

    def resizeEvent(self, event: object) -> None:
        """Keep small maps no higher than wide, so that no gap is under their names."""
        for view in () if self._large else (self.input_map, self.output_map):
            view.setMaximumHeight(max(view.height_of(view.width()), view.minimumHeight()))

    # What is shown

    def show_cell(self, scene: Scene, cell: Cell, channel: int, with_input: bool) -> None:
        """Show a cell of a windowed layer, and its window on a channel of the map below."""
        layer = windowed_layer(scene, cell)
        if cell != self._cell:
            self._filling = False
            self.player.pause()
        self._scene, self._cell, self._channel = scene, cell, channel
        self._places = layer.sliding.places
        for widget in (self.input_map, self.below):
            widget.setVisible(with_input)
        self._draw()

    def _draw(self) -> None:
        assert self._scene is not None
        scene, cell, theme = self._scene, self._cell, self.theme
        layer = windowed_layer(scene, cell)
        below = scene.trace.below(cell.layer)[:, :, self._channel]
        self.input_map.show_map(below, 0, positive_top(below), theme.sequential)
        self.input_map.show_padding(layer.sliding.margins)
        self.input_map.show_window(layer.window(cell.row, cell.column, cell.channel), "field")
        values = scene.trace.outputs[cell.layer][:, :, cell.channel]
        top = positive_top(values)
        rows, columns = self._places
        index = cell.row * columns + cell.column
        if self._filling:
            values = values.copy()
            values.reshape(-1)[index + 1 :] = np.nan
        self.output_map.show_map(values, 0, top, theme.sequential)
        self.output_map.show_window(Rect.cell(cell.row, cell.column), "selection")
        self.player.show_place(index, rows * columns)

    # The user

    def _go_to(self, index: int) -> None:
        row, column = divmod(index, self._places[1])
        self._cell = Cell(self._cell.layer, row, column, self._cell.channel)
        self._filling = True
        self.moved.emit(self._cell)

    def _on_output_clicked(self, row: int, column: int) -> None:
        self.moved.emit(Cell(self._cell.layer, row, column, self._cell.channel))
