"""The look of the window: the current theme, from which zoom and palette reach every widget.

On the stage and in large dialogs the zoom follows the available room.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtWidgets import QApplication, QWidget

from visualizer.views.base.guard import Guarded
from visualizer.views.base.style import dress_application
from visualizer.views.base.theme import PRESENT_ZOOM, ZOOM_STEPS, Theme, palette_of


class Look(QObject):
    """The current Theme, applied to the application.

    Signals
    -------
    zoomed : Theme
        After the zoom changed, before `changed`; layouts take their sizes from it.
    changed : Theme
        After the palette or the zoom changed; panels redraw and resize from it.
    """

    zoomed = Signal(Theme)
    changed = Signal(Theme)

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
        """Limit the zoom to what the screen has room for; the chosen zoom is remembered."""
        self._most = max(most, ZOOM_STEPS[0])
        self._zoom_to(self._wanted)

    def _zoom_to(self, zoom: float, present: bool | None = None) -> None:
        self._wanted = zoom
        held = min(zoom, self._most)
        shown = self.theme.present if present is None else present
        palette = palette_of(self._dark[shown], shown)
        self._change(replace(self.theme, zoom=held, present=shown, palette=palette))

    def set_dark(self, dark: bool) -> None:
        """Make the window dark or light; Present mode has a choice of its own."""
        present = self.theme.present
        self._dark[present] = dark
        self._change(replace(self.theme, palette=palette_of(dark, present)))

    def set_zoom(self, zoom: float) -> None:
        """Set the zoom, limited to 0.8 … 3."""
        held = min(max(zoom, ZOOM_STEPS[0]), ZOOM_STEPS[-1])
        self._zoom_to(held)

    def zoom_by(self, steps: int) -> None:
        """Go to the next larger (+1) or smaller (−1) zoom step; 0 goes back to 100 %."""
        if steps == 0:
            self.set_zoom(PRESENT_ZOOM if self.theme.present else 1.0)
            return
        now = self.theme.zoom
        beyond = [step for step in ZOOM_STEPS if (step > now if steps > 0 else step < now)]
        if beyond and (steps < 0 or now < self._most):
            self.set_zoom(beyond[0] if steps > 0 else beyond[-1])

    def set_present(self, present: bool) -> None:
        """Switch Present mode on, with sizes for the back row, or off, with the former zoom."""
        if present == self.theme.present:
            return
        if present:
            self._zoom_before_present = self._wanted
        zoom = PRESENT_ZOOM if present else self._zoom_before_present
        self._zoom_to(zoom, present=present)

    def set_reduce_motion(self, reduced: bool) -> None:
        """Switch off every motion that the user did not ask for step by step."""
        self._change(replace(self.theme, reduce_motion=reduced))

    @contextmanager
    def of_picture(self, light: bool = True) -> Iterator[None]:
        """Give all widgets the look of a picture to be taken away, then their own again.

        Parameters
        ----------
        light
            Whether it is light, however the window is.
        """
        own, present = self.theme, self.theme.present
        dark = self._dark[present]
        self._dark[present] = dark and not light
        palette = palette_of(self._dark[present], present)
        self._change(replace(own, palette=palette, picture=True))
        try:
            yield
        finally:
            self._dark[present] = dark
            self._change(own)

    def _change(self, theme: Theme) -> None:
        if theme != self.theme:
            zoomed = theme.zoom != self.theme.zoom
            self.theme = theme
            self.apply()
            if zoomed:
                self.zoomed.emit(theme)
            self.changed.emit(theme)

    def apply(self) -> None:
        """Give the application the style of the theme."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            dress_application(app, self.theme)


if TYPE_CHECKING:
    WidgetType = type
else:
    WidgetType = type(QWidget)


class PanelType(WidgetType):
    """Metaclass that applies the theme to a panel once its whole `__init__` is done."""

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        made = super().__call__(*arguments, **keywords)
        made.apply_theme(made.theme)
        return made


class Panel(Guarded, QWidget, metaclass=PanelType):
    """A widget that follows the look: `apply_theme` runs after `__init__` and at every change."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        look.changed.connect(self.apply_theme)

    @property
    def theme(self) -> Theme:
        return self.look.theme

    @property
    def shows_focus(self) -> bool:
        """Whether it is painted as having the keyboard: in no picture to be taken away."""
        return self.hasFocus() and not self.theme.picture

    def apply_theme(self, theme: Theme) -> None:
        self.updateGeometry()
        self.update()


# The size at which the stage has zoom 1. In Present mode a screen of 1920 × 1080 then has
# zoom 2.5: captions of 30 pixels, which six image heights away can still be read.
ROOM = QSize(936, 640)
PRESENT_ROOM = QSize(768, 432)


class StageLook(Look):
    """A look whose zoom follows the size of the stage; it dresses only widgets on the stage."""

    def __init__(
        self, window_look: Look, parent: QObject | None = None, *, grows: bool = True
    ) -> None:
        """Follow the window's look; without `grows`, keep its zoom outside Present mode."""
        super().__init__(window_look.theme, parent)
        self._grows = grows
        self._window_look = window_look
        self._room = ROOM
        window_look.changed.connect(self.follow)

    def fit(self, room: QSize) -> None:
        """Take the zoom that fits a room of this size in pixels."""
        if room != self._room and not room.isEmpty():
            self._room = room
            self.follow()

    def follow(self, news: object = None) -> None:
        """Take palette and motion from the window's look, and the zoom from the room's size."""
        theme = self._window_look.theme
        largest = _share(self._room, PRESENT_ROOM)
        if theme.present:
            zoom = largest
        elif self._grows:  # the window's own zoom counts, as far as the room goes
            zoom = min(_share(self._room, ROOM) * theme.zoom, largest)
        else:
            zoom = theme.zoom
        self._change(replace(theme, zoom=zoom))

    def apply(self) -> None:
        """Do nothing: the application keeps the window's look."""


def _share(room: QSize, of: QSize) -> float:
    return min(room.width() / of.width(), room.height() / of.height())


NEEDED = 1015  # width of a dialog's rows in pixels at zoom 1


class DialogLook(Look):
    """A look for a large dialog that follows the window's while the dialog is seen.

    Attributes
    ----------
    seen : bool
        Whether the dialog is seen. The dialog sets it; `follow` then catches up.
    """

    def __init__(self, window_look: Look, parent: QObject | None = None) -> None:
        super().__init__(window_look.theme, parent)
        self._window_look, self._width, self.seen = window_look, NEEDED, False
        window_look.changed.connect(self.follow)

    def fit(self, width: int) -> None:
        """Take the zoom that fits a room of this width in pixels."""
        self._width = width
        self.follow()

    def follow(self, news: object = None) -> None:
        """Take everything from the window's look; limit the zoom by the width."""
        theme = self._window_look.theme
        if self.seen:
            self._change(replace(theme, zoom=min(theme.zoom, self._width / NEEDED)))

    def apply(self) -> None:
        """Do nothing: the application keeps the window's look."""
