"""Small controls that several panels share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QCursor, QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QMenu,
    QToolButton,
    QWidget,
)

from visualizer.views.base.guard import Guarded
from visualizer.views.base.icons import icon
from visualizer.views.base.labels import label
from visualizer.views.base.layouts import column
from visualizer.views.base.look import Look
from visualizer.views.base.style_sizes import PRIMARY, ROUND
from visualizer.views.base.theme import Theme
from visualizer.views.base.tips import TipPanel
from visualizer.views.widgets.buttons import Act, OwnDoubleClick
from visualizer.views.widgets.cells import paint_frame


class Segments(Guarded, QWidget):
    """A row of joined buttons, one of them chosen; none where none of them is shown.

    Signals
    -------
    chosen : str
        The key that the user chose; `show_choice` emits nothing.
    """

    chosen = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str, str]], name: str) -> None:
        """Make a button for each choice (key, text, tool tip); screen readers read `name`."""
        super().__init__()
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for place, (key, text, tip) in enumerate(choices):
            button = QToolButton()
            button.setObjectName("segment")
            button.setText(text)
            button.setToolTip(tip)
            button.setCheckable(True)
            button.setProperty("key", key)
            last = len(choices) - 1
            button.setProperty("place", {0: "first", last: "last"}.get(place, "middle"))
            self._group.addButton(button)
            self._buttons[key] = button
            row.addWidget(button)
        next(iter(self._buttons.values())).setChecked(True)
        self._group.buttonClicked.connect(self._on_clicked)

    @property
    def choice(self) -> str:
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def show_choice(self, key: str) -> None:
        """Show a choice; none where there is no such key."""
        if key in self._buttons:
            self._buttons[key].setChecked(True)
        elif (checked := self._group.checkedButton()) is not None:
            self._group.setExclusive(False)
            checked.setChecked(False)
            self._group.setExclusive(True)

    def show_enabled(self, key: str, enabled: bool, tip: str) -> None:
        """Allow or forbid one choice, and say why in its tool tip."""
        button = self._buttons[key]
        if (button.isEnabled(), button.toolTip()) != (enabled, tip):  # else many events for nothing
            button.setEnabled(enabled)
            button.setToolTip(tip)

    def _on_clicked(self, button: QToolButton) -> None:
        self.chosen.emit(str(button.property("key")))


class IconButton(OwnDoubleClick, QToolButton):
    """A button with one of our icons, in the theme's colours and at its zoom.

    `role` is "primary" (the one next step), "round", "flat", or "line" (on the status line).
    """

    SIZES: ClassVar = {
        "primary": (PRIMARY, 22),
        "round": (ROUND, 18),
        "flat": (28, 18),
        "line": (20, 14),
    }

    def __init__(
        self, look: Look, name: str, text: str, role: str = "flat", act: Act = None
    ) -> None:
        """Make the button; `act` is what a click does."""
        super().__init__()
        self.setObjectName(role)
        self._look = look
        self._name = name
        self._does, self._keys = text, ""
        self.setAccessibleName(text)
        self._show_tip()
        self.apply_theme(look.theme)
        look.changed.connect(self.apply_theme)
        if act is not None:
            self.clicked.connect(act)

    def show_icon(self, name: str, text: str) -> None:
        """Show another icon, and what the button now does."""
        if text != self._does:
            self._does = text
            self._show_tip()
        if name != self._name:
            self._name = name
            self.setAccessibleName(text)
            self.apply_theme(self._look.theme)

    def show_keys(self, keys: str) -> None:
        """Name in the tool tip the key that does the same."""
        self._keys = keys
        self._show_tip()

    def _show_tip(self) -> None:
        self.setToolTip(f"{self._does} ({self._keys})" if self._keys else self._does)

    def apply_theme(self, theme: Theme) -> None:
        outer, inner = self.SIZES[self.objectName()]
        color = theme.color("on_accent" if self.objectName() == "primary" else "ink")
        self.setIcon(icon(self._name, color, theme.px(inner)))
        self.setIconSize(QSize(theme.px(inner), theme.px(inner)))
        self.setFixedSize(theme.px(outer), theme.px(outer))


def stage_button(look: Look) -> IconButton:
    """Return the button at a panel's corner that shows the panel in the whole window."""
    return IconButton(look, "stage", "In the whole window")


class Chip(Guarded, QToolButton):
    """A button with a caption and, under it, the choice in use; it opens a menu."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self.setObjectName("chip")
        self.setAccessibleName(name)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._short, self._short_text = False, ""
        self.caption = label(name, "caption")
        self.value = label("")
        for line in (self.caption, self.value):
            line.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._column = column(look, self.caption, self.value, spacing=0, margins=(12, 4))
        self.setLayout(self._column)

    def setMenu(self, menu: QMenu) -> None:
        super().setMenu(menu)
        menu.aboutToHide.connect(self._on_closed)

    def _on_closed(self) -> None:
        """Lose the highlight unless the pointer is here: the menu has swallowed the leave event."""
        here = self.rect().contains(self.mapFromGlobal(QCursor.pos()))
        self.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, here)
        self.update()

    def show_text(self, text: str, short: str = "") -> None:
        """Show the choice in use; `short` is for narrow windows."""
        if (text, short) != (self.accessibleDescription(), self._short_text):
            self.setAccessibleDescription(text)
            self._short_text = short or text
            self._show()

    def show_short(self, short: bool) -> None:
        """Show the short text or the long one."""
        if short != self._short:
            self._short = short
            self._show()

    def _show(self) -> None:
        text = self._short_text if self._short else self.accessibleDescription()
        self.value.setText(f"{text} ▾")
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return self._column.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


BY_TAB = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
BACK_AGAIN = (
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
)


class KeyPanel(TipPanel):
    """A panel that takes the keyboard by click or Tab; focus that came by Tab shows a frame.

    Enter may choose in it. Space never does: it trains, wherever the user has clicked.
    """

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._by_tab = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    @property
    def framed(self) -> bool:
        """Whether a frame shows the keyboard focus: it came by Tab, and is still here."""
        return self.shows_focus and self._by_tab

    def paint_focus(self, painter: QPainter) -> None:
        """Paint the frame of the keyboard focus, if it is to be seen."""
        if self.framed:
            box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            paint_frame(painter, box, self.theme.color("accent"), self.theme.px(1))

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() not in BACK_AGAIN:
            self._by_tab = event.reason() in BY_TAB
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.press_key(event):
            super().keyPressEvent(event)

    def takes_enter(self) -> bool:
        """Return whether the panel uses Enter before the window does."""
        return False

    def press_key(self, event: QKeyEvent) -> bool:
        """Handle a key; return False to pass the key on."""
        return False
