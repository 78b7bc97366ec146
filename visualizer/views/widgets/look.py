"""The one live theme: changes of zoom and palette reach the whole window from here."""

from __future__ import annotations

from dataclasses import replace
from string import Template
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from visualizer.storage.resources import resource
from visualizer.views.widgets.guard import Guarded
from visualizer.views.widgets.theme import PRESENT_ZOOM, ZOOM_STEPS, Theme, palette_of

ROUND, PRIMARY = 34, 44  # sides of the round buttons

STYLE = Template("""
* { font-size: ${body}px; color: $ink; }
QMainWindow, QWidget#page { background: $ground; }
QWidget#panel, QWidget#bar { background: $panel; }
QWidget#bar { border-bottom: 1px solid $line; }
QWidget#notice, QWidget#card { background: $panel; border: 1px solid $line;
  border-radius: ${p6}px; }
QWidget#notice[kind="error"] { background: $warning_soft; border-color: $warning; }
QWidget#notice[kind="error"] QLabel { color: $warning; }
QLabel { background: transparent; }
QLabel#caption { font-size: ${caption}px; color: $soft_ink; }
QLabel#heading { font-weight: 600; }
QLabel#counter { font-size: ${counter}px; font-weight: 700; }
QLabel#sum { font-size: ${sum}px; }
QLabel#explained { font-size: ${explained}px; }
QLabel#selected { color: $selection; font-weight: 700; }
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
QPushButton:default { background: $accent; color: $on_accent; border-color: $accent; }
QPushButton:default:hover { background: $accent_hover; }
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
QLineEdit#inline { border-color: transparent; padding: 0 ${p4}px; background: transparent; }
QLineEdit#inline:hover, QLineEdit#inline:focus { border-color: $line; background: $panel; }
QComboBox#small { font-size: ${caption}px; }
QComboBox::drop-down { border: none; width: ${p24}px; }
QComboBox::down-arrow { image: url($chevron); width: ${p12}px; height: ${p12}px; }
QAbstractSpinBox:disabled { color: $soft_ink; background: $ground; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; width: ${p22}px;
  background: transparent; }
QAbstractSpinBox::up-arrow { image: url($chevron_up); width: ${p10}px; height: ${p10}px; }
QAbstractSpinBox::down-arrow { image: url($chevron); width: ${p10}px; height: ${p10}px; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: $control; }
QMenuBar::item:pressed { background: $accent_soft; }
QComboBox QAbstractItemView { background: $panel; border: 1px solid $line;
  selection-background-color: $accent_soft; selection-color: $ink; }
QListView { background: $panel; border: none; outline: none; }
QSplitter::handle { background: transparent; }
QSplitter#rule::handle { background: $line; }
QSplitter::handle:hover { background: $accent_soft; }
QMenuBar { background: $panel; border-bottom: 1px solid $line; }
QMenuBar::item { background: transparent; padding: ${p3}px ${p8}px; }
QMenuBar::item:selected { background: $accent_soft; }
QMenu { background: $panel; border: 1px solid $line; padding: ${p4}px 0; }
QMenu::item { padding: ${p4}px ${p24}px ${p4}px ${p24}px; }
QMenu::item:selected { background: $accent_soft; }
QMenu::item:disabled { color: $soft_ink; }
QMenu::separator { height: 1px; background: $line; margin: ${p4}px 0; }
QDialog, QMessageBox { background: $panel; }
QScrollArea { border: none; background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: ${p10}px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: ${p10}px; margin: 0; }
QScrollBar::handle { background: $scroll; border-radius: ${p4}px; min-height: ${p24}px;
  min-width: ${p24}px; margin: 2px; }
QScrollBar::handle:hover { background: $soft_ink; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QCheckBox::indicator { width: ${p12}px; height: ${p12}px; }
QProgressBar { background: $control; border: none; border-radius: ${p4}px; height: ${p8}px; }
QProgressBar::chunk { background: $accent; border-radius: ${p4}px; }
""")


