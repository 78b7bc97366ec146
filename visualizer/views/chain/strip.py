"""NetworkStrip: one card a layer: name, the map of the way, output shape, parameters."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy

from visualizer.core.network.geometry import Rect
from visualizer.core.network.layer import Layer
from visualizer.filters.study import FilterStudy
from visualizer.scene.chain import Chain, chain_of
from visualizer.scene.scene import Scene
from visualizer.scene.trail import Cell
from visualizer.scene.viewer import Viewer
from visualizer.system.throttle import Throttle, single_shot
from visualizer.views.base.constants import SIDEWAYS
from visualizer.views.base.look import Look
from visualizer.views.base.scene_panel import ScenePanel
from visualizer.views.base.theme import FONT_SIZES
from visualizer.views.chain.picture import Maps, channel_of, place_on_map
from visualizer.views.maps.badges import StandingOut
from visualizer.views.maps.layer_card import fitted, parameters_text, shape_text, told
from visualizer.views.widgets.cached_pixmap import CachedPixmap
from visualizer.views.widgets.controls import KeyPanel
from visualizer.views.widgets.map_columns import ColumnMap, MapColumns

WIDEST_CARD = 192
GAP = 8
DOT = 7
LINE = 18
AIR = 3
A_WAY = 1.0  # seconds that a way is kept while weights change


class NetworkStrip(ScenePanel, KeyPanel):
    """The way through the network, a card a layer; a click or the arrow keys select a layer.

    While the pointer is on a cell or a pixel elsewhere, the cards show what that cell sees, or
    which cells see that pixel.
    """

    def __init__(self, look: Look, viewer: Viewer, study: FilterStudy | None = None) -> None:
        """Make the strip; with a `study`, cards of layers whose filters stand out have a dot."""
        super().__init__(look, viewer)
        self._standing_out = StandingOut(viewer, study)
        self._marked: tuple[str, ...] = ()
        self._maps = Maps()
        self._channels: tuple[int, ...] = ()
        self._chain = chain_of(self.scene)
        self.columns = MapColumns()
        self._leading = Throttle("way of the strip", self._lead, self)
        self._soon = single_shot(self, "way of the strip, after a painting", self._lead)
        self._hovered = -1
        if study is not None:
            study.changed.connect(self._on_study)
        self._cards, self._marks = CachedPixmap(), CachedPixmap()
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
        trail = old.trail if old.digit is new.digit else old.trail.kept()
        if (old.network, trail, old.answer_hidden) != (new.network, new.trail, new.answer_hidden):
            self._lead()
            return
        if old.trace is not new.trace:  # the maps come at once; the way holds for a moment
            self._chain = Chain(new, self._chain.cells)
            self.columns.show_images([one.image for one in self._plain()])
            if old.digit is new.digit:
                self._leading.request()
            else:
                self._soon.start()
        if (old.hovered, old.pointed) != (new.hovered, new.pointed):
            self._arrange()
        self.update()

    def _lead(self) -> None:
        """Lead the way anew."""
        self._chain = chain_of(self.scene, self._chain)
        self._leading.hold_off(A_WAY)
        self._arrange()

    def apply_theme(self, theme: object) -> None:
        self._arrange()
        self.updateGeometry()

    def resizeEvent(self, event: object) -> None:
        self._arrange()

    def _room(self, position: int) -> QRectF:
        """Return the room for a card's map: between its name and its two lines of numbers."""
        card, line, air = self.card(position), self.theme.px(LINE), self.theme.px(AIR)
        return card.adjusted(0, line + 2 * air, 0, -2 * line - 2 * air)

    def _arrange(self) -> None:
        """Lay out the maps of the way, or of what is pointed at, with their marks."""
        chain, scene, every = self._chain, self.scene, range(len(self._layers))
        self._channels = tuple(channel_of(chain, layer) for layer in every)
        maps = self._maps.of(chain, self.theme, every)
        if scene.pointed is not None or scene.hovered is not None:
            cell = scene.hovered if scene.pointed is None else None
            if cell is not None and self._layers[cell.layer].is_spatial:
                channels = list(self._channels)
                channels[cell.layer] = cell.channel
                self._channels = tuple(channels)
            plain = enumerate(self._plain())
            maps = [self._pointed_at(cell, layer, one) for layer, one in plain]
        self.columns = MapColumns(maps, rooms=[self._room(layer) for layer in every])
        self.update()

    def _plain(self) -> list[ColumnMap]:
        """Return the maps with nothing marked."""
        channels = enumerate(self._channels)
        return [self._maps.plain(self._chain, self.theme, *each) for each in channels]

    def _pointed_at(self, cell: Cell | None, layer: int, one: ColumnMap) -> ColumnMap:
        """Return a map with what a cell sees of it, or with the cells that see the pixel."""
        scene, seen = self.scene, tuple[Rect, ...]()
        if cell is not None and layer == cell.layer:
            return replace(one, cell=place_on_map(self._chain, cell))
        if cell is not None and layer < cell.layer:
            lines = scene.network.lines(cell.layer, cell.row, cell.column, cell.channel)
            seen = lines[layer + 1].parts
        elif scene.pointed is not None:
            seen = (scene.network.cells_seeing(*scene.pointed)[layer],)
        marked = self._layers[layer].is_spatial and not any(rect.empty for rect in seen)
        return replace(one, seen=seen) if marked else one

    # Painting

    def paintEvent(self, event: object) -> None:
        self._marked = self._standing_out.marks()
        painter, theme = QPainter(self), self.theme
        if theme.picture:
            self._paint_cards(painter)
        else:
            shown = self.scene.network, self.scene.selected.layer, self.scene.asked
            state = (theme, *shown, self._hovered, self.framed, self._marked)
            painter.drawPixmap(0, 0, self._cards.painted(self, state, self._paint_cards))
        self.columns.paint_maps(painter)
        if theme.picture:
            self._paint_marks(painter)
        else:  # the marks stay while a network trains
            painter.drawPixmap(0, 0, self._marks.painted(self, self.columns, self._paint_marks))

    def _paint_marks(self, painter: QPainter) -> None:
        self.columns.paint_marks(painter, self.theme, self.theme.px(FONT_SIZES["caption"]))

    def _paint_cards(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for layer in range(len(self._layers)):
            self._paint_card(painter, layer)

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
        theme, line = self.theme, self.theme.px(LINE)
        inner = card.adjusted(theme.px(3), theme.px(4), -theme.px(3), -theme.px(4))
        center = Qt.AlignmentFlag.AlignCenter
        shape = shape_text(layer, self.scene.asked == "size")
        rows = (
            (layer.name, inner.top(), "ink", True, 0),
            (shape, inner.bottom() - 2 * line, "soft_ink", False, 0),
            (parameters_text(layer), inner.bottom() - line, "soft_ink", False, beside),
        )
        for text, top, color, bold, free in rows:
            room = inner.width() + 2 - 2 * free
            shown, font = fitted(text, theme.font("caption", bold), room)
            painter.setFont(font)
            painter.setPen(theme.color(color))
            painter.drawText(QRectF(inner.left() - 2, top, inner.width() + 4, line), center, shown)

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
        return "\n".join([*told(self.scene, position), *marked])

    def press_key(self, event: QKeyEvent) -> bool:
        step = SIDEWAYS.get(Qt.Key(event.key()))
        if step is None:
            return False
        self.viewer.select_layer(self.scene.selected.layer + step)
        return True
