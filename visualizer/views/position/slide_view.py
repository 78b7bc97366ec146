"""SlideView: the window goes over its real places while the output map fills in."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSlider, QVBoxLayout

from visualizer.core.geometry import Rect
from visualizer.core.layers import Windowed
from visualizer.scene import Cell, Scene
from visualizer.views.widgets.controls import Elided, IconButton, label
from visualizer.views.widgets.look import Look, Panel
from visualizer.views.widgets.pixels import positive_top
from visualizer.views.widgets.theme import Theme
from visualizer.views.widgets.window_map import WindowMap

SPEEDS = (2, 6, 20, 60)


class SlideView(Panel):
    """Plays, steps and scrubs a window over all places of a layer.

    Signals
    -------
    moved : Cell
        The window has gone to this cell's place.
    started
        The window has begun to slide by itself.
    """

    moved = Signal(object)
    started = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._scene: Scene | None = None
        self._cell = Cell(0, 0, 0, 0)
        self._places = (1, 1)
        self._filling = False
        self.input_map = WindowMap(look, "The map below, with the window")
        self.output_map = WindowMap(look, "The output map as it fills in")
        self.play = IconButton(look, "play", "Slide the window over all places", "round")
        self.step = IconButton(look, "step", "One place on", "round")
        self.scrub = QSlider(Qt.Orientation.Horizontal)
        self.scrub.setAccessibleName("Place of the window")
        self.place = Elided(name="caption")
        self.speed = QComboBox()
        self.speed.setObjectName("small")
        self.speed.addItems([f"{speed} / s" for speed in SPEEDS])
        self.speed.setCurrentIndex(1)
        self.speed.setToolTip("Places a second")
        self.below = label("map below", "caption")
        self._lay_out()
        self._timer = QTimer(self)
        self._timer.setObjectName("sliding window")
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_step)
        self.play.clicked.connect(self._on_play)
        self.step.clicked.connect(self._on_step)
        self.scrub.valueChanged.connect(self._go_to)
        self.speed.currentIndexChanged.connect(self._on_speed)
        self.output_map.clicked.connect(self._on_output_clicked)

    def _lay_out(self) -> None:
        self._maps = QHBoxLayout()
        for name, view in ((self.below, self.input_map), (self.place, self.output_map)):
            column = QVBoxLayout()
            column.setSpacing(2)
            column.addWidget(name)
            column.addWidget(view, 1)
            self._maps.addLayout(column)
        self._controls = QHBoxLayout()
        self._controls.addWidget(self.play)
        self._controls.addWidget(self.step)
        self._controls.addWidget(self.scrub, 1)
        self._controls.addWidget(self.speed)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._maps)
        self._column.addLayout(self._controls)

    def apply_theme(self, theme: Theme) -> None:
        px = theme.px
        self._column.setSpacing(px(6))
        self._maps.setSpacing(px(12))
        self._controls.setSpacing(px(6))
        for view in (self.input_map, self.output_map):
            view.setMaximumHeight(px(112))
        self.play.setEnabled(not theme.reduce_motion)
        if theme.reduce_motion:
            self.pause()
        if self._scene is not None:
            self._draw()

    # What is shown

    def show_cell(self, scene: Scene, cell: Cell, channel: int, with_input: bool) -> None:
        """Show a cell of a windowed layer and its window on a channel of the map below."""
        layer = scene.network.layers[cell.layer]
        assert isinstance(layer, Windowed)
        if cell != self._cell:
            self._filling = False
            self.pause()
        self._scene, self._cell, self._channel = scene, cell, channel
        self._places = layer.sliding.places
        for widget in (self.input_map, self.below):
            widget.setVisible(with_input)
        self._draw()

    @property
    def playing(self) -> bool:
        return self._timer.isActive()

    @property
    def index(self) -> int:
        """Which place the window is at, row by row from 0."""
        return self._cell.row * self._places[1] + self._cell.column

    def _draw(self) -> None:
        assert self._scene is not None
        scene, cell, theme = self._scene, self._cell, self.theme
        layer = scene.network.layers[cell.layer]
        assert isinstance(layer, Windowed)
        below = scene.trace.below(cell.layer)[:, :, self._channel]
        self.input_map.show_map(below, 0, positive_top(below), theme.sequential)
        self.input_map.show_padding(layer.sliding.margins)
        self.input_map.show_window(layer.window(cell.row, cell.column, cell.channel), "field")
        values = scene.trace.outputs[cell.layer][:, :, cell.channel]
        top = positive_top(values)
        if self._filling:
            values = values.copy()
            values.reshape(-1)[self.index + 1 :] = np.nan
        self.output_map.show_map(values, 0, top, theme.sequential)
        self.output_map.show_window(Rect.cell(cell.row, cell.column), "selection")
        rows, columns = self._places
        self.place.show_text(f"output · place {self.index + 1} of {rows * columns}")
        with QSignalBlocker(self.scrub):
            self.scrub.setRange(0, rows * columns - 1)
            self.scrub.setValue(self.index)

    # The user

    def pause(self) -> None:
        """Stand still; the window stays where it is."""
        self._timer.stop()
        self.play.show_icon("play", "Slide the window over all places")

    def _on_play(self) -> None:
        if self.playing:
            self.pause()
            return
        self.started.emit()
        if self.index == self._places[0] * self._places[1] - 1:
            self._go_to(0)
        self._on_speed()
        self._timer.start()
        self.play.show_icon("pause", "Hold the window")

    def _on_speed(self) -> None:
        self._timer.setInterval(1000 // SPEEDS[self.speed.currentIndex()])

    def _on_step(self) -> None:
        last = self._places[0] * self._places[1] - 1
        if self.index >= last:
            if self.playing:
                self.pause()
            else:
                self._go_to(0)
            return
        self._go_to(self.index + 1)

    def _go_to(self, index: int) -> None:
        row, column = divmod(index, self._places[1])
        self._cell = Cell(self._cell.layer, row, column, self._cell.channel)
        self._filling = True
        self.moved.emit(self._cell)

    def _on_output_clicked(self, row: int, column: int) -> None:
        self.moved.emit(Cell(self._cell.layer, row, column, self._cell.channel))

    def hideEvent(self, event: object) -> None:
        self.pause()
