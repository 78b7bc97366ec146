"""Talking: the talk in the window, in Present mode or read alone, and what it leaves as it was."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QStackedWidget

from visualizer.session.first_look import TALK
from visualizer.session.session import Session
from visualizer.system.notice import Notice
from visualizer.views.base.look import Look
from visualizer.views.page import Page, Stage
from visualizer.views.present.deck import Deck
from visualizer.views.present.strip import TalkStrip
from visualizer.views.window.faces import Faces


class Talking(QObject):
    """Has the deck show its stops on the stage, and its words in the strip below.

    Attributes
    ----------
    deck : Deck
    strip : TalkStrip
    """

    def __init__(
        self,
        look: Look,
        session: Session,
        faces: Faces,
        *,
        pages: Sequence[Page],
        stack: QStackedWidget,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._faces, self._stack, self._session, self._pages = faces, stack, session, pages
        self.deck = deck = Deck(session, pages, self._show_stop, self)
        self.strip = TalkStrip(look, deck)
        self._left: tuple[Page, Stage | None] = pages[0], None
        faces.stage.turn = deck.turn
        faces.stage.ends.connect(deck.go_to_end)
        faces.changed.connect(self.show_where)
        deck.turning.connect(faces.empty)
        deck.changed.connect(self.show_where)
        session.viewer.sceneChanged.connect(self.show_where)
        session.talk.changed.connect(self._on_talk)
        session.source.changed.connect(self._on_digits)
        self.strip.closed.connect(self._end)
        self.strip.back_to_stop.connect(self._show_again)

    @property
    def _page(self) -> Page:
        return self._pages[self._stack.currentIndex()]

    def set_on(self, on: bool) -> None:
        """Show the stop of the talk where it was left; or bring back what was before the talk."""
        if on:
            self._begin()
        else:
            self._end()

    def _begin(self) -> None:
        self._session.first_look.finish(TALK)
        if not self.deck.on:
            self._left = self._page, self._faces.stage.stage
        if not self._session.talk.talk.stops:
            try:
                self._session.talk.begin_built_in()
            except (ValueError, OSError) as error:  # of this installation
                self._session.noticed.emit(Notice(f"There is no talk: {error}", "error"))
                self._faces.open(self._page, self._page.stages()[0])
                return
        self.deck.begin()

    def _end(self) -> None:
        faces = self._faces
        if self.deck.on:
            faces.empty()  # the pages are shown again with what they showed before
            self.deck.end()
            page, stage = self._left
            if stage is None and self._look.theme.present:  # which has stages only
                stage = page.stages()[0]
            self._stack.setCurrentWidget(page)
            if stage is not None:
                faces.show_stage(page, stage)
                return
        faces.close_stage(self._page.home)

    def show_where(self, *news: object) -> None:
        """Show where the talk is, over its stage, or that something else is in view."""
        deck, faces = self.deck, self._faces
        if deck.on:
            stage = faces.stage.stage
            there = faces.on_stage and stage is not None and deck.shows(stage)
            self.strip.show_wandered(not there)
            if there:
                title = deck.stop.title or deck.stop.stage
                ends = {"first": deck.first, "last": deck.last}
                faces.stage.show_where(title, *deck.numbers, **ends)

    def reveal(self) -> None:
        """Show what the stop asks for, or the answer that is hidden."""
        self.deck.reveal()
        self._session.viewer.reveal()

    def _show_again(self) -> None:
        self.deck.go_to(self.deck.at)

    def _on_talk(self) -> None:
        """End with the last stop of the talk."""
        if self.deck.on and not self._session.talk.talk.stops:
            self._end()

    def _on_digits(self) -> None:
        """Show the stop anew where other digits took the place of its own."""
        deck, faces = self.deck, self._faces
        if deck.on and faces.on_stage and faces.stage.stage is deck.stage:
            self._show_again()

    def _show_stop(self, page: Page, stage: Stage) -> None:
        self._stack.setCurrentWidget(page)
        self._faces.show_stage(page, stage)
        content = self._faces.stage.content
        if content is not None:
            self.deck.play(content)
