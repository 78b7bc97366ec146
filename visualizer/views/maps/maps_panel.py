"""MapsPanel: every feature map of the selected layer, on a colour scale with numbers."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QSize
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget

from visualizer.core.network.layer import Array, Layer
from visualizer.filters.study import FilterStudy
from visualizer.scene.scene import Scene
from visualizer.scene.trail import Cell
from visualizer.scene.viewer import Viewer
from visualizer.session.choices import Choices, MapsShown
from visualizer.system.throttle import single_shot
from visualizer.text.backward import loss_words
from visualizer.views.base.labels import Elided, label
from visualizer.views.base.layouts import column, row
from visualizer.views.base.look import Look
from visualizer.views.base.scene_panel import ScenePanel
from visualizer.views.base.theme import Theme
from visualizer.views.maps.badged_maps import BadgedMaps
from visualizer.views.maps.captions import RANGES, VALUES, asked_ends, size_of_maps, told_of
from visualizer.views.maps.direction import BY_LOGIT, DirectionSwitch, drawn_of, numbers_of
from visualizer.views.maps.map_order import MapOrder
from visualizer.views.maps.map_outlines import outlines_on_maps
from visualizer.views.maps.order_button import OrderButton
from visualizer.views.maps.sorted_maps import SortedMaps
from visualizer.views.widgets.bars_view import BarsView
from visualizer.views.widgets.colour_bar import ColourBar
from visualizer.views.widgets.controls import IconButton, Segments, stage_button
from visualizer.views.widgets.pixels import ColourScale, output_top, symmetric_top
from visualizer.views.widgets.viewport import MapCell

MOST_BARS = 128

# Heights of a panel at zoom 1: below the first, its texts share a row; below the second, its rows
# are closer together.
LOW, LOWEST = 400, 176


class MapsPanel(ScenePanel):
    """The maps of the selected layer; hovering reads a value, a click selects a cell."""

    def __init__(
        self,
        look: Look,
        viewer: Viewer,
        study: FilterStudy | None = None,
        choices: Choices[MapsShown] | None = None,
        on_stage: bool = False,
    ) -> None:
        """Make the panel; with a `study`, maps can be sorted by it, and some have badges.

        Panels with the same `choices` draw alike.
        """
        super().__init__(look, viewer)
        self.setObjectName("panel")
        self.choices = choices or Choices(MapsShown(), self)
        self._drawn: MapsShown | None = None
        self._room: object = None
        self._sorted = SortedMaps(self.scene, study)
        self.title = Elided(name="heading", natural=True)
        self.subtitle = Elided(name="caption")
        self.direction = DirectionSwitch(viewer)
        self.values = Segments(VALUES, "Which values are drawn")
        self.values.show_choice("output")
        self.ranges = Segments(RANGES, "What the colour scale covers")
        self.fit_button = IconButton(look, "fit", "Show all maps (0)")
        self.to_stage = stage_button(look)
        self.to_stage.setVisible(not on_stage)
        self.order = OrderButton(look)
        self.maps = BadgedMaps(look)
        self.bars = BarsView(look)
        self.maps.setAccessibleName("Feature maps")
        self.bars.setAccessibleName("Values of the units")
        self.colour_bar = ColourBar(look)
        self.readout = Elided(name="caption")
        self.warning = label("not comparable between maps", "caption")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.maps)
        self._stack.addWidget(self.bars)
        self._shown = single_shot(self, "room of maps", self._give_way)
        self._lay_out()
        choose = self.choices.choose
        self.values.chosen.connect(lambda values: choose(values=values))
        self.ranges.chosen.connect(lambda scale: choose(scale=scale))
        self.order.chosen.connect(lambda order: choose(order=order))
        self.choices.changed.connect(self._on_news)
        self.fit_button.clicked.connect(self.maps.fit)
        self.maps.hovered.connect(self._on_map_hovered)
        self.maps.clicked.connect(self._on_map_clicked)
        self.maps.moved.connect(self._on_moved)
        self.bars.hovered.connect(self._on_bar_hovered)
        self.bars.clicked.connect(self._on_bar_clicked)
        if study is not None:
            study.changed.connect(self._on_news)

    def _lay_out(self) -> None:
        look = self.look
        title = row(look, self.title, (self.subtitle, 1), spacing=8)
        self._second = row(look, self.ranges, 1, self.order, self.fit_button, self.to_stage)
        self._first = row(look, self.values, self.direction, 1, spacing=6)
        self._choices = row(look, self._first, (self._second, 1))
        self._header = row(look, (title, 1), self._choices)
        body = row(look, (self._stack, 1), self.colour_bar, spacing=8)
        footer = row(look, (self.readout, 1), self.warning, spacing=8)
        self._column = column(look, self._header, (body, 1), footer)
        self.setLayout(self._column)
        self._space()

    def _space(self) -> None:
        px, low = self.theme.px, self.height() < self.theme.px(LOW)
        apart = 4 if self.height() < px(LOWEST) else 6 if low else 8
        self._column.space(apart, (12, 6, 8, 4) if low else (16, 10, 12, 8))

    def resizeEvent(self, event: object) -> None:
        self._give_way()

    def _give_way(self) -> None:
        """Place the choices below the title if they do not fit beside it, in one or two rows.

        A low panel leaves out the number of maps, which the layer's card has too, and if the title
        needs it writes "Backward" as ∂.
        """
        px, back, switch = self.theme.px, self.scene.backward is not None, self.direction
        title, margins = self.title.sizeHint().width(), self._column.contentsMargins()
        widths = (self._first.sizeHint().width(), self._second.sizeHint().width())
        taken = sum(widths) + switch.shortened_by
        room = self.size(), self.theme.zoom, title, taken, back
        if room == self._room:
            return  # a new layout with every batch would paint the whole page
        self._room = room
        self._space()
        way, apart = QBoxLayout.Direction, self._header.spacing()
        beside = self.width() - margins.left() - margins.right() - taken - 2 * apart
        low = self.height() < px(LOW) and not back
        needed, most = title if low else px(190), beside + switch.difference
        switch.show_short(beside < needed <= most)
        wide = needed <= most
        self.subtitle.setVisible(not (low and wide))
        self._header.setDirection(way.LeftToRight if wide else way.TopToBottom)
        narrow = beside < -apart
        self._choices.setDirection(way.TopToBottom if narrow else way.LeftToRight)

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        widest = max(self._first.sizeHint().width(), self._second.sizeHint().width())
        hint.setWidth(widest + self.theme.px(28))
        return hint

    def apply_theme(self, theme: Theme) -> None:
        self._redraw()
        super().apply_theme(theme)

    # Drawing

    def show_scene(self, old: Scene, new: Scene) -> None:
        if drawn_of(old) != drawn_of(new):
            self._redraw()
        elif (old.selected, old.hovered, old.pointed) != (new.selected, new.hovered, new.pointed):
            self._mark()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._on_news()
        self._shown.start()  # only a shown text has the font of its object name

    def _on_news(self) -> None:
        """Draw another choice, or new results about filters, if the panel is seen."""
        if self.isVisible():
            self.catch_up()
            if self._drawn != self.choices.now or self._sorted.has_news(self.scene):
                self._redraw()

    def _redraw(self) -> None:
        scene, chosen, back = self.scene, self.choices.now, self.scene.backward
        layer = scene.layer
        self._drawn = chosen
        has_activation = layer.activation_name != "linear"
        tip = VALUES[0][2] if has_activation else f"{layer.name} has no activation"
        self.values.show_enabled("pre-activation", has_activation, tip)
        joined = back is not None and scene.selected.layer == scene.last
        self.values.show_enabled("output", not joined, BY_LOGIT if joined else VALUES[1][2])
        before = has_activation and (joined or chosen.values == "pre-activation")
        self.values.show_choice("pre-activation" if before else "output")
        self.ranges.show_choice(chosen.scale)
        values = self._values(scene, scene.selected.layer)
        self._sort(scene)
        self.direction.show_scene(scene)
        self.title.show_text(layer.name)
        size = size_of_maps(layer, self._places.by)
        self.subtitle.show_text(*(size if back is None else loss_words(back.label, back.loss)))
        as_bars = not layer.is_spatial and layer.map_shape[2] <= MOST_BARS
        self._stack.setCurrentWidget(self.bars if as_bars else self.maps)
        self.colour_bar.setVisible(not as_bars)
        self.ranges.show_enabled("map", layer.is_spatial, RANGES[1][2])
        self.warning.setVisible(self._range(layer) == "map")
        self.fit_button.setVisible(not as_bars)
        self.order.setVisible(layer.is_spatial)
        self._give_way()  # now that it is known which buttons there are
        if as_bars:
            self.bars.show_values(values, self._top(scene, values))
        else:
            self._draw_maps(scene, values)
        self._mark()

    def _draw_maps(self, scene: Scene, values: Array) -> None:
        layer, theme = scene.layer, self.theme
        sheet = not layer.is_spatial
        if sheet:
            maps = values.reshape(layer.sheet).transpose(1, 2, 0)
        else:
            maps = values[:, :, self._places.order]
        signed = self._signed(layer) or bool((maps < 0).any())
        lut = theme.diverging if signed else theme.sequential
        if self._range(layer) == "map":
            sizes = np.where(np.isfinite(maps), np.abs(maps), 0)
            tops = sizes.max(axis=(0, 1))
            colored = np.asarray(maps / np.where(tops > 0, tops, 1), np.float32)
            top, ends = 1.0, ("−max |x|", "max |x|") if signed else ("0", "map max")
        else:
            colored, top, ends = maps, self._top(scene, values), None
        low = -top if signed else 0.0
        shown, tells = ColourScale(low, top, lut), not scene.hides(scene.selected.layer)
        ends = ends if tells else asked_ends(low)
        self.maps.show_maps(maps, colored, shown, sheet, self._sorted.names, tells)
        self.maps.show_badges(self._sorted.badges)
        self.colour_bar.show_scale(low, top, lut, ends)

    def _sort(self, scene: Scene) -> None:
        """Update the order; an enlarged selected map stays in view."""
        before, cell = self._places, scene.selected
        self._sorted.settle(scene, self.choices.now.order)
        self.order.show_order(self._places.by, *self._sorted.known)
        if self._places is not before and self._places.layer is before.layer:
            self.maps.show_cell(self._places.place(cell), before.place(cell)[2])

    @property
    def _places(self) -> MapOrder:
        return self._sorted.places

    def _range(self, layer: Layer) -> str:
        choice = self.choices.now.scale
        return "layer" if choice == "map" and not layer.is_spatial else choice

    def _signed(self, layer: Layer) -> bool:
        return self.scene.backward is not None or self._before(layer)

    def _before(self, layer: Layer) -> bool:
        """Return whether numbers before the activation are drawn."""
        return self.choices.now.values == "pre-activation" and layer.activation_name != "linear"

    def _values(self, scene: Scene, layer: int) -> Array:
        return numbers_of(scene, layer, self._before(scene.network.layers[layer]))

    def _top(self, scene: Scene, values: Array) -> float:
        if self.choices.now.scale != "network":
            if self._signed(scene.layer) or bool((values < 0).any()):
                return symmetric_top(values)
            return output_top(scene.layer, values)
        layers = range(len(scene.network.layers))
        return max(symmetric_top(self._values(scene, layer)) for layer in layers)

    def _mark(self) -> None:
        scene = self.scene
        shown = scene.hovered if scene.hovered else scene.selected
        self.readout.show_text(*told_of(scene, shown))
        hovered = (
            scene.hovered if scene.hovered and scene.hovered.layer == scene.selected.layer else None
        )
        if self._stack.currentWidget() is self.bars:
            self.bars.show_selection(scene.selected.channel, hovered.channel if hovered else -1)
            return
        channels = self.maps.mosaic.channels
        self.maps.show_outlines(outlines_on_maps(scene, self._places, channels, hovered))

    # Cells and places

    def _on_map_hovered(self, place: MapCell | None) -> None:
        cell = self._places.cell(place, self.scene.selected.layer) if place else None
        self.viewer.hover(cell)

    def _on_map_clicked(self, place: MapCell) -> None:
        self.viewer.select(self._places.cell(place, self.scene.selected.layer))

    def _on_moved(self, rows: int, columns: int, channels: int) -> None:
        selected, places = self.scene.selected, self._places
        self.viewer.select(places.moved(selected, rows, columns, channels))
        self.maps.show_cell(places.place(self.scene.selected), places.place(selected)[2])

    def _on_bar_hovered(self, unit: int | None) -> None:
        layer = self.scene.selected.layer
        self.viewer.hover(None if unit is None else Cell(layer, 0, 0, unit))

    def _on_bar_clicked(self, unit: int) -> None:
        self.viewer.select(Cell(self.scene.selected.layer, 0, 0, unit))
