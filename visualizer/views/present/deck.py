"""Deck: goes through the stops of the talk, and sets the scene of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from visualizer.core.talk.stop import Stop, Talk
from visualizer.scene.scene import Scene
from visualizer.session.kept_view import KeptView
from visualizer.session.session import Session
from visualizer.session.stop_scene import show_scene
from visualizer.views.base.constants import ENTER
from visualizer.views.page import Page, Plays, Stage

Show = Callable[[Page, Stage], None]
SHOW_IT = "A: show it"


class Deck(QObject):
    """The talk, shown stop by stop; what was in view before it begins comes back at its end.

    Attributes
    ----------
    trains : bool
        Whether a stop may begin to train; for a picture of it nothing does.
    stage : Stage or None
        The stage of the present stop.
    remark : str
        What the present stop could not show as it is written.
    typed : str
        The number of a stop, as far as it is typed.

    Signals
    -------
    turning, turned
        Another stop is about to be shown; is shown.
    changed
        The talk begins or ends, a number is typed, or what a stop asks for is revealed.
    """

    turning = Signal()
    turned = Signal()
    changed = Signal()

    def __init__(
        self, session: Session, pages: Sequence[Page], show: Show, parent: QObject
    ) -> None:
        """Go through the stages of these pages; `show` brings one into the whole window."""
        super().__init__(parent)
        self._session, self._pages, self._show = session, pages, show
        self.stages = {stage.title: (page, stage) for page in pages for stage in page.stages()}
        self._before: KeptView | None = None
        self.trains = True
        self.stage: Stage | None = None
        self._shown: Scene | None = None
        self._settings: dict[Page, dict[str, str]] = {}
        self._told: tuple[object, ...] = ()
        self.remark, self.typed = "", ""
        session.talk.changed.connect(self._on_talk)

    # Which

    @property
    def on(self) -> bool:
        """Whether the talk is under way."""
        return self._before is not None

    @property
    def talk(self) -> Talk:
        return self._session.talk.talk

    @property
    def at(self) -> int:
        """The index of the stop where the talk is."""
        return min(self._session.talk.at, len(self.talk.stops) - 1)

    @property
    def stop(self) -> Stop:
        return self.talk.stops[self.at]

    @property
    def hides(self) -> bool:
        """Whether what the stop asks for is still hidden."""
        scene = self._session.viewer.scene
        hidden = bool(scene.asked) or scene.answer_hidden
        return self.on and bool(self.stop.ask) and hidden

    @property
    def first(self) -> bool:
        return self.at <= 0

    @property
    def last(self) -> bool:
        return self.at + 1 >= len(self.talk.stops)

    @property
    def numbers(self) -> tuple[str, ...]:
        """Where the talk is, or where Enter leads, in ever shorter forms."""
        of = f"{self.at + 1} of {len(self.talk.stops)}"
        if self.typed:
            return f"{of} · Enter: go to {self.typed}", f"Enter: {self.typed}"
        number, chapter = self.talk.chapter_of(self.at)
        forms = (f"{number} {chapter} · {of}", of) if chapter else (of,)
        return tuple(f"{form} · {SHOW_IT}" for form in forms) if self.hides else forms

    # Going

    def begin(self) -> None:
        """Show the stop where the talk was left, at first the first one."""
        if not self.on:
            self._before = KeptView.of(self._session)
            self._settings = {page: page.shown_settings() for page in self._pages}
        self.go_to(self.at)
        self.changed.emit()

    def end(self) -> None:
        """Bring back what was in view before the talk."""
        before, self._before = self._before, None
        if before is None:
            return
        for page, settings in self._settings.items():
            page.show_settings(settings)
        before.bring_back(self._session)
        self.remark = ""
        self.changed.emit()

    def go(self, by: int) -> None:
        """Go so many stops on, or back; stay at the ends."""
        to = min(max(self.at + by, 0), len(self.talk.stops) - 1)
        if to != self.at:
            self.go_to(to)

    def turn(self, by: int) -> bool:
        """Go so many stops on, or back, if the talk is under way; return whether it is."""
        if self.on:
            self.go(by)
        return self.on

    def go_to_end(self, end: int) -> None:
        """Go to the first stop (−1) or the last (+1), if the talk is under way."""
        if self.on:
            self.go_to(0 if end < 0 else len(self.talk.stops) - 1)

    def hear(self, event: QKeyEvent) -> bool:
        """Collect the digits of a stop's number, and go there by Enter; return whether to go.

        A digit has its own meaning on the page, too: the stop sets another scene anyway.
        """
        begins = event.type() == QEvent.Type.ShortcutOverride
        before, text = self.typed, event.text()
        if not self.on:
            return False
        if self.typed and event.key() in ENTER:
            if not begins:
                self.typed = ""
                self.go_to(int(before) - 1)
            return True
        if begins:
            digit = text.isascii() and text.isdigit() and not event.isAutoRepeat()
            typed = self.typed + text if digit else ""
            self.typed = typed if typed and 0 < int(typed) <= len(self.talk.stops) else ""
            if self.typed != before:
                self.changed.emit()
        return False

    def go_to(self, at: int) -> None:
        """Show a stop by its index."""
        assert self._before is not None
        self.turning.emit()
        session = self._session
        session.talk.go_to(min(max(at, 0), len(self.talk.stops) - 1))
        stop = self.stop
        page, stage = self.stages.get(stop.stage, (self._pages[0], self._pages[0].stages()[0]))
        try:
            self.remark = show_scene(session, stop, self._before.gear)
            page.show_settings(stop.settings)
        except (ValueError, OSError) as error:
            self.remark = str(error)  # the stage is there, with what could be shown
        self.typed = ""
        if stage.available is not None and not stage.available():
            self.remark = (
                f"{stage.title} has nothing to show for {session.viewer.scene.layer.name}."
            )
            stage = page.stages()[0]
        self.stage, self._shown = stage, session.viewer.scene
        self._told = self._what()
        self._show(page, stage)
        self.turned.emit()

    def shows(self, stage: Stage) -> bool:
        """Return whether a stage is that of the present stop, with its digit and its network."""
        scene, known = self._session.viewer.scene, self._shown
        there = known is not None and scene.digit is known.digit and stage is self.stage
        return there and known is not None and scene.network is known.network

    def play(self, content: QWidget) -> None:
        """Begin what the stop lets begin by itself: its window slides, or its network trains."""
        if self.stop.begin != "play":
            return
        if isinstance(content, Plays):
            content.play()
        elif self.trains and not self._session.runs.moving:
            self._session.train_or_pause()

    def reveal(self) -> None:
        """Show what the stop asks for."""
        if self.hides:
            self._session.viewer.reveal()
            self.changed.emit()

    def _on_talk(self) -> None:
        """Show the stop anew if it shows something else by now; other words need no more."""
        if not (self.on and self.talk.stops):
            return
        if self._what() == self._told:
            self.changed.emit()
        else:
            self.go_to(self.at)

    def _what(self) -> tuple[object, ...]:
        """Return what the stop shows: all but its words."""
        stop, files = self.stop, self.talk.files
        return stop.unsaid, [files.get(name) for name in stop.files]
