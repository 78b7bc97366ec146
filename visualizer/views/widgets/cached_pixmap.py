"""Drawn: a part of a widget that is kept as a picture while nothing of it changes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QWidget


class Drawn:
    """A transparent picture as large as its widget, and the state that it was drawn from."""

    def __init__(self) -> None:
        self.pixmap = QPixmap()
        self._state: object = None

    def kept(
        self,
        widget: QWidget,
        state: object,
        paint: Callable[[QPainter], None],
        under: QPixmap | None = None,
    ) -> QPixmap:
        """The picture; painted anew where the state, the widget's size or its screen differ.

        Parameters
        ----------
        under : QPixmap or None
            What is painted on; else on nothing.
        """
        ratio = widget.devicePixelRatioF()
        state = (state, widget.size(), ratio)
        if state != self._state:
            if under is None:
                self.pixmap = QPixmap(widget.size() * ratio)
                self.pixmap.setDevicePixelRatio(ratio)
                self.pixmap.fill(Qt.GlobalColor.transparent)
            else:
                self.pixmap = under.copy()
            painter = QPainter(self.pixmap)
            paint(painter)
            painter.end()
            self._state = state
        return self.pixmap
