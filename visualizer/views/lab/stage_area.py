"""StageArea: scrolls the stage where its cells would else be too small to read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QScrollBar

from visualizer.views.base.guard import Guarded
from visualizer.views.lab.board import LabStage

Span = tuple[float, float]


class StageArea(Guarded, QScrollArea):
    """Gives the stage all its room, or what the stage needs; keeps what is explained in view."""

    def __init__(self, stage: LabStage) -> None:
        super().__init__()
        self.stage = stage
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidget(stage)
        for ground in (self.viewport(), stage):
            ground.setAutoFillBackground(False)
        stage.remade.connect(self.fit)

    def sizeHint(self) -> QSize:
        return self.stage.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self.stage.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()
        self.follow()

    def fit(self) -> None:
        """Give the stage its size; a bar that is needed takes from the room across it."""
        room = whole = self.maximumViewportSize()
        needed = self.stage.needed_in(whole)
        across = self.verticalScrollBar().sizeHint().width()
        along = self.horizontalScrollBar().sizeHint().height()
        for _ in range(2):
            tall, wide = needed.height() > room.height(), needed.width() > room.width()
            room = whole - QSize(across if tall else 0, along if wide else 0)
        self.stage.resize(needed.expandedTo(room))

    def follow(self, centred: bool = False) -> None:
        """Bring the explained cell into view, and what belongs to it as far as there is room."""
        places = self.stage.explained()
        if places:
            across = [(place.left(), place.right()) for place in places]
            down = [(place.top(), place.bottom()) for place in places]
            _reveal(self.horizontalScrollBar(), self.viewport().width(), across, centred)
            _reveal(self.verticalScrollBar(), self.viewport().height(), down, centred)


def _reveal(bar: QScrollBar, room: int, spans: Sequence[Span], centred: bool) -> None:
    """Show the first span, and the others that fit with it; scroll no further than it takes."""
    low, high = spans[0]
    for start, end in spans[1:]:
        if max(high, end) - min(low, start) <= room:
            low, high = min(low, start), max(high, end)
    wanted = (low + high - room) / 2 if centred else bar.value()
    bar.setValue(round(min(max(wanted, high - room), low)))
