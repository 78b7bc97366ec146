"""Pictures: whatever is in view copied or saved as a picture, by a right click or by the menu."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from visualizer.system.notice import Notice
from visualizer.views.base.guard import Guarded
from visualizer.views.base.look import Panel
from visualizer.views.page import Action
from visualizer.views.widgets.picture import HasPictures, Picture, PictureForm, image_of, is_control
from visualizer.views.window.save_picture import SavePicture

if TYPE_CHECKING:
    from visualizer.views.window.window import MainWindow

MOST_OFFERED = 3


class Pictures(Guarded, QObject):
    """Finds the pictures at a place of the window, and takes them away; a right click asks."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.form = PictureForm()  # as it was chosen last
        window.installEventFilter(self)

    def actions(self) -> Sequence[Action]:
        """Return the commands: they take the stage, or the panel that has the keyboard."""
        in_edit = partial(Action, menu="&Edit", available=lambda: self.in_focus() is not None)
        return (
            in_edit(
                "Copy p&icture",
                lambda: self.copy(self.in_focus()),
                keys=("Ctrl+Alt+C",),
                explain="copy the stage, or the panel that has the keyboard, as a picture",
                separated=True,
            ),
            in_edit(
                "Save pict&ure …",
                lambda: self.save(self.in_focus()),
                keys=("Ctrl+Alt+S",),
                explain="save the stage, or the panel that has the keyboard, as a picture",
            ),
        )

    # Which

    def in_focus(self) -> Picture | None:
        """Return the stage on show, or the panel of the page that has the keyboard."""
        window = self._window
        if window.on_stage:
            return self._of_stage()
        focus = window.focusWidget() or window.page.home
        held = (each for each in self._panels() if each.widget.isAncestorOf(focus))
        home = (each for each in self._panels() if each.widget.isAncestorOf(window.page.home))
        shown = (each for each in self._panels() if each.widget.isVisible())
        return next(held, next(home, next(shown, None)))

    def at(self, widget: QWidget, point: QPoint) -> list[Picture]:
        """Return the pictures at a point of a widget, the innermost first, each once."""
        found: list[Picture] = []
        for each in self._around(widget, point):
            if all((each.widget, each.part) != (other.widget, other.part) for other in found):
                found.append(each)
        return found[:MOST_OFFERED]

    def _around(self, widget: QWidget, point: QPoint) -> Iterator[Picture]:
        """Yield the part, the named panel, and the panel of the page or stage at a point."""
        panels = {each.widget: each for each in self._panels()}
        within: QWidget | None = widget
        named = False
        while within is not None and not within.isWindow():
            at = widget.mapTo(within, point)
            part = within.picture_at(at) if isinstance(within, HasPictures) else None
            if part is not None:
                yield self._with_source(part)
            if within in panels:
                yield panels[within]
                return
            if isinstance(within, Panel) and within.accessibleName() and not named:
                named = not is_control(within)
                if named:
                    yield self._with_source(Picture(within.accessibleName(), within))
            within = within.parentWidget()

    def _panels(self) -> list[Picture]:
        """Return the stage on show, or the panels of the page."""
        if self._window.on_stage:
            stage = self._of_stage()
            return [] if stage is None else [stage]
        return [self._with_source(each) for each in self._window.page.pictures()]

    def _of_stage(self) -> Picture | None:
        stage, content = self._window.stage.stage, self._window.stage.content
        if stage is None or content is None:
            return None
        return self._with_source(Picture(stage.title, content))

    def _with_source(self, picture: Picture) -> Picture:
        return replace(picture, source=self._window.page.picture_source())

    # What becomes of it

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Offer what lies under a right click on the window."""
        if not isinstance(event, QContextMenuEvent):
            return False
        widget = self._window.childAt(event.pos())
        point = event.pos() if widget is None else widget.mapFrom(self._window, event.pos())
        menu = None if widget is None else self.menu(self.at(widget, point))
        if menu is not None:
            menu.popup(event.globalPos())
        return menu is not None

    def menu(self, pictures: Sequence[Picture]) -> QMenu | None:
        """Return a menu to copy and save each picture; None for none."""
        if not pictures:
            return None
        menu = QMenu(self._window)
        menu.aboutToHide.connect(menu.deleteLater)
        for picture in pictures:
            menu.addSeparator()
            of = f": {picture.title}" if len(pictures) > 1 else ""
            copied = menu.addAction(f"Copy picture{of}")
            copied.triggered.connect(partial(self._act, self.copy, picture))
            saved = menu.addAction(f"Save picture{of} …")
            saved.triggered.connect(partial(self._act, self.save, picture))
        return menu

    @staticmethod
    def _act(act: object, picture: Picture, checked: bool = False) -> None:
        assert callable(act)
        act(picture)

    def copy(self, picture: Picture | None) -> None:
        """Put a picture on the clipboard."""
        if picture is not None:
            form = replace(self.form, format="png")
            QGuiApplication.clipboard().setImage(image_of(picture, self._window.look, form))
            self._window.session.noticed.emit(Notice(f"Copied a picture: {picture.title}."))

    def save(self, picture: Picture | None) -> None:
        """Ask how and where to save a picture."""
        if picture is not None:
            dialog = SavePicture(self._window.look, self._window.session, picture, self.form)
            dialog.chosen.connect(self._remember)
            dialog.setParent(self._window, dialog.windowFlags())
            dialog.open()

    def _remember(self, form: PictureForm) -> None:
        self.form = form
