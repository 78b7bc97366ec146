"""Buttons, check boxes and combo boxes that take the keyboard by Tab alone.

A click leaves the keyboard where it was, so that Space goes on to train.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar, TypeAlias

from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QPushButton

from visualizer.views.base.guard import Guarded

Act: TypeAlias = Callable[..., object] | SignalInstance | None  # what a click does


class OwnDoubleClick(Guarded):
    """A button that accepts a double click's second press only if it got the first press too."""

    _first: ClassVar[weakref.ref[OwnDoubleClick] | None] = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        OwnDoubleClick._first = weakref.ref(self)
        super().mousePressEvent(event)  # type: ignore[misc]

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if OwnDoubleClick._first is not None and OwnDoubleClick._first() is self:
            super().mouseDoubleClickEvent(event)  # type: ignore[misc]


class Button(OwnDoubleClick, QPushButton):
    """A button with a text, perhaps a tool tip, and what a click does."""

    def __init__(self, text: str = "", tip: str = "", act: Act = None) -> None:
        super().__init__(text)
        self.setToolTip(tip)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if act is not None:
            self.clicked.connect(act)

    def fit_text(self, forms: Sequence[str], room: int) -> None:
        """Show the first of ever shorter texts with which it fits in so many pixels, or the last.

        Parameters
        ----------
        forms : each may have several lines
        """
        self.ensurePolished()
        words = [self.fontMetrics().size(0, text).width() for text in (self.text(), *forms)]
        beside = self.sizeHint().width() - words[0]
        fits = (text for text, wide in zip(forms, words[1:], strict=True) if wide + beside <= room)
        self.setText(next(fits, forms[-1]))


class CheckBox(Guarded, QCheckBox):
    """A check box."""

    def __init__(self, text: str = "", tip: str = "") -> None:
        super().__init__(text)
        self.setToolTip(tip)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)


class ComboBox(Guarded, QComboBox):
    """A combo box; a `small` box is as high as a caption needs."""

    def __init__(
        self, name: str = "", tip: str = "", items: Iterable[str] = (), *, small: bool = False
    ) -> None:
        """Make the box; screen readers read `name`."""
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setObjectName("small" if small else "")
        self.setAccessibleName(name)
        self.setToolTip(tip)
        self.addItems(list(items))
