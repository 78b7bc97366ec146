"""Pictures: whatever is in view copied or saved as a picture, by a right click or by the menu."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

from visualizer.session.session import Session
from visualizer.system.notice import Notice
from visualizer.views.base.guard import Guarded
from visualizer.views.base.look import Look, Panel
from visualizer.views.page import Action, Page, Stage
from visualizer.views.present.holder import StageHolder
from visualizer.views.widgets.picture import HasPictures, Picture, PictureForm, image_of, is_control
from visualizer.views.window.film import can_slide
from visualizer.views.window.save_film import SaveFilm
from visualizer.views.window.save_picture import SavePicture

MOST_OFFERED = 3


class Pictures(Guarded, QObject):
    """Finds the pictures at a place of the window, and takes them away; a right click asks."""

    def __init__(
        self,
        window: QMainWindow,
        look: Look,
        session: Session,
        *,
        holder: StageHolder,
        page: Callable[[], Page],
    ) -> None:
        """Take what is on the window's stage, or on the page that `page` returns."""
        super().__init__(window)
        self._window, self._look, self._session = window, look, session
        self._holder, self._page = holder, page
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
            Action(
                "Save mo&ving picture …",
                lambda: self.save_film(self.stage_in_focus()),
                menu="&Edit",
                available=lambda: bool(self.moves(self.stage_in_focus())),
            ),
        )

    # Which

    def in_focus(self) -> Picture | None:
        """Return the stage on show, or the panel of the page that has the keyboard."""
        panels, home = self._panels(), self._page().home
        if self._holder.stage is not None:
            return panels[0]
        focus = self._window.focusWidget() or home
        held = (each for each in panels if each.widget.isAncestorOf(focus))
        of_home = (each for each in panels if each.widget.isAncestorOf(home))
        shown = (each for each in panels if each.widget.isVisible())
        return next(held, next(of_home, next(shown, None)))

    def stage_in_focus(self) -> Stage | None:
        """Return the stage on show, or that of the panel that has the keyboard."""
        if self._holder.stage is not None:
            return self._holder.stage
        page = self._page()
        focus = self._window.focusWidget() or page.home
        held = [stage for stage in page.stages() if stage.panel.isAncestorOf(focus)]
        return next((stage for stage in reversed(held) if self.moves(stage)), None)

    def moves(self, stage: Stage | None) -> tuple[str, ...]:
        """Return what can move on a stage: the window's "places", the run's "moments"."""
        session = self._session
        if stage is None or stage.film is None:
            return ()
        slides = ("places",) if can_slide(stage, session.viewer.scene) else ()
        return (*slides, "moments") if session.time.available else slides

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
        stage, content = self._holder.stage, self._holder.content
        if stage is not None and content is not None:
            return [self._with_source(Picture(stage.title, content))]
        return [self._with_source(each) for each in self._page().pictures()]

    def _with_source(self, picture: Picture) -> Picture:
        return replace(picture, source=self._page().picture_source())

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
            picture.widget.destroyed.connect(menu.close)
            menu.addSeparator()
            of = f": {picture.title}" if len(pictures) > 1 else ""
            for text, act in ((f"Copy picture{of}", self.copy), (f"Save picture{of} …", self.save)):
                menu.addAction(text, partial(act, picture))
        stage = self._stage_of(pictures[-1])
        if self.moves(stage):
            menu.addAction("Save moving picture …", partial(self.save_film, stage))
        return menu

    def _stage_of(self, picture: Picture) -> Stage | None:
        """Return the stage that a picture shows, or that shows the same panel large."""
        if self._holder.stage is not None:
            return self._holder.stage
        return next(
            (stage for stage in self._page().stages() if stage.panel is picture.widget), None
        )

    def copy(self, picture: Picture | None) -> None:
        """Put a picture on the clipboard."""
        if picture is not None:
            form = replace(self.form, format="png")
            QGuiApplication.clipboard().setImage(image_of(picture, self._look, form))
            self._session.noticed.emit(Notice(f"Copied a picture: {picture.title}."))

    def save(self, picture: Picture | None) -> None:
        """Ask how and where to save a picture."""
        if picture is not None:
            of = self._look, self._session, picture
            dialog = SavePicture(*of, self.form, self._window)
            dialog.chosen.connect(self._remember)
            dialog.open()

    def save_film(self, stage: Stage | None) -> None:
        """Ask how and where to save a stage that moves."""
        moves = self.moves(stage)
        if stage is not None and moves:
            source = self._page().picture_source()
            SaveFilm(self._window, self._look, self._session, stage, source, moves).open()

    def _remember(self, form: PictureForm) -> None:
        self.form = form
