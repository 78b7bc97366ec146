"""LabLayout: where the parts of the lab stand, and from which size on they scroll."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visualizer.views.base.theme import Theme
from visualizer.views.widgets.scroll_when_small import Room

LEAST = (880, 496)


class LabLayout:
    """The bar above, settings at the left, the drawing and its arithmetic beside them."""

    def __init__(self, page: QWidget, bar: QWidget, settings: QWidget, view: QWidget) -> None:
        self._beside = QVBoxLayout()
        self._beside.addWidget(view)
        inner = QWidget()
        inner.setObjectName("page")
        row = QHBoxLayout(inner)
        row.setSpacing(0)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(settings)
        row.addLayout(self._beside, 1)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(inner, 1)
        self._room = Room(whole)
        self._room.setAccessibleName("Convolution lab")
        outer = QHBoxLayout(page)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._room)

    def apply_theme(self, theme: Theme) -> None:
        px = theme.px
        self._beside.setContentsMargins(px(12), px(12), px(12), px(12))
        self._room.set_least(QSize(*map(px, LEAST)))
