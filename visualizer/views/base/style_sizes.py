"""Sizes of the standard controls, and the places of their parts, at a theme's zoom."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import (
    QStyle,
    QStyleOption,
    QStyleOptionComplex,
    QStyleOptionMenuItem,
    QStyleOptionSlider,
    QToolButton,
    QWidget,
)

from visualizer.views.base.style_paint import is_field
from visualizer.views.base.theme import Theme

Metric, Part, Contents = QStyle.PixelMetric, QStyle.SubControl, QStyle.ContentsType

ROUND, PRIMARY = 34, 44  # sides of the round buttons

METRICS = {  # pixels at zoom 1
    Metric.PM_ScrollBarExtent: 10,
    Metric.PM_ScrollBarSliderMin: 24,
    Metric.PM_IndicatorWidth: 14,
    Metric.PM_IndicatorHeight: 14,
    Metric.PM_SliderLength: 14,
    Metric.PM_SliderThickness: 14,
    Metric.PM_SliderControlThickness: 14,
    Metric.PM_MenuVMargin: 4,
    Metric.PM_MenuButtonIndicator: 12,
    Metric.PM_ToolTipLabelFrameWidth: 5,
    Metric.PM_LayoutHorizontalSpacing: 6,
    Metric.PM_LayoutVerticalSpacing: 6,
}

LINE = 1  # pixels of every outline, at any zoom
PADDING = {  # across and down, at zoom 1, by the name or the class of a control
    "segment": (8, 3),
    "flat": (3, 3),
    "railButton": (0, 4),
    "round": (0, 0),
    "primary": (0, 0),
    "chip": (0, 0),
    "line": (8, 1),
    "hint": (6, 1),
    "bare": (0, 0),
    "inline": (4, 0),
    "button": (8, 4),
    "field": (6, 3),
}
DROP, DROP_IN_CELL, STEPS = 24, 16, 22  # widths of the buttons at the end of a field
SPARE, BESIDE = 3, 6  # pixels: around a tool button's words, and between a box and its words


def box(theme: Theme, widget: QWidget | None) -> tuple[int, int]:
    """Return the pixels between a control's edge and its content, (across, down)."""
    name = widget.objectName() if widget is not None else ""
    if name == "line" and isinstance(widget, QToolButton):
        name = "bare"
    if name not in PADDING:
        name = "field" if is_field(widget) else "button"
    across, down = (theme.px(size) if size else 0 for size in PADDING[name])
    return across + LINE, down + LINE


def inner(theme: Theme, rect: QRect, widget: QWidget | None) -> QRect:
    across, down = box(theme, widget)
    return rect.adjusted(across, down, -across, -down)


def drop(theme: Theme, widget: QWidget | None) -> tuple[int, int]:
    """Return the width of a combo box's arrow, and the extra width it takes beside the padding."""
    if widget is not None and widget.objectName() == "cell":
        return theme.px(DROP_IN_CELL), theme.px(DROP_IN_CELL) - theme.px(PADDING["field"][0])
    return theme.px(DROP), theme.px(DROP)


def end(option: QStyleOptionComplex, wide: int) -> QRect:
    """Return the last `wide` pixels of a field."""
    rect = option.rect
    return QRect(rect.right() - wide + 1, rect.y(), wide, rect.height())


def size_around(
    theme: Theme,
    kind: QStyle.ContentsType,
    option: QStyleOption,
    size: QSize,
    widget: QWidget | None,
) -> QSize | None:
    """Return a control's size around its content; None leaves it to the Fusion style."""
    across, down = box(theme, widget)
    around = size + QSize(2 * across, 2 * down)
    if kind == Contents.CT_LineEdit:
        return around if getattr(option, "lineWidth", 0) else size
    if kind == Contents.CT_PushButton:
        return around
    if kind == Contents.CT_ToolButton:  # of joined ones, the next has the line between them
        joined = widget is not None and widget.property("place") in ("first", "middle")
        return around + QSize(SPARE - joined, SPARE)
    if kind == Contents.CT_ComboBox:
        return around + QSize(drop(theme, widget)[1] + 2 * LINE + SPARE, 0)
    if kind == Contents.CT_SpinBox:
        return around + QSize(2 * theme.px(STEPS), SPARE)
    if kind == Contents.CT_CheckBox:
        mark = theme.px(METRICS[Metric.PM_IndicatorWidth])
        return QSize(size.width() + mark + BESIDE, max(size.height(), mark))
    if kind == Contents.CT_MenuBarItem:
        return size + QSize(2 * theme.px(8), 2 * theme.px(3))
    return None


def menu_line(theme: Theme, option: QStyleOptionMenuItem, asked: int) -> int:
    """Return the height of a menu line in pixels."""
    above_and_below = 2 * theme.px(4)
    if option.menuItemType == QStyleOptionMenuItem.MenuItemType.Separator:
        return LINE + above_and_below
    return max(option.fontMetrics.height() + above_and_below, asked)


def _choices_part(
    theme: Theme, option: QStyleOptionComplex, part: QStyle.SubControl, widget: QWidget | None
) -> QRect | None:
    arrow, beside = drop(theme, widget)
    if part == Part.SC_ComboBoxArrow:
        return end(option, arrow)
    if part == Part.SC_ComboBoxEditField:
        return inner(theme, option.rect, widget).adjusted(0, 0, -beside, 0)
    return None


def _number_part(
    theme: Theme, option: QStyleOptionComplex, part: QStyle.SubControl, widget: QWidget | None
) -> QRect | None:
    wide = theme.px(STEPS)
    steps = end(option, wide).adjusted(0, LINE, -LINE, -LINE)
    half = steps.height() // 2
    if part == Part.SC_SpinBoxUp:
        return steps.adjusted(0, 0, 0, half - steps.height())
    if part == Part.SC_SpinBoxDown:
        return steps.adjusted(0, half, 0, 0)
    if part == Part.SC_SpinBoxEditField:
        down = box(theme, widget)[1]
        return option.rect.adjusted(LINE, down, -wide, -down)
    return None


def _scroll_bar_part(
    theme: Theme, option: QStyleOptionComplex, part: QStyle.SubControl, widget: QWidget | None
) -> QRect | None:
    """Return the place of a scroll bar's groove or handle, or of the space beside the handle."""
    if not isinstance(option, QStyleOptionSlider):
        return None
    rect, across = option.rect, option.orientation == Qt.Orientation.Horizontal
    length = rect.width() if across else rect.height()
    span = option.maximum - option.minimum
    least = min(theme.px(METRICS[Metric.PM_ScrollBarSliderMin]), length)
    shown = length * option.pageStep // max(span + option.pageStep, 1) if span else length
    handle = min(max(shown, least), length)
    room = length - handle
    start = QStyle.sliderPositionFromValue(
        option.minimum, option.maximum, option.sliderPosition, room, option.upsideDown
    )
    begin, end = {
        Part.SC_ScrollBarGroove: (0, length),
        Part.SC_ScrollBarSlider: (start, start + handle),
        Part.SC_ScrollBarSubPage: (0, start),
        Part.SC_ScrollBarAddPage: (start + handle, length),
    }.get(part, (0, 0))
    if across:
        made = QRect(rect.x() + begin, rect.y(), end - begin, rect.height())
    else:
        made = QRect(rect.x(), rect.y() + begin, rect.width(), end - begin)
    return QStyle.visualRect(option.direction, rect, made) if across else made


PARTS = {
    QStyle.ComplexControl.CC_ComboBox: _choices_part,
    QStyle.ComplexControl.CC_SpinBox: _number_part,
    QStyle.ComplexControl.CC_ScrollBar: _scroll_bar_part,
}
