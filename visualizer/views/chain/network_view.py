"""NetworkView: every layer's maps in a column, what a cell sees of them, and the answers."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from visualizer.core.network.geometry import Rect
from visualizer.scene.chain import columns_of
from visualizer.scene.scene import Scene
from visualizer.scene.trail import INPUT, Cell
from visualizer.scene.viewer import Viewer
from visualizer.views.base.constants import SIDEWAYS
from visualizer.views.base.look import Look
from visualizer.views.base.scene_panel import ScenePanel
from visualizer.views.base.theme import blended
from visualizer.views.chain.layer_words import LayerWords
from visualizer.views.chain.network_columns import NetworkColumns, SeenBoxes
from visualizer.views.chain.view import SHADE
from visualizer.views.maps.captions import describe
from visualizer.views.maps.layer_card import told
from visualizer.views.widgets.cells import FRAME, around, paint_rects
from visualizer.views.widgets.controls import KeyPanel
from visualizer.views.widgets.map_paint import paint_frames
from visualizer.views.widgets.pixels import draw_image
from visualizer.views.widgets.press_tracker import PressTracker, clicked_cell
from visualizer.views.widgets.probabilities import Probabilities

ANSWERS = (134, 220)  # least and greatest width of the answers at zoom 1
WIDER = 1.5  # the answers' column, over the others
AIR = 6  # pixels at zoom 1 between maps and words


class NetworkView(ScenePanel, KeyPanel):
    """A column a layer: name, maps, shape and parameters; a click selects what it is at."""

    def __init__(self, look: Look, viewer: Viewer) -> None:
        super().__init__(look, viewer)
        self.setAccessibleName("Every layer's maps and the answers")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.answers = Probabilities(look, viewer)
        self.answers.setParent(self)
        self.answers.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.maps = NetworkColumns()
        self.words: LayerWords | None = None
        self._moving = QRect()
        self._press = PressTracker()

    # What is drawn

    def show_scene(self, old: Scene, new: Scene) -> None:
        if old.network is not new.network:
            self._arrange()
            return
        self.maps.show(new, self.theme)
        if old.selected.layer != new.selected.layer:
            self.update()  # its name, too
        else:
            self.update(self._moving)

    def apply_theme(self, theme: object) -> None:
        self._arrange()

    def resizeEvent(self, event: object) -> None:
        self._arrange()

    def _arrange(self) -> None:
        network, px = self.scene.network, self.theme.px
        hidden = self.scene.asked == "size"
        layers = columns_of(network)
        least, most = (px(size) for size in ANSWERS)
        last = max(WIDER * self.width() / (len(layers) - 1 + WIDER), least)
        last = min(last, most, self.width() / 2)
        width = (self.width() - last) / (len(layers) - 1)
        self.words = words = LayerWords.fitting(network, layers, self.theme, width, hidden)
        air = px(AIR)
        height = max(self.height() - words.head - words.foot - 2 * air, 1.0)
        area = QRectF(0, words.head + air, self.width(), height)
        self._moving = area.adjusted(0, -air, 0, air).toAlignedRect()  # frames reach out a little
        self.maps.arrange(self.scene, area, last)
        self.maps.show(self.scene, self.theme)
        self.answers.setGeometry(self.maps.answers.adjusted(air, 0, -air, 0).toRect())
        self.update()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.words is None:
            return
        painter, theme = QPainter(self), self.theme
        selected = self.maps.source(self.scene.selected)
        shade = blended(theme.color("selection"), theme.color("panel"), SHADE)
        at, rooms = self.maps.layers.index(selected.layer), self.maps.rooms
        painter.fillRect(rooms[at].adjusted(0, -self.height(), 0, self.height()), shade)
        for column, image in zip(self.maps.columns, self.maps.images, strict=True):
            draw_image(painter, column.cells.whole, image)
            if column.mosaic is not None:
                paint_frames(painter, theme, column.mosaic, column.cells)
            else:
                paint_rects(painter, [column.cells.whole], theme.color("line"), 1)
        self._paint_marks(painter, selected)
        if not self._moving.contains(event.rect()):
            mores = [*(column.more for column in self.maps.columns), 0]
            if self.scene.asked == "size":
                mores = [0] * len(mores)
            for place, (room, more) in enumerate(zip(rooms, mores, strict=True)):
                around_maps = room.adjusted(0, 0, 0, theme.px(AIR))
                self.words.paint(painter, theme, place, around_maps, more, place == at)
        self.paint_focus(painter)

    def _paint_marks(self, painter: QPainter, selected: Cell) -> None:
        """Paint what the shown cell sees, joined, and the cells."""
        theme, shown = self.theme, self.maps.source(self.scene.shown)
        width = max(FRAME * theme.zoom, 1.5)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fields, own = self.maps.fields(shown), self.maps.box_of(shown)
        ends = [*fields, SeenBoxes([] if own is None else [own])]
        painter.setPen(QPen(theme.color("field"), max(width * 0.6, 1.0)))
        painter.drawLines([line for pair in pairwise(ends) for line in _joining(*pair)])
        boxes = [around(box, width) for each in fields for box in each.boxes]
        paint_rects(painter, boxes, theme.color("field"), width)
        if shown != selected and own is not None:
            paint_rects(painter, [around(own, width)], theme.color("soft_ink"), width)
        box = self.maps.box_of(selected)
        if box is not None:
            marks = [around(box, width)]
            for column in self.maps.columns:
                if column.layer == selected.layer and column.mosaic is not None:
                    at = self.maps.channels[column.layer].index(selected.channel)
                    whole = Rect.whole(column.mosaic.height, column.mosaic.width)
                    marks.append(around(column.box(whole, at), width))
            paint_rects(painter, marks, theme.color("selection"), width)

    # The user

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position()
        cell, layer = self.maps.cell_at(point), self.maps.column_at(point)
        if cell is not None and cell.layer != INPUT:
            self.viewer.select(self._clicked(cell))
            self._press.rest_at(point)
        elif cell is None and layer is not None:
            self.viewer.select_layer(layer)

    def _clicked(self, cell: Cell) -> Cell:
        """Return the cell that a click means: on maps of small cells the map's strongest."""
        column = next((one for one in self.maps.columns if one.layer == cell.layer), None)
        if column is None or column.mosaic is None:
            return cell
        output = self.scene.trace.outputs[cell.layer]
        place = cell.row, cell.column, cell.channel
        return Cell(cell.layer, *clicked_cell(output, place, column.cells.width))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._press.rests_at(event.position()):
            cell = self.maps.cell_at(event.position())
            self.viewer.hover(None if cell is None or cell.layer == INPUT else cell)

    def leaveEvent(self, event: object) -> None:
        self.viewer.hover(None)

    def tip_at(self, point: QPointF) -> str:
        cell, layer = self.maps.cell_at(point), self.maps.column_at(point)
        if cell is not None:
            return describe(self.scene, cell)[0]
        return "" if layer is None else "\n".join(told(self.scene, layer))

    def press_key(self, event: QKeyEvent) -> bool:
        step = SIDEWAYS.get(Qt.Key(event.key()))
        if step is None:
            return False
        layers = self.maps.layers
        at = layers.index(self.maps.source(self.scene.selected).layer) + step
        if 0 <= at < len(layers) and layers[at] != INPUT:
            self.viewer.select_layer(layers[at])
        return True


def _joining(left: SeenBoxes, right: SeenBoxes) -> list[QLineF]:
    """Return the lines between what is seen of two neighbouring columns.

    None leads from a part of one map to the frame around all maps: it would cross them.
    """
    if not left.boxes or not right.boxes or (right.everything and not left.everything):
        return []
    one, other = left.whole, right.whole
    top = QLineF(one.topRight(), other.topLeft())
    return [top, QLineF(one.bottomRight(), other.bottomLeft())]
