"""WidgetRef: a reference to a widget of another owner that may be deleted meanwhile."""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget
from shiboken6 import isValid

Widget = TypeVar("Widget", bound=QWidget)


class WidgetRef(Generic[Widget]):
    """A reference to a widget that may be deleted; then there is no widget.

    Use it for every widget that is held past the current event but owned elsewhere.
    """

    def __init__(self, widget: Widget | None = None) -> None:
        self._widget = widget

    @property
    def widget(self) -> Widget | None:
        """The widget, or None if it is deleted."""
        if self._widget is not None and not isValid(self._widget):
            self._widget = None
        return self._widget

    def keep(self, widget: Widget | None) -> None:
        """Refer to another widget, or to none."""
        self._widget = widget

    def take(self) -> Widget | None:
        """Return the widget, and forget it."""
        widget, self._widget = self.widget, None
        return widget

    def focus(self, otherwise: QWidget) -> None:
        """Give the widget the keyboard and forget it; give `otherwise` the keyboard if it cannot.

        It cannot if it is deleted, hidden or disabled, or a button: Space would press the button,
        and Qt moves the keyboard to buttons by itself.
        """
        widget: QWidget | None = self.take()
        if (
            widget is None
            or isinstance(widget, QAbstractButton)
            or not (widget.isVisibleTo(widget.window()) and widget.isEnabled())
        ):
            widget = otherwise
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
