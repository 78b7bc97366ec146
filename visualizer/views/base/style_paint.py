"""Painting of the standard controls by the theme: boxes, fields, handles, marks."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QStyle,
    QStyleOption,
    QStyleOptionButton,
    QStyleOptionFrame,
    QStyleOptionProgressBar,
    QStyleOptionSlider,
    QStyleOptionSpinBox,
    QToolButton,
    QWidget,
)

from visualizer.views.base.guard import COVER
from visualizer.views.base.icons import icon
from visualizer.views.base.theme import Theme

State, Primitive = QStyle.StateFlag, QStyle.PrimitiveElement

CLEAR = QColor(0, 0, 0, 0)
SCROLL = 0.45  # opacity of a scroll bar's handle
MARK, TICK = QColor("#7d8997"), QColor("#ffffff")


def is_field(widget: QWidget | None) -> bool:
    """Return whether a control is for typing or choosing, not for pressing."""
    return isinstance(widget, QLineEdit | QComboBox | QAbstractSpinBox)


def box(
    painter: QPainter, rect: QRect, fill: QColor, line: QColor, radius: float, wide: float = 1.0
) -> None:
    """Paint a box with round corners; the outline lies within the rectangle."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(fill)
    painter.setPen(Qt.PenStyle.NoPen)
    half = wide / 2
    if line.alpha():
        pen = painter.pen()
        pen.setStyle(Qt.PenStyle.SolidLine)
        pen.setColor(line)
        pen.setWidthF(wide)
        painter.setPen(pen)
    inner = QRectF(rect).adjusted(half, half, -half, -half)
    radius = min(radius, inner.width() / 2, inner.height() / 2)
    painter.drawRoundedRect(inner, radius, radius)
    painter.restore()


@lru_cache(maxsize=64)
def _icon(name: str, color: str, size: int) -> QIcon:
    return icon(name, QColor(color), size)


def chevron(painter: QPainter, rect: QRect, name: str, size: int) -> None:
    """Paint a small arrow in the middle of a rectangle."""
    _icon(name, MARK.name(), size).paint(painter, _middle(rect, size))


def _middle(rect: QRect, size: int) -> QRect:
    return QStyle.alignedRect(
        Qt.LayoutDirection.LeftToRight, Qt.AlignmentFlag.AlignCenter, QSize(size, size), rect
    )


# What is pressed: fill, outline and ink


def button(painter: QPainter, option: QStyleOption, widget: QWidget | None, theme: Theme) -> QColor:
    """Paint the box of a button; return the colour of its text."""
    name = widget.objectName() if widget is not None else ""
    state = option.state
    hover = bool(state & State.State_MouseOver and state & State.State_Enabled)
    if name in ("round", "primary"):
        return _round(painter, option, name == "primary", hover, theme)
    tool = isinstance(widget, QToolButton)
    fill, line, ink = _button_colors(option, name, tool, hover)
    if state & State.State_HasFocus:
        line = "accent"
    filled, outline = (theme.color(color) if color else CLEAR for color in (fill, line))
    if name == "segment":
        _segment(painter, option, widget, theme, filled, outline)
    else:
        square = name in ("flat", "railButton") or (name == "line" and tool)
        radius = 0 if square else theme.px(6 if name == "chip" else 4)
        box(painter, option.rect, filled, outline, radius)
    return theme.color(ink)


def _button_colors(
    option: QStyleOption, name: str, tool: bool, hover: bool
) -> tuple[str, str, str]:
    """Return the colour names of fill, outline and text; "" stands for no fill or no outline."""
    state = option.state
    enabled, on = bool(state & State.State_Enabled), bool(state & State.State_On)
    if name == "railButton":
        return ("rail_mark" if hover or on else "", "rail_mark" if on else "", "rail_ink")
    if name == "hint":
        return "accent_soft", "accent" if hover else "accent_soft", "accent"
    if name == "flat" or (name == "line" and tool):
        ink = "accent" if on else "ink" if enabled else "soft_ink"
        return ("accent_soft" if on else "control" if hover else "", "", ink)
    if isinstance(option, QStyleOptionButton) and (
        option.features & QStyleOptionButton.ButtonFeature.DefaultButton
    ):
        if not enabled:
            return "control", "control", "soft_ink"
        return "accent_hover" if hover else "accent", "accent", "on_accent"
    if on and (name == "segment" or not tool):
        return "accent_soft", "line" if tool else "accent", "accent"
    if not enabled:
        return "ground", "line", "soft_ink"
    return "control" if hover else "panel", "line", "ink"


