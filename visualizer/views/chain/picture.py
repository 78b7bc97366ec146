"""The maps of a chain: the channel of the way in every layer, with cells and windows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from visualizer.core.network.geometry import Rect, RowsColumns
from visualizer.core.network.layer import Layer
from visualizer.scene.chain import Chain
from visualizer.scene.link import Link
from visualizer.scene.trail import INPUT, Cell
from visualizer.views.base.layouts import sized
from visualizer.views.base.look import Look, Panel
from visualizer.views.base.theme import FONT_SIZES, Theme
from visualizer.views.widgets.map_columns import ColumnMap, MapColumns, Units
from visualizer.views.widgets.pixels import output_top

HEIGHT = 112  # of the small picture, at zoom 1


class Maps:
    """The maps of chains; those without their marks are kept while numbers and theme stay."""

    def __init__(self) -> None:
        self._made: dict[tuple[int, int, bool], ColumnMap] = {}
        self._state: object = None

    def of(self, chain: Chain, theme: Theme, layers: Sequence[int] = ()) -> list[ColumnMap]:
        """Return the map of every column, or of every one of some layers that follow each other.

        An answer that may not be shown is an empty map.
        """
        layers, links, maps = layers or chain.layers, chain.by_layer, []
        hidden = None if chain.shows_answer else layers[-1]
        for layer, above in zip(layers, (*layers[1:], None), strict=True):
            one = self.plain(chain, theme, layer, channel_of(chain, layer))
            if layer in links and layer != hidden:
                one = replace(one, cell=place_on_map(chain, links[layer].cell))
            if above is not None and above in links and above != hidden:
                one = _with_window(one, links[above])
            maps.append(one)
        return maps

    def plain(self, chain: Chain, theme: Theme, layer: int, channel: int) -> ColumnMap:
        """Return a layer's map of a channel with nothing marked."""
        state = chain.scene.trace, theme
        if state != self._state:
            self._made, self._state = {}, state
        hidden = layer == chain.layers[-1] and not chain.shows_answer
        key = layer, channel, hidden
        if key not in self._made:
            self._made[key] = _map_of(chain, *key, theme)
        return self._made[key]


def place_on_map(chain: Chain, cell: Cell) -> RowsColumns:
    """Return row and column of a cell on its column's map; units stand below each other."""
    layers = chain.scene.network.layers
    if cell.layer == INPUT or layers[cell.layer].is_spatial:
        return cell.row, cell.column
    return Units(layers[cell.layer].output_shape[0]).place(cell.channel)


def cell_at_place(chain: Chain, column: int, row: int, across: int) -> Cell | None:
    """Return the cell at a place of a column's map; None where there is no unit."""
    layer = chain.layers[column]
    channel = channel_of(chain, layer)
    if layer == INPUT or chain.scene.network.layers[layer].is_spatial:
        return Cell(layer, row, across, channel)
    unit = Units(chain.scene.network.layers[layer].output_shape[0]).unit(row, across)
    return None if unit is None else Cell(layer, 0, 0, unit)


def channel_of(chain: Chain, layer: int) -> int:
    """Return the channel of the way, or where it does not come the strongest; 0 of units."""
    if layer != INPUT and not chain.scene.network.layers[layer].is_spatial:
        return 0
    known = (cell.channel for cell in chain.cells if cell.layer == layer)
    return next(known, 0 if layer == INPUT else chain.scene.strongest(layer).channel)


def _map_of(chain: Chain, at: int, channel: int, hidden: bool, theme: Theme) -> ColumnMap:
    scene = chain.scene
    if at == INPUT:
        return ColumnMap.of(scene.trace.inputs[:, :, channel], 1.0, theme.digit)
    layer, output = scene.network.layers[at], scene.trace.outputs[at]
    top = output_top(layer, output)
    if layer.is_spatial:
        return ColumnMap.of(output[:, :, channel], top, theme.sequential)
    units = Units(len(output))
    values = np.zeros_like(output) if hidden else output
    one = ColumnMap.of(units.laid_out(values), top, theme.sequential)
    labels = tuple(map(str, range(len(output)))) if _is_answer(layer) else ()
    return replace(one, upright=True, labels=labels)


def _is_answer(layer: Layer) -> bool:
    return layer.activation_name == "softmax"


def _with_window(one: ColumnMap, following: Link) -> ColumnMap:
    """Mark what the next column's cell sees of a map, and the winners that the way passes by."""
    cell = following.cell
    layer = following.layer
    if layer.is_spatial:
        window = layer.window(cell.row, cell.column, cell.channel)
        return replace(one, window=window, winners=_winners(following, window))
    if layer.source(cell.channel) is not None and one.cell is not None:
        return replace(one, window=Rect.cell(*one.cell))
    return replace(one, window=Rect.whole(*one.shape))


def _winners(link: Link, window: Rect) -> tuple[RowsColumns, ...]:
    """Return the winning cells of a pooling in which the way's cell does not win."""
    if link.scene.value(link.source) == link.value:  # it wins: no term need be looked at
        return ()
    pool = link.pool
    if pool is None or pool.winners.flat[link.index]:
        return ()
    return tuple(
        (window.top + int(row), window.left + int(column))
        for row, column in np.argwhere(pool.winners)
    )


class ChainPicture(Panel):
    """The maps of a chain in a small room, without the numbers."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._maps = Maps()
        self._chain: Chain | None = None
        self.setAccessibleName("The way from the pixel to the answer")
        sized(look, self, height=HEIGHT)

    def show_chain(self, chain: Chain, said: str) -> None:
        """Show a way, which screen readers read as `said`; emits nothing."""
        self._chain = chain
        self.setAccessibleDescription(said)
        self.update()

    def paintEvent(self, event: object) -> None:
        if self._chain is not None:
            room = QRectF(self.rect()).adjusted(1, 2, -1, -2)
            columns = MapColumns(self._maps.of(self._chain, self.theme), room)
            columns.paint(QPainter(self), self.theme, self.theme.px(FONT_SIZES["caption"]))
