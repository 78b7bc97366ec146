"""Spotlight: everything but a circle around the pointer is dimmed while a key is held."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, Qt, QTimer
from PySide6.QtGui import QColor, QCursor, QKeyEvent, QPainter, QPainterPath
from PySide6.QtWidgets import QApplication, QWidget

from visualizer.views.base.guard import Guarded

DIM = QColor(0, 0, 0, 170)
RADIUS = 0.16  # of the window's shorter side
FRAME_MILLISECONDS = 16


class Spotlight(Guarded, QWidget):
    """A cover over a window; widgets below still get the pointer."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._at = QPoint()
        self._key: int | None = None
        self._clock = QTimer(self)
        self._clock.setInterval(FRAME_MILLISECONDS)
        self._clock.timeout.connect(self._follow)
        self.hide()

    def light(self, key: int) -> None:
        """Dim the window until the key is let go."""
        application = QApplication.instance()
        if application is None or not self.isHidden():
            return
        self._key = key
        self._at = self.mapFromGlobal(QCursor.pos())
        self.fit()
        self.raise_()
        self.show()
        self._clock.start()
        application.installEventFilter(self)

    def put_out(self) -> None:
        """End the spotlight."""
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        self._clock.stop()
        self.hide()

    def fit(self) -> None:
        """Take the size of the window."""
        self.setGeometry(self.window().rect())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """End the spotlight when the key is let go or the window is left."""
        if isinstance(event, QKeyEvent):
            let_go = event.type() == QEvent.Type.KeyRelease and event.key() == self._key
            over = let_go and not event.isAutoRepeat()
        else:
            over = event.type() == QEvent.Type.WindowDeactivate and watched is self.window()
        if over:
            self.put_out()
        return False

    def _follow(self) -> None:
        now = self.mapFromGlobal(QCursor.pos())
        if now != self._at:
            before, self._at = self._at, now
            self.update(self._circle(before))
            self.update(self._circle(now))

    def _radius(self) -> int:
        return round(min(self.width(), self.height()) * RADIUS)

    def _circle(self, at: QPoint) -> QRect:
        radius = self._radius() + 2
        return QRect(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius)

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dimmed = QPainterPath()
        dimmed.addRect(self.rect())
        dimmed.addEllipse(QPointF(self._at), self._radius(), self._radius())
        painter.fillPath(dimmed, DIM)
