"""Tool tips that follow the number they tell while they are shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QPoint, QPointF, QTimer
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QToolTip, QWidget

from visualizer.text.numbers import as_tip
from visualizer.views.base.look import Panel

LOOK_MILLISECONDS = 100


class Tip(QTimer):
    """The tool tip of one widget; a timer updates its text while it is shown."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.setObjectName("tool tip follows")
        self.setInterval(LOOK_MILLISECONDS)
        self._widget = widget
        self._at = QPoint()
        self._text: Callable[[], str] = str
        self._shown = ""
        self.timeout.connect(self.look)

    def show_text(self, at: QPoint, text: Callable[[], str]) -> None:
        """Show the result of `text` at a place on the screen, and later its newer results."""
        self._at, self._text = at, text
        self._say(as_tip(text()))

    def look(self) -> None:
        """Show the newest text if the tip is still on the screen; else stop the timer."""
        if (
            not (self._widget.isVisible() and QToolTip.isVisible())
            or QToolTip.text() != self._shown
        ):
            self.stop()
        elif (now := as_tip(self._text())) != self._shown:
            self._say(now)

    def _say(self, shown: str) -> None:
        self._shown = shown
        QToolTip.showText(self._at, shown, self._widget)
        self.start() if shown else self.stop()


def show_tip(widget: QWidget, at: QPoint, text: Callable[[], str]) -> None:
    """Show a tool tip that follows the result of `text`; an empty result shows none.

    Parameters
    ----------
    at : QPoint
        Place in screen pixels.
    """
    found = widget.findChild(Tip)
    (found if found is not None else Tip(widget)).show_text(at, text)


class TipPanel(Panel):
    """A panel whose tool tip depends on where the pointer is."""

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            show_tip(self, event.globalPos(), partial(self.tip_at, QPointF(event.pos())))
            return True
        return super().event(event)

    def tip_at(self, point: QPointF) -> str:
        """Return the tool tip for a point of the widget."""
        return self.toolTip()
