"""KernelView: the weights of a filter; small kernels with numbers, others as signed slices."""

from __future__ import annotations

from functools import partial

import numpy as np
from PySide6.QtCore import Signal

from visualizer.core.network.geometry import Rect
from visualizer.core.network.layer import Array, Layer
from visualizer.core.network.network import Network
from visualizer.scene.scene import Scene
from visualizer.text.numbers import number
from visualizer.views.base.labels import Elided
from visualizer.views.base.layouts import row
from visualizer.views.base.look import Look
from visualizer.views.base.theme import Theme
from visualizer.views.filter.section import Section
from visualizer.views.widgets.cell_editor import CellEditor
from visualizer.views.widgets.colour_bar import ColourBar
from visualizer.views.widgets.controls import Segments
from visualizer.views.widgets.grid_row import GridRow
from visualizer.views.widgets.map_paint import Outline
from visualizer.views.widgets.map_view import MapView
from visualizer.views.widgets.number_grid import Factor
from visualizer.views.widgets.pixels import ColourScale, symmetric_top
from visualizer.views.widgets.viewport import MapCell

ORDERS = (
    ("channel", "By channel", "In the order of the input channels"),
    ("norm", "By norm", "The largest slice first"),
)
MAPS = 128


def slices(network: Network, position: int, channel: int, kernel: Array) -> Array | None:
    """Return a channel's weights as slices (h, w, n), one per input channel; None without weights.

    Weights of a dense layer on a Flatten are shaped like the maps that it copies.

    Parameters
    ----------
    kernel : (kernel_height, kernel_width, in, filters) or (in, units)
    """
    own = kernel[..., channel]
    if own.ndim == 3:
        return own
    below = network.layers[position - 1] if position else None
    copies = below is not None and below.source(0) is not None
    if copies and below is not None and len(below.input_shape) == 3:
        return own.reshape(below.input_shape)
    return own.reshape(1, 1, -1) if position else own.reshape(network.input_shape)


def sliced_by(network: Network, position: int) -> str:
    """Return the name of the layer that the slices weigh, or "the digit"."""
    below = position - 1
    if below >= 0 and network.layers[below].source(0) is not None:
        below -= 1
    return network.layers[below].name if below >= 0 else "the digit"


class KernelView(Section):
    """The weights of one filter.

    Signals
    -------
    edited : (row, column, value)
        Another number was typed into a cell of a first-layer kernel.
    """

    edited = Signal(int, int, float)

    def __init__(self, look: Look) -> None:
        super().__init__(look, "Kernel")
        self._slices: Array = np.zeros((1, 1, 1), np.float32)
        self._order = np.zeros(1, np.intp)
        self._opened: int | None = None
        self._from = ""
        self._editable = False
        self.editor: CellEditor | None = None
        self.orders = Segments(ORDERS, "Order of the slices")
        self.maps = MapView(look, fixed=True)
        self.maps.setAccessibleName("Slices of the kernel")
        self.scale = ColourBar(look)
        self.opened = Elided(name="caption")
        self.numbers = GridRow(look, "Numbers of the slice")
        self.head.add(self.orders)
        self.column.add(row(look, (self.maps, 1), self.scale), self.opened, self.numbers)
        self.orders.chosen.connect(self._draw)
        self.maps.clicked.connect(self._on_slice)
        self.numbers.followed.connect(self._on_number)

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        self._draw()

    @property
    def slice_order(self) -> list[int]:
        """The input channels in their order on the screen."""
        return [int(channel) for channel in self._order]

    def show_filter(self, scene: Scene, layer: Layer, channel: int) -> None:
        """Show the weights of a channel of a layer."""
        position = scene.network.index(layer.name)
        kernel = scene.weights.get(f"{layer.name}.kernel")
        found = None if kernel is None else slices(scene.network, position, channel, kernel)
        self.setVisible(found is not None)
        self._close_editor()
        if found is None:
            return
        self._from = sliced_by(scene.network, position)
        if found.shape != self._slices.shape:
            self._opened = None
        self._slices = found
        self._editable = position == 0 and found.shape[2] == 1
        self._draw()

    def _draw(self) -> None:
        height, width, count = self._slices.shape
        single = count == 1 and height * width <= 49
        norms = np.sqrt((self._slices.astype(np.float64) ** 2).sum(axis=(0, 1)))
        by_norm = self.orders.choice == "norm" and count > 1
        self._order = np.argsort(-norms, kind="stable") if by_norm else np.arange(count)
        top = symmetric_top(self._slices)
        for part in (self.maps, self.scale):
            part.setVisible(not single)
        self.orders.setVisible(count > 1)
        opened = 0 if single else self._opened
        if not single:
            lut = self.theme.kernel
            maps = self._slices[:, :, self._order]
            names = [
                f"channel {channel} · norm {number(norms[channel], 2)}" for channel in self._order
            ]
            self.maps.show_maps(maps, maps, ColourScale(-top, top, lut), names=names)
            self.scale.show_scale(-top, top, lut)
            self.maps.setFixedHeight(self.theme.px(MAPS))
            self._outline()
        numbered = opened is not None and height * width <= 49
        self.opened.setVisible(not single)
        self.numbers.setVisible(numbered)
        if numbered and opened is not None:
            self.numbers.show_factors(Factor(self._slices[:, :, opened], -top, top, "kernel"))
        if opened is None and count == 1:
            self.opened.show_text(f"{height} × {width} weights, as they lie on {self._from}")
        elif opened is None:
            self.opened.show_text(
                f"{count} slices, one a channel of {self._from}; click one for its numbers",
                f"{count} slices; click one for its numbers",
                f"{count} slices",
            )
        elif not single:
            self.opened.show_text(
                f"Channel {opened} of {self._from} · norm {number(norms[opened], 3)}",
                f"Channel {opened} · norm {number(norms[opened], 3)}",
            )
        self.note("Double-click a number to change it" if self._editable else "")

    def _outline(self) -> None:
        outlines: tuple[Outline, ...] = ()
        if self._opened is not None:
            height, width, _ = self._slices.shape
            at = int(np.flatnonzero(self._order == self._opened)[0])
            outlines = (Outline(Rect.whole(height, width), at, "selection"),)
        self.maps.show_outlines(outlines)

    def _on_slice(self, place: MapCell) -> None:
        if self._slices.shape[2] == 1:
            return
        chosen = int(self._order[place[2]])
        self._opened = None if chosen == self._opened else chosen
        self._draw()

    def _on_number(self, row: int, column: int) -> None:
        """Open a cell so that another number can be typed into it."""
        if not self._editable:
            return
        self._close_editor()
        value = f"{float(self._slices[row, column, 0]):.4g}"
        editor = CellEditor(self.numbers, whole=False, value=value, typed=None)
        editor.accepted.connect(partial(self.edited.emit, row, column))
        editor.left.connect(self._close_editor)
        self.editor = editor
        editor.place(self.numbers.cells[0].cell(row, column), self.numbers.pixels)

    def _close_editor(self) -> None:
        editor, self.editor = self.editor, None
        if editor is not None:
            editor.drop()
            editor.hide()
            editor.deleteLater()
