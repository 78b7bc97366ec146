"""CachedPixmap: a part of a widget, kept as a picture until something on it changes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QWidget


class CachedPixmap:
    """A transparent picture of the widget's size, and the state that it was painted from."""

    def __init__(self) -> None:
        self.pixmap = QPixmap()
        self._state: object = None

    def painted(
        self,
        widget: QWidget,
        state: object,
        paint: Callable[[QPainter], None],
        under: QPixmap | None = None,
    ) -> QPixmap:
        """Return the picture; paint anew if the state, the widget's size or its screen has changed.

        Parameters
        ----------
        under : QPixmap or None
            Picture to paint on; None: a transparent one.
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
