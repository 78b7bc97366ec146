"""How a widget's object name sets its font, its text colour and its background."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QMenuBar,
    QScrollArea,
    QScrollBar,
    QWidget,
)

from visualizer.views.base.theme import Theme

Role = QPalette.ColorRole

PALETTE = {
    Role.Window: "ground",
    Role.WindowText: "ink",
    Role.Base: "panel",
    Role.AlternateBase: "accent_soft",
    Role.Text: "ink",
    Role.Button: "panel",
    Role.ButtonText: "ink",
    Role.Highlight: "accent",
    Role.HighlightedText: "on_accent",
    Role.ToolTipBase: "ink",
    Role.ToolTipText: "panel",
    Role.PlaceholderText: "soft_ink",
    Role.Link: "accent",
    Role.Mid: "line",
}
CONTROLS = (Role.Text, Role.ButtonText)  # soft where a control is off

# A label's object name → a role of FONT_SIZES, the weight, and the text colour.
WORDS = {
    "caption": ("caption", QFont.Weight.Normal, "soft_ink"),
    "remark": ("caption", QFont.Weight.DemiBold, "ink"),
    "told": ("caption", QFont.Weight.Normal, "ink"),
    "spoken": ("body", QFont.Weight.Normal, "ink"),
    "heading": ("body", QFont.Weight.DemiBold, "ink"),
    "counter": ("counter", QFont.Weight.Bold, "ink"),
    "sum": ("sum", QFont.Weight.Normal, "ink"),
    "explained": ("explained", QFont.Weight.Normal, "ink"),
    "selected": ("body", QFont.Weight.Bold, "selection"),
    "soft": ("body", QFont.Weight.Normal, "soft_ink"),
    "badge": ("body", QFont.Weight.DemiBold, "warning"),
}
WRONG = QFont.Weight.DemiBold, "warning"  # of a text that tells an error
SMALL = ("small", "segment", "railButton", "line", "hint")  # controls in the type of a caption
GROUNDS = {
    **dict.fromkeys(("panel", "bar", "status"), Role.Base),
    **dict.fromkeys(("page", "rail"), Role.Window),
}
LINED = ("bar", "status")  # the style paints a line at their lower or upper edge


@lru_cache(maxsize=16)
def qt_palette(theme: Theme) -> QPalette:
    """Return the palette that Qt's own controls are painted with."""
    palette = QPalette()
    for role, name in PALETTE.items():
        palette.setColor(role, theme.color(name))
    for role in CONTROLS:
        palette.setColor(QPalette.ColorGroup.Disabled, role, theme.color("soft_ink"))
    return palette


def theme_of(widget: QWidget | None, usual: Theme) -> Theme:
    """Return the theme of the nearest panel or dialog around a widget; else the `usual` one."""
    while widget is not None:
        theme = getattr(widget, "theme", None)
        if isinstance(theme, Theme):
            return theme
        widget = widget.parentWidget()
    return usual


def give_role(widget: QWidget, theme: Theme) -> None:
    """Give a widget the font, colours and background of its object name and its class."""
    name = widget.objectName()
    if isinstance(widget, QLabel):
        if not widget.isWindow():  # as a tool tip is, which has its own colours
            _give_words(widget, name, theme)
    elif name in SMALL:
        widget.setFont(theme.font("caption"))
    elif isinstance(widget, QMenu):
        widget.setFont(theme.font())
    elif isinstance(widget, QMenuBar):
        widget.setPalette(_with(Role.Window, "panel", theme))
    elif name in GROUNDS:
        _give_ground(widget, name, theme)
    elif isinstance(widget, QDialog):
        widget.setAutoFillBackground(True)
        widget.setBackgroundRole(Role.Base)
    elif isinstance(widget, QScrollArea | QListView):
        widget.setFrameShape(QFrame.Shape.NoFrame)
        if widget.inherits("QComboBoxListView"):
            widget.setPalette(_with(Role.Window, "panel", theme))
    elif isinstance(widget, QLineEdit):
        widget.setAttribute(Qt.WidgetAttribute.WA_Hover)
    elif isinstance(widget, QScrollBar):
        widget.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, False)


def _give_words(label: QLabel, name: str, theme: Theme) -> None:
    if name in WORDS:
        role, weight, color = WORDS[name]
        if label.property("kind") == "error":
            weight, color = WRONG
        font = theme.font(role)
        font.setWeight(weight)
        label.setFont(font)
    else:
        color = "ink"
    if color != "ink" or label.testAttribute(Qt.WidgetAttribute.WA_SetPalette):
        label.setPalette(_with(Role.WindowText, color, theme))
    if name == "framed":
        label.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        label.setContentsMargins(theme.px(4), 1, theme.px(4), 1)
    label.setForegroundRole(Role.WindowText)  # also on a background whose text has another role


def _give_ground(widget: QWidget, name: str, theme: Theme) -> None:
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, name in LINED)
    widget.setAutoFillBackground(True)
    widget.setBackgroundRole(GROUNDS[name])
    if name == "rail":
        widget.setPalette(_with(Role.Window, "rail", theme))


def _with(role: QPalette.ColorRole, color: str, theme: Theme) -> QPalette:
    """Return a palette with one colour set; all other colours come from the parent widget."""
    palette = QPalette()
    palette.setColor(role, theme.color(color))
    return palette