class Look(QObject):
    """Holds the current Theme and applies it to the application.

    Signals
    -------
    changed : Theme
        After the palette or the zoom changed; panels redraw and resize from it.
    """

    changed = Signal(object)

    def __init__(
        self,
        theme: Theme | None = None,
        parent: QObject | None = None,
        *,
        present_dark: bool = False,
    ) -> None:
        super().__init__(parent)
        self.theme = theme or Theme()
        # Present mode is light until another choice is made in it.
        self._dark = {True: present_dark, False: False}
        self._dark[self.theme.present] = self.theme.palette.name == "dark"
        self._wanted = self.theme.zoom
        self._zoom_before_present = self.theme.zoom
        self._most = ZOOM_STEPS[-1]

    @property
    def own_zoom(self) -> float:
        """The zoom that was chosen outside Present mode."""
        return self._zoom_before_present if self.theme.present else self._wanted

    @property
    def own_dark(self) -> bool:
        """Whether the window is dark outside Present mode."""
        return self._dark[False]

    @property
    def present_dark(self) -> bool:
        """Whether Present mode is dark."""
        return self._dark[True]

    def hold_zoom(self, most: float) -> None:
        """Stay at or below the zoom that a screen has room for; what was chosen is kept."""
        self._most = max(most, ZOOM_STEPS[0])
        self._zoom_to(self._wanted)

    def _zoom_to(self, zoom: float, present: bool | None = None) -> None:
        self._wanted = zoom
        held = min(zoom, self._most)
        shown = self.theme.present if present is None else present
        palette = palette_of(self._dark[shown], shown)
        self._change(replace(self.theme, zoom=held, present=shown, palette=palette))

    def set_dark(self, dark: bool) -> None:
        """Dark or light; in Present mode the choice counts for Present mode alone."""
        present = self.theme.present
        self._dark[present] = dark
        self._change(replace(self.theme, palette=palette_of(dark, present)))

    def set_zoom(self, zoom: float) -> None:
        """Any factor from 0.8 to 3; beyond it is held at the end."""
        held = min(max(zoom, ZOOM_STEPS[0]), ZOOM_STEPS[-1])
        self._zoom_to(held)

    def zoom_by(self, steps: int) -> None:
        """The next larger (+1) or smaller (−1) of the zoom steps; 0 goes back to 100 %."""
        if steps == 0:
            self.set_zoom(PRESENT_ZOOM if self.theme.present else 1.0)
            return
        now = self.theme.zoom
        beyond = [step for step in ZOOM_STEPS if (step > now if steps > 0 else step < now)]
        if beyond and (steps < 0 or now < self._most):
            self.set_zoom(beyond[0] if steps > 0 else beyond[-1])

    def set_present(self, present: bool) -> None:
        """Present mode: sizes for the back row of a lecture hall; off restores the zoom."""
        if present == self.theme.present:
            return
        if present:
            self._zoom_before_present = self._wanted
        zoom = PRESENT_ZOOM if present else self._zoom_before_present
        self._zoom_to(zoom, present=present)

    def set_reduce_motion(self, reduced: bool) -> None:
        """No motion that nobody asked for step by step."""
        self._change(replace(self.theme, reduce_motion=reduced))

    def _change(self, theme: Theme) -> None:
        if theme != self.theme:
            self.theme = theme
            self.apply()
            self.changed.emit(theme)

    def apply(self) -> None:
        """Dress the application; once every widget is made, which costs half of doing it before."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.setPalette(qt_palette(self.theme))
            app.setFont(self.theme.font())
            app.setStyleSheet(style_sheet(self.theme))


if TYPE_CHECKING:
    WidgetType = type
else:
    WidgetType = type(QWidget)


class PanelType(WidgetType):
    """Dresses a panel once, when all of it is made."""

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        made = super().__call__(*arguments, **keywords)
        made.apply_theme(made.theme)
        return made


class Panel(Guarded, QWidget, metaclass=PanelType):
    """A widget that follows the look: `apply_theme` runs once it is made, and at every change."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        look.changed.connect(self.apply_theme)

    @property
    def theme(self) -> Theme:
        return self.look.theme

    def apply_theme(self, theme: Theme) -> None:
        self.updateGeometry()
        self.update()


def style_sheet(theme: Theme) -> str:
    """The style sheet of the standard controls at this palette and zoom."""
    palette = theme.palette
    colors = {name: value for name, value in vars(palette).items() if isinstance(value, str)}
    sizes = {f"p{size}": theme.px(size) for size in (3, 4, 6, 8, 10, 12, 22, 24)}
    fonts = {role: theme.px(size) for role, size in (("caption", 12), ("body", 13))}
    scroll = QColor(palette.soft_ink)
    scroll.setAlphaF(0.45)
    return STYLE.substitute(
        colors,
        **sizes,
        **fonts,
        chevron_up=resource("icons", "chevron-up.svg").as_posix(),
        chevron=resource("icons", "chevron.svg").as_posix(),
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
