"""NetworkColumns: which maps of a network are drawn, where each cell lies, and what a cell sees."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage

from visualizer.core.network.geometry import Rect
from visualizer.scene.chain import columns_of
from visualizer.scene.scene import Scene
from visualizer.scene.trail import INPUT, Cell
from visualizer.views.base.theme import Theme
from visualizer.views.chain.layer_columns import (
    LayerColumn,
    own_channels,
    picture_of,
    strongest_first,
)
from visualizer.views.widgets.map_columns import Units

EDGE = 3.0  # pixels at the right of the answers, for a frame


@dataclass(frozen=True, slots=True)
class SeenBoxes:
    """What a cell sees of a column: where it lies, and whether it is all of its maps."""

    boxes: list[QRectF]
    everything: bool = False

    @property
    def whole(self) -> QRectF:
        """The smallest rectangle around all boxes."""
        whole = QRectF()
        for box in self.boxes:
            whole = whole.united(box)
        return whole


class NetworkColumns:
    """A column a layer with the strongest maps first, and at the right the answers.

    The order of the maps holds for a digit and an epoch, so that they keep their places while
    they change.

    Attributes
    ----------
    columns : list of LayerColumn
        Those of the digit and of all layers but the last.
    answers : QRectF
        The room of the last layer's.
    channels : dict of int → tuple of int
        By layer the channels of the maps that are drawn, in their order.
    """

    def __init__(self) -> None:
        self.columns: list[LayerColumn] = []
        self.answers = QRectF()
        self.channels: dict[int, tuple[int, ...]] = {}
        self._pictures: dict[int, tuple[object, QImage]] = {}
        self._orders: dict[int, list[int]] = {}
        self._ordered: object = None

    def arrange(self, scene: Scene, area: QRectF, last: float) -> None:
        """Lay out the columns in an area; the last has a width of its own, the others are equal."""
        self.scene = scene
        *layers, _ = columns_of(scene.network)
        shapes = [scene.network.input_shape]
        shapes += [layer.output_shape for layer in scene.network.layers]
        largest = max(max(shape[:2]) for shape in shapes if len(shape) == 3)
        width = (area.width() - last) / len(layers)
        rooms = (
            QRectF(area.left() + at * width, area.top(), width, area.height())
            for at in range(len(layers))
        )
        self.columns = [
            LayerColumn.of(layer, shapes[layer + 1], room, largest)
            for layer, room in zip(layers, rooms, strict=True)
        ]
        self._pictures = {}
        self.answers = QRectF(area.right() - last, area.top(), last, area.height())

    @property
    def layers(self) -> tuple[int, ...]:
        """The layers that have a column."""
        return columns_of(self.scene.network)

    @property
    def images(self) -> list[QImage]:
        """The picture of every column but the answers'."""
        return [self._pictures[column.layer][1] for column in self.columns]

    @property
    def rooms(self) -> list[QRectF]:
        """The room of every column."""
        return [*(column.room for column in self.columns), self.answers]

    def show(self, scene: Scene, theme: Theme) -> None:
        """Make the pictures of a scene of the same network."""
        self.scene = scene
        moment = scene.model.moment
        known = scene.model if moment is None else (moment.run, int(moment.epoch))
        if (scene.network, scene.digit, known) != self._ordered:
            self._orders, self._ordered = {}, (scene.network, scene.digit, known)
        own = own_channels(scene, self.source(scene.selected))
        for column in self.columns:
            shown = self._shown(column, own.get(column.layer))
            self.channels[column.layer] = shown
            state = scene.trace, shown, theme
            if self._pictures.get(column.layer, (None,))[0] != state:
                self._pictures[column.layer] = state, picture_of(scene, column, shown, theme)

    def _shown(self, column: LayerColumn, own: int | None) -> tuple[int, ...]:
        """Return the channels of a column's maps: the strongest, and in any case a certain one."""
        layer, mosaic = column.layer, column.mosaic
        if layer == INPUT or mosaic is None:
            return (0,)
        if layer not in self._orders:
            self._orders[layer] = strongest_first(self.scene.trace.outputs[layer])
        shown = self._orders[layer][: mosaic.channels]
        if own is not None and own not in shown:
            shown[-1] = own
        return tuple(shown)

    # Where things are

    def answer_row(self, unit: int) -> QRectF:
        """Return where a class stands among the answers."""
        room, many = self.answers, len(self.scene.trace.probabilities)
        height = room.height() / many
        row = QRectF(room.left(), room.top() + unit * height, room.width(), height)
        return row.adjusted(0, 0, -EDGE, 0)

    def column_at(self, point: QPointF) -> int | None:
        """Return the layer whose column is at a point; None on the digit's."""
        if point.x() >= self.answers.left():
            return self.scene.last
        rooms = ((column.layer, column.room) for column in self.columns)
        found = (layer for layer, room in rooms if room.left() <= point.x() < room.right())
        layer = next(found, INPUT)
        return None if layer == INPUT else layer

    def cell_at(self, point: QPointF) -> Cell | None:
        """Return the cell or the pixel at a point; none of a hidden answer."""
        scene, last = self.scene, self.scene.last
        for column in self.columns:
            place = column.place_at(point)
            if place is not None:
                return self._cell(column, *place)
        if not self.answers.contains(point) or scene.hides(last) or scene.digit.undrawn:
            return None
        many = len(scene.trace.probabilities)
        unit = int((point.y() - self.answers.top()) / self.answers.height() * many)
        return Cell(last, 0, 0, min(unit, many - 1))

    def _cell(self, column: LayerColumn, row: int, across: int, at: int) -> Cell | None:
        if column.layer == INPUT:
            return Cell(INPUT, row, across, 0)
        if column.mosaic is not None:
            return Cell(column.layer, row, across, self.channels[column.layer][at])
        units = self.scene.network.layers[column.layer].output_shape[0]
        return Cell(column.layer, 0, 0, at) if at < units else None

    def box_of(self, cell: Cell) -> QRectF | None:
        """Return where a cell is drawn; None where its map has no room, or is hidden."""
        scene = self.scene
        if cell.layer == INPUT:
            return self.columns[0].box(Rect.cell(cell.row, cell.column), 0)
        if cell.layer == scene.last:
            return None if scene.hides(cell.layer) else self.answer_row(cell.channel)
        column = next(column for column in self.columns if column.layer == cell.layer)
        if column.mosaic is None:
            units = Units(scene.network.layers[cell.layer].output_shape[0])
            return column.cells.cell(*units.place(cell.channel))
        channels = self.channels[cell.layer]
        if cell.channel not in channels:
            return None
        return column.box(Rect.cell(cell.row, cell.column), channels.index(cell.channel))

    def fields(self, cell: Cell) -> list[SeenBoxes]:
        """Return what a cell sees of every column before its own.

        Of all a layer's maps, one has them: the strongest, or the only one that is seen. Where
        all is seen there is one box around all maps.
        """
        scene = self.scene
        if cell.layer == INPUT:
            return []
        lines = scene.network.lines(cell.layer, cell.row, cell.column, cell.channel)
        own, made = own_channels(scene, cell), list[SeenBoxes]()
        for column in self.columns:
            if column.layer >= cell.layer:
                break
            seen, only = lines[column.layer + 1], own.get(column.layer)
            channels = self.channels[column.layer]
            if column.mosaic is None:
                made.append(SeenBoxes([column.cells.whole], everything=True))
            elif only is not None and column.layer != INPUT:
                at = channels.index(only) if only in channels else None
                parts = () if at is None else seen.parts
                made.append(SeenBoxes([column.box(rect, at or 0) for rect in parts]))
            elif seen.count == column.mosaic.height * column.mosaic.width:
                made.append(SeenBoxes([column.cells.whole], everything=True))
            else:
                made.append(SeenBoxes([column.box(rect, 0) for rect in seen.parts]))
        return made

    def source(self, cell: Cell) -> Cell:
        """Return the cell that has a column: a cell, or the one that it copies."""
        scene = self.scene
        layers = scene.network.layers
        while 0 <= cell.layer < len(layers) - 1:
            source = layers[cell.layer].source(cell.channel)
            if source is None:
                break
            cell = scene.below(cell, *source)
        return cell
