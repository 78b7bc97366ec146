"""ProgressLine: a thin line that shows how much of a job is done."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar

from visualizer.views.base.guard import Guarded
from visualizer.views.base.layouts import sized
from visualizer.views.base.look import Look


class ProgressLine(Guarded, QProgressBar):
    """A thin line without a text; without a `width`, as wide as there is room."""

    def __init__(self, look: Look, width: float = 0, height: float = 6) -> None:
        super().__init__()
        self.setTextVisible(False)
        sized(look, self, width=width, height=height)

    def show_progress(self, done: int, total: int) -> None:
        self.setRange(0, max(total, 1))
        self.setValue(done)
