"""ScrollWhenSmall: a scroll area that scrolls only below its content's least size."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from visualizer.views.base.guard import Guarded


class ScrollWhenSmall(Guarded, QScrollArea):
    """A scroll area whose content has the area's size, or its least size if that is larger.

    Without it, wrapped texts would ask for the height they prefer.
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
