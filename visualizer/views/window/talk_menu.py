"""The entries of the Present menu: the talk, its file, and going through it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMainWindow

from visualizer.session.kept_stop import kept_stop
from visualizer.session.session import Session
from visualizer.system.notice import Notice, Undo
from visualizer.views.base.look import Look
from visualizer.views.page import Action, Page, Stage
from visualizer.views.widgets.controls import IconButton
from visualizer.views.widgets.save_dialog import ask_where
from visualizer.views.window.all_stops import AllStops
from visualizer.views.window.save_handout import SaveHandout
from visualizer.views.window.screen import Screen
from visualizer.views.window.talking import Talking

KIND = "Talks (*.talk *.md)"


class TalkMenu:
    """What the Present menu offers on every page, and what it does.

    Attributes
    ----------
    in_focus : callable
        Returns the page in view and the stage of the panel that has the keyboard.
    """

    def __init__(
        self,
        window: QMainWindow,
        look: Look,
        session: Session,
        talking: Talking,
        all_stops: AllStops,
        *,
        handout: SaveHandout,
        room: Screen,
        in_focus: Callable[[], tuple[Page, Stage]],
    ) -> None:
        self._window, self._look, self._session = window, look, session
        self._talking, self._all_stops = talking, all_stops
        self._room, self._in_focus, self.handout = room, in_focus, handout

    def actions(
        self,
        present: Callable[[bool], None],
        present_elsewhere: Callable[[], None],
        button: IconButton,
    ) -> Sequence[Action]:
        """Return the commands; `present` begins and ends Present mode, as `button` does."""
        deck, look = self._talking.deck, self._look
        in_present = partial(Action, menu="&Present")
        return (
            in_present(
                "&Present mode",
                present,
                keys=("F5",),
                explain="present the talk, large enough for the back row; Esc ends it",
                button=button,
                checked=lambda: look.theme.present,
            ),
            in_present(
                "Present on the ne&xt screen",
                present_elsewhere,
                keys=("Shift+F5",),
                explain="present on the next screen (where there are several)",
                available=lambda: self._room.several,
            ),
            in_present(
                "&Read the talk",
                self._talking.set_on,
                explain="read the talk stop by stop, in this window",
                checked=lambda: deck.on and not look.theme.present,
            ),
            in_present(
                "&All stops",
                self._all_stops.show,
                keys=("O",),
                explain="all stops of the talk as small pictures (a number and Enter goes to one)",
                checked=lambda: self._all_stops.shown,
                available=lambda: deck.on,
                separated=True,
            ),
            in_present(
                "Ca&ptions",
                self._talking.strip.show_captions,
                keys=("T",),
                explain="the words of each stop below the stage",
                checked=lambda: self._talking.strip.captions,
            ),
            in_present(
                "Re&veal",
                self._talking.reveal,
                keys=("A",),
                explain="show the answer for this digit, or what a stop asks for",
            ),
            in_present(
                "&Keep this view",
                self.keep,
                keys=("K",),
                explain="keep what is in view as a stop of the talk",
                separated=True,
            ),
            in_present("&Open talk …", self.choose, separated=True),
            in_present("&Save talk …", self.save),
            in_present("Save &handout …", self.handout.ask),
            in_present("The &built-in talk", self._session.talk.begin_built_in),
        )

    def keep(self) -> None:
        """Add what is in view to the talk as a stop, after the one where it is."""
        page, stage = self._in_focus()
        stop, files = kept_stop(self._session, stage.title, page.shown_settings())
        talk = self._session.talk
        talk.keep(stop, files)
        told = f"Kept as stop {talk.at + 1} of “{talk.talk.title}”: {stage.title}."
        self._session.noticed.emit(Notice(told, action=Undo(talk.undo)))

    def choose(self) -> None:
        """Ask for a talk's file, and open it."""
        name, _ = QFileDialog.getOpenFileName(self._window, "Open a talk", filter=KIND)
        if name:
            self._session.talk.open(Path(name))

    def save(self) -> None:
        """Ask where to save the talk."""
        path = ask_where(self._window, "Save the talk", "talk.talk", KIND, "talk")
        if path is not None:
            self._session.talk.save(path)
