"""LabPlayer: plays, steps and scrubs over the places of a window."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSlider

from visualizer.views.position.slide_view import SPEEDS
from visualizer.views.widgets.controls import IconButton, label
from visualizer.views.widgets.look import Look, Panel
from visualizer.views.widgets.theme import Theme


class LabPlayer(Panel):
    """The buttons and the slider; what moves is drawn elsewhere.

    Signals
    -------
    moved : int
        The window is to go to this place, counted row by row.
    """

    moved = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._places = 1
        self._index = 0
        self.play = IconButton(look, "play", "Slide the window over all places", "round")
        self.step = IconButton(look, "step", "One place on", "round")
        self.scrub = QSlider(Qt.Orientation.Horizontal)
        self.scrub.setAccessibleName("Place of the window")
        self.place = label("", "caption")
        self.speed = QComboBox()
        self.speed.setObjectName("small")
        self.speed.addItems([f"{speed} / s" for speed in SPEEDS])
        self.speed.setCurrentIndex(1)
        self.speed.setToolTip("Places a second")
        self.speed.setAccessibleName("Places a second")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for widget in (self.play, self.step):
            self._row.addWidget(widget)
        self._row.addWidget(self.scrub, 1)
        self._row.addWidget(self.place)
        self._row.addWidget(self.speed)
        self._timer = QTimer(self)
        self._timer.setObjectName("lab's sliding window")
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_step)
        self.play.clicked.connect(self._on_play)
        self.step.clicked.connect(self._on_step)
        self.scrub.valueChanged.connect(self.moved)
        self.speed.currentIndexChanged.connect(self._on_speed)

    def apply_theme(self, theme: Theme) -> None:
        self._row.setSpacing(theme.px(8))
        self.place.setMinimumWidth(theme.px(112))
        if theme.reduce_motion:
            self.pause()
        self.play.setEnabled(not theme.reduce_motion)

    def show_place(self, index: int, places: int) -> None:
        """Stand at a place of so many."""
        self._index, self._places = index, places
        self.place.setText(f"place {index + 1} of {places}")
        with QSignalBlocker(self.scrub):
            self.scrub.setRange(0, places - 1)
            self.scrub.setValue(index)

    @property
    def playing(self) -> bool:
        return self._timer.isActive()

    def pause(self) -> None:
        """Stand still; the window stays where it is."""
        self._timer.stop()
        self.play.show_icon("play", "Slide the window over all places")

    def _on_play(self) -> None:
        if self.playing:
            self.pause()
            return
        if self._index == self._places - 1:
            self.moved.emit(0)
        self._on_speed()
        self._timer.start()
        self.play.show_icon("pause", "Hold the window")

    def _on_speed(self) -> None:
        self._timer.setInterval(round(1000 / SPEEDS[self.speed.currentIndex()]))

    def _on_step(self) -> None:
        if self._index < self._places - 1:
            self.moved.emit(self._index + 1)
        elif self.playing:
            self.pause()
        else:
            self.moved.emit(0)

    def hideEvent(self, event: object) -> None:
        self.pause()
