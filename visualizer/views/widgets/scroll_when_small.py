"""Room: a scroll area that scrolls only where its content has less than its least size."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from visualizer.views.base.guard import Guarded


class Room(Guarded, QScrollArea):
    """Holds one widget at the full size of the area, or at its least size.

    Texts that wrap would else ask for the height that they would like to have.
    """

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self._holder = _Holder(content)
        self.setWidget(self._holder)
        self.setWidgetResizable(True)

    def set_least(self, size: QSize) -> None:
        self._holder.setMinimumSize(size)


class _Holder(Guarded, QWidget):
    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self._content = content
        content.setParent(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._content.setGeometry(self.rect())
