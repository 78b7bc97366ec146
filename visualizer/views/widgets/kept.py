"""Kept: a widget that belongs to somebody else, remembered over an open time."""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget
from shiboken6 import isValid

Widget = TypeVar("Widget", bound=QWidget)


class Kept(Generic[Widget]):
    """Remembers a widget that may die meanwhile; a dead one is none.

    Whoever holds a widget that it does not own past the event under way holds it by this.
    """

    def __init__(self, widget: Widget | None = None) -> None:
        self._widget = widget

    @property
    def widget(self) -> Widget | None:
        """The widget, or None where there is none any more."""
        if self._widget is not None and not isValid(self._widget):
            self._widget = None
        return self._widget

    def keep(self, widget: Widget | None) -> None:
        """Remember another widget, or none."""
        self._widget = widget

    def take(self) -> Widget | None:
        """Give the widget back, and remember it no longer."""
        widget, self._widget = self.widget, None
        return widget

    def focus(self, otherwise: QWidget) -> None:
        """Give it the keyboard and forget it; or the other one, where it is dead or out of sight.

        Or where it is a button, which Space would press: Qt moves the keyboard there by itself.
        """
        widget: QWidget | None = self.take()
        if (
            widget is None
            or isinstance(widget, QAbstractButton)
            or not (widget.isVisibleTo(widget.window()) and widget.isEnabled())
        ):
            widget = otherwise
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
