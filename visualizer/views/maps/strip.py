"""NetworkStrip: one card per layer: name, live thumbnail, output shape, parameters."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy

from visualizer.core.mosaic import Mosaic
from visualizer.core.network.geometry import Rect
from visualizer.core.network.layer import Layer
from visualizer.filters.study import FilterStudy
from visualizer.scene.scene import Scene
from visualizer.scene.viewer import Viewer
from visualizer.views.base.constants import SIDEWAYS
from visualizer.views.base.look import Look
from visualizer.views.base.scene_panel import ScenePanel
from visualizer.views.maps.badges import StandingOut
from visualizer.views.maps.layer_card import (
    THUMBNAIL_ROWS,
    fitted,
    parameters_text,
    thumbnail,
    told,
)
from visualizer.views.widgets.cached_pixmap import CachedPixmap
from visualizer.views.widgets.controls import KeyPanel
from visualizer.views.widgets.pixels import draw_image, output_top, to_image

STRETCH = 2.5  # how many times longer than wide, or the other way, a vector's cells may be
WIDEST_CARD = 192
GAP = 8
DOT = 7


class NetworkStrip(ScenePanel, KeyPanel):
    """The network from input to output; a click or the arrow keys select a layer."""

    def __init__(self, look: Look, viewer: Viewer, study: FilterStudy | None = None) -> None:
        """Make the strip; with a `study`, cards of layers whose filters stand out have a dot."""
        super().__init__(look, viewer)
        self._standing_out = StandingOut(viewer, study)
        self._marked: tuple[str, ...] = ()
        self._thumbnails: list[tuple[QImage, Mosaic | None]] = []
        self._painted: object = None
        self._targets: list[QRectF] = []
        self._columns = 1
        self._hovered = -1
        if study is not None:
            study.changed.connect(self._on_study)
        self._cards = CachedPixmap()
        self._filled = CachedPixmap()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Layers of the network")

    def sizeHint(self) -> QSize:
        return QSize(self.theme.px(720), self.theme.px(136))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.px(64) * len(self._layers), self.theme.px(136))

    @property
    def _layers(self) -> tuple[Layer, ...]:
        return self.scene.network.layers

    def card(self, layer: int) -> QRectF:
        """Return where a layer's card lies."""
        gap = self.theme.px(GAP)
        room = (self.width() - gap * (len(self._layers) - 1) - 2) / len(self._layers)
        width = min(room, self.theme.px(WIDEST_CARD))
        return QRectF(1 + layer * (width + gap), 1, width, self.height() - 2)

    def layer_at(self, point: QPointF) -> int | None:
        for layer in range(len(self._layers)):
            if self.card(layer).contains(point):
                return layer
        return None

    def show_scene(self, old: Scene, new: Scene) -> None:
        if (old.trace, old.answer_hidden) != (new.trace, new.answer_hidden):
            self._draw()
        elif (old.shown, old.pointed) != (new.shown, new.pointed):
            self.update()

    def apply_theme(self, theme: object) -> None:
        self._draw()
        self.updateGeometry()

    def _draw(self) -> None:
        scene = self.scene
        lut = self.theme.sequential
        self._thumbnails = []
        self._columns = self._fitting_columns()
        layers = scene.network.layers
        for at, (layer, output) in enumerate(zip(layers, scene.trace.outputs, strict=True)):
            values, mosaic = thumbnail(layer, output, self._columns)
            if scene.hides(at):
                values = np.zeros_like(values)
            image = to_image(values, 0, output_top(layer, output), lut)
            self._thumbnails.append((image, mosaic))
        self.update()

    def resizeEvent(self, event: object) -> None:
        if self._fitting_columns() != self._columns:
            self._draw()

    def _room(self, position: int) -> QRectF:
        """Return the room for a card's thumbnail: between its name and its two lines of numbers."""
        card, line, air = self.card(position), self.theme.px(18), self.theme.px(6)
        side = self.theme.px(8)
        return card.adjusted(side, line + air, -side, -2 * line - air)

    def _fitting_columns(self) -> int:
        """Return the number of columns of maps that fill the card, in three rows."""
        room = self._room(0)
        return max(round(THUMBNAIL_ROWS * room.width() / max(room.height(), 1)), 1)

    # Painting

    def paintEvent(self, event: object) -> None:
        scene = self.scene
        self._marked = self._standing_out.marks()
        look = (self.theme, scene.network, scene.selected.layer, self._hovered, self.framed)
        cards = self._cards.painted(self, (look, self._marked), self._paint_cards)
        state = (cards.cacheKey(), scene.trace, scene.answer_hidden, self._columns)
        painter = QPainter(self)
        if self.theme.picture:
            self._paint_cards(painter)
            self._paint_thumbnails(painter)
        elif state == self._painted:  # another cell or a moving pointer changes only the marks
            paint = self._paint_thumbnails
            painter.drawPixmap(0, 0, self._filled.painted(self, state, paint, cards))
        else:
            self._painted = state
            painter.drawPixmap(0, 0, cards)
            self._paint_thumbnails(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        marks = self._marks()
        for layer, (_, mosaic) in enumerate(self._thumbnails):
            if mosaic is not None and layer in marks:
                self._paint_mark(painter, self._targets[layer], mosaic, *marks[layer])

    def _paint_cards(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for layer in range(len(self._layers)):
            self._paint_card(painter, layer)

    def _paint_thumbnails(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.theme.color("line"), 1))
        self._targets = [self._thumbnail_rect(layer) for layer in range(len(self._layers))]
        for target, (image, _) in zip(self._targets, self._thumbnails, strict=True):
            draw_image(painter, target, image)
            painter.drawRect(target)

    def _paint_card(self, painter: QPainter, position: int) -> None:
        theme, layer, card = self.theme, self._layers[position], self.card(position)
        selected = position == self.scene.selected.layer
        edge = "selection" if selected else "soft_ink" if position == self._hovered else "line"
        width = theme.line_width if selected else 1.0
        inset = width / 2
        painter.setPen(QPen(theme.color(edge), width))
        painter.setBrush(theme.color("panel"))
        rounding = theme.px(6)
        painter.drawRoundedRect(card.adjusted(inset, inset, -inset, -inset), rounding, rounding)
        if selected and self.framed:
            painter.setPen(QPen(theme.color("accent"), theme.px(1), Qt.PenStyle.DotLine))
            inner = theme.px(3)
            painter.drawRect(card.adjusted(inner, inner, -inner, -inner))
        mark = self._marked[position] if self._marked else ""
        self._paint_words(painter, layer, card, theme.px(DOT + 4) if mark else 0)
        if mark:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(mark))
            painter.drawEllipse(self.dot(position))

    def dot(self, position: int) -> QRectF:
        """Return where a card's dot lies: after its number of parameters."""
        card, px = self.card(position), self.theme.px
        return QRectF(
            card.right() - px(4 + DOT), card.bottom() - px(13) - px(DOT) / 2, *2 * [px(DOT)]
        )

    def _paint_words(self, painter: QPainter, layer: Layer, card: QRectF, beside: int) -> None:
        """Write a layer's name, shape and parameters; `beside` pixels beside the last stay free."""
        theme, line = self.theme, self.theme.px(18)
        inner = card.adjusted(theme.px(3), theme.px(4), -theme.px(3), -theme.px(4))
        center = Qt.AlignmentFlag.AlignCenter
        rows = (
            (layer.name, inner.top(), "ink", True, 0),
            (str(layer.output_shape), inner.bottom() - 2 * line, "soft_ink", False, 0),
            (parameters_text(layer), inner.bottom() - line, "soft_ink", False, beside),
        )
        for text, top, color, bold, free in rows:
            room = inner.width() + 2 - 2 * free
            shown, font = fitted(text, theme.font("caption", bold), room)
            painter.setFont(font)
            painter.setPen(theme.color(color))
            painter.drawText(QRectF(inner.left() - 2, top, inner.width() + 4, line), center, shown)

    def _thumbnail_rect(self, position: int) -> QRectF:
        room = self._room(position)
        image, _ = self._thumbnails[position]
        across = min(room.width() / image.width(), room.height() / image.height())
        down = across
        if not self._layers[position].is_spatial:
            across = min(room.width() / image.width(), STRETCH * across)
            down = min(room.height() / image.height(), STRETCH * across)
        width, height = image.width() * across, image.height() * down
        left = round(room.center().x() - width / 2)
        return QRectF(left, round(room.center().y() - height / 2), width, height)

    def _marks(self) -> dict[int, tuple[tuple[Rect, ...], str]]:
        """Return by layer the cells that the shown cell sees, or that see the pixel pointed at."""
        scene = self.scene
        if scene.pointed is not None:
            seeing = scene.network.cells_seeing(*scene.pointed)
            return {layer: ((rect,), "field") for layer, rect in enumerate(seeing)}
        cell = scene.shown
        lines = scene.network.lines(cell.layer, cell.row, cell.column, cell.channel)
        marks = {layer: (it.parts, "field") for layer, it in enumerate(lines[1:])}
        return marks | {cell.layer: ((Rect.cell(cell.row, cell.column),), "selection")}

    def _paint_mark(
        self, painter: QPainter, target: QRectF, mosaic: Mosaic, rects: tuple[Rect, ...], color: str
    ) -> None:
        painter.setPen(QPen(self.theme.color(color), round(self.theme.zoom)))
        painter.setBrush(self.theme.color(color, 0.22))
        cell_x, cell_y = target.width() / mosaic.shape[1], target.height() / mosaic.shape[0]
        own = self.scene.shown.channel
        every = range(mosaic.channels)
        maps = [mosaic.map_rect(n) for n in every if color != "selection" or n == own]
        painter.drawRects(
            [
                QRectF(
                    target.left() + (at.left + rect.left) * cell_x,
                    target.top() + (at.top + rect.top) * cell_y,
                    rect.width * cell_x,
                    rect.height * cell_y,
                )
                for at in maps
                for rect in rects
                if not rect.empty
            ]
        )

    # Pointer and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        layer = self.layer_at(event.position())
        if layer is not None:
            self.viewer.select_layer(layer)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        layer = self.layer_at(event.position())
        self._hover(-1 if layer is None else layer)

    def leaveEvent(self, event: object) -> None:
        self._hover(-1)

    def _hover(self, layer: int) -> None:
        if layer != self._hovered:
            self._hovered = layer
            self.update()

    # Filters that stand out

    def _on_study(self) -> None:
        if self.isVisible():
            self.update()

    def tip_at(self, point: QPointF) -> str:
        layer = self.layer_at(point)
        return "" if layer is None else self._tip(layer)

    def _tip(self, position: int) -> str:
        standing_out = self._standing_out.summary(position)
        marked = [f"● among its filters: {standing_out}"] if standing_out else []
        return "\n".join([*told(self.scene.network, position), *marked])

    def press_key(self, event: QKeyEvent) -> bool:
        step = SIDEWAYS.get(Qt.Key(event.key()))
        if step is None:
            return False
        self.viewer.select_layer(self.scene.selected.layer + step)
        return True
