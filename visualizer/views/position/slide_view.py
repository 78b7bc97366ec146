"""SlideView: the window slides over its places while the output map fills in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy

from visualizer.core.network.geometry import Rect
from visualizer.scene.trail import Cell
from visualizer.views.base.labels import Elided
from visualizer.views.base.layouts import column, row
from visualizer.views.base.look import Look, Panel
from visualizer.views.base.theme import Theme
from visualizer.views.position.sum import Sum
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
        self._sum: Sum[Any] | None = None
        self._cell = Cell(0, 0, 0, 0)
        self._filling = False
        self.input_map = WindowMap(look, "The map below, with the window")
        self.output_map = WindowMap(look, "The output map as it fills in")
        self.below = Elided("map below", "caption")
        self.output = Elided("output", "caption")
        self.player = Player(look)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        maps = row(look, spacing=12)
        for name, view in ((self.below, self.input_map), (self.output, self.output_map)):
            if large:
                name.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            else:
                view.show_at_most(LEAST_MAP)
            maps.add(column(look, name, (view, 100), 1, spacing=2))  # the rest lies under the maps
        self.setLayout(maps)
        self.player.moved.connect(self._go_to)
        self.output_map.clicked.connect(self._on_output_clicked)

    def apply_theme(self, theme: Theme) -> None:
        if self._sum is not None:
            self._draw(self._sum)

    def resizeEvent(self, event: object) -> None:
        """Keep maps no higher than wide, so that no gap is under their names."""
        for view in (self.input_map, self.output_map):
            view.setMaximumHeight(max(view.height_of(view.width()), view.minimumHeight()))

    # What is shown

    def show_sum(self, shown: Sum[Any], with_input: bool) -> None:
        """Show a cell of a windowed layer, and its window on the sum's channel of the map below."""
        if shown.cell != self._cell:
            self._filling = False
            self.player.pause()
        self._sum, self._cell = shown, shown.cell
        for widget in (self.input_map, self.below):
            widget.setVisible(with_input)
        self._draw(shown)

    def _draw(self, shown: Sum[Any]) -> None:
        cell, sliding, lut = shown.cell, shown.windowed.sliding, self.theme.sequential
        below = shown.below[:, :, shown.channel]
        self.input_map.show_map(below, 0, positive_top(below), lut)
        self.input_map.show_padding(sliding.margins)
        self.input_map.show_window(shown.window, "field")
        values = shown.scene.trace.outputs[cell.layer][:, :, cell.channel]
        top = positive_top(values)
        rows, columns = sliding.places
        index = cell.row * columns + cell.column
        values = values.copy()
        if self._filling:
            values.reshape(-1)[index + 1 :] = np.nan
        if shown.hidden:
            values[cell.row, cell.column] = np.nan
        self.output_map.show_map(values, 0, top, lut)
        self.output_map.show_window(Rect.cell(cell.row, cell.column), "selection")
        self.player.show_place(index, rows * columns)

    # The user

    def _go_to(self, index: int) -> None:
        if self._sum is not None:
            row, column = divmod(index, self._sum.windowed.sliding.places[1])
            self._cell = replace(self._cell, row=row, column=column)
            self._filling = True
            self.moved.emit(self._cell)

    def _on_output_clicked(self, row: int, column: int) -> None:
        self.moved.emit(replace(self._cell, row=row, column=column))
