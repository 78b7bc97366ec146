"""The one live theme: changes of zoom and palette reach the whole window from here."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from visualizer.views.base.guard import Guarded
from visualizer.views.base.style import dress_application
from visualizer.views.base.theme import PRESENT_ZOOM, ZOOM_STEPS, Theme, palette_of


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
        """Dress the application."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            dress_application(app, self.theme)


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