def _round(
    painter: QPainter, option: QStyleOption, primary: bool, hover: bool, theme: Theme
) -> QColor:
    focus, enabled = option.state & State.State_HasFocus, option.state & State.State_Enabled
    if primary and enabled:
        fill, line = "accent_hover" if hover else "accent", "ink" if focus else "accent"
    else:
        fill, line = "control", "accent" if focus or hover else ""
    outline = theme.color(line) if line else CLEAR
    box(painter, option.rect, theme.color(fill), outline, option.rect.height() / 2, 2.0)
    return theme.color("ink")


def _segment(
    painter: QPainter,
    option: QStyleOption,
    widget: QWidget | None,
    theme: Theme,
    fill: QColor,
    line: QColor,
) -> None:
    """Paint one of several joined buttons: only the ends of the row are round."""
    place = widget.property("place") if widget is not None else ""
    rect, radius = QRect(option.rect), theme.px(4)
    painter.save()
    painter.setClipRect(option.rect)
    beyond = 2 * radius
    rect.adjust(0 if place == "first" else -beyond, 0, 1 if place == "first" else beyond, 0)
    if place == "first":
        rect.adjust(0, 0, beyond, 0)
    elif place == "last":
        rect.setRight(option.rect.right())
    box(painter, rect, fill, line, radius)
    if place != "first":
        painter.fillRect(QRect(option.rect.topLeft(), QSize(1, option.rect.height())), line)
    painter.restore()


# What is typed or chosen in


def field(painter: QPainter, option: QStyleOption, widget: QWidget | None, theme: Theme) -> None:
    """Paint the box of a field."""
    state = option.state
    enabled, focus = state & State.State_Enabled, state & State.State_HasFocus
    fill, line = "panel" if enabled or isinstance(widget, QLineEdit) else "ground", "line"
    if focus and isinstance(widget, QComboBox):
        line = "accent"
    if widget is not None and widget.property("wrong"):
        fill, line = "warning_soft", "warning"
    inline = widget is not None and widget.objectName() == "inline"
    if not inline or state & State.State_MouseOver or focus:
        box(painter, option.rect, theme.color(fill), theme.color(line), theme.px(4))


def _line_edit(
    painter: QPainter, option: QStyleOption, widget: QWidget | None, theme: Theme
) -> None:
    if isinstance(option, QStyleOptionFrame) and option.lineWidth > 0:  # else a part of a field
        field(painter, option, widget, theme)


def step(
    painter: QPainter,
    rect: QRect,
    name: str,
    option: QStyleOptionSpinBox,
    part: QStyle.SubControl,
    theme: Theme,
) -> None:
    """Paint one of the two buttons of a number field."""
    if option.activeSubControls & part and option.state & State.State_MouseOver:
        painter.fillRect(rect, theme.color("control"))
    chevron(painter, rect, name, theme.px(10))


# What is dragged, ticked, or only seen


def scroll_handle(painter: QPainter, rect: QRect, option: QStyleOptionSlider, theme: Theme) -> None:
    """Paint the handle of a scroll bar."""
    held = option.activeSubControls & QStyle.SubControl.SC_ScrollBarSlider
    lit = held and option.state & State.State_MouseOver
    color = theme.color("soft_ink", 1.0 if lit else SCROLL)
    box(painter, rect.adjusted(2, 2, -2, -2), color, CLEAR, theme.px(4))


