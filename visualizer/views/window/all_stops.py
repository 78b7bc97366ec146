"""AllStops: the overview of the talk in the window, and its pictures, made one by one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QSize
from PySide6.QtWidgets import QWidget

from visualizer.session.session import Session
from visualizer.system.throttle import single_shot
from visualizer.views.base.look import Look
from visualizer.views.page import Page
from visualizer.views.present.overview import Overview
from visualizer.views.window.faces import Faces
from visualizer.views.window.stop_pictures import StopPictures
from visualizer.views.window.talking import Talking

SIZE = QSize(1280, 720)
REST_MILLISECONDS = 15  # between two pictures, for what the user does


class AllStops(QObject):
    """Shows all stops in place of the stage; their pictures come while one looks."""

    def __init__(
        self,
        window: QWidget,
        look: Look,
        session: Session,
        faces: Faces,
        talking: Talking,
        *,
        kinds: Sequence[type[Page]],
    ) -> None:
        """Take the pictures on pages of these kinds."""
        super().__init__(window)
        self._window, self._look, self._session = window, look, session
        self._faces, self._talking, self._kinds = faces, talking, kinds
        self.overview = Overview(faces.stage.look, talking.deck)
        faces.addWidget(self.overview)
        self._pictures: StopPictures | None = None
        self._made_of: object = None
        self._next = single_shot(self, "next picture of a stop", self._make, REST_MILLISECONDS)
        self.overview.chosen.connect(self._go)
        talking.deck.changed.connect(self._on_talk)

    @property
    def shown(self) -> bool:
        """Whether all stops are in view."""
        return self._faces.currentWidget() is self.overview

    def show(self, wanted: bool) -> None:
        """Show all stops, or the one that was in view again."""
        if wanted and self._talking.deck.on:
            of = self._session.dataset, self._look.theme.palette.name
            if of != self._made_of:
                self._made_of = of
                self.overview.forget()
            self.overview.show_talk()
            self._talking.strip.hide()
            self._faces.show_face(self.overview)
            self._next.start()
        elif self.shown:
            self._talking.strip.show_stop()
            self._faces.show_face(None)
        if not wanted:
            self._end()

    def _go(self, at: int) -> None:
        self._end()
        self._talking.deck.go_to(at)

    def _make(self) -> None:
        """Make the next missing picture, while all stops are in view."""
        missing = self.overview.missing
        if not self.shown or not missing:
            self._end()
            return
        if self._pictures is None:
            dark = self._look.theme.palette.name.startswith("dark")
            self._pictures = StopPictures(
                self._window, self._session, self._kinds, size=SIZE, dark=dark
            )
        self.overview.show_picture(missing[0], self._pictures.picture(missing[0]))
        self._next.start()

    def _end(self) -> None:
        self._next.stop()
        if self._pictures is not None:
            self._pictures.end()
            self._pictures = None

    def _on_talk(self) -> None:
        if not self._talking.deck.on:
            self._end()
