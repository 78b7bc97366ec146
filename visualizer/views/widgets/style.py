"""The style sheet and the palette of the standard controls, from a theme."""

from __future__ import annotations

from string import Template

from PySide6.QtGui import QColor, QPalette

from visualizer.storage.resources import resource
from visualizer.views.widgets.theme import Theme

ROUND, PRIMARY = 34, 44  # sides of the round buttons

STYLE = Template("""
* { font-size: ${body}px; color: $ink; }
QMainWindow, QWidget#page { background: $ground; }
QWidget#panel, QWidget#bar { background: $panel; }
QWidget#status { background: $panel; border-top: 1px solid $line; }
QWidget#bar { border-bottom: 1px solid $line; }
QLabel { background: transparent; }
QLabel#caption { font-size: ${caption}px; color: $soft_ink; }
QLabel#remark { font-size: ${caption}px; font-weight: 600; }
QLabel#told { font-size: ${caption}px; }
QLabel#told[kind="error"] { color: $warning; font-weight: 600; }
QLabel#heading { font-weight: 600; }
QLabel#counter { font-size: ${counter}px; font-weight: 700; }
QLabel#sum { font-size: ${sum}px; }
QLabel#explained { font-size: ${explained}px; }
QLabel#selected { color: $selection; font-weight: 700; }
QLabel#framed { border: 1px solid $ink; border-radius: ${p3}px; padding: 0 ${p4}px; }
QLabel#badge { color: $warning; font-weight: 600; }
QToolTip { background: $ink; color: $panel; border: none; padding: ${p4}px ${p8}px;
  font-size: ${caption}px; }
QPushButton, QToolButton { background: $panel; border: 1px solid $line; border-radius: ${p4}px;
  padding: ${p4}px ${p8}px; }
QPushButton:hover, QToolButton:hover { background: $control; }
QPushButton:focus, QToolButton:focus, QComboBox:focus { border-color: $accent; }
QPushButton:disabled, QToolButton:disabled, QComboBox:disabled { color: $soft_ink;
  background: $ground; }
QPushButton:checked { background: $accent_soft; color: $accent; border-color: $accent; }
QPushButton#line { font-size: ${caption}px; padding: 1px ${p8}px; }
QToolButton#line { background: transparent; border: 1px solid transparent; padding: 0; }
QToolButton#line:hover { background: $control; }
QToolButton#line:focus { border-color: $accent; }
QPushButton#hint { font-size: ${caption}px; color: $accent; background: $accent_soft;
  border-color: $accent_soft; padding: 1px ${p6}px; text-align: left; }
QPushButton#hint:hover, QPushButton#hint:focus { border-color: $accent; }
QPushButton:default { background: $accent; color: $on_accent; border-color: $accent; }
QPushButton:default:hover { background: $accent_hover; }
QPushButton:default:disabled { background: $control; border-color: $control; color: $soft_ink; }
QToolButton#round { background: $control; border: 2px solid transparent;
  border-radius: ${half_round}px; padding: 0; }
QToolButton#round:hover { border-color: $accent; }
QToolButton#round:focus { border-color: $accent; }
QToolButton#primary { background: $accent; border: 2px solid $accent;
  border-radius: ${half_primary}px; padding: 0; }
QToolButton#primary:hover { background: $accent_hover; }
QToolButton#primary:focus { border-color: $ink; }
QToolButton#primary:disabled { background: $control; border-color: $control; }
QToolButton#chip { padding: 0; border-radius: ${p6}px; }
QToolButton#chip::menu-indicator, QToolButton::menu-indicator { image: none; width: 0; }
QToolButton#segment { border-radius: 0; border-right-width: 0; padding: ${p3}px ${p8}px;
  font-size: ${caption}px; }
QToolButton#segment[place="first"] { border-top-left-radius: ${p4}px;
  border-bottom-left-radius: ${p4}px; }
QToolButton#segment[place="last"] { border-right-width: 1px; border-top-right-radius: ${p4}px;
  border-bottom-right-radius: ${p4}px; }
QToolButton#segment:checked { background: $accent_soft; color: $accent; font-weight: 600; }
QToolButton#segment:focus { border-color: $accent; }
QToolButton#flat { background: transparent; border: 1px solid transparent; padding: ${p3}px; }
QToolButton#flat:hover { background: $control; }
QToolButton#flat:focus { border-color: $accent; }
QToolButton#flat:checked { background: $accent_soft; color: $accent; }
QWidget#rail { background: $rail; }
QToolButton#railButton { background: transparent; color: $rail_ink; border: 1px solid transparent;
  font-size: ${caption}px; padding: ${p4}px 0; }
QToolButton#railButton:hover { background: $rail_mark; }
QToolButton#railButton:checked { background: $rail_mark; border-color: $rail_mark; }
QToolButton#railButton:focus { border-color: $accent; }
QComboBox, QSpinBox, QDoubleSpinBox, QLineEdit { background: $panel; border: 1px solid $line;
  border-radius: ${p4}px; padding: ${p3}px ${p6}px; selection-background-color: $accent;
  selection-color: $on_accent; }
QLineEdit[wrong="true"], QComboBox[wrong="true"] { border-color: $warning;
  background: $warning_soft; }
QLineEdit#inline { border-color: transparent; padding: 0 ${p4}px; background: transparent; }
QLineEdit#inline:hover, QLineEdit#inline:focus { border-color: $line; background: $panel; }
QComboBox#small { font-size: ${caption}px; }
QComboBox::drop-down { border: none; width: ${p24}px; }
QComboBox#cell { padding-right: 0; }
QComboBox#cell::drop-down { width: ${p16}px; }
QLabel[unsure="true"] { color: $soft_ink; }
QComboBox::down-arrow { image: url($chevron); width: ${p12}px; height: ${p12}px; }
QAbstractSpinBox:disabled { color: $soft_ink; background: $ground; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; width: ${p22}px;
  background: transparent; }
QAbstractSpinBox::up-arrow { image: url($chevron_up); width: ${p10}px; height: ${p10}px; }
QAbstractSpinBox::down-arrow { image: url($chevron); width: ${p10}px; height: ${p10}px; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: $control; }
QComboBox QAbstractItemView { background: $panel; border: 1px solid $line;
  selection-background-color: $accent_soft; selection-color: $ink; }
QListView { background: $panel; border: none; outline: none; }
QSplitter::handle { background: transparent; }
QSplitter#rule::handle { background: $line; }
QSplitter::handle:hover { background: $accent_soft; }
QMenuBar { background: $panel; border-bottom: 1px solid $line; }
QMenuBar::item { background: transparent; padding: ${p3}px ${p8}px; }
QMenu { background: $panel; border: 1px solid $line; padding: ${p4}px 0; }
QMenu::item { padding: ${p4}px ${p24}px ${p4}px ${p24}px; }
QMenu::item:selected, QMenuBar::item:selected, QMenuBar::item:pressed {
  background: $accent_soft; }
QMenu::item:disabled { color: $soft_ink; }
QMenu::separator { height: 1px; background: $line; margin: ${p4}px 0; }
QDialog { background: $panel; }
QScrollArea { border: none; background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: ${p10}px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: ${p10}px; margin: 0; }
QScrollBar::handle { background: $scroll; border-radius: ${p4}px; min-height: ${p24}px;
  min-width: ${p24}px; margin: 2px; }
QScrollBar::handle:hover { background: $soft_ink; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QCheckBox::indicator { width: ${p12}px; height: ${p12}px; border: 1px solid $soft_ink; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url($check); }
QCheckBox::indicator:indeterminate { background: $accent; border-color: $accent;
  image: url($some); }
QProgressBar { background: $control; border: none; border-radius: ${p4}px; height: ${p8}px; }
QProgressBar::chunk { background: $accent; border-radius: ${p4}px; }
""")


