"""StopPictures: the stops of a talk on a stage that nobody sees, as pictures."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QStackedWidget, QWidget

from visualizer.runs.bundled import bundled_model
from visualizer.scene.viewer import first_scene
from visualizer.session.session import Session
from visualizer.views.base.guard import Guarded
from visualizer.views.base.layouts import column
from visualizer.views.base.look import Look, StageLook
from visualizer.views.base.style import dress_apart
from visualizer.views.base.theme import PRESENT_ZOOM, Theme, palette_of
from visualizer.views.page import Page
from visualizer.views.window.faces import Faces
from visualizer.views.window.talking import Talking

LOOKS = 2  # without a job, after which its news are shown


class StopPictures(Guarded, QWidget):
    """A talk with a session of its own, so that nothing in the window moves while it is painted.

    Attributes
    ----------
    session : Session
    talking : Talking
    """

    def __init__(
        self,
        window: QWidget,
        session: Session,
        pages: Sequence[type[Page]],
        *,
        size: QSize,
        dark: bool = False,
    ) -> None:
        """Prepare the stage; it is the window's until `end`.

        Parameters
        ----------
        session
            That of the window, whose talk and digits are shown.
        pages
            The kinds of pages, whose stages the talk shows.
        """
        super().__init__(window, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setObjectName("panel")
        self._looks = 0
        palette = palette_of(dark, present=True)
        theme = Theme(palette, PRESENT_ZOOM, present=True, reduce_motion=True, picture=True)
        self._look = Look(theme, self)
        first = first_scene(bundled_model(), session.viewer.scene.digit)
        self.session = Session(first, session.dataset, self)
        self.session.talk.follow(session.talk)
        made = [make(self._look, self.session.viewer, self.session) for make in pages]
        stack = QStackedWidget(self)
        for page in made:
            stack.addWidget(page)
        stack.hide()
        self.faces = Faces(self._look, self.session)
        front = StageLook(self._look, self, grows=False)
        front.fit(size)
        self.talking = Talking(
            front, self.session, self.faces, pages=made, stack=stack, parent=self
        )
        self.talking.deck.trains = False
        self.setLayout(column(self._look, (self.faces, 1), self.talking.strip, spacing=0))
        dress_apart(self, self._look.theme)
        self.resize(size)
        self.show()

    def show_stop(self, at: int) -> QWidget:
        """Show a stop by its index; return the stage, laid out."""
        deck, self._looks = self.talking.deck, 0
        if not deck.on:
            self.session.talk.go_to(at)
            self.talking.set_on(True)
        else:
            deck.go_to(at)
        self.session.viewer.settle()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        return self.faces.stage

    def picture(self, at: int) -> QImage:
        """Return the picture of a stop, with its header."""
        return self.show_stop(at).grab().toImage()

    def rests(self) -> bool:
        """Look whether nothing more comes to the stop in view: at several looks, no job is there.

        Between two looks the events of the window are handled.
        """
        self._looks = self._looks + 1 if self.session.rests else 0
        return self._looks > LOOKS

    def end(self) -> None:
        """Stop its work, and delete the stage."""
        self.session.close(0.0)
        self.hide()
        self.deleteLater()
