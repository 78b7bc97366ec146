"""The style of the window: Fusion, with the sizes and colours of the theme in its controls.

The style is set once. A change of the theme changes the application's font and palette and the
roles that widgets have by their object names; painting and measuring always read the theme anew.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QProxyStyle,
    QStyle,
    QStyleOption,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QStyleOptionComplex,
    QStyleOptionMenuItem,
    QStyleOptionProgressBar,
    QStyleOptionSlider,
    QStyleOptionSpinBox,
    QStyleOptionToolButton,
    QToolTip,
    QWidget,
)

from visualizer.views.base import style_paint, style_sizes
from visualizer.views.base.guard import Guarded
from visualizer.views.base.roles import give_role, qt_palette, theme_of
from visualizer.views.base.theme import Theme

Metric, Part, Control = QStyle.PixelMetric, QStyle.SubControl, QStyle.ComplexControl
Element, Primitive, Contents = QStyle.ControlElement, QStyle.PrimitiveElement, QStyle.ContentsType

HEADING_GROUND = (Element.CE_HeaderSection, Element.CE_HeaderEmptyArea)
MENU_ITEMS = (Element.CE_MenuItem, Element.CE_MenuBarItem)


class Style(Guarded, QProxyStyle):
    """A style that sizes and paints standard controls by the theme of the panel around them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("Fusion")
        self.theme = theme

    def _theme(self, widget: QWidget | None) -> Theme:
        return theme_of(widget, self.theme)

    def polish(self, subject: object) -> object:  # type: ignore[override]
        done = super().polish(subject)  # type: ignore[call-overload]
        if isinstance(subject, QWidget):
            give_role(subject, self._theme(subject))
        return done

    # How large

    def pixelMetric(
        self,
        metric: QStyle.PixelMetric,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
    ) -> int:
        if metric in style_sizes.METRICS:
            return self._theme(widget).px(style_sizes.METRICS[metric])
        if metric == Metric.PM_MenuPanelWidth:
            return style_sizes.LINE
        if metric == Metric.PM_HeaderMargin:
            return 0
        return super().pixelMetric(metric, option, widget)

    def sizeFromContents(
        self,
        kind: QStyle.ContentsType,
        option: QStyleOption,
        size: QSize,
        widget: QWidget | None = None,
    ) -> QSize:
        theme = self._theme(widget)
        made = style_sizes.size_around(theme, kind, option, size, widget)
        if made is not None:
            return made
        made = super().sizeFromContents(kind, option, size, widget)  # type: ignore[arg-type]
        if kind == QStyle.ContentsType.CT_MenuItem and isinstance(option, QStyleOptionMenuItem):
            made.setHeight(style_sizes.menu_line(theme, option, made.height()))
        return made

    def subElementRect(
        self, element: QStyle.SubElement, option: QStyleOption, widget: QWidget | None = None
    ) -> QRect:
        if element == QStyle.SubElement.SE_LineEditContents:
            framed = getattr(option, "lineWidth", 0) > 0
            rect = option.rect
            return style_sizes.inner(self._theme(widget), rect, widget) if framed else rect
        if element == QStyle.SubElement.SE_ProgressBarGroove:
            return option.rect
        return super().subElementRect(element, option, widget)  # type: ignore[arg-type]

    def subControlRect(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        part: QStyle.SubControl,
        widget: QWidget | None = None,
    ) -> QRect:
        place = style_sizes.PARTS.get(control)
        made = place and place(self._theme(widget), option, part, widget)
        if made is not None:
            return made
        return super().subControlRect(control, option, part, widget)  # type: ignore[arg-type]

    # How it looks

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        draw = style_paint.PRIMITIVES.get(element)
        if draw is None:
            super().drawPrimitive(element, option, painter, widget)
        else:
            draw(painter, option, widget, self._theme(widget))

    def drawControl(
        self,
        element: QStyle.ControlElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        if element == Element.CE_PushButton and isinstance(option, QStyleOptionButton):
            self._push_button(option, painter, widget)
        elif element in MENU_ITEMS and isinstance(option, QStyleOptionMenuItem):
            self._menu_item(element, option, painter, widget)
        elif element in HEADING_GROUND:
            return  # a heading is words alone
        elif element == Element.CE_Splitter:
            style_paint.splitter(painter, option, widget, self._theme(widget))
        elif element == Element.CE_ProgressBar and isinstance(option, QStyleOptionProgressBar):
            style_paint.progress(painter, option, self._theme(widget))
        else:
            super().drawControl(element, option, painter, widget)

    def drawComplexControl(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        theme = self._theme(widget)
        if control == Control.CC_ToolButton and isinstance(option, QStyleOptionToolButton):
            label = QStyleOptionToolButton(option)
            ink = style_paint.button(painter, option, widget, theme)
            label.palette.setColor(QPalette.ColorRole.ButtonText, ink)
            label.rect = style_sizes.inner(theme, option.rect, widget)
            label.features &= ~QStyleOptionToolButton.ToolButtonFeature.HasMenu
            if widget is not None and widget.objectName() == "segment" and _is_on(option):
                label.font = theme.font("caption", bold=True)
            super().drawControl(Element.CE_ToolButtonLabel, label, painter, widget)
        elif control == Control.CC_ComboBox and isinstance(option, QStyleOptionComboBox):
            style_paint.field(painter, option, widget, theme)
            arrow = self.subControlRect(control, option, Part.SC_ComboBoxArrow, widget)
            style_paint.chevron(painter, arrow, "chevron", theme.px(12))
        elif control == Control.CC_SpinBox and isinstance(option, QStyleOptionSpinBox):
            style_paint.field(painter, option, widget, theme)
            for part, name in ((Part.SC_SpinBoxUp, "chevron-up"), (Part.SC_SpinBoxDown, "chevron")):
                if option.subControls & part:
                    at = self.subControlRect(control, option, part, widget)
                    style_paint.step(painter, at, name, option, part, theme)
        elif control == Control.CC_ScrollBar and isinstance(option, QStyleOptionSlider):
            if option.maximum > option.minimum:  # else there is nothing to scroll
                handle = self.subControlRect(control, option, Part.SC_ScrollBarSlider, widget)
                style_paint.scroll_handle(painter, handle, option, theme)
        elif control == Control.CC_Slider and isinstance(option, QStyleOptionSlider):
            handle = self.subControlRect(control, option, Part.SC_SliderHandle, widget)
            style_paint.slider(painter, handle, option, theme)
        else:
            super().drawComplexControl(control, option, painter, widget)

    def _push_button(
        self, option: QStyleOptionButton, painter: QPainter, widget: QWidget | None
    ) -> None:
        theme = self._theme(widget)
        ink = style_paint.button(painter, option, widget, theme)
        label = QStyleOptionButton(option)
        label.palette.setColor(QPalette.ColorRole.ButtonText, ink)
        label.rect = style_sizes.inner(theme, option.rect, widget)
        if option.features & QStyleOptionButton.ButtonFeature.HasMenu:
            wide = theme.px(style_sizes.METRICS[Metric.PM_MenuButtonIndicator])
            end = QRect(label.rect.right() - wide + 1, option.rect.y(), wide, option.rect.height())
            style_paint.chevron(painter, end, "chevron", theme.px(9))
            label.rect.setRight(end.left() - 1)
            label.features &= ~QStyleOptionButton.ButtonFeature.HasMenu
        if widget is not None and widget.objectName() in ("left", "hint"):
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            flags |= Qt.TextFlag.TextShowMnemonic
            painter.setPen(ink)
            painter.drawText(label.rect, flags, option.text)
        else:
            super().drawControl(Element.CE_PushButtonLabel, label, painter, widget)

    def _menu_item(
        self,
        element: QStyle.ControlElement,
        option: QStyleOptionMenuItem,
        painter: QPainter,
        widget: QWidget | None,
    ) -> None:
        theme = self._theme(widget)
        item = QStyleOptionMenuItem(option)
        item.palette.setColor(QPalette.ColorRole.Highlight, theme.color("accent_soft"))
        item.palette.setColor(QPalette.ColorRole.HighlightedText, theme.color("ink"))
        super().drawControl(element, item, painter, widget)


def _is_on(option: QStyleOption) -> bool:
    return bool(option.state & QStyle.StateFlag.State_On)


def dress_application(app: QApplication, theme: Theme) -> None:
    """Give the application this style, and every widget the font and colours of a theme."""
    style = app.style()
    if isinstance(style, Style):
        style.theme = theme
    else:
        app.setStyle(Style(theme))
    app.setPalette(qt_palette(theme))
    app.setFont(theme.font())
    for kind in (QEvent.Type.ApplicationPaletteChange, QEvent.Type.ApplicationFontChange):
        app.sendPostedEvents(None, kind)  # now, not after everything has been measured
    QToolTip.setFont(theme.font("caption"))
    QToolTip.setPalette(qt_palette(theme))
    for widget in app.allWidgets():
        _dress(widget, theme_of(widget, theme))


def dress(part: QWidget, theme: Theme) -> None:
    """Give a widget with its own theme, and all its children, the theme's fonts and colours."""
    part.setFont(theme.font())
    for widget in part.findChildren(QWidget):
        _dress(widget, theme)


def dress_apart(part: QWidget, theme: Theme) -> None:
    """Give a widget that is in no window of the program a theme, whatever the window's is."""
    part.setPalette(qt_palette(theme))
    dress(part, theme)


def _dress(widget: QWidget, theme: Theme) -> None:
    give_role(widget, theme)
    if isinstance(widget, QComboBox):  # keeps its least size through a change of the font
        QApplication.sendEvent(widget, QEvent(QEvent.Type.StyleChange))
