"""WearSlider: how far the digit is worn down, one of the strengths that there are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QSlider, QStyle

from visualizer.views.base.guard import Guarded

PAGES = 6  # from one end to the other


class WearSlider(Guarded, QSlider):
    """A slider over strengths; the wheel moves it in focus alone.

    Signals
    -------
    chosen : float
        The strength.
    """

    chosen = Signal(float)

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setAccessibleName("How far the digit is worn down")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # not by the wheel
        self._strengths: Sequence[float] = (0.0,)
        self.valueChanged.connect(self._on_value)

    def show_strength(self, strengths: Sequence[float], strength: float, words: str) -> None:
        """Show one of the strengths, and say it in words; emits nothing."""
        self._strengths = strengths
        with QSignalBlocker(self):
            self.setRange(0, len(strengths) - 1)
            self.setPageStep(max(len(strengths) // PAGES, 1))
            self.setValue(strengths.index(strength))
        self.setAccessibleDescription(words)
        self.setToolTip(words)

    @property
    def half_knob(self) -> int:
        """Half the width of what is dragged, in pixels: so far its middle stays from the ends."""
        return self.style().pixelMetric(QStyle.PixelMetric.PM_SliderLength, None, self) // 2

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def _on_value(self, place: int) -> None:
        self.chosen.emit(self._strengths[place])
