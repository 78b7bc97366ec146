"""Player: moves a window over its places by itself, step by step, or by a slider."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSlider

from visualizer.views.base.labels import Elided
from visualizer.views.base.layouts import column, row, sized
from visualizer.views.base.look import Look, Panel
from visualizer.views.base.theme import Theme
from visualizer.views.widgets.buttons import ComboBox
from visualizer.views.widgets.controls import IconButton

SPEEDS = (2, 6, 20, 60)


@dataclass(frozen=True, slots=True)
class PlayerTexts:
    """The tool tips of a player's controls."""

    play: str = "Slide the window over all places"
    hold: str = "Hold the window"
    back: str = "One place back (←)"
    step: str = "One place on (→)"
    scrub: str = "Place of the window"
    speed: str = "Places a second"


class Player(Panel):
    """The buttons and the slider; the moving window is drawn elsewhere.

    With the keyboard in it, the left and right arrow go back and on, Home and End to the ends. The
    player stops when it is hidden, and where motion is reduced.

    Signals
    -------
    moved : int
        The place to which the window should go, counted row by row from 0.
    started
        The window has begun to slide by itself.
    """

    moved = Signal(int)
    started = Signal()

    def __init__(self, look: Look, words: PlayerTexts | None = None, role: str = "round") -> None:
        """Make the controls; `role` is the role of the `IconButton`s."""
        super().__init__(look)
        self._words = words = words or PlayerTexts()
        self._places = 1
        self.index = 0
        self.play = IconButton(look, "play", words.play, role)
        self.back = IconButton(look, "step-back", words.back, role)
        self.step = IconButton(look, "step", words.step, role)
        self.scrub = QSlider(Qt.Orientation.Horizontal)
        self.scrub.setAccessibleName(words.scrub)
        self.place = Elided(name="caption")
        speeds = [f"{speed} / s" for speed in SPEEDS]
        self.speed = ComboBox(words.speed, words.speed, speeds, small=True)
        self.speed.setCurrentIndex(1)
        self._timer = QTimer(self)
        self._timer.setObjectName("sliding window")
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        sized(look, self.scrub, least_width=40)
        middle = column(look, self.place, self.scrub, spacing=0)
        buttons = (self.play, self.back, self.step)
        self.setLayout(row(look, *buttons, (middle, 1), self.speed, spacing=4))
        self._connect()

    def _connect(self) -> None:
        self._timer.timeout.connect(self._on_timer)
        self.play.clicked.connect(self._on_play)
        self.back.clicked.connect(self._on_back)
        self.step.clicked.connect(self._on_step)
        self.scrub.valueChanged.connect(self._go)
        self.speed.currentIndexChanged.connect(self._on_speed)
        for key, act in (
            (Qt.Key.Key_Left, self._on_back),
            (Qt.Key.Key_Right, self._on_step),
            (Qt.Key.Key_Home, self._on_home),
            (Qt.Key.Key_End, self._on_end),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def apply_theme(self, theme: Theme) -> None:
        self.play.setEnabled(not theme.reduce_motion)
        if theme.reduce_motion:
            self.pause()

    # What is shown

    def show_place(self, index: int, places: int, *texts: str) -> None:
        """Show a place out of so many, with a text, the longest form first; emits nothing."""
        self.index, self._places = index, places
        at = f"{index + 1} of {places}"
        usual = (f"place {at}", at, f"{index + 1} / {places}", f"{index + 1}")
        self.place.show_text(*(texts or usual))
        self.back.setEnabled(index > 0)
        with QSignalBlocker(self.scrub):
            self.scrub.setRange(0, places - 1)
            self.scrub.setValue(index)

    @property
    def playing(self) -> bool:
        return self._timer.isActive()

    def begin(self) -> None:
        """Let the window slide, where motion is not reduced."""
        if self.play.isEnabled() and not self.playing:
            self._on_play()

    def pause(self) -> None:
        """Stop; the window stays where it is."""
        self._timer.stop()
        self.play.show_icon("play", self._words.play)

    def hideEvent(self, event: object) -> None:
        self.pause()

    # The user

    def _on_play(self) -> None:
        if self.playing:
            self.pause()
            return
        self.started.emit()
        if self.index >= self._places - 1:
            self.moved.emit(0)
        self._on_speed()
        self._timer.start()
        self.play.show_icon("pause", self._words.hold)

    def _on_speed(self) -> None:
        self._timer.setInterval(1000 // SPEEDS[self.speed.currentIndex()])

    def _go(self, index: int) -> None:
        """Ask for another place; the next step starts there, even before it is shown."""
        self.index = index
        self.moved.emit(index)

    def _on_timer(self) -> None:
        if self.index < self._places - 1:
            self._go(self.index + 1)
        else:
            self.pause()

    def _on_step(self) -> None:
        """Go one place on; from the last place to the first."""
        self._go((self.index + 1) % self._places)

    def _on_back(self) -> None:
        if self.index > 0:
            self._go(self.index - 1)

    def _on_home(self) -> None:
        self._go(0)

    def _on_end(self) -> None:
        self._go(self._places - 1)
