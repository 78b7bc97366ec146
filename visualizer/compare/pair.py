"""Pair: two networks at one digit; a selection in one selects a counterpart in the other."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, Signal

from visualizer.compare.networks import ComparedNetwork, ComparedNetworks
from visualizer.core.network.geometry import Rect, RowsColumns
from visualizer.core.network.layers import Conv2D
from visualizer.core.network.network import Network
from visualizer.data.shift import MOST, shifted
from visualizer.scene.scene import Digit, Model, Scene
from visualizer.scene.trail import Cell
from visualizer.scene.viewer import Viewer, first_scene

Names = tuple[str, str]


def counterpart(scene: Scene, cell: Cell, other: Scene) -> Cell:
    """Find the cell of another network to compare with a cell.

    Its layer does the same work: the first convolution for the first, or the layer at the same
    distance behind it; layers above the maps are counted from the last. Its place has the field
    whose middle is nearest on the digit (ties: the first in row order). Filters of two networks
    have nothing in common but their number, so its channel is the one that answers most there.
    """
    layer = counterpart_layer(scene.network, cell.layer, other.network)
    height, width, channels = other.network.layers[layer].map_shape
    if not other.network.layers[layer].is_spatial:
        same = other.network.layers[layer].map_shape == scene.network.layers[cell.layer].map_shape
        return Cell(layer, 0, 0, cell.channel) if same else other.strongest(layer)
    middle = _middle(scene.field(cell))
    rows = [_middle(other.field(Cell(layer, row, 0, 0)))[0] for row in range(height)]
    columns = [_middle(other.field(Cell(layer, 0, column, 0)))[1] for column in range(width)]
    row = int(np.abs(np.array(rows) - middle[0]).argmin())
    column = int(np.abs(np.array(columns) - middle[1]).argmin())
    outputs = other.trace.outputs[layer].reshape(height, width, channels)
    return Cell(layer, row, column, int(outputs[row, column].argmax()))


def counterpart_layer(network: Network, layer: int, other: Network) -> int:
    """Find the layer of another network that does the same work."""
    if network == other:
        return layer
    spatial, others = _spatial(network), _spatial(other)
    if layer >= spatial or not others:
        from_end = len(network.layers) - layer
        return min(max(len(other.layers) - from_end, others), len(other.layers) - 1)
    block, into = _blocks(network)[layer]
    places = {place: at for at, place in enumerate(_blocks(other)[:others])}
    blocks = max(block for block, _ in places)
    wanted = [(min(block, blocks), depth) for depth in range(into, -1, -1)]
    return next((places[place] for place in wanted if place in places), 0)


def _spatial(network: Network) -> int:
    """Count the layers with rows and columns; they come first."""
    return sum(layer.is_spatial for layer in network.layers)


def _blocks(network: Network) -> list[tuple[int, int]]:
    """Return, for each layer, its convolution's block and the distance behind that convolution."""
    found: list[tuple[int, int]] = []
    for layer in network.layers:
        block, into = found[-1] if found else (-1, -1)
        found.append((block + 1, 0) if isinstance(layer, Conv2D) else (block, into + 1))
    return found


def _middle(field: Rect) -> tuple[float, float]:
    return (field.top + field.bottom) / 2, (field.left + field.right) / 2


class Pair(QObject):
    """Two viewers side by side, at the same digit, moved by the same pixels.

    Signals
    -------
    changed
        Another network, digit or shift. Each viewer reports its own changes of scene.
    """

    changed = Signal()

    def __init__(
        self,
        networks: ComparedNetworks,
        digit: Digit,
        names: Names,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._networks = networks
        self.names = names
        self.digit, self.dy, self.dx = digit, 0, 0
        self._following = False
        self.viewers = tuple(Viewer(first_scene(self._model(name), digit), self) for name in names)
        for side, viewer in enumerate(self.viewers):
            viewer.sceneChanged.connect(lambda old, new, at=side: self._on_scene(at, old, new))
        networks.changed.connect(self._on_networks)
        self._follow(0)

    def _model(self, name: str) -> Model:
        compared = self._networks.of(name)
        assert compared is not None and compared.model is not None, name
        return compared.model

    @property
    def compared(self) -> tuple[ComparedNetwork, ComparedNetwork]:
        """The two networks of the pair."""
        first, second = (self._networks.of(name) for name in self.names)
        assert first is not None and second is not None
        return first, second

    @property
    def models(self) -> tuple[Model, Model]:
        first, second = map(self._model, self.names)
        return first, second

    def choose(self, side: int, name: str) -> None:
        """Compare another network on one side; if the other side has it, they change places."""
        first, second = self.names
        if name == self.names[side]:
            return
        if name == self.names[1 - side]:
            self.names = second, first
        else:
            self.names = (name, second) if side == 0 else (first, name)
        self._show_models()
        self.changed.emit()

    def show(self, names: Names, shift: RowsColumns | None = None) -> None:
        """Compare these networks, at a digit that is moved so far; None: as far as it is."""
        if names != self.names:
            self.names = names
            self._show_models()
            self.changed.emit()
        if shift is not None:
            self.move_to(*shift)

    def show_digit(self, digit: Digit) -> None:
        """Show a digit, moved as far as the last one."""
        self.digit = digit
        self._show_digit()

    def follow(self, scene: Scene) -> None:
        """Show the digit of the window's scene, and hide the answers if that scene hides them."""
        if scene.digit is not self.digit:
            self.show_digit(scene.digit)
        for viewer in self.viewers:
            if viewer.scene.answer_hidden != scene.answer_hidden:
                viewer.predict(scene.answer_hidden)

    def move_to(self, dy: int, dx: int) -> None:
        """Move the digit down by dy and right by dx pixels, at most 8 each way."""
        dy, dx = (min(max(steps, -MOST), MOST) for steps in (dy, dx))
        if (dy, dx) != (self.dy, self.dx):
            self.dy, self.dx = dy, dx
            self._show_digit()

    @property
    def moved(self) -> Digit:
        """The moved digit, as the networks see it."""
        if not (self.dy or self.dx):
            return self.digit
        pixels = shifted(self.digit.pixels[None], self.dy, self.dx)[0]
        source = f"{self.digit.source}, moved"
        return Digit(pixels, self.digit.label, source, drawn=self.digit.drawn)

    def select(self, side: int, cell: Cell) -> None:
        """Select a cell of one network, and its counterpart in the other."""
        self.viewers[side].select(cell)

    def stop(self) -> None:
        """Stop both viewers: they emit nothing more."""
        for viewer in self.viewers:
            viewer.stop()

    def _show_digit(self) -> None:
        moved = self.moved
        for viewer in self.viewers:
            viewer.show_digit(moved)
        self.changed.emit()

    def _show_models(self) -> None:
        self._following = True
        for viewer, model in zip(self.viewers, self.models, strict=True):
            if viewer.scene.model is not model:
                viewer.show_live(model)
                viewer.settle()
        self._following = False
        self._follow(0)

    def _on_scene(self, side: int, old: Scene, new: Scene) -> None:
        if old.selected != new.selected and not self._following:
            self._follow(side)

    def _follow(self, side: int) -> None:
        """Select the counterpart of this network's selection in the other network."""
        scene, other = self.viewers[side].scene, self.viewers[1 - side]
        self._following = True
        other.select(counterpart(scene, scene.selected, other.scene))
        self._following = False

    def _on_networks(self) -> None:
        self._show_models()
        self.changed.emit()
