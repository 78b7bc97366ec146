"""Fade: the old picture fades into the new one, so that the eye can follow."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QVariantAnimation
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from visualizer.system.throttle import single_shot
from visualizer.views.base.guard import Guarded
from visualizer.views.base.look import Look

MILLISECONDS = 350
SETTLING_MILLISECONDS = 30  # until the new widgets are laid out


class Fade(Guarded, QWidget):
    """A cover over a widget on which the old picture fades into the new one."""

    def __init__(self, look: Look, over: QWidget) -> None:
        super().__init__(over)
        self._look, self._over = look, over
        self._before, self._now = QPixmap(), QPixmap()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._soon = single_shot(self, "fade begins", self._begin)
        self._animation = QVariantAnimation(self)
        self._animation.setStartValue(0.0)
        self._animation.setEndValue(1.0)
        self._animation.setDuration(MILLISECONDS)
        self._animation.valueChanged.connect(self._on_value)
        self._animation.finished.connect(self.finish)
        over.installEventFilter(self)
        self.hide()

    def cover(self) -> None:
        """Keep the present picture; the next one fades in over it."""
        seen = self._over.isVisible() and not self._over.size().isEmpty()
        if self._look.theme.reduce_motion or not seen:
            return
        self._animation.stop()
        self._before, self._now = self._over.grab(), QPixmap()
        self.setGeometry(self._over.rect())
        self.raise_()
        self.show()
        self._soon.start(SETTLING_MILLISECONDS)

    def finish(self) -> None:
        """End the fade and show the widget itself."""
        self._soon.stop()
        self._animation.stop()
        self.hide()
        self._before, self._now = QPixmap(), QPixmap()

    def _begin(self) -> None:
        self.hide()  # it is shown again before anything is painted
        self._now = self._over.grab()
        self.show()
        self._animation.start()

    def _on_value(self, value: object) -> None:
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self.finish()
        return False

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._before)
        if not self._now.isNull():
            painter.setOpacity(float(self._animation.currentValue()))
            painter.drawPixmap(0, 0, self._now)
