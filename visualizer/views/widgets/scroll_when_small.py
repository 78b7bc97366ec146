"""ScrollWhenSmall: a scroll area that scrolls only below its content's least size."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from visualizer.views.base.guard import Guarded
from visualizer.views.base.layouts import sized
from visualizer.views.base.look import Look


class ScrollWhenSmall(Guarded, QScrollArea):
    """A scroll area whose content has the area's size, or its least size if that is larger.

    Without it, wrapped texts would ask for the height they prefer.
    """

    def __init__(self, look: Look, content: QWidget, least: tuple[float, float]) -> None:
        """Hold a content with a least width and height, in pixels at zoom 1."""
        super().__init__()
        width, height = least
        self.setWidget(sized(look, _Holder(content), least_width=width, least_height=height))
        self.setWidgetResizable(True)


class _Holder(Guarded, QWidget):
    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self._content = content
        content.setParent(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._content.setGeometry(self.rect())