def slider(painter: QPainter, knob: QRect, option: QStyleOptionSlider, theme: Theme) -> None:
    """Paint a slider: the part before the knob, the part after it, and the knob."""
    thick = theme.px(4)
    middle = option.rect.center().y() + 1 - thick // 2
    groove = QRect(option.rect.x(), middle, option.rect.width(), thick)
    way = QRect(groove)
    way.setRight(knob.center().x())
    enabled = option.state & State.State_Enabled
    lit = option.state & (State.State_MouseOver | State.State_HasFocus)
    color = theme.color(("accent_hover" if lit else "accent") if enabled else "line")
    box(painter, groove, theme.color("control"), CLEAR, thick / 2)
    box(painter, way, theme.color("accent" if enabled else "line"), CLEAR, thick / 2)
    side = min(knob.width(), knob.height())
    round_knob = QRect(0, 0, side, side)
    round_knob.moveCenter(QPoint(knob.center().x(), option.rect.center().y()))
    box(painter, round_knob, color, CLEAR, side / 2)


def progress(painter: QPainter, option: QStyleOptionProgressBar, theme: Theme) -> None:
    """Paint a job's progress; half of the bar where the length is unknown."""
    radius = theme.px(4)
    box(painter, option.rect, theme.color("control"), CLEAR, radius)
    span = option.maximum - option.minimum
    share = (option.progress - option.minimum) / span if span > 0 else 0.5
    done = QRect(option.rect)
    done.setWidth(round(done.width() * min(max(share, 0.0), 1.0)))
    if not done.isEmpty():
        box(painter, done, theme.color("accent"), CLEAR, radius)


def splitter(painter: QPainter, option: QStyleOption, widget: QWidget | None, theme: Theme) -> None:
    """Paint the handle between two panels: nothing or a line, and a tint under the pointer."""
    above = widget.parentWidget() if widget is not None else None
    if option.state & State.State_MouseOver:
        painter.fillRect(option.rect, theme.color("accent_soft"))
    elif above is not None and above.objectName() == "rule":
        painter.fillRect(option.rect, theme.color("line"))


def _check_box(
    painter: QPainter, option: QStyleOption, widget: QWidget | None, theme: Theme
) -> None:
    on, some = option.state & State.State_On, option.state & State.State_NoChange
    lit = on or some
    line = theme.color("accent" if lit else "soft_ink")
    box(painter, option.rect, theme.color("accent") if lit else CLEAR, line, 0)
    if lit:
        size = theme.px(12)
        _icon("check" if on else "some", TICK.name(), size).paint(
            painter, _middle(option.rect, size)
        )


def _ground(painter: QPainter, option: QStyleOption, widget: QWidget | None, theme: Theme) -> None:
    """Paint the background of a bar, of a framed word, or of the cover of a broken widget."""
    name = widget.objectName() if widget is not None else ""
    if name == COVER:
        painter.fillRect(option.rect, theme.color("ground"))
    elif name == "framed":
        box(painter, option.rect, CLEAR, theme.color("ink"), theme.px(3))
    elif name in ("bar", "status"):
        rect = option.rect
        at = rect.bottom() if name == "bar" else rect.top()
        painter.fillRect(QRect(rect.left(), at, rect.width(), 1), theme.color("line"))


def _menu(painter: QPainter, option: QStyleOption, widget: QWidget | None, theme: Theme) -> None:
    box(painter, option.rect, theme.color("panel"), theme.color("line"), 0)


def _tip(painter: QPainter, option: QStyleOption, widget: QWidget | None, theme: Theme) -> None:
    painter.fillRect(option.rect, theme.color("ink"))


Draw = Callable[[QPainter, QStyleOption, QWidget | None, Theme], None]
PRIMITIVES: dict[QStyle.PrimitiveElement, Draw] = {
    Primitive.PE_Widget: _ground,
    Primitive.PE_PanelLineEdit: _line_edit,
    Primitive.PE_IndicatorCheckBox: _check_box,
    Primitive.PE_PanelMenu: _menu,
    Primitive.PE_PanelTipLabel: _tip,
}