def style_sheet(theme: Theme) -> str:
    """The style sheet of the standard controls at this palette and zoom."""
    palette = theme.palette
    colors = {name: value for name, value in vars(palette).items() if isinstance(value, str)}
    sizes = {f"p{size}": theme.px(size) for size in (3, 4, 6, 8, 10, 12, 16, 22, 24)}
    fonts = {role: theme.px(size) for role, size in (("caption", 12), ("body", 13))}
    scroll = QColor(palette.soft_ink)
    scroll.setAlphaF(0.45)
    return STYLE.substitute(
        colors,
        **sizes,
        **fonts,
        chevron_up=resource("icons", "chevron-up.svg").as_posix(),
        chevron=resource("icons", "chevron.svg").as_posix(),
        check=resource("icons", "check.svg").as_posix(),
        some=resource("icons", "some.svg").as_posix(),
        half_round=theme.px(ROUND) // 2,  # more than half the side, and Qt draws a square
        half_primary=theme.px(PRIMARY) // 2,
        counter=theme.px(20),
        sum=theme.px(16),
        explained=theme.px(18),
        scroll=f"rgba({scroll.red()},{scroll.green()},{scroll.blue()},115)",
    )


def qt_palette(theme: Theme) -> QPalette:
    """The palette for what style sheets do not reach."""
    roles = {
        QPalette.ColorRole.Window: "ground",
        QPalette.ColorRole.WindowText: "ink",
        QPalette.ColorRole.Base: "panel",
        QPalette.ColorRole.AlternateBase: "ground",
        QPalette.ColorRole.Text: "ink",
        QPalette.ColorRole.Button: "panel",
        QPalette.ColorRole.ButtonText: "ink",
        QPalette.ColorRole.Highlight: "accent",
        QPalette.ColorRole.HighlightedText: "on_accent",
        QPalette.ColorRole.ToolTipBase: "ink",
        QPalette.ColorRole.ToolTipText: "panel",
        QPalette.ColorRole.PlaceholderText: "soft_ink",
        QPalette.ColorRole.Link: "accent",
        QPalette.ColorRole.Mid: "line",
    }
    palette = QPalette()
    for role, name in roles.items():
        palette.setColor(role, theme.color(name))
    return palette
