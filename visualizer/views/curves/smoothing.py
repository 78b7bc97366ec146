"""The control of how strongly the curves are smoothed."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QSlider

from visualizer.core.history import DEFAULT_SMOOTHING
from visualizer.views.base.guard import Guarded
from visualizer.views.base.layouts import sized
from visualizer.views.base.look import Look

STEPS = 20


class SmoothingSlider(Guarded, QSlider):
    """A slider from no smoothing to strong smoothing.

    Signals
    -------
    chosen : float
        The strength, 0 to 1.
    """

    chosen = Signal(float)

    def __init__(self, look: Look) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setRange(0, STEPS)
        self.setPageStep(STEPS // 4)
        self.setAccessibleName("Smoothing")
        self.setValue(round(DEFAULT_SMOOTHING * STEPS))
        self._say()
        self.valueChanged.connect(self._on_value)
        sized(look, self, width=40)

    def show_strength(self, strength: float) -> None:
        """Show a strength; emits nothing."""
        with QSignalBlocker(self):
            self.setValue(round(strength * STEPS))
        self._say()

    @property
    def strength(self) -> float:
        return self.value() / STEPS

    def _on_value(self) -> None:
        self._say()
        self.chosen.emit(self.strength)

    def _say(self) -> None:
        text = {0: "none", STEPS: "strong"}.get(self.value(), f"{self.strength:.0%}")
        self.setToolTip(f"Smoothing: {text}")
        self.setAccessibleDescription(text)
